'use client'
import { contactLikeness, likelyDuplicates } from '@fieldback/domain/account/duplicates'
import { normaliseEmail } from '@fieldback/domain/account/normalise'
import type { AccountRow, ContactRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import UserRound from 'lucide-react/icons/user-round'
import { useDeferredValue, useMemo, useState } from 'react'
import { newId } from '../data/new-id.ts'
import type { NewOperation } from '../data/outbox.ts'
import { fieldsAt, todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink, useRouter } from '../router.tsx'
import { ReachLines } from './account-lines.tsx'
import {
  answersPatch,
  givenAnswers,
  linesPatch,
  seenIn,
  type TypedAnswers,
  typedFrom,
} from './answers-patch.ts'
import { comparablePhone } from './comparable-phone.ts'
import { DuplicatesNotice } from './duplicates-notice.tsx'
import { LineField } from './line-field.tsx'
import { Questions } from './questions.tsx'
import { addressOf, contactName, typedNumber } from './reach.ts'
import { useAccountTexts } from './use-account-texts.ts'
import { type CardForm, useCardForm } from './use-card-form.ts'
import { useKeptForm } from './use-kept-form.ts'
import { useSave } from './use-save.ts'

type ContactScreenProps = { accountId: string | null; contactId: string | null }

/** A person of an account: added, or corrected line by line. */
export default function ContactScreen({ accountId, contactId }: ContactScreenProps) {
  const text = useAccountTexts()
  const state = usePhoneState()
  const contact = contactId === null ? null : state.rows.contacts.get(contactId)
  const account = state.rows.accounts.get(contact?.accountId ?? accountId ?? '')
  if (contact === undefined || !account) {
    return (
      <InnerFrame title={text('contact.unknown')}>
        <Card>
          <Empty
            icon={<UserRound size={28} />}
            title={text('contact.unknown')}
            text={text('card.unknownText')}
            action={
              <Button href={paths.accounts} renderLink={phoneLink}>
                {text('card.toAccounts')}
              </Button>
            }
          />
        </Card>
      </InnerFrame>
    )
  }
  return <ContactForm key={contact?.id ?? account.id} account={account} contact={contact} />
}

type Lines = { firstName: string; lastName: string; jobTitle: string; phone: string; email: string }
type Form = { lines: Lines; optedOut: boolean; answers: TypedAnswers }

const linesOf = (contact: ContactRow | null, format: (e164: string) => string): Lines => ({
  firstName: contact?.firstName ?? '',
  lastName: contact?.lastName ?? '',
  jobTitle: contact?.jobTitle ?? '',
  phone: contact ? typedNumber(contact, format) : '',
  email: (contact && addressOf(contact)) ?? '',
})

type ContactFormProps = { account: AccountRow; contact: ContactRow | null }

function ContactForm({ account, contact: given }: ContactFormProps) {
  // What it corrects is what it showed first: what somebody else changes meanwhile is not corrected back unseen.
  const [contact] = useState(given)
  const { texts, formats } = usePhone()
  const state = usePhoneState()
  const router = useRouter()
  const save = useSave()
  const text = useAccountTexts()
  const fields = fieldsAt(state, account.territoryId, 'contact')
  const { form, change, drop } = useKeptForm<Form>(
    contact ? `contact/${contact.id}/${contact.version}` : `new-contact/${account.id}`,
    {
      lines: linesOf(contact, formats.phone),
      optedOut: contact?.optedOut ?? false,
      answers: typedFrom(fields, contact?.values ?? {}),
    },
  )
  const asked = useCardForm({
    entity: 'contact',
    account,
    before: contact?.values ?? {},
    around: account.values,
    typed: form.answers,
  })
  const [tried, setTried] = useState(false)
  const { lines } = form
  const set = (part: Partial<Lines>) => change({ lines: { ...lines, ...part } })
  const keep = async () => {
    if (lines.lastName.trim() === '') return setTried(true)
    const operations = contact
      ? correction(contact, form, { asked, before: linesOf(contact, formats.phone) })
      : creation(account.id, form, asked)
    if (!(await save(operations, text('form.saved', { name: contactName(trimmed(lines)) })))) return
    drop()
    router.back()
  }
  return (
    <InnerFrame
      title={contact ? contactName(contact) : text('contact.new')}
      sub={[account.name, account.city].filter(Boolean).join(', ')}
      bottom={
        <StickyBar>
          <Button variant="primary" big onClick={keep}>
            {texts('common')('save')}
          </Button>
        </StickyBar>
      }
    >
      <Card pad>
        <div className="grid gap-4">
          <LineField
            label={text('form.firstName')}
            value={lines.firstName}
            onChange={(firstName) => set({ firstName })}
            maxLength={100}
            autoCapitalize="words"
          />
          <LineField
            label={text('form.lastName')}
            value={lines.lastName}
            onChange={(lastName) => set({ lastName })}
            maxLength={100}
            autoCapitalize="words"
            error={tried && lines.lastName.trim() === '' ? text('form.lastNameMissing') : undefined}
          />
          <LineField
            label={text('form.jobTitle')}
            value={lines.jobTitle}
            onChange={(jobTitle) => set({ jobTitle })}
            maxLength={120}
          />
          <ReachLines phone={lines.phone} email={lines.email} onChange={set} />
        </div>
      </Card>
      <LikelyContacts accountId={account.id} contactId={contact?.id ?? ''} lines={lines} />
      <Questions fields={asked.shown} answers={form.answers} onChange={(answers) => change({ answers })} />
      <OptedOut value={form.optedOut} onChange={(optedOut) => change({ optedOut })} />
    </InnerFrame>
  )
}

const trimmed = (lines: Lines): Lines =>
  Object.fromEntries(Object.entries(lines).map(([key, value]) => [key, value.trim()])) as Lines

type Known = { readonly asked: CardForm; readonly before: Lines }

/** Only what changed, against the version this phone knew. */
function correction(contact: ContactRow, form: Form, { asked, before }: Known): NewOperation[] {
  const { firstName, lastName, ...lines } = linesPatch(before, form.lines)
  const values = answersPatch(asked.sent, contact.values, { typed: asked.answers, day: todayHere() })
  const body = {
    ...lines,
    // A first name may be taken away; it is then empty, not unknown.
    ...(firstName === undefined ? {} : { firstName: firstName ?? '' }),
    ...(lastName ? { lastName } : {}),
    ...(form.optedOut === contact.optedOut ? {} : { optedOut: form.optedOut }),
    ...(Object.keys(values).length > 0 ? { values, seen: { values: seenIn(contact.values, values) } } : {}),
  }
  if (Object.keys(body).length === 0) return []
  return [{ kind: 'contact.update', entityId: contact.id, base: contact.version, body }]
}

function creation(accountId: string, form: Form, asked: CardForm): NewOperation[] {
  const id = newId()
  const { firstName, lastName, jobTitle, phone, email } = trimmed(form.lines)
  const values = givenAnswers(asked.shown, asked.answers, todayHere())
  const created: NewOperation = {
    kind: 'contact.create',
    entityId: id,
    base: 0,
    body: {
      accountId,
      firstName,
      lastName,
      jobTitle: jobTitle || null,
      phone: phone || null,
      email: email || null,
      values,
    },
  }
  if (!form.optedOut) return [created]
  return [created, { kind: 'contact.update', entityId: id, base: 1, body: { optedOut: true } }]
}

/** Who asked not to be written to; he stays on the card and is in no list to write to. */
function OptedOut({ value, onChange }: { value: boolean; onChange: (value: boolean) => void }) {
  const text = useAccountTexts()
  return (
    <Card>
      <label className="flex min-h-15 cursor-pointer items-center gap-3 px-5 py-3">
        <span className="min-w-0 flex-1">
          <span className="block">{text('contact.optedOut')}</span>
          <span className="block text-ink-2 text-small">{text('contact.optedOutText')}</span>
        </span>
        <input
          type="checkbox"
          role="switch"
          aria-checked={value}
          checked={value}
          onChange={(event) => onChange(event.target.checked)}
          className="peer sr-only"
        />
        <span
          aria-hidden
          className="relative h-7 w-12 flex-none rounded-full bg-sunken inset-ring inset-ring-control transition-colors after:absolute after:top-1 after:left-1 after:size-5 after:rounded-full after:bg-control after:transition-transform peer-checked:bg-ink peer-checked:inset-ring-0 peer-checked:after:translate-x-5 peer-checked:after:bg-on-ink peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-2"
        />
      </label>
    </Card>
  )
}

const DUPLICATES_SHOWN = 3

type LikelyContactsProps = { accountId: string; contactId: string; lines: Lines }

/** People of this phone who may be the one being typed. */
function LikelyContacts({ accountId, contactId, lines }: LikelyContactsProps) {
  const text = useAccountTexts()
  const { rows } = usePhoneState()
  const typed = useDeferredValue(lines)
  const known = useMemo(() => [...rows.contacts.values()].map(contactLikeness), [rows.contacts])
  const cards = useMemo(() => {
    const candidate = contactLikeness({
      id: contactId,
      accountId,
      firstName: typed.firstName,
      lastName: typed.lastName,
      phone: comparablePhone(typed.phone),
      email: normaliseEmail(typed.email),
    })
    return likelyDuplicates(candidate, known)
      .slice(0, DUPLICATES_SHOWN)
      .flatMap(({ id, reasons }) => {
        const contact = rows.contacts.get(id)
        const account = contact && rows.accounts.get(contact.accountId)
        return contact
          ? [
              {
                id,
                name: contactName(contact),
                text: account?.name ?? '',
                href: paths.contact(id),
                reasons,
              },
            ]
          : []
      })
  }, [typed, known, rows, accountId, contactId])
  return <DuplicatesNotice title={text('duplicates.contact', { count: cards.length })} cards={cards} />
}
