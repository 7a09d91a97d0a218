import { countingOf } from '@fieldback/db/field/change-count.repo'
import { requireTerritory, type ScopedSql } from '@fieldback/db/scoped-db'
import { type BucketLabel, bucketLabelParts, sortBuckets, UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { Hidden, PlaceRef } from '@fieldback/domain/analytics/findings'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { type Rate, wilson } from '@fieldback/domain/insight/wilson'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Path } from '@fieldback/domain/territory/path'
import { type Counting, countingFrom } from '../field/counting.ts'
import { type Answers, type AnswersAt, countAnswers, known, shareOf } from './answer-counts.ts'
import { placeRef, shownRate } from './figure.ts'
import type { View } from './input.ts'
import { type CountedField, countedField, requireCountedField } from './place.ts'
import { findReference, peopleBehind, referenceRate, tooFewToCompare } from './reference.ts'

export type Bucket = {
  readonly bucket: string
  readonly label: BucketLabel
  readonly n: number
  /** Among answers that are known; null for "I do not know" and when there are too few answers. */
  readonly share: Rate | null
  /** How many of its reports ended in an order; null for accounts and contacts. */
  readonly won: number | null
  /** Orders among its reports; null when there are too few. */
  readonly wonRate: Rate | null
  /** The same share in the territory above. */
  readonly above: number | null
}

export type Distribution = {
  readonly field: CountedField
  readonly asked: number | null
  readonly answered: number
  readonly unknown: number
  readonly people: number | null
  /** Too few answers for shares. */
  readonly hidden: Hidden | null
  readonly buckets: readonly Bucket[]
  /** Of a list, items named beside those of `buckets`, and how often; null when all are there. */
  readonly rest: { readonly items: number; readonly n: number } | null
  readonly reference: { readonly place: PlaceRef; readonly answered: number } | null
  /** Why the territory is not set beside the one above. */
  readonly alone: Hidden | null
  /** Figures are partial until what was answered before the question took another type is counted; null when all is. */
  readonly counting: Counting | null
}

/** How the answers to one field share out at a territory, with the territory above beside them where it may be shown. */
export async function distribution(
  sdb: ScopedSql,
  { territoryId, basis, period, fieldId }: View & { fieldId: string },
): Promise<Distribution> {
  const territory = await requireTerritory(sdb, 'analytics.read', territoryId)
  const owned = await requireCountedField(sdb, territory, fieldId)
  const { field, owner } = owned
  // What accounts hold says nothing of those who visit them.
  const alone = field.entity === 'report' ? await tooFewToCompare(sdb, territory, { basis, period }) : null
  const above = alone
    ? null
    : await findAbove(sdb, { territory, field, owner: owner.path }, { basis, period })
  const at =
    above?.answersAt ?? (await countAnswers(sdb, field, { basis, period, territoryIds: [territoryId] }))
  const answers = at(territoryId)
  const counting = await countingOf(sdb, fieldId)
  const size = shownRate({ k: 0, n: known(answers), people: answers.people }, true)
  const hidden = 'reason' in size ? size : null
  const offered = countedField(owned)
    .answers.filter(({ label }) => label.kind !== 'option' || !label.retired)
    .map(({ bucket }) => bucket)
  const all = sortBuckets(field.spec, [...new Set([...offered, ...answers.buckets.keys()])])
  const { buckets, rest } =
    field.spec.type === 'list_reference' ? mostNamed(answers, all) : { buckets: all, rest: null }
  return {
    field: countedField(owned),
    asked: answers.asked,
    answered: answers.answered,
    unknown: answers.unknown,
    people: answers.people,
    hidden,
    alone,
    buckets: buckets.map((bucket) =>
      bucketOf(field, answers, { bucket, shown: hidden === null, above: above?.shareOf(bucket) ?? null }),
    ),
    rest,
    reference: above && above.answered > 0 ? { place: above.place, answered: above.answered } : null,
    counting: counting && countingFrom(counting),
  }
}

/** A list is read from its head: thousands of items would hide what is named most. */
const ITEMS_MOST = 20

function mostNamed(
  answers: Answers,
  all: readonly string[],
): Pick<Distribution, 'rest'> & { buckets: string[] } {
  const n = (bucket: string): number => answers.buckets.get(bucket)?.n ?? 0
  const items = all.filter((bucket) => bucket !== UNKNOWN).toSorted((a, b) => n(b) - n(a))
  const left = items.slice(ITEMS_MOST)
  return {
    buckets: [...items.slice(0, ITEMS_MOST), ...all.filter((bucket) => bucket === UNKNOWN)],
    rest: left.length > 0 ? { items: left.length, n: left.reduce((sum, one) => sum + n(one), 0) } : null,
  }
}

function bucketOf(
  field: FieldDefinition,
  answers: Answers,
  { bucket, shown, above }: { bucket: string; shown: boolean; above: number | null },
): Bucket {
  const { n, won } = answers.buckets.get(bucket) ?? { n: 0, won: 0 }
  const flow = field.entity === 'report'
  const share = shareOf(answers, bucket)
  const wonRate = shownRate({ k: won, n, people: answers.people }, true)
  return {
    bucket,
    label: bucketLabelParts(field.spec, bucket),
    n,
    share: shown && bucket !== UNKNOWN ? wilson(share.k, share.n) : null,
    won: flow ? won : null,
    wonRate: flow && !('reason' in wonRate) ? wonRate : null,
    above: bucket === UNKNOWN ? null : above,
  }
}

type Above = {
  readonly place: PlaceRef
  readonly answered: number
  readonly answersAt: AnswersAt
  readonly shareOf: (bucket: string) => number | null
}

/** Shares of the territory above, where the reader may see them. */
async function findAbove(
  sdb: ScopedSql,
  { territory, field, owner }: { territory: TerritoryRow; field: FieldDefinition; owner: Path },
  span: Pick<View, 'basis' | 'period'>,
): Promise<Above | null> {
  const reference = await findReference(sdb, territory, owner)
  if (!reference) return null
  const own = reference.own ?? []
  const territoryIds = [...new Set([territory.id, reference.place.id, ...own])]
  const [answersAt, peopleAt] = await Promise.all([
    countAnswers(sdb, field, { ...span, territoryIds }),
    peopleBehind(sdb, reference, span),
  ])
  const people = peopleAt(null)
  const there = answersAt(reference.place.id)
  const shareAbove = (bucket: string): number | null =>
    referenceRate(
      shareOf(there, bucket),
      own.map((id) => shareOf(answersAt(id), bucket)),
      people,
    )?.share ?? null
  return {
    place: placeRef(reference.place),
    // Any bucket does: they share their denominators.
    answered: shareAbove('') === null ? 0 : known(there),
    answersAt,
    shareOf: shareAbove,
  }
}
