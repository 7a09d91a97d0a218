import { branchesWith } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { ObjectiveRefusal, ObjectiveSegment, ToldObjective } from '@fieldback/domain/objective/objective'
import { branchRange, type Path, pathIds } from '@fieldback/domain/territory/path'
import { isoInstant } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { type ScopedDb, type ScopedSql, withinBranch, withinBranches } from '../scoped-db.ts'
import { enqueue } from '../sync/enqueue.ts'

const OBJECTIVE_JSON = Prisma.sql`json_build_object('id', o.id, 'path', t.path, 'territoryName', t.name, 'segment', o.segment, 'why', o.why,
  'everyWeeks', o.every_weeks, 'fromDay', o.from_day, 'toDay', o.to_day, 'by', m.display_name, 'label', v.spec -> 'label')`

const joined = (org: Prisma.Sql) => Prisma.sql`
  JOIN membership m ON m.org_id = ${org} AND m.id = o.stated_by
  LEFT JOIN field_definition d ON d.org_id = ${org} AND d.id = o.field_id
  LEFT JOIN field_version v ON v.org_id = ${org} AND v.field_id = d.id AND v.version = d.current_version`

/** What is asked of the reader's own accounts today or later, at his level or above or below, without what is refused. */
export async function objectivesToReader(
  sdb: ScopedSql,
  limit: number,
): Promise<Omit<ToldObjective, 'refused'>[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const above = branchesWith(scope, 'report.create').flatMap(pathIds)
  if (above.length === 0) return []
  const rows = await tx.$queryRaw<{ row: Omit<ToldObjective, 'refused'> }[]>`
    SELECT ${OBJECTIVE_JSON} AS row
      FROM territory t JOIN objective o ON o.org_id = ${org} AND o.territory_id = t.id AND o.to_day >= ${scope.day}::date AND o.ended_at IS NULL
      ${joined(org)}
     WHERE t.org_id = ${org} AND (t.id = ANY (${above}::uuid[]) OR ${withinBranches(sdb, 'report.create', Prisma.sql`t.path`)})
     ORDER BY o.to_day, o.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** Accounts of the reader's own that somebody does not take on, by objective. */
export async function refusalsToReader(
  sdb: ScopedSql,
  objectiveIds: readonly string[],
  limit: number,
): Promise<(ObjectiveRefusal & { readonly objectiveId: string })[]> {
  if (objectiveIds.length === 0) return []
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<(ObjectiveRefusal & { readonly objectiveId: string })[]>`
    SELECT r.objective_id AS "objectiveId", r.account_id AS "accountId", r.word, m.display_name AS by,
           r.member_id = ${scope.membershipId}::uuid AS own
      FROM objective_refusal r
      JOIN membership m ON m.org_id = ${org} AND m.id = r.member_id
      JOIN account a ON a.org_id = ${org} AND a.id = r.account_id AND a.deleted_at IS NULL
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
     WHERE r.org_id = ${org} AND r.objective_id = ANY (${[...objectiveIds]}::uuid[]) AND r.taken_back_at IS NULL
       AND ${withinBranches(sdb, 'report.create', Prisma.sql`t.path`)}
     ORDER BY r.at DESC, r.account_id LIMIT ${limit}`
}

/** Whether an objective was stated, ended or taken up again since an instant, at the reader's level or above. */
export async function hasObjectiveSince({ tx, scope }: ScopedSql, since: Date): Promise<boolean> {
  const above = branchesWith(scope, 'report.create').flatMap(pathIds)
  if (above.length === 0) return false
  const rows = await tx.$queryRaw<{ one: number }[]>`
    SELECT 1 AS one FROM objective WHERE org_id = ${scope.orgId}::uuid AND territory_id = ANY (${above}::uuid[])
       AND to_day >= ${scope.day}::date - 1 AND changed_at > ${since} LIMIT 1`
  return rows.length > 0
}

/** An objective as the managers of its branch read it. */
export type ObjectiveLine = Omit<ToldObjective, 'refused'> & {
  readonly territoryId: string
  /** Labels of the answers of its segment, where they are options. */
  readonly answers: readonly Localised[]
  /** Instant; null while it stands. */
  readonly endedAt: string | null
  readonly own: boolean
  /** As last counted behind the page, at an instant; null: never. */
  readonly kept: (ObjectiveCount & { readonly at: string }) | null
}

const LINE_JSON = (
  memberId: string,
) => Prisma.sql`${OBJECTIVE_JSON}::jsonb || jsonb_build_object('territoryId', o.territory_id,
  'endedAt', ${isoInstant('o.ended_at')}, 'own', o.stated_by = ${memberId}::uuid, 'kept', CASE WHEN o.counted_at IS NOT NULL THEN
    jsonb_build_object('meant', o.meant, 'seen', o.seen, 'refused', o.refused, 'at', ${isoInstant('o.counted_at')}) END,
  'answers', (SELECT coalesce(jsonb_agg(x -> 'label'), '[]') FROM jsonb_array_elements(v.spec -> 'options') AS x
               WHERE o.segment #> '{answer,options}' ? (x ->> 'id')))`

/** Objectives stated for a branch, those that stand first, the last to end first. */
export async function objectivesOfBranch(
  { tx, scope }: ScopedDb,
  branch: Path,
  limit: number,
): Promise<ObjectiveLine[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ row: ObjectiveLine }[]>`
    SELECT ${LINE_JSON(scope.membershipId)} AS row
      FROM territory t JOIN objective o ON o.org_id = ${org} AND o.territory_id = t.id ${joined(org)}
     WHERE t.org_id = ${org} AND ${withinBranch(branch, Prisma.sql`t.path`)}
     ORDER BY (o.ended_at IS NULL AND o.to_day >= ${scope.day}::date) DESC, o.to_day DESC, o.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

/** How far an objective is in a branch: its accounts, those seen as it wants, those not taken on. */
export type ObjectiveCount = { readonly meant: number; readonly seen: number; readonly refused: number }

type Counted = Pick<ToldObjective, 'segment' | 'everyWeeks' | 'fromDay'>

/** The accounts that an objective means among those of an alias a, at the places of an alias t. */
function meant({ kind, answer }: ObjectiveSegment, org: Prisma.Sql): Prisma.Sql {
  const parts = [Prisma.sql`a.deleted_at IS NULL`]
  if (kind) parts.push(Prisma.sql`a.kind = ${kind}`)
  if (answer) {
    const { fieldId, options } = answer
    const said = (values: Prisma.Sql) => {
      const x = Prisma.sql`${values} -> ${fieldId}::text -> 'x'`
      return Prisma.sql`CASE jsonb_typeof(${x}) WHEN 'array' THEN ${x} ?| ${[...options]}::text[] ELSE (${x} #>> '{}') = ANY (${[...options]}::text[]) END`
    }
    parts.push(
      answer.of === 'account'
        ? said(Prisma.sql`a."values"`)
        : Prisma.sql`EXISTS (SELECT 1 FROM contact c WHERE c.org_id = ${org} AND c.account_id = a.id AND c.deleted_at IS NULL
            AND ${said(Prisma.sql`c."values"`)})`,
    )
  }
  return Prisma.join(parts, ' AND ')
}

const seenWhere = ({ everyWeeks, fromDay }: Counted, day: string): Prisma.Sql =>
  everyWeeks === null
    ? Prisma.sql`a.last_visit_day >= ${fromDay}::date`
    : Prisma.sql`a.last_visit_day > ${day}::date - ${everyWeeks * 7}::int`

/** Whether a branch holds at most so many accounts. */
export async function holdsAtMost({ tx, scope }: ScopedDb, branch: Path, most: number): Promise<boolean> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (
      SELECT FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND a.deleted_at IS NULL
       WHERE t.org_id = ${org} AND ${withinBranch(branch, Prisma.sql`t.path`)} LIMIT ${most + 1}) AS held`
  return (rows[0]?.n ?? 0) <= most
}

/** An objective and where it is counted; `id` null: one that is not stated yet. */
export type CountedObjective = Counted & { readonly id: string | null; readonly path: Path }

/** Counts the accounts of objectives, each in its branch as they are on a day, in their order. */
export async function countObjectives(
  tx: OrgSql,
  orgId: string,
  { objectives, day }: { readonly objectives: readonly CountedObjective[]; readonly day: string },
): Promise<ObjectiveCount[]> {
  if (objectives.length === 0) return []
  const org = Prisma.sql`${orgId}::uuid`
  const counts = objectives.map((objective, at) => {
    const seen = seenWhere(objective, day)
    return Prisma.sql`
    SELECT ${at}::int AS at, count(*)::int AS meant, count(*) FILTER (WHERE ${seen})::int AS seen,
           count(*) FILTER (WHERE r.account_id IS NOT NULL AND (${seen}) IS NOT TRUE)::int AS refused
      FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id
      LEFT JOIN objective_refusal r ON r.org_id = ${org} AND r.objective_id = ${objective.id}::uuid AND r.account_id = a.id AND r.taken_back_at IS NULL
     WHERE t.org_id = ${org} AND ${withinBranch(objective.path, Prisma.sql`t.path`)} AND ${meant(objective.segment, org)}`
  })
  return tx.$queryRaw<ObjectiveCount[]>`
    SELECT meant, seen, refused FROM (${Prisma.join(counts, ' UNION ALL ')}) AS counted ORDER BY at`
}

/** Has objectives counted behind the page, as they are on the reader's day. */
export async function askForCounts({ tx, scope }: ScopedDb, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE objective SET count_for = ${scope.day}::date
     WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[]) AND count_for IS DISTINCT FROM ${scope.day}::date`
  await enqueue(tx, 'objectives', scope.orgId)
}

