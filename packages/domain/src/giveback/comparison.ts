import { bucketsOf, sortBuckets, UNKNOWN } from '../analytics/bucket.ts'
import { CASES_MIN, visible } from '../analytics/group-size.ts'
import type { AnswerValue } from '../field/answer.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { compareRates, type RateVerdict } from '../insight/compare-rates.ts'
import { type Rate, wilson } from '../insight/wilson.ts'
import type { ReturnPack } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import type { Rank } from '../territory/rank.ts'
import { fitsType } from './fits-type.ts'
import type { LocalRows } from './local-rows.ts'
import { type Tally, tallyHere, tallyOfReports } from './tally.ts'

/** One bar of a distribution: cases here, and there when it is known. */
export type Bar = { readonly bucket: string; readonly here: number; readonly there: number | null }

/**
 * `place`: the share of this answer here and in the territory above. `outcome`: the share of reports ending in an order
 * with this answer and with the others, here; used where nobody above is asked the question.
 * `here_only`: enough cases here, nothing above in the pack yet. `too_few`: `need - have` cases are missing; none is
 * when the question was left unanswered and could be compared.
 */
export type Comparison =
  | {
      readonly verdict: RateVerdict
      readonly basis: 'place' | 'outcome'
      readonly bucket: string
      readonly here: Rate
      readonly there: Rate
      /** The territory compared with; null for `outcome`. */
      readonly reference: PathNode | null
      /** Instant of the pack's figures; null when all was counted here. */
      readonly asOf: string | null
      readonly bars: readonly Bar[]
    }
  | {
      readonly verdict: 'here_only'
      readonly bucket: string
      readonly here: Rate
      readonly bars: readonly Bar[]
    }
  | {
      readonly verdict: 'too_few'
      readonly bucket: string | null
      /** Which cases are missing: answers of any kind, with this answer, or with another. */
      readonly side: 'any' | 'this' | 'others'
      readonly have: number
      readonly need: number
    }

export type ComparisonInput = {
  readonly field: EffectiveField
  readonly answer: AnswerValue
  /** Root to the home of the account. */
  readonly path: readonly PathNode[]
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly rows: LocalRows
  readonly pack: ReturnPack
  readonly today: string
}

/**
 * Sets an answer beside those of others: with the territory above (from the return pack) when the question is asked
 * above the reader's own territory; else, or while nothing above may be shown, by outcome within what is here. Shares
 * leave "I do not know" out. null: this kind of question is not compared. Of several options, the one that says most.
 */
export function comparisonOf(input: ComparisonInput): Comparison | null {
  if (!fitsType('comparison', input.field.spec.type)) return null
  const { field, rows, today } = input
  const here = tallyHere(field, rows, today)
  const buckets = sortBuckets(
    field.spec,
    bucketsOf(field.spec, input.answer)
      .map(({ bucket }) => bucket)
      .filter((bucket) => bucket !== UNKNOWN),
  )
  const references = placesAbove(input)
  const byOutcome = (bucket: string): Comparison =>
    compareOutcomes(bucket, field.entity === 'report' ? here : tallyOfReports(field, rows, today))
  const compared = buckets.map((bucket) => {
    if (references.length === 0) return byOutcome(bucket)
    const place = compareWithPlace(input, { bucket, local: here, references })
    const outcomes = place.verdict === 'here_only' ? byOutcome(bucket) : null
    return outcomes && outcomes.verdict !== 'too_few' ? outcomes : place
  })
  return compared.sort((a, b) => weight(b) - weight(a))[0] ?? tooFew(known(here))
}

const STRENGTH = { too_few: 0, here_only: 1, unclear: 2, lower: 3, higher: 3 } as const

/** Clear before unclear before nothing; then the widest difference. */
const weight = (comparison: Comparison): number =>
  STRENGTH[comparison.verdict] +
  ('there' in comparison ? Math.abs(comparison.here.share - comparison.there.share) / 2 : 0)

const known = (tally: Tally): number => tally.answered - (tally.buckets[UNKNOWN]?.n ?? 0)

type Side = Extract<Comparison, { readonly verdict: 'too_few' }>['side']

