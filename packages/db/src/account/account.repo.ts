import type { AccountFilter } from '@fieldback/domain/account/account-filter'
import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'

/** An account as the desk lists it: no answer, so nothing to hide. */
export type AccountLine = {
  readonly id: string
  readonly name: string
  readonly nameKey: string
  /** The organisation's own number of it. */
  readonly ref: string | null
  readonly kind: 'client' | 'prospect'
  readonly activity: string | null
  readonly postcode: string | null
  readonly city: string | null
  readonly territoryId: string
  readonly territoryName: string
  readonly rank: Rank
  /** The territory was closed before the account came in. */
  readonly closed: boolean
  /** YYYY-MM-DD */
  readonly lastVisitDay: string | null
}

export type AccountPage = {
  /** The branch listed; the caller has checked the right to it. */
  readonly branch: Path
  /** The accounts of the whole organisation: one index in order of names then serves. */
  readonly whole: boolean
  /** Only those whose home is exactly the branch's top. */
  readonly homeOnly: boolean
  /** Beginning of the name, as a key (account/normalise). */
  readonly search: string
  readonly kind: 'client' | 'prospect' | null
  /** Beginning of the town or of its postcode. */
  readonly town: string
  readonly answer: AccountFilter['answer']
  /** The last line of the page before. */
  readonly after: { readonly nameKey: string; readonly id: string } | null
  readonly limit: number
}

const HOME = Prisma.sql`t.name AS "territoryName", t.rank, t.closed_at IS NOT NULL AS closed`

const LINE = Prisma.sql`a.id, a.name, a.name_key AS "nameKey", a.ref, a.kind, a.activity, a.postcode, a.city, a.territory_id AS "territoryId",
  to_char(a.last_visit_day, 'YYYY-MM-DD') AS "lastVisitDay"`

/** The byte string above every name that begins with the key, in the C collation. */
const LAST = '\u{10FFFF}'

/** A page of accounts by name, then id: what comes after the last line, never by offset. */
export async function listAccounts(sdb: ScopedDb, page: AccountPage): Promise<AccountLine[]> {
  return page.whole ? listWhole(sdb, page) : listBranch(sdb, page)
}

/**
 * Accounts of a branch by their whole client number, in the cases in which it may be typed. Served by its unique index.
 */
export function accountsNumbered(
  { tx, scope }: ScopedDb,
  {
    branch,
    homeOnly,
    kind,
    number,
  }: Pick<AccountPage, 'branch' | 'homeOnly' | 'kind'> & { readonly number: string },
): Promise<AccountLine[]> {
  const cases = [...new Set([number, number.toUpperCase(), number.toLowerCase()])]
  const places = homeOnly ? Prisma.sql`t.path = ${branch}` : withinBranch(branch, Prisma.sql`t.path`)
  return tx.$queryRaw<AccountLine[]>`
    SELECT ${LINE}, ${HOME}
      FROM account a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND a.ref = ANY (${cases}::text[]) AND a.deleted_at IS NULL AND ${places}
       ${kind ? Prisma.sql`AND a.kind = ${kind}` : Prisma.empty}
     ORDER BY a.ref, a.id`
}

export type Matching = Pick<AccountPage, 'search' | 'kind' | 'town' | 'answer'>

/** A condition on live accounts (account a): what is sought of them, besides where they are. */
export function matching({ search, kind, town, answer }: Matching): Prisma.Sql {
  const parts = [Prisma.sql`a.deleted_at IS NULL`]
  if (search !== '') parts.push(Prisma.sql`a.name_key >= ${search} AND a.name_key < ${`${search}${LAST}`}`)
  if (kind) parts.push(Prisma.sql`a.kind = ${kind}`)
  if (town !== '')
    parts.push(Prisma.sql`(starts_with(lower(a.city), lower(${town})) OR starts_with(a.postcode, ${town}))`)
  if (answer) {
    const said = Prisma.sql`(a."values" -> ${answer.fieldId}::text -> 'x')`
    // One of several answers, or the only one.
    parts.push(Prisma.sql`(${said} #>> '{}' = ${answer.value} OR jsonb_exists(${said}, ${answer.value}))`)
  }
  return Prisma.join(parts, ' AND ')
}

function conditions(page: AccountPage): Prisma.Sql {
  const { after } = page
  if (!after) return matching(page)
  return Prisma.sql`${matching(page)}
    AND a.name_key >= ${after.nameKey} AND (a.name_key, a.id) > (${after.nameKey}, ${after.id}::uuid)`
}

function listWhole({ tx, scope }: ScopedDb, page: AccountPage): Promise<AccountLine[]> {
  return tx.$queryRaw<AccountLine[]>`
    SELECT ${LINE}, ${HOME}
      FROM account a JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${scope.orgId}::uuid AND ${conditions(page)}
     ORDER BY a.name_key, a.id
     LIMIT ${page.limit}`
}

/** Each territory gives its first names from its own index; a branch of a large organisation never reads the others. */
function listBranch({ tx, scope }: ScopedDb, page: AccountPage): Promise<AccountLine[]> {
  const places = page.homeOnly
    ? Prisma.sql`t.path = ${page.branch}`
    : withinBranch(page.branch, Prisma.sql`t.path`)
  return tx.$queryRaw<AccountLine[]>`
    SELECT l.*, ${HOME}
      FROM territory t
      CROSS JOIN LATERAL (
        SELECT ${LINE} FROM account a
         WHERE a.org_id = ${scope.orgId}::uuid AND a.territory_id = t.id AND ${conditions(page)}
         ORDER BY a.name_key, a.id
         LIMIT ${page.limit}) l
     WHERE t.org_id = ${scope.orgId}::uuid AND ${places}
     ORDER BY l."nameKey", l.id
     LIMIT ${page.limit}`
}
