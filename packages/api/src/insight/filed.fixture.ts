import type { ReportFact } from '@fieldback/domain/analytics/fact'
import { monthsOf, type Period } from '@fieldback/domain/analytics/period'
import { fold } from '../analytics/fold.job.ts'
import type { TestOrg, TestWorld } from '../test-world.ts'

export type Filed = {
  readonly at: keyof TestOrg['territories']
  readonly day: string
  readonly n: number
  readonly by: string
  readonly outcome: ReportFact['outcome']
  readonly answers: ReportFact['answers']
}

/** Puts facts in the outbox as push does, alike ones together, and folds them as the worker does. */
export async function file(world: TestWorld, org: TestOrg, rows: readonly Filed[]): Promise<void> {
  const facts = rows.map(
    ({ at, day, n, by, outcome, answers }): ReportFact => ({
      of: 'report',
      sign: n,
      thenAt: org.territories[at],
      todayAt: org.territories[at],
      day,
      kind: 'visit',
      outcome,
      member: by,
      asked: answers.map(([id]) => id),
      answers,
    }),
  )
  await world.sql(
    org.orgId,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [org.orgId, JSON.stringify(facts)],
  )
  await fold({ db: world.db }, org.orgId)
}

const HOMES = ['basque', 'bearn', 'finistere'] as const

/** Each month at each home, `orders` of `n` reports with this answer end in an order. */
export const monthly = (
  period: Period,
  { fieldId, by }: { readonly fieldId: string; readonly by: string },
  answers: Readonly<Record<string, readonly [orders: number, n: number]>>,
): Filed[] =>
  monthsOf(period).flatMap((month) =>
    HOMES.flatMap((at) =>
      Object.entries(answers).flatMap(([bucket, [orders, n]]) =>
        (['order', 'none'] as const).map((outcome) => ({
          at,
          day: `${month}-15`,
          n: outcome === 'order' ? orders : n - orders,
          by,
          outcome,
          answers: [[fieldId, bucket, null]] as const,
        })),
      ),
    ),
  )
