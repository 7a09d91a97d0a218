import { ANSWERED } from '@fieldback/domain/analytics/fact'
import type { Way } from '@fieldback/domain/field/convert'
import type { Localised } from '@fieldback/domain/field/field-spec'
import type { FieldLink } from '@fieldback/domain/field/merges'
import type { Given } from '@fieldback/domain/field/plan-promotion'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import { EVERY } from '../analytics/outcome-columns.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { TERRITORY_JSON } from '../sync/row-sql.ts'
import { type ChangeCount, NOTHING_COUNTED } from './change-count.repo.ts'

export type NewPromotion = {
  readonly fieldId: string
  readonly links: readonly FieldLink[]
  readonly given: readonly Given[]
  readonly at: Date
  /** Of another type than the one it replaces. */
  readonly conversion?: Way
}

/** Notes that a question replaces others; they stop being asked with the same instant. */
export async function insertPromotion({ tx, scope }: ScopedDb, next: NewPromotion): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO field_promotion (org_id, field_id, links, given, conversion, counting, promoted_by, promoted_at)
    VALUES (${scope.orgId}::uuid, ${next.fieldId}::uuid, ${JSON.stringify(next.links)}::jsonb, ${JSON.stringify(next.given)}::jsonb,
            ${next.conversion ? JSON.stringify(next.conversion) : null}::jsonb,
            ${next.conversion ? JSON.stringify(NOTHING_COUNTED) : null}::jsonb, ${scope.membershipId}::uuid, ${next.at})`
  const sources = next.links.map(({ from }) => from)
  await tx.$executeRaw`
    INSERT INTO field_promotion_source (org_id, from_id, field_id)
    SELECT ${scope.orgId}::uuid, s, ${next.fieldId}::uuid FROM unnest(${sources}::uuid[]) AS s`
  await tx.$executeRaw`
    UPDATE field_definition SET retired_at = ${next.at} WHERE org_id = ${scope.orgId}::uuid AND id = ANY (${sources}::uuid[])`
}

/** Takes a promotion back: its sources are asked again, what replaced them no longer. */
export async function undoPromotion({ tx, scope }: ScopedDb, fieldId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE field_promotion SET undone_at = ${at}, undone_by = ${scope.membershipId}::uuid
     WHERE org_id = ${scope.orgId}::uuid AND field_id = ${fieldId}::uuid`
  await tx.$executeRaw`
    UPDATE field_definition SET retired_at = NULL
     WHERE org_id = ${scope.orgId}::uuid
       AND id = ANY (ARRAY(SELECT s.from_id FROM field_promotion_source s
                            WHERE s.org_id = ${scope.orgId}::uuid AND s.field_id = ${fieldId}::uuid))`
  await tx.$executeRaw`
    UPDATE field_definition SET retired_at = ${at}
     WHERE org_id = ${scope.orgId}::uuid AND id = ${fieldId}::uuid AND retired_at IS NULL`
}

/** The question that replaces another now; null when none does. */
export async function replacedBy(
  { tx, scope }: ScopedDb,
  fieldId: string,
): Promise<{ readonly fieldId: string; readonly label: Localised } | null> {
  const rows = await tx.$queryRaw<{ fieldId: string; label: Localised }[]>`
    SELECT p.field_id AS "fieldId", v.spec -> 'label' AS label
      FROM field_promotion_source s
      JOIN field_promotion p ON p.org_id = s.org_id AND p.field_id = s.field_id AND p.undone_at IS NULL
      JOIN field_definition d ON d.org_id = p.org_id AND d.id = p.field_id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
     WHERE s.org_id = ${scope.orgId}::uuid AND s.from_id = ${fieldId}::uuid`
  return rows[0] ?? null
}

/** A promotion as those whom it concerns are told of it. */
export type Promotion = {
  readonly fieldId: string
  readonly label: Localised
  readonly owner: TerritoryRow
  /** YYYY-MM-DD, in the organisation's time zone. */
  readonly day: string
  readonly undoneDay: string | null
  readonly by: string | null
  /** The question only took another type. */
  readonly retyped: boolean
  /** How far what was answered before is counted; null where that came with the change. */
  readonly counting: ChangeCount | null
  readonly counted: boolean
  readonly sources: readonly {
    readonly fieldId: string
    readonly label: Localised
    readonly owner: TerritoryRow
    readonly given: Given['kinds']
  }[]
}

