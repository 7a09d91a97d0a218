import type { Db } from '@fieldback/db/client'
import {
  unsafeCountAnswers,
  unsafeCountProfiles,
  unsafeCountReports,
  unsafeCountRhythm,
  unsafeFindCounted,
  unsafeFindNodes,
} from '@fieldback/db/insight/counts.repo'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import { ANSWERED } from '@fieldback/domain/analytics/fact'
import type { Period } from '@fieldback/domain/analytics/period'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { type CountCell, FactorCounts, type FactorSpec } from '@fieldback/domain/insight/factor-counts'
import { RHYTHM, type RhythmKind } from '@fieldback/domain/insight/rhythm'
import { TerritoryTree } from '@fieldback/domain/insight/territory-tree'
import { testedBuckets } from '@fieldback/domain/insight/tested-buckets'

/** One question, or one look at all reports, of a large organisation on a slow machine. Nothing is written meanwhile. */
const TIMEOUT_MS = 60_000

/** What is counted of an organisation, and where. */
export type Counted = {
  readonly db: Db
  readonly orgId: string
  readonly tree: TerritoryTree
  readonly period: Period
  readonly definitions: ReadonlyMap<string, FieldDefinition>
}

export const reading = <T>({ db, orgId }: Pick<Counted, 'db' | 'orgId'>, work: (tx: OrgSql) => Promise<T>) =>
  // Few statements over many rows: planned for what is asked.
  inOrgSql(db, orgId, work, { timeout: TIMEOUT_MS, plans: 'auto', reading: true })

/** `fieldIds`: what is counted of questions is counted of these alone. */
export async function openCounted(
  { db, orgId }: Pick<Counted, 'db' | 'orgId'>,
  period: Period,
  fieldIds?: readonly string[],
): Promise<Counted> {
  const [nodes, definitions] = await reading({ db, orgId }, async (tx) => [
    await unsafeFindNodes(tx, orgId, period),
    await unsafeFindCounted(tx, orgId, fieldIds),
  ])
  return {
    db,
    orgId,
    period,
    tree: new TerritoryTree(nodes),
    definitions: new Map(definitions.map((field) => [field.id, field])),
  }
}

/** The tree's tops: an organisation has one. */
const rootsOf = (tree: TerritoryTree): string[] =>
  tree.nodes.flatMap(({ id }, at) => (tree.parent[at] === -1 ? [id] : []))

/** Reports alone. */
export async function countReports(of: Counted): Promise<FactorCounts[]> {
  const cells = await reading(of, (tx) => unsafeCountReports(tx, of.orgId, of.period))
  return rootsOf(of.tree).map((territoryId) => {
    const counts = new FactorCounts(
      { factor: { kind: 'reports' }, territoryId, buckets: [] },
      of.tree,
      of.period,
    )
    for (const cell of cells) counts.addBranch(cell)
    return counts
  })
}

/** How long since the visit before, and how many in a year. */
export async function countRhythm(of: Counted): Promise<FactorCounts[]> {
  const cells = await reading(of, (tx) => unsafeCountRhythm(tx, of.orgId, of.period))
  return (Object.keys(RHYTHM) as RhythmKind[]).flatMap((kind) =>
    rootsOf(of.tree).map((territoryId) => {
      const buckets = RHYTHM[kind].map(String)
      const counts = new FactorCounts({ factor: { kind }, territoryId, buckets }, of.tree, of.period)
      for (const cell of cells[kind]) counts.add(cell)
      return counts
    }),
  )
}

/** One question, of reports or of accounts; null when none of its answers can be set against the others. */
export async function countQuestion(of: Counted, field: FieldDefinition): Promise<FactorCounts | null> {
  const { orgId, period, definitions, tree } = of
  if (field.retired || field.entity === 'contact') return null
  const ofReports = field.entity === 'report'
  const cells = await reading(of, (tx) =>
    ofReports
      ? unsafeCountAnswers(tx, orgId, { field, period })
      : unsafeCountProfiles(tx, orgId, { field, at: period.to, definitions }),
  )
  const spec: FactorSpec = {
    factor: { kind: ofReports ? 'answer' : 'profile', fieldId: field.id },
    territoryId: field.territoryId,
    buckets: testedBuckets(field.spec, givenTo(cells, ofReports ? field.territoryId : null)),
  }
  if (spec.buckets.length === 0) return null
  const counts = new FactorCounts(spec, tree, period)
  for (const cell of cells) {
    if (ofReports) counts.addBranch(cell)
    else counts.add(cell)
  }
  return counts
}

/** How often each answer was given: where it is asked, or at all homes together. */
function givenTo(cells: readonly CountCell[], at: string | null): Map<string, number> {
  const given = new Map<string, number>()
  for (const { territoryId, bucket, n } of cells)
    if (bucket !== ANSWERED && (at === null || territoryId === at))
      given.set(bucket, (given.get(bucket) ?? 0) + n)
  return given
}
