'use client'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { useState } from 'react'
import type { NewOperation } from '../data/outbox.ts'
import { todayHere, usePhone } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { type AccountLines, AccountLinesForm } from './account-lines.tsx'
import { answersPatch, linesPatch, seenIn, type TypedAnswers, typedFrom } from './answers-patch.ts'
import type { AccountCard } from './card-of.ts'
import { Questions } from './questions.tsx'
import { addressOf, typedNumber } from './reach.ts'
import { useAccountTexts } from './use-account-texts.ts'
import { type CardForm, useCardForm } from './use-card-form.ts'
import { useKeptForm } from './use-kept-form.ts'
import { useSave } from './use-save.ts'

type Form = { lines: AccountLines; answers: TypedAnswers }

const linesOf = (account: AccountRow, format: (e164: string) => string): AccountLines => ({
  name: account.name,
  activity: account.activity ?? '',
  street: account.street ?? '',
  postcode: account.postcode ?? '',
  city: account.city ?? '',
  phone: typedNumber(account, format),
  email: addressOf(account) ?? '',
})

/** An account corrected line by line, in the place of its card. */
export function AccountEdit({ card, onDone }: { card: AccountCard; onDone: () => void }) {
  const { texts, formats } = usePhone()
  const text = useAccountTexts()
  const save = useSave()
  // What it corrects is what it showed first: what somebody else changes meanwhile is not corrected back unseen.
  const [account] = useState(card.account)
  const fields = card.fields.filter(({ entity }) => entity === 'account')
  const before = linesOf(account, formats.phone)
  const { form, change, drop } = useKeptForm<Form>(`account/${account.id}/${account.version}`, {
    lines: before,
    answers: typedFrom(fields, account.values),
  })
  const asked = useCardForm({ entity: 'account', account, before: account.values, typed: form.answers })
  const [tried, setTried] = useState(false)
  const keep = async () => {
    if (form.lines.name.trim() === '') return setTried(true)
    const operations = correction(account, { lines: form.lines, asked }, before)
    if (!(await save(operations, text('form.saved', { name: form.lines.name.trim() })))) return
    drop()
    onDone()
  }
  const leave = () => {
    drop()
    onDone()
  }
  return (
    <InnerFrame
      title={text('details.correctTitle')}
      sub={[account.name, account.city].filter(Boolean).join(', ')}
      onBack={onDone}
      bottom={
        <StickyBar
          more={
            <Button variant="ghost" onClick={leave}>
              {texts('common')('cancel')}
            </Button>
          }
        >
          <Button variant="primary" big onClick={keep}>
            {texts('common')('save')}
          </Button>
        </StickyBar>
      }
    >
      <Card pad>
        <AccountLinesForm
          lines={form.lines}
          onChange={(part) => change({ lines: { ...form.lines, ...part } })}
          nameMissing={tried}
        />
      </Card>
      <Questions fields={asked.shown} answers={form.answers} onChange={(answers) => change({ answers })} />
    </InnerFrame>
  )
}

/** Only what changed, against the version this phone knew. */
function correction(
  account: AccountRow,
  { lines, asked }: { lines: AccountLines; asked: CardForm },
  before: AccountLines,
): NewOperation[] {
  const { name, ...patch } = linesPatch(before, lines)
  const values = answersPatch(asked.sent, account.values, { typed: asked.answers, day: todayHere() })
  const body = {
    ...patch,
    ...(name ? { name } : {}),
    ...(Object.keys(values).length > 0 ? { values, seen: { values: seenIn(account.values, values) } } : {}),
  }
  if (Object.keys(body).length === 0) return []
  return [{ kind: 'account.update', entityId: account.id, base: account.version, body }]
}
