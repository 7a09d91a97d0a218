import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
import type { Gesture, ScenarioState } from '@fieldback/domain/scenario/scenario'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { Db, OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type OrgDay, type ScopedDb, withinBranches } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'

/** A gesture with who made it and when (instant). */
export type StoredGesture = Gesture & { readonly by: string; readonly at: string }

/** Why it could not be applied on its day; `gesture`: the first that cannot be taken, null when it is not one of them. */
export type PublishFault = {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly gesture: string | null
}

export type ScenarioHead = {
  readonly id: string
  readonly name: string
  readonly territory: TerritoryRow
  readonly state: ScenarioState
  /** Day; null until somebody says one. */
  readonly effectiveOn: string | null
  readonly shared: boolean
  readonly fault: PublishFault | null
  readonly version: number
  readonly authorId: string
  readonly author: string
  readonly changedBy: string
  /** Instants. */
  readonly changedAt: string
  readonly publishedAt: string | null
}

export type Scenario = ScenarioHead & {
  readonly gestures: readonly StoredGesture[]
  readonly plannedBy: string | null
}

const INSTANT = Prisma.sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`
const HEAD = Prisma.sql`'id', s.id, 'name', s.name, 'territory', ${TERRITORY_JSON}, 'state', s.state, 'effectiveOn', s.effective_on,
  'shared', s.shared, 'fault', s.fault, 'version', s.version, 'authorId', s.author_id, 'author', m.display_name, 'changedBy', c.display_name,
  'changedAt', to_char(s.changed_at AT TIME ZONE 'UTC', ${INSTANT}), 'publishedAt', to_char(s.published_at AT TIME ZONE 'UTC', ${INSTANT})`
const AROUND = (orgId: string) => Prisma.sql`
  JOIN territory t ON t.org_id = ${orgId}::uuid AND t.id = s.territory_id
  JOIN membership m ON m.org_id = ${orgId}::uuid AND m.id = s.author_id
  JOIN membership c ON c.org_id = ${orgId}::uuid AND c.id = s.changed_by`

/**
 * Scenarios of the reader's branches, those last changed first, with how many gestures each has. Those of others are
 * left out until they are shared.
 */
export async function scenariosInSight(
  sdb: ScopedDb,
  { settled, limit }: { readonly settled: boolean; readonly limit: number },
): Promise<(ScenarioHead & { readonly gestures: number })[]> {
  const { tx, scope } = sdb
  const states = settled ? ['published', 'discarded'] : ['draft', 'planned']
  const rows = await tx.$queryRaw<{ row: ScenarioHead & { gestures: number } }[]>`
    SELECT json_build_object(${HEAD}, 'gestures', jsonb_array_length(s.steps)) AS row
      FROM scenario s ${AROUND(scope.orgId)}
     WHERE s.org_id = ${scope.orgId}::uuid AND s.state = ANY (${states}::text[])
       AND ${withinBranches(sdb, 'scenario.read', Prisma.sql`t.path`)} AND (s.shared OR s.author_id = ${scope.membershipId}::uuid)
     ORDER BY s.changed_at DESC, s.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** A planned scenario with those of its gestures that name a territory. */
export type PlannedHere = Pick<ScenarioHead, 'id' | 'name' | 'territory' | 'fault' | 'version'> & {
  /** Day. */
  readonly effectiveOn: string
  readonly gestures: readonly StoredGesture[]
  /** Gestures in all. */
  readonly count: number
}

/** Planned scenarios of the reader's branches that change a territory, or bring something to it, the earliest first. */
export async function plannedNaming(
  sdb: ScopedDb,
  { territoryId, limit }: { readonly territoryId: string; readonly limit: number },
): Promise<PlannedHere[]> {
  const { tx, scope } = sdb
  const named = Prisma.sql`jsonb_path_exists(g, '$.steps[*].* ? (@ == $id)', jsonb_build_object('id', ${territoryId}::text))`
  const rows = await tx.$queryRaw<{ row: PlannedHere }[]>`
    SELECT json_build_object('id', s.id, 'name', s.name, 'territory', ${TERRITORY_JSON}, 'fault', s.fault, 'version', s.version,
             'effectiveOn', s.effective_on, 'gestures', here.gestures, 'count', jsonb_array_length(s.steps)) AS row
      FROM scenario s
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = s.territory_id
      JOIN LATERAL (SELECT jsonb_agg(g ORDER BY at) AS gestures
                      FROM jsonb_array_elements(s.steps) WITH ORDINALITY AS e(g, at) WHERE ${named}) here ON here.gestures IS NOT NULL
     WHERE s.org_id = ${scope.orgId}::uuid AND s.state = 'planned' AND ${withinBranches(sdb, 'scenario.read', Prisma.sql`t.path`)}
     ORDER BY s.effective_on, s.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** One scenario, `lock`: held until the transaction ends; null when the organisation has none of this id. */
export async function findScenario(
  { tx, scope }: OrgDay,
  id: string,
  { lock }: { readonly lock: boolean },
): Promise<Scenario | null> {
  // Locked before it is joined: what another transaction has just written is read then.
  if (lock)
    await tx.$queryRaw`SELECT id FROM scenario WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`
  const rows = await tx.$queryRaw<{ row: Scenario }[]>`
    SELECT json_build_object(${HEAD}, 'gestures', s.steps, 'plannedBy', s.planned_by) AS row
      FROM scenario s ${AROUND(scope.orgId)}
     WHERE s.org_id = ${scope.orgId}::uuid AND s.id = ${id}::uuid`
  return rows[0]?.row ?? null
}

export type NewScenario = Pick<Scenario, 'id' | 'name' | 'effectiveOn'> & {
  readonly territoryId: string
  readonly gestures: readonly StoredGesture[]
  readonly at: Date
}

export async function insertScenario({ tx, scope }: ScopedDb, one: NewScenario): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO scenario (org_id, id, territory_id, name, effective_on, steps, author_id, created_at, changed_by, changed_at)
    VALUES (${scope.orgId}::uuid, ${one.id}::uuid, ${one.territoryId}::uuid, ${one.name}, ${one.effectiveOn}::date,
            ${JSON.stringify(one.gestures)}::jsonb, ${scope.membershipId}::uuid, ${one.at}, ${scope.membershipId}::uuid, ${one.at})`
}

