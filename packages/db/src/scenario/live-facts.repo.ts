import { addDays } from '@fieldback/domain/agenda/day'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldEntity, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import type { Load, WeighedAccount } from '@fieldback/domain/scenario/facts'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { TreeNode } from '@fieldback/domain/territory/tree-step'
import { Prisma } from '../generated/prisma/client.ts'
import { type OrgDay, type ScopedDb, withinBranch } from '../scoped-db.ts'

const REPORT_DAYS = 30

/** A condition on account a: never seen, or not seen for as long as wanted (agenda/due-visits.ts, its rhythm alone). */
const visitDue = (day: string): Prisma.Sql =>
  Prisma.sql`(a.last_visit_day IS NULL OR a.last_visit_day + a.visit_every_days <= ${day}::date)`

/** A branch with what lies above it, closed territories too, in path order. */
export async function branchNodes({ tx, scope }: OrgDay, branch: Path): Promise<TreeNode[]> {
  return tx.$queryRaw<TreeNode[]>`
    SELECT t.id, t.parent_id AS "parentId", t.rank::int AS rank, t.name, t.code, t.closed_at IS NOT NULL AS closed FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND (${withinBranch(branch, Prisma.sql`t.path`)} OR t.id = ANY (${pathIds(branch)}::uuid[]))
     ORDER BY t.path`
}

/** Accounts whose home is exactly there, for each territory of a branch that has any. */
export async function ownAccounts(
  { tx, scope }: ScopedDb,
  branch: Path,
): Promise<({ readonly id: string } & Omit<Load, 'reports'>)[]> {
  return tx.$queryRaw<({ id: string } & Omit<Load, 'reports'>)[]>`
    SELECT t.id, count(*)::int AS accounts, (count(*) FILTER (WHERE ${visitDue(scope.day)}))::int AS "visitsDue"
      FROM territory t JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
     GROUP BY t.id`
}

/** Reports of the last 30 days of each territory of a branch, all that lies below it included, from the roll-ups. */
export async function branchReports({ tx, scope }: ScopedDb, branch: Path): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ id: string; n: number }[]>`
    SELECT t.id, sum(r.n)::int AS n
      FROM territory t JOIN rollup_day r ON r.org_id = ${scope.orgId}::uuid AND r.basis = 'today' AND r.territory_id = t.id
       AND r.day > ${addDays(scope.day, -REPORT_DAYS)}::date AND r.day <= ${scope.day}::date
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
     GROUP BY t.id`
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Accounts of some territories one by one, at most `limit`, with their answers to some questions. */
export async function accountsOf(
  { tx, scope }: ScopedDb,
  territoryIds: readonly string[],
  { fieldIds, limit }: { readonly fieldIds: readonly string[]; readonly limit: number },
): Promise<(WeighedAccount & { readonly territoryId: string })[]> {
  if (territoryIds.length === 0) return []
  const answers = Prisma.sql`(SELECT jsonb_object_agg(f, a."values" -> f) FROM unnest(${[...fieldIds]}::text[]) AS f WHERE a."values" ? f)`
  return tx.$queryRaw<(WeighedAccount & { territoryId: string; values: Answers })[]>`
    SELECT a.id, a.territory_id AS "territoryId", a.name, a.city, a.street, coalesce(${answers}, '{}') AS "values",
           ${visitDue(scope.day)} AS "visitDue", r.n::int AS reports
      FROM account a
      LEFT JOIN LATERAL (SELECT count(*) AS n FROM report r
         WHERE r.org_id = ${scope.orgId}::uuid AND r.account_id = a.id AND r.day > ${addDays(scope.day, -REPORT_DAYS)}::date
           AND r.status <> 'withdrawn') r ON true
     WHERE a.org_id = ${scope.orgId}::uuid AND a.territory_id = ANY (${[...territoryIds]}::uuid[]) AND a.deleted_at IS NULL
     ORDER BY a.name, a.id LIMIT ${limit}`
}

/** Live questions asked on the line to a branch or in it, by their words. */
export type BranchQuestion = {
  readonly id: string
  readonly key: string
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly label: Localised
}

export async function branchQuestions({ tx, scope }: ScopedDb, branch: Path): Promise<BranchQuestion[]> {
  return tx.$queryRaw<BranchQuestion[]>`
    SELECT d.id, d.key, d.territory_id AS "territoryId", d.entity, v.spec ->> 'type' AS type, v.spec -> 'label' AS label
      FROM territory t
      JOIN field_definition d ON d.org_id = ${scope.orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id AND v.version = d.current_version
     WHERE t.org_id = ${scope.orgId}::uuid AND (${withinBranch(branch, Prisma.sql`t.path`)} OR t.id = ANY (${pathIds(branch)}::uuid[]))
     ORDER BY d.id`
}

/** What some members are called. */
export async function memberNames(
  { tx, scope }: OrgDay,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, display_name AS name FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What some territories are called, closed ones too. */
export async function territoryNames(
  { tx, scope }: OrgDay,
  ids: readonly string[],
): Promise<Map<string, { readonly name: string }>> {
  const rows = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM territory WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
  return new Map(rows.map(({ id, name }) => [id, { name }]))
}
