import { withoutHidden } from '@fieldback/domain/access/visible-text'
import type { Answers } from '@fieldback/domain/field/answer'
import type { Outcome, ReportKind, ReportStatus } from '@fieldback/domain/report/report'
import type { Path } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Stretch } from '@fieldback/domain/territory/stretches'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { stretchRows } from '../territory/stretches.repo.ts'
import { type Demanded, lacksStill } from './demanded.repo.ts'

/** Days are YYYY-MM-DD, both included. */
export type ReportFilter = {
  readonly authorId: string | null
  readonly accountId: string | null
  /** Beginning of the account's name, as a key (account/normalise); empty: whatever its name. */
  readonly name: string
  readonly from: string | null
  readonly to: string | null
  readonly kind: ReportKind | null
  /** Empty: whatever their outcome. */
  readonly outcomes: readonly Outcome[]
  readonly toComplete: boolean
  /** Those alone that count: none that was taken back. */
  readonly counted: boolean
}

/**
 * The branch listed: the caller has checked the right to it. `whole`: nothing of the organisation lies outside. `stretches`: as organised
 * then, where its reports lie, wherever their accounts have gone since (and the reader may read them); null: accounts sit in it today.
 */
export type ReportBranch = {
  readonly path: Path
  readonly whole: boolean
  readonly stretches: readonly Stretch[] | null
}

/** Newest first: the last line of the page before. */
export type ReportSpot = { readonly day: string; readonly id: string }
export type ReportPage = { readonly after: ReportSpot | null; readonly limit: number }

/**
 * The way by which an index serves a filter: along the days of the organisation or of an author; account by account where
 * few are meant; place by place, with the reports that accounts brought from elsewhere.
 */
export type ReportWay =
  | { readonly by: 'day' | 'author' | 'places' | 'brought' }
  | { readonly by: 'accounts'; readonly ids: readonly string[] }
  | { readonly by: 'place'; readonly id: string }
  | { readonly by: 'stretch'; readonly stretch: Stretch }

/** Up to here the reports of each are looked up; a name that more begin with is soon met along the days. */
const NAMED_MAX = 1_000

/** The byte string above every name that begins with the key, in the C collation. */
const LAST = '\u{10FFFF}'

export async function wayOf(sdb: ScopedDb, branch: ReportBranch, filter: ReportFilter): Promise<ReportWay> {
  if (filter.accountId !== null || filter.name !== '') {
    const ids = await accountsMeant(sdb, branch, filter)
    if (ids.length <= NAMED_MAX) return { by: 'accounts', ids }
  }
  if (filter.authorId !== null) return { by: 'author' }
  return { by: branch.whole ? 'day' : 'places' }
}

const named = (name: string): Prisma.Sql =>
  name === '' ? Prisma.sql`TRUE` : Prisma.sql`(a.name_key >= ${name} AND a.name_key < ${`${name}${LAST}`})`

