import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { Period } from '@fieldback/domain/analytics/period'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { ToldInsight } from '@fieldback/domain/insight/told'
import type { Formats } from './format.ts'
import type { MessageValues } from './icu.ts'

/** Says a text of the namespace `insight`. */
type Say = (key: SaidKey, values?: MessageValues) => string
type SaidKey =
  | `said.association.${'answer' | 'delay' | 'frequency'}`
  | 'said.lookalike'
  | 'said.sister'
  | `said.anomaly.${'reports' | 'answer'}`
  | 'said.cold'
  | `rhythm.${'delay' | 'frequency'}`
  | 'gone'
  | 'evidence.periodWhat'

export type InsightWords = {
  readonly text: Say
  readonly formats: Formats
  readonly label: (label: Localised) => string
  readonly bucket: (label: BucketLabel) => string
}

/** What an insight says in the reader's language: what goes with what, and never why. The same on phone and desk. */
export function insightSentence(told: ToldInsight, words: InsightWords): string {
  const { text, formats } = words
  const { kind, direction, outcome, here, there } = told
  return text(sentenceKey(told), {
    direction,
    outcome: outcome ?? '',
    place: told.place.name,
    month: told.month === null ? '' : formats.month(told.month),
    question: told.question ? words.label(told.question.label) : text('gone'),
    answer: told.answer ? words.bucket(told.answer) : '',
    rhythm: rhythmText(told, words),
    here: formats.percent(here.share),
    there: formats.percent(there.share),
    ...(kind === 'cold' ? { k: here.k, n: here.n } : {}),
  })
}

function sentenceKey({ kind, factor }: ToldInsight): SaidKey {
  switch (kind) {
    case 'association':
      return `said.association.${factor.kind === 'delay' || factor.kind === 'frequency' ? factor.kind : 'answer'}`
    case 'anomaly':
      return `said.anomaly.${factor.kind === 'reports' ? 'reports' : 'answer'}`
    default:
      return `said.${kind}`
  }
}

function rhythmText({ factor, answer }: ToldInsight, { text }: InsightWords): string {
  if ((factor.kind !== 'delay' && factor.kind !== 'frequency') || answer?.kind !== 'range') return ''
  const { from, to } = answer
  return text(`rhythm.${factor.kind}`, {
    from,
    to: to ?? '',
    last: to === null ? 'yes' : to === 0 ? 'none' : 'no',
  })
}

/** "nov. 2025 à oct. 2026" */
export const insightPeriod = (
  { from, to }: Period,
  { text, formats }: Pick<InsightWords, 'text' | 'formats'>,
): string =>
  text('evidence.periodWhat', { from: formats.month(from, 'short'), to: formats.month(to, 'short') })
