import type { Db } from '@fieldback/db/client'
import { unsafeFindConcepts } from '@fieldback/db/concept/concept.repo'
import {
  unsafeCountAnswers,
  unsafeCountAsked,
  unsafeCountProfiles,
  unsafeCountReports,
  unsafeCountRhythm,
  unsafeFindCounted,
  unsafeFindNodes,
} from '@fieldback/db/insight/counts.repo'
import type { Kept } from '@fieldback/db/insight/insight.repo'
import { inOrgSql, type OrgSql } from '@fieldback/db/org-sql'
import { ANSWERED } from '@fieldback/domain/analytics/fact'
import type { Period } from '@fieldback/domain/analytics/period'
import { seriesOf } from '@fieldback/domain/analytics/series'
import { conceptAsField } from '@fieldback/domain/concept/concept'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { type CountCell, FactorCounts, type FactorSpec } from '@fieldback/domain/insight/factor-counts'
import type { Insight } from '@fieldback/domain/insight/insight'
import { RHYTHM, type RhythmKind } from '@fieldback/domain/insight/rhythm'
import { TerritoryTree } from '@fieldback/domain/insight/territory-tree'
import { testedBuckets } from '@fieldback/domain/insight/tested-buckets'
import {
  membersOf,
  type TestedConcept,
  testedAt,
  testedConcepts,
} from '@fieldback/domain/insight/tested-concepts'
import type { Path } from '@fieldback/domain/territory/path'

/** One question, or one look at all reports, of a large organisation on a slow machine. Nothing is written meanwhile. */
const TIMEOUT_MS = 60_000

/** What is counted of an organisation, and where. */
export type Counted = {
  readonly db: Db
  readonly orgId: string
  readonly tree: TerritoryTree
  readonly period: Period
  /** With concepts as questions. */
  readonly definitions: ReadonlyMap<string, FieldDefinition>
  /** Of a run: those that are tested. */
  readonly concepts: ReadonlyMap<string, TestedConcept>
  /** The territories that ask what is counted under each concept. */
  readonly askedBy: ReadonlyMap<string, readonly string[]>
  /** The tree's territories, where it is a branch alone. */
  readonly within?: readonly string[] | undefined
}

export const reading = <T>({ db, orgId }: Pick<Counted, 'db' | 'orgId'>, work: (tx: OrgSql) => Promise<T>) =>
  // Few statements over many rows: planned for what is asked.
  inOrgSql(db, orgId, work, { timeout: TIMEOUT_MS, plans: 'auto', reading: true })

/** `part`: of these questions and this branch alone. */
export async function openCounted(
  { db, orgId }: Pick<Counted, 'db' | 'orgId'>,
  period: Period,
  part?: { readonly fieldIds: readonly string[]; readonly branch: Path },
): Promise<Counted> {
  const [nodes, linked, definitions] = await reading({ db, orgId }, async (tx) => {
    const asked = await unsafeFindCounted(tx, orgId, part?.fieldIds)
    const concepts = await unsafeFindConcepts(tx, orgId, part?.fieldIds)
    const whole = concepts.map(({ concept, links }) => conceptAsField(concept, links))
    // What was said to a question that was made into one of these is read by the question of then.
    const before = part
      ? [...asked, ...whole].flatMap((field) => seriesOf(field).filter((id) => id !== field.id))
      : []
    const sources = before.length > 0 ? await unsafeFindCounted(tx, orgId, before) : []
    const nodes = await unsafeFindNodes(tx, orgId, period, part?.branch)
    return [nodes, concepts, [...asked, ...sources, ...(part ? whole : [])]]
  })
  const tree = new TerritoryTree(nodes)
  const concepts = part ? new Map<string, TestedConcept>() : testedConcepts(tree, linked)
  const fields = [...definitions, ...[...concepts.values()].map(({ field }) => field)]
  return {
    db,
    orgId,
    period,
    tree,
    concepts,
    askedBy: new Map(linked.map((one) => [one.concept.id, [...membersOf(one).values()]])),
    definitions: new Map(fields.map((field) => [field.id, field])),
    within: part && nodes.map(({ id }) => id),
  }
}

/**
 * An insight with the people behind it, on whom it depends who may read it: of a concept, those where its questions are asked,
 * since a whole country does not answer what two sub-sectors ask.
 */
export async function keptOf(of: Counted, insight: Insight): Promise<Kept> {
  const { factor, territoryId } = insight
  const askedBy = 'fieldId' in factor ? of.askedBy.get(factor.fieldId) : undefined
  const people = askedBy
    ? await reading(of, (tx) => unsafeCountAsked(tx, of.orgId, { territoryId, askedBy, period: of.period }))
    : of.tree.nodes[of.tree.at(territoryId) ?? -1]?.people
  return { insight, people: people ?? 0 }
}

/** The tree's tops: an organisation has one. */
const rootsOf = (tree: TerritoryTree): string[] =>
  tree.nodes.flatMap(({ id }, at) => (tree.parent[at] === -1 ? [id] : []))

/** Reports alone. */
export async function countReports(of: Counted): Promise<FactorCounts[]> {
  const cells = await reading(of, (tx) => unsafeCountReports(tx, of.orgId, of))
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

/** One question; null when none of its answers can be set against the others. */
export async function countQuestion(of: Counted, field: FieldDefinition): Promise<FactorCounts | null> {
  if (field.retired) return null
  const ofReports = field.entity === 'report'
  const cells = await readCells(of, field)
  const spec: FactorSpec = {
    factor: { kind: ofReports ? 'answer' : 'profile', fieldId: field.id },
    territoryId: field.territoryId,
    buckets: testedBuckets(field.spec, givenTo(cells, ofReports ? field.territoryId : null)),
    testedAt: testedAt(of.concepts, field.id),
  }
  return spec.buckets.length === 0 ? null : filled(of, spec, cells)
}

/** One answer that is shown, again; null when it can no longer be given. */
export async function countAnswer(of: Counted, spec: FactorSpec): Promise<FactorCounts | null> {
  const field = 'fieldId' in spec.factor && of.definitions.get(spec.factor.fieldId)
  const given = new Map(spec.buckets.map((bucket) => [bucket, Number.POSITIVE_INFINITY]))
  if (!field || field.retired || testedBuckets(field.spec, given).length === 0) return null
  return filled(of, spec, await readCells(of, field))
}

function readCells(
  { definitions, period, within, ...of }: Counted,
  field: FieldDefinition,
): Promise<CountCell[]> {
  return reading(of, (tx) =>
    field.entity === 'report'
      ? unsafeCountAnswers(tx, of.orgId, { field, period, within })
      : unsafeCountProfiles(tx, of.orgId, { field, at: period.to, definitions, within }),
  )
}

function filled({ tree, period }: Counted, spec: FactorSpec, cells: readonly CountCell[]): FactorCounts {
  const counts = new FactorCounts(spec, tree, period)
  for (const cell of cells) {
    if (spec.factor.kind === 'answer') counts.addBranch(cell)
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
