import { withoutHidden } from '@fieldback/domain/access/visible-text'
import type { Answers } from '@fieldback/domain/field/answer'
import type { Path } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

export type RecordKind = 'account' | 'contact'

/** The accounts of a territory, and its contacts, counted. */
export type HomeCount = { readonly id: string; readonly accounts: number; readonly rows: number }

/** Territories of a branch that hold accounts, closed ones too, in the order of the tree. */
export async function countHomes(
  { tx, scope }: ScopedDb,
  kind: RecordKind,
  path: Path,
): Promise<HomeCount[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows =
    kind === 'account'
      ? Prisma.sql`count(*)`
      : Prisma.sql`coalesce(sum((SELECT count(*) FROM contact c WHERE c.org_id = ${org} AND c.account_id = a.id AND c.deleted_at IS NULL)), 0)`
  return tx.$queryRaw<HomeCount[]>`
    SELECT t.id, count(*)::int AS accounts, ${rows}::int AS rows
      FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND a.deleted_at IS NULL
     WHERE t.org_id = ${org} AND ${withinBranch(path, Prisma.sql`t.path`)}
     GROUP BY t.id, t.path ORDER BY t.path`
}

/** Some accounts, by the territories that hold them and, in a large one, after one of them. */
export type AccountSlice = {
  readonly homes: readonly string[]
  readonly after: { readonly nameKey: string; readonly id: string } | null
  readonly limit: number
}

/** The accounts of a slice, by home and name; `after`: the last, when its home has more. */
export async function accountsIn(
  { tx, scope }: ScopedDb,
  { homes, after, limit }: AccountSlice,
): Promise<{ readonly ids: string[]; readonly after: AccountSlice['after'] }> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<{ id: string; nameKey: string }[]>`
    SELECT a.id, a.name_key AS "nameKey" FROM unnest(${[...homes]}::uuid[]) WITH ORDINALITY AS h (id, nth)
      JOIN account a ON a.org_id = ${org} AND a.territory_id = h.id AND a.deleted_at IS NULL
     WHERE ${after ? Prisma.sql`(a.name_key, a.id) > (${after.nameKey}, ${after.id}::uuid)` : Prisma.sql`TRUE`}
     ORDER BY h.nth, a.name_key, a.id LIMIT ${limit}`
  const last = rows.at(-1)
  const more = rows.length === limit && homes.length === 1
  return {
    ids: rows.map(({ id }) => id),
    after: more && last ? { nameKey: last.nameKey, id: last.id } : null,
  }
}

/** Which questions some accounts, or their contacts, hold answers to. */
export async function questionsHeld(
  { tx, scope }: ScopedDb,
  kind: RecordKind,
  accounts: readonly string[],
): Promise<string[]> {
  const of = kind === 'account' ? Prisma.sql`d.id` : Prisma.sql`d.account_id`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT k AS id FROM ${Prisma.raw(kind)} d, jsonb_object_keys(d."values") AS k
     WHERE d.org_id = ${scope.orgId}::uuid AND ${of} = ANY (${[...accounts]}::uuid[]) AND d.deleted_at IS NULL`
  return rows.map(({ id }) => id)
}

/** An account as a file tells it; a contact with the account it belongs to. Days are YYYY-MM-DD. */
export type RecordRow = {
  readonly place: string
  readonly ref: string | null
  readonly name: string
  readonly kind: 'client' | 'prospect'
  readonly activity: string | null
  readonly street: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly lastVisitDay: string | null
  readonly contact: {
    readonly firstName: string
    readonly lastName: string
    readonly jobTitle: string | null
    readonly phone: string | null
    readonly email: string | null
    readonly optedOut: boolean
  } | null
  readonly values: Answers
}

/** Some accounts in the order given, or their contacts. `hidden`: ids of fields whose texts this reader must not see. */
export async function readRows(
  { tx, scope }: ScopedDb,
  kind: RecordKind,
  { accounts, hidden }: { readonly accounts: readonly string[]; readonly hidden: ReadonlySet<string> },
): Promise<RecordRow[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const [contact, values, join, order] =
    kind === 'account'
      ? [Prisma.sql`NULL::json`, Prisma.sql`a."values"`, Prisma.empty, Prisma.empty]
      : [
          Prisma.sql`json_build_object('firstName', c.first_name, 'lastName', c.last_name, 'jobTitle', c.job_title,
            'phone', coalesce(c.phone, c.phone_raw), 'email', coalesce(c.email, c.email_raw), 'optedOut', c.opted_out_at IS NOT NULL)`,
          Prisma.sql`c."values"`,
          Prisma.sql`JOIN contact c ON c.org_id = ${org} AND c.account_id = a.id AND c.deleted_at IS NULL`,
          Prisma.sql`, c.name_key, c.id`,
        ]
  const rows = await tx.$queryRaw<RecordRow[]>`
    SELECT t.name AS place, a.ref, a.name, a.kind, a.activity, a.street, a.postcode, a.city, coalesce(a.phone, a.phone_raw) AS phone,
           coalesce(a.email, a.email_raw) AS email, to_char(a.last_visit_day, 'YYYY-MM-DD') AS "lastVisitDay",
           ${contact} AS contact, ${values} AS "values"
      FROM unnest(${[...accounts]}::uuid[]) WITH ORDINALITY AS o (id, nth)
      JOIN account a ON a.org_id = ${org} AND a.id = o.id AND a.deleted_at IS NULL
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id ${join}
     ORDER BY o.nth ${order}`
  return rows.map((row) => ({ ...row, values: withoutHidden(row.values, hidden) }))
}