async function accountsMeant(
  sdb: ScopedDb,
  branch: ReportBranch,
  { accountId, name }: ReportFilter,
): Promise<string[]> {
  const { tx, scope } = sdb
  const { whole } = branch
  const org = Prisma.sql`${scope.orgId}::uuid`
  const one = accountId === null ? Prisma.empty : Prisma.sql`AND a.id = ${accountId}::uuid`
  const home = whole
    ? Prisma.empty
    : Prisma.sql`JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND ${homeIn(sdb, branch, Prisma.sql`t.path`)}`
  // In the order of its index: the first of a table would be those of whichever organisation came first.
  const inOrder = whole ? Prisma.sql`ORDER BY a.name_key` : Prisma.empty
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM account a ${home}
     WHERE a.org_id = ${org} AND ${named(name)} ${one} ${inOrder} LIMIT ${NAMED_MAX + 1}`
  return rows.map(({ id }) => id)
}

/** What a filter asks of a report by itself. */
export function conditions(
  orgId: string,
  {
    filter: { authorId, from, to, kind, outcomes, toComplete, counted },
    demanded,
    answers,
  }: Pick<ReportSearch, 'filter' | 'demanded' | 'answers'>,
): Prisma.Sql {
  const parts = [
    Prisma.sql`r.org_id = ${orgId}::uuid`,
    ...(authorId ? [Prisma.sql`r.author_id = ${authorId}::uuid`] : []),
    ...(from ? [Prisma.sql`r.day >= ${from}::date`] : []),
    ...(to ? [Prisma.sql`r.day <= ${to}::date`] : []),
    ...(kind ? [Prisma.sql`r.kind = ${kind}`] : []),
    ...(outcomes.length > 0 ? [Prisma.sql`r.outcome = ANY (${[...outcomes]}::text[])`] : []),
    ...(toComplete ? [Prisma.sql`r.status = 'to_complete'`, lacksStill(orgId, demanded)] : []),
    ...(counted ? [Prisma.sql`r.status <> 'withdrawn'`] : []),
    ...(answers ? [answers] : []),
  ]
  return Prisma.join(parts, ' AND ')
}

/**
 * Whether a report's account sits in the branch today and has the name: asked of each report on the way. Joined, the
 * accounts would be read first, and all of their reports sorted for one page.
 */
function accountFits(sdb: ScopedDb, search: ReportSearch): Prisma.Sql {
  const { whole } = search.branch
  const { name } = search.filter
  if (whole && name === '') return Prisma.sql`TRUE`
  const org = Prisma.sql`${sdb.scope.orgId}::uuid`
  return Prisma.sql`(SELECT ${named(name)} AND ${homeIn(sdb, search.branch, Prisma.sql`h.path`)}
    FROM account a JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id WHERE a.org_id = ${org} AND a.id = r.account_id)`
}

/** The ids and days of a page along a way, newest first. */
function walk(sdb: ScopedDb, search: ReportSearch, { after, limit }: ReportPage): Prisma.Sql {
  const { branch, way } = search
  const { orgId } = sdb.scope
  const org = Prisma.sql`${orgId}::uuid`
  const here = (column: Prisma.Sql) => withinBranch(branch.path, column)
  const later = after ? Prisma.sql`AND (r.day, r.id) < (${after.day}::date, ${after.id}::uuid)` : Prisma.empty
  const first = (of: Prisma.Sql, fits = accountFits(sdb, search)) => Prisma.sql`
    SELECT r.id, r.day FROM report r WHERE ${conditions(orgId, search)} AND ${of} ${later} AND ${fits}
     ORDER BY r.day DESC, r.id DESC LIMIT ${limit}`
  const merged = (parts: Prisma.Sql) =>
    Prisma.sql`SELECT l.id, l.day FROM (${parts}) l ORDER BY l.day DESC, l.id DESC LIMIT ${limit}`
  const during = (id: Prisma.Sql, from: Prisma.Sql, to: Prisma.Sql) =>
    Prisma.sql`r.territory_id = ${id} AND r.day >= ${from} AND r.day <= ${to}`
  const places = branch.stretches
    ? Prisma.sql`
    SELECT l.id, l.day FROM ${stretchRows(branch.stretches)}
     CROSS JOIN LATERAL (${first(during(Prisma.sql`s.territory_id`, Prisma.sql`s.from_day`, Prisma.sql`s.to_day`))}) l`
    : Prisma.sql`
    SELECT l.id, l.day FROM territory t CROSS JOIN LATERAL (${first(Prisma.sql`r.territory_id = t.id`)}) l
     WHERE t.org_id = ${org} AND ${here(Prisma.sql`t.path`)}`
  // Filed outside of the branch, for accounts that have come into it since.
  const brought = Prisma.sql`
    SELECT l.id, l.day FROM (
      SELECT DISTINCT a.id FROM account_home p
        JOIN account a ON a.org_id = ${org} AND a.id = p.account_id
        JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id AND ${here(Prisma.sql`t.path`)}
       WHERE p.org_id = ${org} AND p.to_at IS NOT NULL) c
     CROSS JOIN LATERAL (${first(Prisma.sql`r.account_id = c.id
       AND NOT (SELECT ${here(Prisma.sql`w.path`)} FROM territory w WHERE w.org_id = ${org} AND w.id = r.territory_id)`)}) l`
  switch (way.by) {
    case 'day':
    case 'author':
      return first(countsIn(branch))
    case 'place':
      return first(Prisma.sql`r.territory_id = ${way.id}::uuid`)
    case 'stretch': {
      const { territoryId, from, to } = way.stretch
      return first(
        during(Prisma.sql`${territoryId}::uuid`, Prisma.sql`${from}::date`, Prisma.sql`${to}::date`),
      )
    }
    case 'brought':
      return merged(brought)
    case 'places':
      return merged(branch.stretches ? places : Prisma.sql`(${places}) UNION ALL (${brought})`)
    case 'accounts':
      return merged(Prisma.sql`
        SELECT l.id, l.day FROM unnest(${[...way.ids]}::uuid[]) AS c (id)
         CROSS JOIN LATERAL (${first(Prisma.sql`r.account_id = c.id AND ${countsIn(branch)}`, Prisma.sql`TRUE`)}) l`)
  }
}

export type ReportSearch = {
  readonly branch: ReportBranch
  readonly filter: ReportFilter
  readonly way: ReportWay
  readonly demanded: Demanded
  /** A condition on a report `r` by its answers (answered.repo). */
  readonly answers?: Prisma.Sql
}

/** Where accounts of a search must sit today: in the branch, or as organised then wherever the reader may read. */
const homeIn = (sdb: ScopedDb, { path, stretches }: ReportBranch, home: Prisma.Sql): Prisma.Sql =>
  stretches ? withinBranches(sdb, 'report.read', home) : withinBranch(path, home)

/** As organised then, whether a report counts in the branch. */
const countsIn = ({ stretches }: ReportBranch): Prisma.Sql =>
  stretches
    ? Prisma.sql`EXISTS (SELECT 1 FROM ${stretchRows(stretches)} WHERE s.territory_id = r.territory_id AND r.day >= s.from_day AND r.day <= s.to_day)`
    : Prisma.sql`TRUE`

/** How a report stands today: what is no longer asked is no longer missing. */
const standing = (orgId: string, demanded: Demanded): Prisma.Sql =>
  Prisma.sql`CASE WHEN r.status = 'to_complete' AND NOT ${lacksStill(orgId, demanded)} THEN 'accepted' ELSE r.status END`

/** A report as a list tells it: no answer, so nothing to hide. */
export type ReportLine = {
  readonly id: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly status: ReportStatus
  readonly author: string
  readonly account: { readonly id: string; readonly name: string; readonly city: string | null }
  /** Where its account sits today. */
  readonly place: { readonly id: string; readonly name: string; readonly rank: Rank }
}

/** A page of reports of a branch, newest first: what comes after the last line, never by offset. */
export async function listReports(
  sdb: ScopedDb,
  search: ReportSearch,
  page: ReportPage,
): Promise<ReportLine[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<ReportLine[]>`
    WITH page AS MATERIALIZED (${walk(sdb, search, page)})
    SELECT r.id, to_char(r.day, 'YYYY-MM-DD') AS day, r.kind, r.outcome, ${standing(scope.orgId, search.demanded)} AS status, coalesce(m.display_name, '') AS author,
           json_build_object('id', a.id, 'name', a.name, 'city', a.city) AS account,
           json_build_object('id', t.id, 'name', t.name, 'rank', t.rank) AS place
      FROM page JOIN report r ON r.org_id = ${org} AND r.id = page.id
      JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
      LEFT JOIN membership m ON m.org_id = ${org} AND m.id = r.author_id
     ORDER BY page.day DESC, page.id DESC`
}

/** How many reports a filter keeps, no further than `limit`. Nothing is in order, so the accounts may be read first. */
export async function countFound(sdb: ScopedDb, search: ReportSearch, limit: number): Promise<number> {
  const { tx, scope } = sdb
  const { branch, filter, way } = search
  const org = Prisma.sql`${scope.orgId}::uuid`
  const among =
    way.by === 'accounts' ? Prisma.sql`r.account_id = ANY (${[...way.ids]}::uuid[])` : Prisma.sql`TRUE`
  const filed = branch.stretches
    ? Prisma.sql`JOIN ${stretchRows(branch.stretches)} ON s.territory_id = r.territory_id AND r.day >= s.from_day AND r.day <= s.to_day`
    : Prisma.empty
  const homes =
    branch.whole && filter.name === ''
      ? Prisma.empty
      : Prisma.sql`JOIN account a ON a.org_id = ${org} AND a.id = r.account_id AND ${named(filter.name)}
          JOIN territory h ON h.org_id = ${org} AND h.id = a.territory_id AND ${homeIn(sdb, branch, Prisma.sql`h.path`)} ${filed}`
  const rows = await tx.$queryRaw<{ n: number }[]>`
    SELECT count(*)::int AS n FROM (
      SELECT 1 FROM report r ${homes} WHERE ${conditions(scope.orgId, search)} AND ${among} LIMIT ${limit}) AS kept`
  return rows[0]?.n ?? 0
}

/** Who has filed reports of a branch's accounts, by name. */
export async function reportAuthors(
  { tx, scope }: ScopedDb,
  territoryId: string,
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT m.id, m.display_name AS name
      FROM (SELECT DISTINCT membership_id FROM rollup_presence
             WHERE org_id = ${scope.orgId}::uuid AND basis = 'today' AND territory_id = ${territoryId}::uuid AND months <> 0 LIMIT ${limit}) p
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = p.membership_id
     ORDER BY m.display_name COLLATE "und-x-icu", m.id`
}

