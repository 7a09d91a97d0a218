import type { Answers } from '@fieldback/domain/field/answer'
import { type Conversion, convertedFrom } from '@fieldback/domain/field/conversion'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import type { Outcome } from '@fieldback/domain/report/report'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { withinBranch } from '../scoped-db.ts'

/** A conversion with the branch that it concerns. */
export type OwnedConversion = Conversion & { readonly path: Path }

/** Every question of an organisation whose type was changed, those taken back included, each after those it reads. */
export async function conversionsOf(tx: OrgSql, orgId: string): Promise<OwnedConversion[]> {
  const rows = await tx.$queryRaw<{ row: OwnedConversion }[]>`
    SELECT json_build_object('fieldId', p.field_id, 'entity', d.entity, 'live', p.undone_at IS NULL,
             'from', p.links -> 0 -> 'from', 'links', p.links -> 0 -> 'links', 'spec', v.spec, 'way', p.conversion, 'path', t.path,
             'countedTo', CASE WHEN p.counting IS NOT NULL AND p.counted_at IS NULL THEN coalesce(p.counting ->> 'to', '') END) AS row
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
 * changes one, or counts what was answered before it, is alone, so that each document counts once. Questions are to be read after this, in a
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

/** Documents that say, or were asked, the same, where they are counted. */
export type Answered = {
  readonly values: Answers
  readonly n: number
  /** Of a report; an account's and a contact's home is where it is today. */
  readonly thenAt: string | null
  readonly todayAt: string
  /** YYYY-MM-01 */
  readonly month: string
  readonly outcome: Outcome
  /** The form asked the question itself, or one of those that it reads. */
  readonly askedNow: boolean
  readonly askedBefore: boolean
}

/** Answers to one question, or to it and those it reads. */
type Questions = { readonly entity: FieldEntity; readonly ids: readonly string[] }

/** What a document says to some questions. The day is told where the later answer is read: the same word then groups. */
export const saidTo = (ids: readonly string[], values: Prisma.Sql): Prisma.Sql => Prisma.sql`
  coalesce((SELECT jsonb_object_agg(e.id, CASE WHEN e.others THEN e.answer - 'r' ELSE e.answer - 'r' - 'd' END)
    FROM (SELECT k AS id, ${values} -> k AS answer, count(*) OVER () > 1 AS others
            FROM unnest(${[...ids]}::text[]) AS k WHERE ${values} ? k) AS e), '{}')`

const LIVE: Readonly<Record<FieldEntity, Prisma.Sql>> = {
  report: Prisma.sql`d.status <> 'withdrawn'`,
  account: Prisma.sql`d.deleted_at IS NULL`,
  contact: Prisma.sql`d.deleted_at IS NULL`,
}

/** The documents of a territory `t` in the order of an index; of reports the latest. */
const STOOD: Readonly<Record<FieldEntity, Prisma.Sql>> = {
  report: Prisma.sql`FROM report d WHERE d.org_id = t.org_id AND d.territory_id = t.id AND ${LIVE.report} ORDER BY d.day DESC`,
  account: Prisma.sql`FROM account d WHERE d.org_id = t.org_id AND d.territory_id = t.id AND ${LIVE.account} ORDER BY d.name_key`,
  contact: Prisma.sql`FROM account a JOIN contact d ON d.org_id = a.org_id AND d.account_id = a.id AND ${LIVE.contact}
    WHERE a.org_id = t.org_id AND a.territory_id = t.id AND a.deleted_at IS NULL ORDER BY a.name_key`,
}

/** Some of what is said to questions; `whole`: all that there is. */
export type Sample = {
  readonly documents: readonly Pick<Answered, 'values' | 'n'>[]
  readonly whole: boolean
}

/**
 * What documents of a branch say to some questions, alike ones together: as many of each of its territories, so that
 * reading `most` of them or so tells how all of it speaks, in a time that does not grow with the organisation.
 */
export async function sampleAnswers(
  tx: OrgSql,
  orgId: string,
  { entity, ids, path, most }: Questions & { readonly path: Path; readonly most: number },
): Promise<Sample> {
  const said = saidTo(ids, Prisma.sql`d."values"`)
  const [row] = await tx.$queryRaw<{ row: Sample }[]>`
    WITH branch AS MATERIALIZED (
      SELECT t.org_id, t.id, ceil(${most}::float8 / count(*) OVER ())::int AS most FROM territory t
       WHERE t.org_id = ${orgId}::uuid AND ${withinBranch(path, Prisma.sql`t.path`)} AND EXISTS (SELECT ${STOOD[entity]} LIMIT 1)),
    seen AS MATERIALIZED (
      SELECT d.* FROM branch t CROSS JOIN LATERAL (
        SELECT row_number() OVER () > t.most AS beyond, d."values" FROM (SELECT d."values" ${STOOD[entity]} LIMIT t.most + 1) AS d) AS d),
    said AS (
      SELECT ${said} AS "values", count(*)::int AS n FROM seen d
       WHERE NOT d.beyond AND d."values" ?| ${[...ids]}::text[] GROUP BY 1)
    SELECT json_build_object('whole', NOT coalesce((SELECT bool_or(beyond) FROM seen), FALSE),
                             'documents', (SELECT coalesce(json_agg(said), '[]') FROM said)) AS row`
  return row?.row ?? { documents: [], whole: true }
}

/** What the documents of some accounts say or were asked: see Answered. `now`: the question that the others became. */
export async function answeredOf(
  tx: OrgSql,
  orgId: string,
  { entity, ids, now, accounts }: Questions & { readonly now: string; readonly accounts: readonly string[] },
): Promise<Answered[]> {
  const org = Prisma.sql`${orgId}::uuid`
  const named = Prisma.sql`${[...ids]}::text[]`
  const of = Prisma.sql`${[...accounts]}::uuid[]`
  const said = saidTo([...ids, now], Prisma.sql`d."values"`)
  if (entity === 'report')
    return tx.$queryRaw<Answered[]>`
      WITH filed AS MATERIALIZED (
        SELECT d."values", d.field_set, d.territory_id AS then_at, a.territory_id AS today_at, to_char(d.day, 'YYYY-MM-01') AS month, d.outcome
          FROM account a JOIN report d ON d.org_id = a.org_id AND d.account_id = a.id AND ${LIVE.report}
         WHERE a.org_id = ${org} AND a.id = ANY (${of})),
      form AS MATERIALIZED (
        SELECT s.hash, bool_or(m ->> 0 = ${now}) AS now, bool_or(m ->> 0 = ANY (${named})) AS before
          FROM field_set s CROSS JOIN LATERAL jsonb_array_elements(s.members) AS m
         WHERE s.org_id = ${org} AND s.hash = ANY (ARRAY(SELECT DISTINCT field_set FROM filed)) GROUP BY s.hash)
      SELECT ${said} AS values, d.then_at AS "thenAt", d.today_at AS "todayAt", d.month, d.outcome,
             coalesce(f.now, FALSE) AS "askedNow", coalesce(f.before, FALSE) AS "askedBefore", count(*)::int AS n
        FROM filed d LEFT JOIN form f ON f.hash = d.field_set
       WHERE f.before OR d."values" ?| ${named}
       GROUP BY 1, 2, 3, 4, 5, 6, 7`
  const from =
    entity === 'account'
      ? Prisma.sql`account a CROSS JOIN LATERAL (SELECT a."values") AS d`
      : Prisma.sql`account a JOIN contact d ON d.org_id = a.org_id AND d.account_id = a.id AND ${LIVE.contact}`
  return tx.$queryRaw<Answered[]>`
    SELECT ${said} AS values, NULL AS "thenAt", a.territory_id AS "todayAt", '' AS month, 'none' AS outcome,
           FALSE AS "askedNow", FALSE AS "askedBefore", count(*)::int AS n
      FROM ${from}
     WHERE a.org_id = ${org} AND a.id = ANY (${of}) AND a.deleted_at IS NULL AND d."values" ?| ${named}
     GROUP BY 1, 3`
}
