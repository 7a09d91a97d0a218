import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { NamedAccount, ToldInsight } from '@fieldback/domain/insight/told'
import type { Rate } from '@fieldback/domain/insight/wilson'
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
  | 'neverSeen'
  | 'lastSeen'
  | `evidence.${'here' | 'there' | 'outOf' | 'interval' | 'scale' | 'within' | 'withinWhat' | 'period' | 'periodWhat' | 'people' | 'together'}`

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
    entity: told.question?.entity ?? '',
    answer: told.answer ? words.bucket(told.answer) : '',
    rhythm: rhythmText(told, words),
    here: formats.percent(here.share),
    there: formats.percent(there.share),
    ...(kind === 'cold' ? { k: here.k, n: here.n } : {}),
  })
}

/** Where an account that an insight names is, and since when it was not seen. */
export function accountLine(
  { city, lastVisitDay }: Pick<NamedAccount, 'city' | 'lastVisitDay'>,
  { text, formats }: Pick<InsightWords, 'text' | 'formats'>,
): string {
  const seen =
    lastVisitDay === null ? text('neverSeen') : text('lastSeen', { day: formats.day(lastVisitDay, 'short') })
  return city ? `${city} · ${seen}` : seen
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

type Side = {
  readonly name: string
  readonly value: number
  readonly valueLabel: string
  readonly interval: readonly [low: number, high: number]
  readonly label: string
}

export type InsightEvidenceSaid = {
  readonly rows: readonly { readonly term: string; readonly value: string }[]
  readonly here: Side
  readonly there: Side
  readonly top: number
  readonly axis: readonly [low: string, said: string, high: string]
}

/** The evidence of an insight in the reader's language: counts, shares with their intervals, who is compared, and when. */
export function insightEvidence(told: ToldInsight, { text, formats }: InsightWords): InsightEvidenceSaid {
  const { here, there, compared, kind, period, people } = told
  const names = { here: text('evidence.here', { kind }), there: text('evidence.there', { compared }) }
  const top = Math.min(1, Math.ceil(Math.max(here.high, there.high) * 10) / 10)
  const share = ({ share: of }: Rate) => formats.percent(of)
  const counted = (rate: Rate) =>
    text('evidence.outOf', { k: formats.number(rate.k), n: formats.number(rate.n), share: share(rate) })
  const side = (name: string, rate: Rate): Side => {
    const value = share(rate)
    const ends = { low: formats.percent(rate.low), high: formats.percent(rate.high) }
    return {
      name,
      value: rate.share,
      valueLabel: value,
      interval: [rate.low, rate.high],
      label: text('evidence.interval', { name, value, ...ends }),
    }
  }
  const months = { from: formats.month(period.from, 'short'), to: formats.month(period.to, 'short') }
  return {
    rows: [
      { term: names.here, value: counted(here) },
      // What is expected of a rhythm was not counted.
      { term: names.there, value: kind === 'cold' ? share(there) : counted(there) },
      { term: text('evidence.within'), value: text('evidence.withinWhat', { compared }) },
      { term: text('evidence.period'), value: text('evidence.periodWhat', months) },
      { term: text('evidence.people'), value: formats.number(people) },
      ...(told.question?.together
        ? [{ term: text('evidence.together'), value: formats.number(told.question.together) }]
        : []),
    ],
    here: side(names.here, here),
    there: side(names.there, there),
    top,
    axis: [formats.percent(0), text('evidence.scale'), formats.percent(top)],
  }
}