/** Whom and which account a filter names, for the journal. */
export async function namesFiltered(
  { tx, scope }: ScopedDb,
  { authorId, accountId }: Pick<ReportFilter, 'authorId' | 'accountId'>,
): Promise<{ author: string | null; account: string | null }> {
  const rows = await tx.$queryRaw<{ author: string | null; account: string | null }[]>`
    SELECT (SELECT display_name FROM membership WHERE org_id = ${scope.orgId}::uuid AND id = ${authorId}::uuid) AS author,
           (SELECT name FROM account WHERE org_id = ${scope.orgId}::uuid AND id = ${accountId}::uuid) AS account`
  return rows[0] ?? { author: null, account: null }
}

/** The ways one after the other that together hold what a way holds, each read through without reading it again. */
export async function partsOf(
  { tx, scope }: ScopedDb,
  { branch, way, answers }: ReportSearch,
): Promise<ReportWay[]> {
  // No index serves an answer: all that lies along a way is read, a territory at a time.
  if (way.by !== 'places' && !(way.by === 'day' && answers)) return [way]
  if (branch.stretches) return branch.stretches.map((stretch) => ({ by: 'stretch', stretch }))
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM territory t
     WHERE t.org_id = ${scope.orgId}::uuid AND ${withinBranch(branch.path, Prisma.sql`t.path`)} ORDER BY t.path`
  const places = rows.map(({ id }): ReportWay => ({ by: 'place', id }))
  return branch.whole ? places : [...places, { by: 'brought' }]
}

/** Of a page: how many reports, which questions they answer, and the last of them. */
export async function questionsAnswered(
  sdb: ScopedDb,
  search: ReportSearch,
  page: ReportPage,
): Promise<{ n: number; fieldIds: string[]; last: ReportSpot | null }> {
  const { tx, scope } = sdb
  const rows = await tx.$queryRaw<{ n: number; fieldIds: string[]; last: ReportSpot | null }[]>`
    WITH page AS MATERIALIZED (${walk(sdb, search, page)})
    SELECT (SELECT count(*)::int FROM page) AS n,
           (SELECT json_build_object('day', day, 'id', id) FROM page ORDER BY day, id LIMIT 1) AS last,
           (SELECT coalesce(json_agg(DISTINCT k), '[]') FROM page
              JOIN report r ON r.org_id = ${scope.orgId}::uuid AND r.id = page.id, jsonb_object_keys(r."values") k) AS "fieldIds"`
  return rows[0] ?? { n: 0, fieldIds: [], last: null }
}

/** A report with its answers, as a file tells it. Seconds spent stay with its author. */
export type ReportRecord = ReportLine & {
  readonly ref: string | null
  readonly contact: string | null
  readonly note: string | null
  readonly values: Answers
}

/** `hidden`: ids of fields whose texts this reader must not see (scoped-db, `hiddenTextFields`). */
export async function readRecords(
  sdb: ScopedDb,
  search: ReportSearch,
  page: ReportPage & { readonly hidden: ReadonlySet<string> },
): Promise<ReportRecord[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const rows = await tx.$queryRaw<ReportRecord[]>`
    WITH page AS MATERIALIZED (${walk(sdb, search, page)})
    SELECT r.id, to_char(r.day, 'YYYY-MM-DD') AS day, r.kind, r.outcome, ${standing(scope.orgId, search.demanded)} AS status, coalesce(m.display_name, '') AS author, a.ref, r.note, r."values",
           nullif(trim(concat(c.first_name, ' ', c.last_name)), '') AS contact,
           json_build_object('id', a.id, 'name', a.name, 'city', a.city) AS account,
           json_build_object('id', t.id, 'name', t.name, 'rank', t.rank) AS place
      FROM page JOIN report r ON r.org_id = ${org} AND r.id = page.id
      JOIN account a ON a.org_id = ${org} AND a.id = r.account_id
      JOIN territory t ON t.org_id = ${org} AND t.id = a.territory_id
      LEFT JOIN membership m ON m.org_id = ${org} AND m.id = r.author_id
      LEFT JOIN contact c ON c.org_id = ${org} AND c.id = r.contact_id
     ORDER BY page.day DESC, page.id DESC`
  return rows.map((row) => ({ ...row, values: withoutHidden(row.values, page.hidden) }))
}
