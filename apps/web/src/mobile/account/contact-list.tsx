'use client'
import type { ContactRow } from '@fieldback/domain/sync/pull'
import { Avatar } from '@fieldback/ui/avatar'
import { CallRow } from '@fieldback/ui/call-row'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { IconButton } from '@fieldback/ui/icon-button'
import { List } from '@fieldback/ui/list'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import Mail from 'lucide-react/icons/mail'
import MessageSquare from 'lucide-react/icons/message-square'
import UserRound from 'lucide-react/icons/user-round'
import { useBadgeText } from '../giveback/badge-text.ts'
import { usePhone } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import type { AccountCard } from './card-of.ts'
import { addressOf, contactName, initialsOf, numberOf, telHref, writeHref } from './reach.ts'
import { useAccountTexts } from './use-account-texts.ts'

/** The people of an account: one tap calls, another writes, the name opens what is known. */
export function ContactList({ card }: { card: AccountCard }) {
  const text = useAccountTexts()
  const { account, contacts } = card
  return (
    <section aria-labelledby="contacts">
      <SectionHead
        id="contacts"
        aside={
          <TextLink href={paths.newContact(account.id)} renderLink={phoneLink}>
            {text('contact.add')}
          </TextLink>
        }
      >
        {text('contact.list')}
      </SectionHead>
      {contacts.length === 0 ? (
        <Card>
          <Empty
            icon={<UserRound size={28} />}
            title={text('contact.none')}
            text={text('contact.noneText')}
          />
        </Card>
      ) : (
        <List inset="avatar">
          {contacts.map((contact) => (
            <ContactLine key={contact.id} contact={contact} card={card} />
          ))}
        </List>
      )}
    </section>
  )
}

function ContactLine({ contact, card }: { contact: ContactRow; card: AccountCard }) {
  const { texts } = usePhone()
  const text = useAccountTexts()
  const badgeText = useBadgeText()
  const name = contactName(contact)
  const number = numberOf(contact)
  const write = contact.optedOut ? null : writeHref(contact)
  const facts = card.badges
    .filter(({ from, sourceIds }) => from === 'contact' && sourceIds.includes(contact.id))
    .map(badgeText.short)
  const lines = [contact.jobTitle, ...facts, contact.optedOut ? text('contact.optedOutShort') : null]
  return (
    <CallRow
      lead={<Avatar>{initialsOf(name)}</Avatar>}
      name={name}
      text={lines.filter(Boolean).join(', ')}
      href={paths.contact(contact.id)}
      renderLink={phoneLink}
      callLabel={texts('agenda')('call', { name })}
      phoneHref={number ? telHref(number) : undefined}
      more={
        write && (
          <IconButton
            href={write}
            label={text('contact.write', { name })}
            icon={addressOf(contact) === null ? <MessageSquare size={20} /> : <Mail size={20} />}
          />
        )
      }
    />
  )
}