/** The next objective that a count is asked for, and the day; null: none. */
export async function nextAsked(
  tx: OrgSql,
  orgId: string,
): Promise<(CountedObjective & { readonly id: string; readonly day: string }) | null> {
  const rows = await tx.$queryRaw<{ row: CountedObjective & { id: string; day: string } }[]>`
    SELECT json_build_object('id', o.id, 'path', t.path, 'segment', o.segment, 'everyWeeks', o.every_weeks, 'fromDay', o.from_day, 'day', o.count_for) AS row
      FROM objective o JOIN territory t ON t.org_id = o.org_id AND t.id = o.territory_id
     WHERE o.org_id = ${orgId}::uuid AND o.count_for IS NOT NULL ORDER BY o.id LIMIT 1`
  return rows[0]?.row ?? null
}

/** Keeps what was counted; what is asked for meanwhile is of another day, and stays asked for. */
export async function keepCount(
  tx: OrgSql,
  orgId: string,
  {
    id,
    day,
    count,
    at,
  }: { readonly id: string; readonly day: string; readonly count: ObjectiveCount; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE objective SET meant = ${count.meant}, seen = ${count.seen}, refused = ${count.refused}, counted_at = ${at},
           count_for = CASE WHEN count_for = ${day}::date THEN NULL ELSE count_for END
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`
}

/** What somebody said who does not take an account on. */
export type RefusalLine = {
  readonly accountId: string
  readonly accountName: string
  readonly place: string
  readonly by: string
  readonly word: string
  /** Instant. */
  readonly at: string
}

/** The last words of those who do not take accounts of objectives on, so many of each, as far as these lie in its branch still. */
export async function refusalsOf(
  { tx, scope }: ScopedDb,
  objectives: readonly Pick<ObjectiveLine, 'id' | 'path'>[],
  limit: number,
): Promise<(RefusalLine & { readonly objectiveId: string })[]> {
  if (objectives.length === 0) return []
  const org = Prisma.sql`${scope.orgId}::uuid`
  const branches = objectives.map(({ path }) => branchRange(path))
  return tx.$queryRaw<(RefusalLine & { objectiveId: string })[]>`
    SELECT said.* FROM unnest(${objectives.map(({ id }) => id)}::uuid[], ${branches.map(({ from }) => from)}::text[], ${branches.map(({ to }) => to)}::text[])
             AS o (id, first, beyond)
     CROSS JOIN LATERAL (
      SELECT r.objective_id AS "objectiveId", r.account_id AS "accountId", a.name AS "accountName", t.name AS place, m.display_name AS by, r.word,
             ${isoInstant('r.at')} AS at
        FROM objective_refusal r
        JOIN account a ON a.org_id = ${org} AND a.id = r.account_id AND a.deleted_at IS NULL
        JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND t.path >= o.first AND t.path < o.beyond
        JOIN membership m ON m.org_id = ${org} AND m.id = r.member_id
       WHERE r.org_id = ${org} AND r.objective_id = o.id AND r.taken_back_at IS NULL
       ORDER BY r.at DESC, r.account_id LIMIT ${limit}) AS said`
}

export type NewObjective = {
  readonly id: string
  readonly territoryId: string
  readonly segment: ObjectiveSegment
  readonly why: string
  readonly everyWeeks: number | null
  readonly fromDay: string
  readonly toDay: string
  readonly at: Date
}

export async function insertObjective({ tx, scope }: ScopedDb, one: NewObjective): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO objective (org_id, id, territory_id, stated_by, stated_at, segment, field_id, why, every_weeks, from_day, to_day, changed_at)
    VALUES (${scope.orgId}::uuid, ${one.id}::uuid, ${one.territoryId}::uuid, ${scope.membershipId}::uuid, ${one.at},
            ${JSON.stringify(one.segment)}::jsonb, ${one.segment.answer?.fieldId ?? null}::uuid, ${one.why}, ${one.everyWeeks}::int,
            ${one.fromDay}::date, ${one.toDay}::date, ${one.at})`
}

/** How many stand on a territory itself today or later; the territory stays locked until the end of the transaction. */
export async function lockLiveObjectives({ tx, scope }: ScopedDb, territoryId: string): Promise<number> {
  await tx.$queryRaw`SELECT id FROM territory WHERE org_id = ${scope.orgId}::uuid AND id = ${territoryId}::uuid FOR NO KEY UPDATE`
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM objective
     WHERE org_id = ${scope.orgId}::uuid AND territory_id = ${territoryId}::uuid AND to_day >= ${scope.day}::date AND ended_at IS NULL`
  return rows[0]?.n ?? 0
}

/** Locked for a change, with its place. NOT_FOUND when the organisation has none of this id. */
export async function lockObjective(
  { tx, scope }: ScopedDb,
  id: string,
): Promise<{
  readonly id: string
  readonly territoryId: string
  readonly path: Path
  readonly ended: boolean
}> {
  const rows = await tx.$queryRaw<{ id: string; territoryId: string; path: Path; ended: boolean }[]>`
    SELECT o.id, o.territory_id AS "territoryId", t.path, o.ended_at IS NOT NULL AS ended
      FROM objective o JOIN territory t ON t.org_id = o.org_id AND t.id = o.territory_id
     WHERE o.org_id = ${scope.orgId}::uuid AND o.id = ${id}::uuid FOR NO KEY UPDATE OF o`
  const found = rows[0]
  if (!found) throw new FieldbackError('NOT_FOUND', { what: 'objective' })
  return found
}

/** `ended` null takes it up again. */
export async function setEnded(
  { tx, scope }: ScopedDb,
  id: string,
  { ended, at }: { readonly ended: Date | null; readonly at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE objective SET ended_at = ${ended}, changed_at = ${at} WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}
