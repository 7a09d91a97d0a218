'use client'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Notice } from '@fieldback/ui/notice'
import { TextLink } from '@fieldback/ui/text-link'
import Handshake from 'lucide-react/icons/handshake'
import { usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { cameToMe } from './own-handovers.ts'

/** On Today: how many accounts came from somebody else, and the way to them. */
export default function CameNotice() {
  const text = handoverTexts(usePhone().locale)
  const count = cameToMe(usePhoneState()).length
  if (count === 0) return null
  return (
    <Notice tone="quiet" icon={<Handshake size={18} />} title={text('count', { count })}>
      <TextLink href={paths.me} renderLink={phoneLink}>
        {text('see')}
      </TextLink>
    </Notice>
  )
}
