import {
  type BucketCount,
  countBuckets,
  countPeople,
  countStocks,
} from '@fieldback/db/analytics/analytics.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { ANSWERED, ASKED } from '@fieldback/domain/analytics/fact'
import type { Basis } from '@fieldback/domain/analytics/fold'
import { groupBy } from '@fieldback/domain/analytics/group-by'
import type { Period } from '@fieldback/domain/analytics/period'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Counted } from './figure.ts'

/** What was answered to one field at one territory. */
export type Answers = {
  /** Reports whose form asked; null for accounts and contacts, which hold an answer or do not. */
  readonly asked: number | null
  readonly answered: number
  /** "I do not know". */
  readonly unknown: number
  /** Null for accounts and contacts. */
  readonly people: number | null
  readonly buckets: ReadonlyMap<string, { readonly n: number; readonly won: number }>
}

type At = {
  readonly basis: Basis
  readonly period: Period
  readonly territoryIds: readonly string[]
}

export type AnswersAt = (territoryId: string) => Answers

/** Answers to a field by territory: reports over the period, or what accounts and contacts hold now, whatever the period. */
export async function countAnswers(sdb: ScopedSql, field: FieldDefinition, at: At): Promise<AnswersAt> {
  if (field.entity !== 'report') {
    const stocks = await countStocks(sdb, { field, territoryIds: at.territoryIds })
    return answersAt(stocks, () => null)
  }
  const [buckets, people] = await Promise.all([
    countBuckets(sdb, { ...at, field }),
    countPeople(sdb, { ...at, before: null }),
  ])
  return answersAt(buckets, (territoryId) => people(territoryId).people)
}

function answersAt(
  rows: readonly BucketCount[],
  peopleAt: (territoryId: string) => number | null,
): AnswersAt {
  const byPlace = groupBy(rows, ({ territoryId }) => territoryId)
  return (territoryId) => answersOf(byPlace.get(territoryId) ?? [], peopleAt(territoryId))
}

function answersOf(rows: readonly BucketCount[], people: number | null): Answers {
  const buckets = new Map(rows.map(({ bucket, n, won }) => [bucket, { n, won }]))
  const take = (bucket: string): number => {
    const n = buckets.get(bucket)?.n ?? 0
    buckets.delete(bucket)
    return n
  }
  const [asked, answered] = [take(ASKED), take(ANSWERED)]
  return {
    asked: people === null ? null : asked,
    answered,
    unknown: buckets.get(UNKNOWN)?.n ?? 0,
    people,
    buckets,
  }
}

/** Answers that say something: what shares are taken of. */
export const known = ({ answered, unknown }: Answers): number => answered - unknown

/** One answer among those that say something; "I do not know" itself, among all. */
export const shareOf = (answers: Answers, bucket: string): Counted => ({
  k: answers.buckets.get(bucket)?.n ?? 0,
  n: bucket === UNKNOWN ? answers.answered : known(answers),
  people: answers.people,
})