/** Promotions since a day that made or replaced a question of a branch or of the path to it, the last first. */
export async function promotionsAround(
  { tx, scope }: ScopedDb,
  { path, since, fieldId }: { readonly path: Path | null; readonly since: string; readonly fieldId?: string },
): Promise<Promotion[]> {
  const near = (owner: Prisma.Sql) =>
    path === null
      ? Prisma.sql`TRUE`
      : Prisma.sql`(${owner} = ANY (${pathIds(path)}::uuid[]) OR EXISTS (
      SELECT 1 FROM territory b WHERE b.org_id = ${scope.orgId}::uuid AND b.id = ${owner} AND ${withinBranch(path, Prisma.sql`b.path`)}))`
  const zone = Prisma.sql`(SELECT time_zone FROM organisation WHERE id = ${scope.orgId}::uuid)`
  return tx.$queryRaw<Promotion[]>`
    SELECT p.field_id AS "fieldId", v.spec -> 'label' AS label, ${TERRITORY_JSON} AS owner,
           to_char(p.promoted_at AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS day,
           to_char(p.undone_at AT TIME ZONE ${zone}, 'YYYY-MM-DD') AS "undoneDay",
           (SELECT m.display_name FROM membership m WHERE m.org_id = p.org_id AND m.id = p.promoted_by) AS by, p.conversion IS NOT NULL AS retyped,
           p.counting, p.counted_at IS NOT NULL AS counted,
           (SELECT json_agg(json_build_object('fieldId', s.from_id, 'label', sv.spec -> 'label', 'owner', o.row,
                     'given', (SELECT g -> 'kinds' FROM jsonb_array_elements(p.given) AS g WHERE g ->> 'fieldId' = s.from_id::text))
                     ORDER BY o.path, s.from_id)
              FROM field_promotion_source s
              JOIN field_definition sd ON sd.org_id = s.org_id AND sd.id = s.from_id
              JOIN field_version sv ON sv.org_id = sd.org_id AND sv.field_id = sd.id AND sv.version = sd.current_version
              JOIN LATERAL (SELECT t.path, ${TERRITORY_JSON} AS row FROM territory t WHERE t.org_id = sd.org_id AND t.id = sd.territory_id) o ON TRUE
             WHERE s.org_id = p.org_id AND s.field_id = p.field_id) AS sources
      FROM field_promotion p
      JOIN field_definition d ON d.org_id = p.org_id AND d.id = p.field_id
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE p.org_id = ${scope.orgId}::uuid
       AND ${fieldId === undefined ? Prisma.sql`TRUE` : Prisma.sql`p.field_id = ${fieldId}::uuid`}
       AND (p.promoted_at >= ${since}::date OR p.undone_at >= ${since}::date)
       AND (${near(Prisma.sql`d.territory_id`)} OR EXISTS (
         SELECT 1 FROM field_promotion_source s JOIN field_definition sd ON sd.org_id = s.org_id AND sd.id = s.from_id
          WHERE s.org_id = p.org_id AND s.field_id = p.field_id AND ${near(Prisma.sql`sd.territory_id`)}))
     ORDER BY p.promoted_at DESC, p.field_id
     LIMIT 50`
}

/** Answers to some questions, by bucket, over their whole branches and all the time the roll-ups know. */
export async function answersOf(
  { tx, scope }: ScopedDb,
  fieldIds: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const rows = await tx.$queryRaw<{ fieldId: string; bucket: string; n: number }[]>`
    SELECT d.id AS "fieldId", c.bucket, c.n
      FROM field_definition d
      JOIN LATERAL (
        SELECT r.bucket, sum(${EVERY})::int AS n FROM rollup_cell r
         WHERE d.entity = 'report' AND r.org_id = ${scope.orgId}::uuid AND r.field_id = d.id AND r.basis = 'today' AND r.territory_id = d.territory_id
         GROUP BY r.bucket
        UNION ALL
        SELECT s.bucket, s.n FROM stock_cell s
         WHERE d.entity <> 'report' AND s.org_id = ${scope.orgId}::uuid AND s.field_id = d.id AND s.territory_id = d.territory_id) c ON TRUE
     WHERE d.org_id = ${scope.orgId}::uuid AND d.id = ANY (${[...fieldIds]}::uuid[]) AND c.n > 0`
  const found = new Map<string, Record<string, number>>()
  for (const { fieldId, bucket, n } of rows) {
    const counts = found.get(fieldId) ?? {}
    counts[bucket] = n
    found.set(fieldId, counts)
  }
  return found
}

/** How many answers a question has, in all. */
export const answeredIn = (counts: Readonly<Record<string, number>> | undefined): number =>
  counts?.[ANSWERED] ?? 0

/** Pairs of questions that somebody said are not the same. */
export async function pairsApart({ tx, scope }: ScopedDb, fieldIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ pair: string }[]>`
    SELECT a_id || ' ' || b_id AS pair FROM field_apart
     WHERE org_id = ${scope.orgId}::uuid AND a_id = ANY (${[...fieldIds]}::uuid[])`
  return new Set(rows.map(({ pair }) => pair))
}

export async function setApart({ tx, scope }: ScopedDb, a: string, b: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO field_apart (org_id, a_id, b_id, said_by)
    VALUES (${scope.orgId}::uuid, least(${a}::uuid, ${b}::uuid), greatest(${a}::uuid, ${b}::uuid), ${scope.membershipId}::uuid)
    ON CONFLICT DO NOTHING`
}

export async function setTogether({ tx, scope }: ScopedDb, a: string, b: string): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM field_apart WHERE org_id = ${scope.orgId}::uuid AND a_id = least(${a}::uuid, ${b}::uuid) AND b_id = greatest(${a}::uuid, ${b}::uuid)`
}