const tooFew = (have: number, bucket: string | null = null, side: Side = 'any'): Comparison => ({
  verdict: 'too_few',
  bucket,
  side,
  have,
  need: CASES_MIN,
})

/** Whether the territory above should be compared with and the pack knows nothing of it yet. */
export const lacksReference = (input: ReferenceInput & { readonly pack: ReturnPack }): boolean => {
  const references = placesAbove(input)
  return (
    references.length > 0 &&
    !references.some(({ id }) =>
      input.pack.distributions.some((d) => d.fieldId === input.field.id && d.territoryId === id),
    )
  )
}

type ReferenceInput = Pick<ComparisonInput, 'field' | 'path' | 'mine'>

/**
 * Territories above the reader's own where the question is asked: the region first, then the nation, then the others
 * upwards. Above the owner nobody else is asked, so its figures would be the owner's under another name.
 */
export function placesAbove({ field, path, mine }: ReferenceInput): PathNode[] {
  const own = path.findIndex(({ id }) => mine.includes(id))
  const above = path.slice(0, own < 0 ? -1 : own)
  const owner = above.findIndex(({ id }) => id === field.owner.id)
  const order: Readonly<Record<Rank, number>> = { 1: 0, 0: 1, 2: 2, 3: 3 }
  return owner < 0 ? [] : above.slice(owner).sort((a, b) => order[a.rank] - order[b.rank])
}

type PlaceSearch = {
  readonly bucket: string
  readonly local: Tally
  readonly references: readonly PathNode[]
}

function compareWithPlace(input: ComparisonInput, { bucket, local, references }: PlaceSearch): Comparison {
  const { field, pack, path, mine } = input
  const at = (territoryId: string) =>
    pack.distributions.find((d) => d.fieldId === field.id && d.territoryId === territoryId)
  const own = path.find(({ id }) => mine.includes(id))
  const ownInPack = own && at(own.id)
  // The pack already holds what was sent: the fuller of the two, never their sum.
  const here = ownInPack && known(ownInPack) > known(local) ? ownInPack : local
  if (known(here) < CASES_MIN) return tooFew(known(here), bucket)
  const k = (tally: Tally): number => tally.buckets[bucket]?.n ?? 0
  for (const reference of references) {
    const there = at(reference.id)
    if (!there || !visible({ people: there.people, n: known(there) }, false).visible) continue
    const rates = compareRates({ k: k(here), n: known(here) }, { k: k(there), n: known(there) })
    return {
      ...rates,
      basis: 'place',
      bucket,
      reference,
      asOf: pack.asOf,
      bars: barsOf(field.spec, here, there),
    }
  }
  return {
    verdict: 'here_only',
    bucket,
    here: wilson(k(here), known(here)),
    bars: barsOf(field.spec, here, null),
  }
}

/** Orders among the reports with this answer, and among those with another. */
function compareOutcomes(bucket: string, reports: Tally): Comparison {
  const { n, won } = reports.buckets[bucket] ?? { n: 0, won: 0 }
  const others = Object.entries(reports.buckets)
    .filter(([other]) => other !== bucket && other !== UNKNOWN)
    .reduce((sum, [, other]) => ({ n: sum.n + other.n, won: sum.won + other.won }), { n: 0, won: 0 })
  if (n < CASES_MIN) return tooFew(n, bucket, 'this')
  if (others.n < CASES_MIN) return tooFew(others.n, bucket, 'others')
  const rates = compareRates({ k: won, n }, { k: others.won, n: others.n })
  return { ...rates, basis: 'outcome', bucket, reference: null, asOf: null, bars: [] }
}

function barsOf(spec: FieldSpec, here: Tally, there: Tally | null): Bar[] {
  const buckets = new Set([...Object.keys(here.buckets), ...Object.keys(there?.buckets ?? {})])
  buckets.delete(UNKNOWN)
  return sortBuckets(spec, [...buckets]).map((bucket) => ({
    bucket,
    here: here.buckets[bucket]?.n ?? 0,
    there: there && (there.buckets[bucket]?.n ?? 0),
  }))
}