/** What may change of a scenario; its version goes up, and what kept it from being applied is forgotten. */
export type ScenarioChange = Partial<
  Pick<Scenario, 'name' | 'state' | 'effectiveOn' | 'shared' | 'gestures' | 'plannedBy'>
> & { readonly publishedAt?: Date }

/** Writes a change of a locked scenario. Answers its next version. */
export async function changeScenario(
  { tx, scope }: ScopedDb,
  was: Scenario,
  change: ScenarioChange,
  at: Date,
): Promise<number> {
  const next = { ...was, ...change }
  await tx.$executeRaw`
    UPDATE scenario SET name = ${next.name}, state = ${next.state}, effective_on = ${next.effectiveOn}::date, shared = ${next.shared},
           steps = ${JSON.stringify(next.gestures)}::jsonb, planned_by = ${next.plannedBy}::uuid, fault = NULL, version = version + 1,
           published_at = coalesce(${change.publishedAt ?? null}::timestamptz, published_at),
           changed_by = ${scope.membershipId}::uuid, changed_at = ${at}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${was.id}::uuid`
  return was.version + 1
}

/** A line that somebody wrote beside a scenario. */
export type Remark = {
  readonly id: string
  readonly author: string
  readonly text: string
  /** Instant. */
  readonly writtenAt: string
}

export async function remarksOf({ tx, scope }: ScopedDb, id: string, limit: number): Promise<Remark[]> {
  const rows = await tx.$queryRaw<{ row: Remark }[]>`
    SELECT json_build_object('id', r.id, 'author', m.display_name, 'text', r.text,
             'writtenAt', to_char(r.written_at AT TIME ZONE 'UTC', ${INSTANT})) AS row
      FROM scenario_remark r JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = r.author_id
     WHERE r.org_id = ${scope.orgId}::uuid AND r.scenario_id = ${id}::uuid
     ORDER BY r.written_at DESC, r.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

export async function insertRemark(
  { tx, scope }: ScopedDb,
  remark: { readonly id: string; readonly scenarioId: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO scenario_remark (org_id, id, scenario_id, author_id, text, written_at)
    VALUES (${scope.orgId}::uuid, ${remark.id}::uuid, ${remark.scenarioId}::uuid, ${scope.membershipId}::uuid, ${remark.text}, ${remark.at})`
}

/** For the job alone: planned scenarios whose day has come by the organisation's calendar, the earliest first. */
export async function unsafeDueScenarios(
  tx: OrgTx,
  orgId: string,
  at: Date,
): Promise<{ id: string; plannedBy: string }[]> {
  return tx.$queryRaw<{ id: string; plannedBy: string }[]>`
    SELECT s.id, s.planned_by AS "plannedBy" FROM scenario s JOIN organisation o ON o.id = ${orgId}::uuid
     WHERE s.org_id = ${orgId}::uuid AND s.state = 'planned' AND s.fault IS NULL
       AND s.effective_on <= (${at}::timestamptz AT TIME ZONE o.time_zone)::date
     ORDER BY s.effective_on, s.id`
}

/**
 * Flags a planned scenario that could not be applied; answers whom to tell of what, null when somebody has changed it
 * meanwhile. `version`: the one that could not, null for whichever it is.
 */
export async function unsafeFlag(
  tx: OrgTx,
  orgId: string,
  {
    id,
    version,
    fault,
  }: { readonly id: string; readonly version: number | null; readonly fault: PublishFault },
): Promise<{ readonly name: string; readonly effectiveOn: string; readonly tell: readonly string[] } | null> {
  const rows = await tx.$queryRaw<{ name: string; effectiveOn: string; tell: string[] }[]>`
    UPDATE scenario SET fault = ${JSON.stringify(fault)}::jsonb
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid AND state = 'planned' AND fault IS NULL
       AND (${version}::int IS NULL OR version = ${version}::int)
    RETURNING name, to_char(effective_on, 'YYYY-MM-DD') AS "effectiveOn", ARRAY[author_id::text, planned_by::text] AS tell`
  return rows[0] ?? null
}

/** Asks for the scenarios that are due, by the day of each organisation; answers for how many organisations. */
export async function enqueueDueScenarios(db: Db, at: Date): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('publish_scenarios', json_build_object('orgId', org_id), 'publish_scenarios:' || org_id)
      FROM due_scenarios(${at}::timestamptz) AS org_id`
}
