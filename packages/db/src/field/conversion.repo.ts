import type { Answers } from '@fieldback/domain/field/answer'
import { type Conversion, convertedFrom } from '@fieldback/domain/field/conversion'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import type { Outcome } from '@fieldback/domain/report/report'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'

/** A conversion with the branch that it concerns. */
export type OwnedConversion = Conversion & { readonly path: Path }

/** Every question of an organisation whose type was changed, those taken back included, each after those it reads. */
export async function conversionsOf(tx: OrgSql, orgId: string): Promise<OwnedConversion[]> {
  const rows = await tx.$queryRaw<{ row: OwnedConversion }[]>`
    SELECT json_build_object('fieldId', p.field_id, 'entity', d.entity, 'live', p.undone_at IS NULL,
             'from', p.links -> 0 -> 'from', 'links', p.links -> 0 -> 'links', 'spec', v.spec, 'way', p.conversion, 'path', t.path) AS row
      FROM field_promotion p
      JOIN field_definition d ON d.org_id = p.org_id AND d.id = p.field_id
      JOIN field_version v ON v.org_id = p.org_id AND v.field_id = p.field_id AND v.version = 1
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE p.org_id = ${orgId}::uuid AND p.conversion IS NOT NULL
     ORDER BY p.field_id`
  // Not by when it was: a clock may go back. One that reads another has all the sources of that one, and more.
  return rows.map(({ row }) => row).toSorted((a, b) => convertedFrom(a).length - convertedFrom(b).length)
}

/**
 * Until the end of the transaction: who counts answers keeps the types of questions as they are, and any number may; who
 * changes one is alone, so that what was answered before is counted once. Questions are to be read after this, in a
 * statement of their own.
 */
export function heldTypes(orgId: string, how: 'keep' | 'change'): Prisma.Sql {
  const name = `types:${orgId}`
  return how === 'change'
    ? Prisma.sql`pg_advisory_xact_lock(hashtextextended(${name}, 0))`
    : Prisma.sql`pg_advisory_xact_lock_shared(hashtextextended(${name}, 0))`
}

/** Holds the types of questions until the end of the transaction, and reads what became of those that were changed. */
export async function holdTypes(
  tx: OrgSql,
  orgId: string,
  how: 'keep' | 'change',
): Promise<OwnedConversion[]> {
  await tx.$executeRaw`SELECT ${heldTypes(orgId, how)}`
  return conversionsOf(tx, orgId)
}

/** Documents of an organisation that say, or were asked, the same, where they are counted. */
export type Answered = {
  readonly values: Answers
  readonly n: number
  /** Of a report; an account's and a contact's home is where it is today. */
  readonly thenAt: string | null
  readonly todayAt: string
  /** YYYY-MM-01 */
  readonly month: string
  readonly outcome: Outcome
  readonly asked: boolean
}

type Questions = { readonly entity: FieldEntity; readonly ids: readonly string[] }

/** What a document says to one question, or to several, of which the later one is read: to be grouped by, and made of that. */
type Said = { readonly key: Prisma.Sql; readonly values: Prisma.Sql }

/** Grouped first, then put together: of a hundred thousand answers few differ. The day is told of several alone. */
function saidTo(ids: readonly string[], values: Prisma.Sql): Said {
  const [only, ...others] = ids
  if (only !== undefined && others.length === 0)
    return {
      key: Prisma.sql`${values} -> ${only} -> 'v' AS v, ${values} -> ${only} -> 'x' AS x`,
      values: Prisma.sql`CASE WHEN v IS NULL THEN '{}' ELSE jsonb_build_object(${only}::text, jsonb_build_object('v', v, 'x', x)) END`,
    }
  return {
    key: Prisma.sql`NULL::jsonb AS v, (
      SELECT coalesce(jsonb_object_agg(e.key, CASE WHEN e.others THEN e.value - 'r' ELSE e.value - 'r' - 'd' END), '{}')
        FROM (SELECT key, value, count(*) OVER () > 1 AS others FROM jsonb_each(${values}) WHERE key = ANY (${[...ids]}::text[])) AS e) AS x`,
    values: Prisma.sql`x`,
  }
}

