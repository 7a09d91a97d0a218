'use client'
import type { Answer } from '@fieldback/domain/field/answer'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import { answerParts } from '@fieldback/domain/giveback/answer-parts'
import type { Outcome } from '@fieldback/domain/report/report'
import type { Operation } from '@fieldback/domain/sync/operation'
import { contactName } from '../account/reach.ts'
import { useAnswerText } from '../field/answer-text.ts'
import { todayHere, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useReportTexts } from '../report/use-report-texts.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'

/** One thing that was said, under the words of its question or of its line. */
export type SaidLine = { readonly key: string; readonly label: string; readonly text: string }

/** Lines of cards, reports and call-backs that a person reads; the rest is for the machine. */
const LINES = [
  'outcome',
  'contactId',
  'name',
  'firstName',
  'lastName',
  'jobTitle',
  'activity',
  'street',
  'postcode',
  'city',
  'phone',
  'email',
  'optedOut',
  'dueDay',
  'reason',
  'word',
  'text',
  'note',
] as const
type Line = (typeof LINES)[number]
const isLine = (key: string): key is Line => (LINES as readonly string[]).includes(key)

export type Said = {
  /** By its key in the history: "phone", "values.<fieldId>"; null where there is nothing for a person to read. */
  line(key: string, value: unknown): SaidLine | null
  /** All that an operation says. */
  lines(operation: Operation): SaidLine[]
}

/** Says what was typed in words, answers under the label of the version that they answer. */
export function useSaid(): Said {
  const { texts, formats } = usePhone()
  const report = useReportTexts()
  const { rows, frame, outbox } = usePhoneState()
  const text = useOutboxTexts()
  const answers = useAnswerText()
  const label = useLabel()
  const versionOf = definitionsAt([...frame.pastFields, ...frame.fields])
  const nothing = text('item.nothing')

  const contactOf = (id: string): string => {
    const known = rows.contacts.get(id)
    if (known) return contactName(known)
    const made = outbox.find(({ operation }) => operation.entityId === id)?.operation
    return made?.kind === 'contact.create' ? contactName(made.body) : nothing
  }
  const answerLine = (key: string, fieldId: string, answer: Answer | null): SaidLine | null => {
    const current = [...frame.fields, ...frame.pastFields].find(({ id }) => id === fieldId)
    const definition = (answer && versionOf(fieldId, answer.v)) ?? current
    if (!definition) return null
    const parts = answer && answerParts(definition.spec, answer, todayHere())
    const unknown = answer?.x === null ? texts('field')('answer.unknown') : nothing
    return { key, label: label(definition.spec.label), text: parts ? answers.parts(parts) : unknown }
  }
  const valueText = (line: Line, value: unknown): string => {
    if (value === null || value === '' || value === undefined) return nothing
    switch (line) {
      case 'outcome':
        return report(`outcomes.${value as Outcome}`)
      case 'contactId':
        return contactOf(String(value))
      case 'dueDay':
        return formats.day(String(value))
      case 'phone':
        return formats.phone(String(value))
      case 'optedOut':
        return texts('field')(value === true ? 'answer.yes' : 'answer.no')
      default:
        return String(value)
    }
  }
  const line = (key: string, value: unknown): SaidLine | null => {
    if (key.startsWith('values.')) return answerLine(key, key.slice(7), value as Answer | null)
    // What was typed, rather than its normal form.
    const plain = key.replace(/Raw$/, '')
    return isLine(plain) ? { key, label: text(`keys.${plain}`), text: valueText(plain, value) } : null
  }
  const lines = ({ kind, body }: Operation): SaidLine[] => {
    const said: Readonly<Record<string, unknown>> = body
    const makes = kind.endsWith('.create') || kind === 'callback.set' || kind === 'coaching.answer'
    // Why a question is contested is a code.
    const own = LINES.filter((key) => key in said && !(kind === 'contest.open' && key === 'reason'))
    const values = 'values' in body ? Object.entries(body.values ?? {}) : []
    const asked = values.map(([id, answer]) => answerLine(`values.${id}`, id, answer))
    const typed = own.filter((key) => !(makes && (said[key] === null || said[key] === '')))
    const [note, others] = [typed.filter((key) => key === 'note'), typed.filter((key) => key !== 'note')]
    return [
      ...others.map((key) => line(key, said[key])),
      ...asked,
      ...note.map((key) => line(key, said[key])),
    ].flatMap((one) => one ?? [])
  }
  return { line, lines }
}
