import { type Insight, keyOfClaim } from '@fieldback/domain/insight/insight'
import { wilson } from '@fieldback/domain/insight/wilson'
import type { TestOrg, TestWorld } from '../test-world.ts'

/** An insight of a place as if a run had found it: its last month beside its past, unless said otherwise. */
export async function arrangeInsight(
  sql: TestWorld['sql'],
  org: TestOrg,
  { at, people, ...said }: { at: keyof TestOrg['territories']; people: number } & Partial<Insight>,
): Promise<Insight> {
  const claim = {
    kind: 'anomaly',
    territoryId: org.territories[at],
    factor: { kind: 'reports' },
    bucket: null,
    outcome: 'order',
    month: '2026-10',
    compared: 'own_past',
    period: { from: '2025-11', to: '2026-10' },
    ...said,
  } as const
  const insight: Insight = {
    ...claim,
    key: keyOfClaim(claim, 'more'),
    direction: 'more',
    here: wilson(30, 50),
    there: wilson(100, 400),
    effect: { odds: 4.5, low: 2.5, high: 8, difference: 0.35 },
    p: 1e-6,
    usefulness: 9,
    accounts: [],
    ...said,
  }
  await sql(
    org.orgId,
    `INSERT INTO insight (org_id, key, territory_id, field_id, people, usefulness, said, run, checked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 1, '2026-11-04T05:00:00Z')`,
    [
      org.orgId,
      insight.key,
      insight.territoryId,
      'fieldId' in insight.factor ? insight.factor.fieldId : null,
      people,
      insight.usefulness,
      JSON.stringify(insight),
    ],
  )
  return insight
}