const LIVE: Readonly<Record<FieldEntity, Prisma.Sql>> = {
  report: Prisma.sql`status <> 'withdrawn'`,
  account: Prisma.sql`deleted_at IS NULL`,
  contact: Prisma.sql`deleted_at IS NULL AND EXISTS (
    SELECT 1 FROM account a WHERE a.org_id = contact.org_id AND a.id = contact.account_id AND a.deleted_at IS NULL)`,
}

/** What an organisation's documents say to some questions of an entity, wherever they are: alike ones together. */
export async function answersTo(
  tx: OrgSql,
  orgId: string,
  { entity, ids }: Questions,
): Promise<Pick<Answered, 'values' | 'n'>[]> {
  const said = saidTo(ids, Prisma.sql`"values"`)
  return tx.$queryRaw<Pick<Answered, 'values' | 'n'>[]>`
    WITH said AS MATERIALIZED (
      SELECT v, x, count(*)::int AS n
        FROM (SELECT ${said.key} FROM ${Prisma.raw(entity)}
               WHERE org_id = ${orgId}::uuid AND ${LIVE[entity]} AND "values" ?| ${[...ids]}::text[]) AS one
       GROUP BY v, x)
    SELECT ${said.values} AS values, n FROM said`
}

/** As `answersTo`, with where each is counted. */
export async function answeredTo(tx: OrgSql, orgId: string, { entity, ids }: Questions): Promise<Answered[]> {
  const org = Prisma.sql`${orgId}::uuid`
  const named = Prisma.sql`${[...ids]}::text[]`
  const said = (values: Prisma.Sql) => saidTo(ids, values).key
  const { values } = saidTo(ids, Prisma.sql`"values"`)
  if (entity === 'report')
    return tx.$queryRaw<Answered[]>`
      WITH form AS MATERIALIZED (
        SELECT s.hash FROM field_set s WHERE s.org_id = ${org}
           AND EXISTS (SELECT 1 FROM jsonb_array_elements(s.members) AS m WHERE m ->> 0 = ANY (${named}))),
      filed AS (
        SELECT ${said(Prisma.sql`r."values"`)}, r.territory_id AS then_at, a.territory_id AS today_at,
               date_trunc('month', r.day)::date AS month, r.outcome
          FROM report r JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
         WHERE r.org_id = ${org} AND r.status <> 'withdrawn'
           AND (r."values" ?| ${named} OR r.field_set = ANY (ARRAY(SELECT hash FROM form)))),
      said AS MATERIALIZED (
        SELECT v, x, then_at, today_at, month, outcome, count(*)::int AS n
          FROM filed GROUP BY v, x, then_at, today_at, month, outcome)
      SELECT ${values} AS values, then_at AS "thenAt", today_at AS "todayAt", to_char(month, 'YYYY-MM-DD') AS month, outcome,
             true AS asked, n
        FROM said`
  const held =
    entity === 'account'
      ? Prisma.sql`SELECT ${said(Prisma.sql`a."values"`)}, a.territory_id AS today_at FROM account a
          WHERE a.org_id = ${org} AND a.deleted_at IS NULL AND a."values" ?| ${named}`
      : Prisma.sql`SELECT ${said(Prisma.sql`c."values"`)}, a.territory_id AS today_at FROM contact c
          JOIN account a ON a.org_id = ${org} AND a.id = c.account_id AND a.deleted_at IS NULL
          WHERE c.org_id = ${org} AND c.deleted_at IS NULL AND c."values" ?| ${named}`
  return tx.$queryRaw<Answered[]>`
    WITH said AS MATERIALIZED (
      SELECT v, x, today_at, count(*)::int AS n FROM (${held}) AS held GROUP BY v, x, today_at)
    SELECT ${values} AS values, NULL AS "thenAt", today_at AS "todayAt", '' AS month, 'none' AS outcome, false AS asked, n
      FROM said`
}
