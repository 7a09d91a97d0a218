'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import Hash from 'lucide-react/icons/hash'
import Mail from 'lucide-react/icons/mail'
import MapPin from 'lucide-react/icons/map-pin'
import Phone from 'lucide-react/icons/phone'
import { usePhone } from '../phone.tsx'
import { addressLine, addressOf, mailHref, numberOf, routeHref, telHref } from './reach.ts'
import { useAccountTexts } from './use-account-texts.ts'

/** Where it is and how to reach it. */
export function AccountDetails({ account, onCorrect }: { account: AccountRow; onCorrect: () => void }) {
  const text = useAccountTexts()
  return (
    <section aria-labelledby="details">
      <SectionHead id="details" aside={<TextLink onClick={onCorrect}>{text('details.correct')}</TextLink>}>
        {text('details.title')}
      </SectionHead>
      <Reach account={account} />
    </section>
  )
}

function Reach({ account }: { account: AccountRow }) {
  const { texts, formats } = usePhone()
  const text = useAccountTexts()
  const line = addressLine(account)
  const [number, address] = [numberOf(account), addressOf(account)]
  const route = routeHref(account, navigator.userAgent)
  return (
    <List inset="mark">
      <ListRow
        lead={<MapPin size={20} />}
        plain
        title={line || text('details.noPlace')}
        {...(route ? { href: route, text: texts('agenda')('route') } : {})}
      />
      <ListRow
        lead={<Phone size={20} />}
        plain
        title={number ? formats.phone(number) : text('details.noPhone')}
        {...(number ? { href: telHref(number) } : {})}
      />
      <ListRow
        lead={<Mail size={20} />}
        plain
        title={<span className="break-all">{address ?? text('details.noEmail')}</span>}
        {...(address ? { href: mailHref(address) } : {})}
      />
      {account.ref && (
        <ListRow lead={<Hash size={20} />} plain title={account.ref} text={text('details.number')} />
      )}
    </List>
  )
}
