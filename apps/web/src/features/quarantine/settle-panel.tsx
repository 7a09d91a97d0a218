'use client'
import type { AsideTold } from '@fieldback/api/quarantine/read'
import type { Fault } from '@fieldback/domain/quarantine/fault'
import { RETURN_WORD_MAX, type Repair } from '@fieldback/domain/quarantine/repair'
import { Button } from '@fieldback/ui/button'
import { Field } from '@fieldback/ui/field'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextArea } from '@fieldback/ui/text-area'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { useErrorSentence } from '../../client/use-error-sentence.ts'
import { RepairFields } from './repair-fields.tsx'
import { useSettle } from './use-settle.ts'

/** Accept, with what is given for each thing that was refused, or give back with a sentence. */
export function SettlePanel({ item }: { item: AsideTold }) {
  const text = useTranslations('quarantine')
  const [given, give] = useState<Repair>({})
  const [faults, setFaults] = useState<readonly Fault[]>([item.fault])
  const settle = useSettle(item, (fault) =>
    setFaults((known) => [...known.filter((one) => !isSame(one, fault)), fault]),
  )
  const sentence = useErrorSentence()
  const { name } = item.author
  const busy = settle.accepting || settle.returning
  const submit = (event: FormEvent) => {
    event.preventDefault()
    settle.accept(given)
  }
  return (
    <section aria-labelledby="decision" className="flex min-w-0 flex-col gap-5">
      <SectionHead id="decision">{text('settle.title')}</SectionHead>
      <form onSubmit={submit} className="flex flex-col gap-4 rounded-card bg-surface p-5 shadow-1">
        {faults.map((fault) => (
          <RepairFields
            key={JSON.stringify(fault)}
            item={item}
            fault={fault}
            given={given}
            onGive={(more) => give((before) => ({ ...before, ...more }))}
          />
        ))}
        {settle.refused && (
          <p role="alert" className="text-danger text-small">
            {text('settle.refused')} {text(`reason.${settle.refused.code}`, { name })}{' '}
            {text(`settle.fault.${settle.refused.fault.of}`)}
          </p>
        )}
        <p className="text-ink-2 text-small">{text('settle.acceptText', { name })}</p>
        <Button type="submit" variant="primary" className="self-start" disabled={busy} aria-busy={busy}>
          {text('settle.accept')}
        </Button>
      </form>
      <ReturnForm name={name} busy={busy} onReturn={settle.giveBack} />
      {settle.error !== null && (
        <p role="alert" className="text-danger text-small">
          {sentence(settle.error)}
        </p>
      )}
    </section>
  )
}

const isSame = (a: Fault, b: Fault): boolean => JSON.stringify(a) === JSON.stringify(b)

type ReturnProps = {
  readonly name: string
  readonly busy: boolean
  readonly onReturn: (word: string) => void
}

function ReturnForm({ name, busy, onReturn }: ReturnProps) {
  const text = useTranslations('quarantine')
  const [word, setWord] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onReturn(word.trim())
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card bg-surface p-5 shadow-1">
      <Field label={text('settle.word')} hint={text('settle.wordHint')}>
        {(control) => (
          <TextArea
            {...control}
            required
            maxLength={RETURN_WORD_MAX}
            value={word}
            onChange={(event) => setWord(event.target.value)}
          />
        )}
      </Field>
      <p className="text-ink-2 text-small">{text('settle.returnText')}</p>
      <Button type="submit" className="self-start" disabled={busy || word.trim() === ''}>
        {text('settle.return', { name })}
      </Button>
    </form>
  )
}
