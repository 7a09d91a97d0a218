import { branchesWith } from '@fieldback/domain/access/scope'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldEntity } from '@fieldback/domain/field/field-spec'
import type { AccountRow, CallbackRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranches } from '../scoped-db.ts'
import { ACCOUNT_JSON, CONTACT_JSON, callbackTold } from './row-sql.ts'

/** A place in the stream of changes: transaction, then sequence. Strings, for they exceed what a number holds. */
export type Position = { readonly xid: string; readonly seq: string }
export const START: Position = { xid: '0', seq: '0' }

export type PulledRow =
  | { readonly of: 'account'; readonly at: Position; readonly row: AccountRow }
  | { readonly of: 'contact'; readonly at: Position; readonly row: ContactRow }
  | { readonly of: 'report'; readonly at: Position; readonly row: ReportRow }
  | { readonly of: 'callback'; readonly at: Position; readonly row: CallbackRow }
  | { readonly of: 'home'; readonly at: Position; readonly row: HomeChange }
  | { readonly of: 'gone'; readonly at: Position; readonly row: { readonly contactId: string } }

/** An account that came into the scope (its history follows), or left it or was deleted. */
export type HomeChange = { readonly accountId: string; readonly entered: boolean }

export type Span = {
  /** Rows after this position. */
  readonly after: Position
  /** Rows of transactions below this one: all of those have ended, so none can appear later. */
  readonly horizon: string
  /** Home changes, and the visits of reports, of transactions below this one are part of the first load already. */
  readonly homesFrom: string
  /** Reports before this day (YYYY-MM-DD) stay on the server. */
  readonly since: string
  readonly limit: number
  readonly assignees: Assignees
}

/** Whose call-backs are told: the reader, and those he stands in for. */
export type Assignees = readonly string[]

/** What the reader may read of a document, as today's questions read it. */
export type Readable = (entity: FieldEntity, values: Answers) => Answers

const REPORT_JSON = Prisma.sql`json_build_object(
  'id', r.id, 'accountId', r.account_id, 'contactId', r.contact_id, 'territoryId', r.territory_id,
  'authorId', r.author_id,
  'authorName', (SELECT m.display_name FROM membership m WHERE m.org_id = r.org_id AND m.id = r.author_id), 'kind', r.kind, 'outcome', r.outcome, 'day', r.day, 'note', r.note,
  'values', r."values", 'status', r.status, 'missing', r.missing, 'version', r.version)`

type Horizon = {
  readonly horizon: string
  readonly epoch: string
  readonly moves: number
  readonly absentIds: readonly string[]
  /** Reports before this day are no longer kept; null: all are. */
  readonly keptFrom: string | null
}

/**
 * The oldest transaction still open anywhere in the cluster, the database's epoch for this organisation, how often the
 * reader's branches gained or lost another by a move, for whom he stands in today, and which reports are kept.
 */
