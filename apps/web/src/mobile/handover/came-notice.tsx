'use client'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import Handshake from 'lucide-react/icons/handshake'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { cameToMe } from './own-handovers.ts'

/** On Today: who replaces whom, how many accounts came from somebody else, and the way to them. */
export default function CameNotice() {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const state = usePhoneState()
  const count = cameToMe(state).length
  const { replaces = [], replacedBy = [] } = state.pack.handovers ?? {}
  const said = [
    ...replaces.map((one) => ({ ...one, key: 'replaces' as const })),
    ...replacedBy.map((one) => ({ ...one, key: 'replacedBy' as const })),
  ].filter(({ until }) => until >= todayHere())
  return (
    <div className="grid gap-2">
      {said.map(({ key, name, until }) => (
        <Notice
          key={key + name}
          tone="quiet"
          icon={<UserRoundCheck size={18} />}
          title={text(key, { name, day: formats.day(until, 'short') })}
        />
      ))}
      {count > 0 && (
        <Notice tone="quiet" icon={<Handshake size={18} />} title={text('count', { count })}>
          <TextLink href={paths.me} renderLink={phoneLink}>
            {text('see')}
          </TextLink>
        </Notice>
      )}
    </div>
  )
}
