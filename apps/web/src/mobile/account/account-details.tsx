'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import Mail from 'lucide-react/icons/mail'
import MapPin from 'lucide-react/icons/map-pin'
import Phone from 'lucide-react/icons/phone'
import { useState } from 'react'
import type { NewOperation } from '../data/outbox.ts'
import { todayHere, usePhone } from '../phone.tsx'
import { type AccountLines, AccountLinesForm } from './account-lines.tsx'
import { answersPatch, linesPatch, type TypedAnswers, typedFrom } from './answers-patch.ts'
import type { AccountCard } from './card-of.ts'
import { Questions } from './questions.tsx'
import { addressLine, addressOf, mailHref, numberOf, routeHref, telHref } from './reach.ts'
import { useKeptForm } from './use-kept-form.ts'
import { useSave } from './use-save.ts'

/** Where it is and how to reach it; corrected on the spot. */
export function AccountDetails({ card }: { card: AccountCard }) {
  const text = usePhone().texts('account')
  const [editing, setEditing] = useState(false)
  return (
    <section aria-labelledby="details">
      <SectionHead
        id="details"
        aside={!editing && <TextLink onClick={() => setEditing(true)}>{text('details.correct')}</TextLink>}
      >
        {text('details.title')}
      </SectionHead>
      {editing ? (
        <AccountEdit card={card} onDone={() => setEditing(false)} />
      ) : (
        <Reach account={card.account} />
      )}
    </section>
  )
}

function Reach({ account }: { account: AccountRow }) {
  const { texts, formats } = usePhone()
  const text = texts('account')
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
    </List>
  )
}

type Form = { lines: AccountLines; answers: TypedAnswers }

const linesOf = (account: AccountRow): AccountLines => ({
  name: account.name,
  activity: account.activity ?? '',
  street: account.street ?? '',
  postcode: account.postcode ?? '',
  city: account.city ?? '',
  phone: numberOf(account) ?? '',
  email: addressOf(account) ?? '',
})

function AccountEdit({ card, onDone }: { card: AccountCard; onDone: () => void }) {
  const { texts } = usePhone()
  const text = texts('account')
  const save = useSave()
  const { account } = card
  const fields = card.fields.filter(({ entity }) => entity === 'account')
  const { form, change, drop } = useKeptForm<Form>(`account/${account.id}/${account.version}`, {
    lines: linesOf(account),
    answers: typedFrom(fields, account.values),
  })
  const [tried, setTried] = useState(false)
  const keep = async () => {
    if (form.lines.name.trim() === '') return setTried(true)
    if (!(await save(correction(card, form), text('form.saved', { name: form.lines.name.trim() })))) return
    drop()
    onDone()
  }
  const leave = () => {
    drop()
    onDone()
  }
  return (
    <div className="grid gap-5">
      <Card pad>
        <AccountLinesForm
          lines={form.lines}
          onChange={(part) => change({ lines: { ...form.lines, ...part } })}
          nameMissing={tried}
        />
      </Card>
      <Questions fields={fields} answers={form.answers} onChange={(answers) => change({ answers })} />
      <div className="flex gap-2">
        <Button variant="quiet" className="flex-1" onClick={leave}>
          {texts('common')('cancel')}
        </Button>
        <Button className="flex-1" onClick={keep}>
          {texts('common')('save')}
        </Button>
      </div>
    </div>
  )
}

/** Only what changed, against the version this phone knew. */
function correction({ account, fields }: AccountCard, { lines, answers }: Form): NewOperation[] {
  const { name, activity, street, postcode, city } = account
  const before = {
    name,
    activity,
    street,
    postcode,
    city,
    phone: numberOf(account),
    email: addressOf(account),
  }
  const { name: named, ...patch } = linesPatch(before, lines)
  const own = fields.filter(({ entity }) => entity === 'account')
  const values = answersPatch(own, account.values, { typed: answers, day: todayHere() })
  const body = {
    ...patch,
    ...(named ? { name: named } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
  }
  if (Object.keys(body).length === 0) return []
  return [{ kind: 'account.update', entityId: account.id, base: account.version, body }]
}