export async function findHorizon({ tx, scope }: ScopedSql): Promise<Horizon> {
  const tops = branchesWith(scope, 'report.create').flatMap((path) => pathIds(path).at(-1) ?? [])
  const rows = await tx.$queryRaw<Horizon[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon, epoch,
           (SELECT coalesce(sum(t.moves), 0)::int FROM territory t
             WHERE t.org_id = ${scope.orgId}::uuid AND t.id = ANY (${tops}::uuid[])) AS moves,
           ARRAY(SELECT p.absent_id::text FROM replacement p
                  WHERE p.org_id = ${scope.orgId}::uuid AND p.substitute_id = ${scope.membershipId}::uuid
                    AND p.valid_from <= ${scope.day}::date AND p.valid_to >= ${scope.day}::date ORDER BY 1) AS "absentIds",
           (SELECT to_char(k.edge, 'YYYY-MM-DD') FROM retention k WHERE k.org_id = ${scope.orgId}::uuid) AS "keptFrom"
      FROM organisation WHERE id = ${scope.orgId}::uuid`
  const row = rows[0]
  if (!row) throw new Error('organisation without a row')
  return row
}

type Raw = { xid: bigint; seq: bigint; row: unknown }

/** Changed rows of the reader's branches, each kind at most `limit`, in stream order. Hidden texts are taken out. */
export async function pullRows(sdb: ScopedSql, span: Span, readable: Readable): Promise<PulledRow[]> {
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const mine = withinBranches(sdb, 'report.create', Prisma.sql`t.path`)
  const changed = (alias: string) => {
    const xid = Prisma.raw(`${alias}.sync_xid`)
    const seq = Prisma.raw(`${alias}.sync_seq`)
    return Prisma.sql`(${xid}, ${seq}) > (${span.after.xid}::bigint, ${span.after.seq}::bigint) AND ${xid} < ${span.horizon}::bigint`
  }
  const page = (alias: string) => Prisma.raw(`ORDER BY ${alias}.sync_xid, ${alias}.sync_seq`)
  const stamps = (alias: string) => Prisma.raw(`${alias}.sync_xid AS xid, ${alias}.sync_seq AS seq`)
  const scoped = Prisma.sql`JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id AND ${mine}`

  const accounts = await tx.$queryRaw<Raw[]>`
    SELECT ${stamps('a')}, ${ACCOUNT_JSON} AS row FROM account a ${scoped}
     WHERE a.org_id = ${org} AND a.deleted_at IS NULL AND ${changed('a')} ${page('a')} LIMIT ${span.limit}`
  const contacts = await tx.$queryRaw<(Raw & { gone: boolean })[]>`
    SELECT ${stamps('c')}, c.deleted_at IS NOT NULL AS gone,
           CASE WHEN c.deleted_at IS NULL THEN ${CONTACT_JSON} ELSE json_build_object('contactId', c.id) END AS row
      FROM account a ${scoped} JOIN contact c ON c.org_id = a.org_id AND c.account_id = a.id
     WHERE a.org_id = ${org} AND ${changed('c')} ${page('c')} LIMIT ${span.limit}`
  const reports = await tx.$queryRaw<Raw[]>`
    SELECT ${stamps('r')}, ${REPORT_JSON} AS row FROM account a ${scoped}
      JOIN report r ON r.org_id = a.org_id AND r.account_id = a.id
     WHERE a.org_id = ${org} AND r.day >= ${span.since}::date AND ${changed('r')} ${page('r')} LIMIT ${span.limit}`
  const callbacks = await tx.$queryRaw<Raw[]>`
    SELECT ${stamps('b')}, ${callbackTold(scope.membershipId)} AS row FROM account a ${scoped}
      JOIN callback b ON b.org_id = a.org_id AND b.account_id = a.id
     WHERE a.org_id = ${org} AND b.assignee_id = ANY (${[...span.assignees]}::uuid[]) AND ${changed('b')} ${page('b')} LIMIT ${span.limit}`
  const homes = await tx.$queryRaw<Raw[]>`
    SELECT ${stamps('h')}, json_build_object('accountId', h.account_id, 'entered', a.deleted_at IS NULL AND ${withinBranches(sdb, 'report.create', Prisma.sql`now_at.path`)}) AS row
      FROM territory t JOIN account_home h ON h.org_id = t.org_id AND h.territory_id = t.id
      JOIN account a ON a.org_id = h.org_id AND a.id = h.account_id
      JOIN territory now_at ON now_at.org_id = a.org_id AND now_at.id = a.territory_id
     WHERE t.org_id = ${org} AND ${mine} AND h.sync_xid >= ${span.homesFrom}::bigint AND NOT ${BORN_THERE} AND ${changed('h')} ${page('h')} LIMIT ${HOMES_A_PAGE}`

  const rows = [
    ...accounts.map((raw) => pulled('account', raw)),
    ...contacts.map((raw) => pulled(raw.gone ? 'gone' : 'contact', raw)),
    ...reports.map((raw) => pulled('report', raw)),
    ...callbacks.map((raw) => pulled('callback', raw)),
    ...homes.map((raw) => pulled('home', raw)),
  ].map((item) => read(item, readable))
  return rows.sort(inStreamOrder)
}

/**
 * The home that an account was made with and never left: no move. The account and all that hangs on it are in the stream
 * after it, so an import of thousands is paged as accounts are, not as moves.
 */
const BORN_THERE = Prisma.sql`(h.to_at IS NULL AND a.deleted_at IS NULL AND h.from_at = a.created_at AND h.territory_id = a.territory_id)`

/** An account that enters brings its history with it, so a page takes few of them. */
export const HOMES_A_PAGE = 100

const pulled = (of: PulledRow['of'], { xid, seq, row }: Raw): PulledRow =>
  ({ of, at: { xid: String(xid), seq: String(seq) }, row }) as PulledRow

/** A row that is told besides the stream. */
export const pulledNow = (of: PulledRow['of'], row: unknown, readable: Readable): PulledRow =>
  read({ of, at: START, row } as PulledRow, readable)

function read(item: PulledRow, readable: Readable): PulledRow {
  if (item.of === 'home' || item.of === 'callback' || item.of === 'gone') return item
  return { ...item, row: { ...item.row, values: readable(item.of, item.row.values) } } as PulledRow
}

export const isAfter = (a: Position, b: Position): boolean =>
  BigInt(a.xid) === BigInt(b.xid) ? BigInt(a.seq) > BigInt(b.seq) : BigInt(a.xid) > BigInt(b.xid)

const inStreamOrder = (a: PulledRow, b: PulledRow): number =>
  isAfter(a.at, b.at) ? 1 : isAfter(b.at, a.at) ? -1 : 0

/**
 * The accounts of a page's reports that were accepted since the phone began to load, in transactions from `homesFrom` on,
 * but for those that the page tells: a report may have moved the last visit, which stamps no account.
 */
export async function pullVisited(
  sdb: ScopedSql,
  { page, homesFrom }: Pick<Span, 'homesFrom'> & { readonly page: readonly PulledRow[] },
  readable: Readable,
): Promise<PulledRow[]> {
  const told = new Set(page.flatMap((item) => (item.of === 'account' ? [item.row.id] : [])))
  const visited = page.flatMap(({ of, at, row }) =>
    of === 'report' && BigInt(at.xid) >= BigInt(homesFrom) && !told.has(row.accountId) ? [row.accountId] : [],
  )
  if (visited.length === 0) return []
  const rows = await sdb.tx.$queryRaw<Raw[]>`
    SELECT 0::bigint AS xid, 0::bigint AS seq, ${ACCOUNT_JSON} AS row FROM account a
      JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id AND ${withinBranches(sdb, 'report.create', Prisma.sql`t.path`)}
     WHERE a.org_id = ${sdb.scope.orgId}::uuid AND a.id = ANY (${[...new Set(visited)]}::uuid[]) AND a.deleted_at IS NULL`
  return rows.map((raw) => read(pulled('account', raw), readable))
}

/** All that hangs on accounts which have just entered the scope, whatever its age in the stream. */
export async function pullHistory(
  sdb: ScopedSql,
  accountIds: readonly string[],
  { since, assignees }: Pick<Span, 'since' | 'assignees'>,
  readable: Readable,
): Promise<PulledRow[]> {
  if (accountIds.length === 0) return []
  const { tx, scope } = sdb
  const org = Prisma.sql`${scope.orgId}::uuid`
  const ids = Prisma.sql`ANY (${[...accountIds]}::uuid[])`
  const none = Prisma.raw('0::bigint AS xid, 0::bigint AS seq')
  const contacts = await tx.$queryRaw<Raw[]>`
    SELECT ${none}, ${CONTACT_JSON} AS row FROM contact c WHERE c.org_id = ${org} AND c.account_id = ${ids} AND c.deleted_at IS NULL`
  const reports = await tx.$queryRaw<Raw[]>`
    SELECT ${none}, ${REPORT_JSON} AS row FROM report r
     WHERE r.org_id = ${org} AND r.account_id = ${ids} AND r.day >= ${since}::date`
  const callbacks = await tx.$queryRaw<Raw[]>`
    SELECT ${none}, ${callbackTold(scope.membershipId)} AS row FROM callback b
     WHERE b.org_id = ${org} AND b.account_id = ${ids} AND b.assignee_id = ANY (${[...assignees]}::uuid[])`
  return [
    ...contacts.map((raw) => pulled('contact', raw)),
    ...reports.map((raw) => pulled('report', raw)),
    ...callbacks.map((raw) => pulled('callback', raw)),
  ].map((item) => read(item, readable))
}
