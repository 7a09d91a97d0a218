import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { WasteField } from './waste.ts'

/** What was measured of a question, a few words each. */
export function useFieldFacts() {
  const text = useTranslations('waste')
  const formats = useFormats()
  return ({ cost, entity, fillRate, unknownRate, bits, contests }: WasteField): string[] => [
    ...(entity === 'report' ? [] : [text(`facts.${entity}`)]),
    text(cost.measured ? 'facts.each' : 'facts.assumed', { seconds: formats.number(cost.seconds, 1) }),
    ...(fillRate === null ? [] : [text('facts.fill', { share: formats.percent(fillRate) })]),
    ...(unknownRate ? [text('facts.unknown', { share: formats.percent(unknownRate) })] : []),
    ...(bits === null ? [] : [text('facts.bits', { count: formats.number(2 ** bits, 1) })]),
    ...(contests > 0 ? [text('facts.contests', { count: contests })] : []),
  ]
}
