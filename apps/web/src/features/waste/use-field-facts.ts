import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { WasteField } from './waste.ts'

/** What was measured of a question, a few words each. */
export function useFieldFacts() {
  const text = useTranslations('waste')
  const formats = useFormats()
  return ({
    cost,
    entity,
    fillRate,
    unknownRate,
    bits,
    precision,
    contests,
    ...field
  }: WasteField): string[] => [
    ...(entity === 'report' ? [] : [text(`facts.${entity}`)]),
    text(secondsKey(cost), {
      seconds: formats.number(cost.seconds, 1),
      from: cost.median?.from ?? 0,
      to: cost.median?.to ?? 0,
    }),
    ...(fillRate === null ? [] : [text('facts.fill', { share: formats.percent(fillRate) })]),
    ...(unknownRate ? [text('facts.unknown', { share: formats.percent(unknownRate) })] : []),
    ...(bits === null ? [] : [text('facts.bits', { count: formats.number(2 ** bits, 1) })]),
    ...(isTold(precision) ? [text(`facts.precision.${precision.of}`, { ...precision })] : []),
    // A question that is kept for it says so beside it.
    ...(field.standsOut && field.proposal.kind !== 'keep' ? [text('facts.standsOut')] : []),
    ...(contests > 0 ? [text('facts.contests', { count: contests })] : []),
  ]
}

/** A middle that is known to the second says it alone; another says between which it lies. */
function secondsKey({ measured, median }: WasteField['cost']) {
  if (!measured) return 'facts.assumed'
  if (!median) return 'facts.mean'
  return median.from === median.to ? 'facts.median' : 'facts.medianBetween'
}

/** Where every answer that is offered is chosen, nothing is asked too finely. */
const isTold = (precision: WasteField['precision']): precision is NonNullable<WasteField['precision']> =>
  precision !== null && (precision.of === 'figure' || precision.chosen < precision.offered)
