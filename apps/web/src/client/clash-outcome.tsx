'use client'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useTranslations } from 'next-intl'
import type { Clash, ClashDraft } from './clash-draft.ts'
import { useErrorSentence } from './use-error-sentence.ts'
import { useFormats } from './use-formats.ts'
import { useLabel } from './use-label.ts'

type Outcome = NonNullable<Clash['outcome']>
/** Said where the figures do not count them. */
const UNCOUNTED = -1

type ClashOutcomeProps = {
  readonly clash: Clash
  readonly draft: ClashDraft
  readonly outcome: Outcome
}

/** What a choice does, or why it cannot be done. */
export function ClashOutcome({ clash, draft, outcome }: ClashOutcomeProps) {
  const text = useTranslations('territory.clash')
  const formats = useFormats()
  const label = useLabel()
  const faultOf = useClashFault()
  const { fault, left, hanging, undoUntil } = outcome
  if (fault)
    return (
      <p role="alert" className="mt-3 flex items-start gap-1.5 text-danger text-small">
        <CircleAlert size={16} className="mt-0.5 flex-none" />
        {faultOf(fault)}
      </p>
    )
  const placeOf = (fieldId: string) => clash.sides.find((side) => side.fieldId === fieldId)?.place ?? ''
  const lines = left.map(({ fieldId, answers, options }) => {
    const told = { place: placeOf(fieldId), count: answers ?? UNCOUNTED }
    return options.length > 0
      ? text('left', {
          ...told,
          list: formats.list(options.map((option) => text('quoted', { answer: label(option) }))),
        })
      : text('leftSome', told)
  })
  const kept = clash.sides.find((side) => side.fieldId === draft.fieldId)
  const eased = clash.sides.filter((side) => draft.how !== 'apart' && side.required && !kept?.required)
  if (eased.length > 0) lines.push(text('eased', { places: formats.list(eased.map(({ place }) => place)) }))
  if (hanging.length > 0)
    lines.push(text('hanging', { count: hanging.length, list: formats.list(hanging.map(label)) }))
  if (undoUntil) lines.push(text('undo', { day: formats.day(undoUntil) }))
  return (
    <div role="status">
      {lines.length > 0 && (
        <ul className="mt-3 grid max-w-[72ch] list-disc gap-1 pl-5 text-small">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Why a choice cannot be done, in words that fit a merge. */
function useClashFault(): (fault: NonNullable<Outcome['fault']>) => string {
  const text = useTranslations('territory.clash')
  const sentence = useErrorSentence()
  return ({ code, params }) => {
    if (code === 'FORBIDDEN') return text('forbidden', { place: String(params.place) })
    if (code === 'PROMOTION_LOOSENS') return text('loosens', { count: Number(params.count) })
    return sentence({ data: { fieldback: { code, params } } })
  }
}
