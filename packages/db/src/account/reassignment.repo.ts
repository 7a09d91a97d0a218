import type { AccountFilter } from '@fieldback/domain/account/account-filter'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { Holding, KeptReason, ReassignmentState } from '@fieldback/domain/account/reassignment'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { Db, OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch, withinBranches } from '../scoped-db.ts'
import { matching } from './account.repo.ts'

type Meant = {
  readonly filter: AccountFilter
  /** Of the filter's territory. */
  readonly branch: Path
  readonly toId: string
}

const places = ({ filter, branch, toId }: Meant): Prisma.Sql =>
  Prisma.sql`${filter.home ? Prisma.sql`t.path = ${branch}` : withinBranch(branch, Prisma.sql`t.path`)} AND t.id <> ${toId}::uuid`
const meant = ({ filter }: Meant): Prisma.Sql => matching({ ...filter, search: nameKey(filter.search) })

export type HomeCounts = {
  readonly territoryId: string
  readonly name: string
  readonly rank: Rank
  readonly path: Path
  readonly accounts: number
  readonly contacts: number
  readonly reports: number
  /** Open ones of people who will not reach the accounts any more. */
  readonly callbacks: number
}

/** What would move, by the home it is at; those at the new one already are not meant. */
export function countMeant({ tx, scope }: ScopedDb, sought: Meant, to: Path): Promise<HomeCounts[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<HomeCounts[]>`
    WITH meant AS MATERIALIZED (
      SELECT a.id, a.territory_id FROM territory t JOIN account a ON a.org_id = ${org} AND a.territory_id = t.id AND ${meant(sought)}
       WHERE t.org_id = ${org} AND ${places(sought)}),
    staying AS MATERIALIZED (
      SELECT DISTINCT o.membership_id FROM assignment o
       WHERE o.org_id = ${org} AND o.territory_id = ANY (${pathIds(to)}::uuid[]) AND o.role IN ('rep', 'manager')
         AND o.valid_from <= ${scope.day}::date AND (o.valid_to IS NULL OR o.valid_to >= ${scope.day}::date)),
    counted AS (
      SELECT m.territory_id, count(*)::int AS accounts,
             coalesce(sum((SELECT count(*) FROM contact c WHERE c.org_id = ${org} AND c.account_id = m.id AND c.deleted_at IS NULL)), 0)::int AS contacts,
             coalesce(sum((SELECT count(*) FROM report r WHERE r.org_id = ${org} AND r.account_id = m.id AND r.status <> 'withdrawn')), 0)::int AS reports,
             coalesce(sum((SELECT count(*) FROM callback b WHERE b.org_id = ${org} AND b.account_id = m.id AND b.done_at IS NULL
                            AND b.assignee_id NOT IN (SELECT membership_id FROM staying))), 0)::int AS callbacks
        FROM meant m GROUP BY m.territory_id)
    SELECT c.territory_id AS "territoryId", t.name, t.rank, t.path, c.accounts, c.contacts, c.reports, c.callbacks
      FROM counted c JOIN territory t ON t.org_id = ${org} AND t.id = c.territory_id
     ORDER BY t.path`
}

/** Who holds one of these paths, or lies above one, today as a rep or a manager. */
export function holdingAbove({ tx, scope }: ScopedDb, paths: readonly Path[]): Promise<Holding[]> {
  const ids = [...new Set(paths.flatMap((path) => pathIds(path)))]
  return tx.$queryRaw<Holding[]>`
    SELECT o.membership_id AS "membershipId", m.display_name AS "displayName", t.path
      FROM assignment o
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = o.membership_id AND m.revoked_at IS NULL
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = o.territory_id
     WHERE o.org_id = ${scope.orgId}::uuid AND o.territory_id = ANY (${ids}::uuid[]) AND o.role IN ('rep', 'manager')
       AND o.valid_from <= ${scope.day}::date AND (o.valid_to IS NULL OR o.valid_to >= ${scope.day}::date)
     ORDER BY m.display_name, o.id`
}

export type OwnedQuestion = { readonly id: string; readonly label: Localised; readonly path: Path }

/** Live questions asked on one of these paths, by their words. */
export function questionsAlong({ tx, scope }: ScopedDb, paths: readonly Path[]): Promise<OwnedQuestion[]> {
  const ids = [...new Set(paths.flatMap((path) => pathIds(path)))]
  return tx.$queryRaw<OwnedQuestion[]>`
    SELECT d.id, v.spec -> 'label' AS label, t.path FROM field_definition d
      JOIN field_version v ON v.org_id = ${scope.orgId}::uuid AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = d.territory_id
     WHERE d.org_id = ${scope.orgId}::uuid AND d.territory_id = ANY (${ids}::uuid[]) AND d.retired_at IS NULL
     ORDER BY t.path, d.id`
}

export type ReassignmentRow = {
  readonly id: string
  readonly toId: string
  readonly toName: string
  readonly fromName: string
  readonly state: ReassignmentState
  readonly total: number
  readonly moved: number
  readonly kept: number
  readonly back: number
  readonly stayed: number
  readonly askedBy: string
  /** Instant. */
  readonly askedAt: string
  readonly failure: string | null
}

const REASSIGNMENT_JSON = Prisma.sql`json_build_object('id', g.id, 'toId', g.to_id, 'toName', dest.name, 'fromName', t.name, 'state', g.state,
  'total', g.total, 'moved', g.moved, 'kept', g.kept, 'back', g.back, 'stayed', g.stayed, 'askedBy', m.display_name,
  'askedAt', to_char(g.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'failure', g.failure)`

/** The last of those from a branch where the reader may move accounts, the newest first. */
export async function findReassignments(
  sdb: ScopedDb,
  branch: Path,
  limit: number,
): Promise<ReassignmentRow[]> {
  const { tx, scope } = sdb
  const rows = await tx.$queryRaw<{ row: ReassignmentRow }[]>`
    SELECT ${REASSIGNMENT_JSON} AS row
      FROM reassignment g
      JOIN territory t ON t.org_id = ${scope.orgId}::uuid AND t.id = (g.filter ->> 'territoryId')::uuid
       AND ${withinBranch(branch, Prisma.sql`t.path`)} AND ${withinBranches(sdb, 'account.move', Prisma.sql`t.path`)}
      JOIN territory dest ON dest.org_id = ${scope.orgId}::uuid AND dest.id = g.to_id
      JOIN membership m ON m.org_id = ${scope.orgId}::uuid AND m.id = g.asked_by
     WHERE g.org_id = ${scope.orgId}::uuid
     ORDER BY g.asked_at DESC, g.id LIMIT ${limit}`
  return rows.map(({ row }) => row)
}

export async function insertReassignment(
  { tx, scope }: ScopedDb,
  row: {
    readonly id: string
    readonly toId: string
    readonly filter: AccountFilter
    readonly total: number
    readonly at: Date
  },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO reassignment (org_id, id, to_id, filter, state, total, asked_by, asked_at)
    VALUES (${scope.orgId}::uuid, ${row.id}::uuid, ${row.toId}::uuid, ${JSON.stringify(row.filter)}::jsonb, 'moving', ${row.total},
            ${scope.membershipId}::uuid, ${row.at})`
}

/** What the job has in hand. */
export type Reassigning = {
  readonly id: string
  readonly toId: string
  readonly filter: AccountFilter
  readonly state: ReassignmentState
  readonly moved: number
  readonly askedBy: string
  readonly askedAt: string
  readonly undoneBy: string | null
  readonly atHome: string | null
  readonly atAccount: string | null
}

const REASSIGNING = Prisma.sql`json_build_object('id', g.id, 'toId', g.to_id, 'filter', g.filter, 'state', g.state, 'moved', g.moved,
  'askedBy', g.asked_by, 'askedAt', g.asked_at, 'undoneBy', g.undone_by, 'atHome', g.at_home, 'atAccount', g.at_account) AS row`

/** One, to read or locked for a change. NOT_FOUND. */
export async function findReassignment(
  { tx, scope }: ScopedDb,
  id: string,
  { lock = false }: { readonly lock?: boolean } = {},
): Promise<Reassigning> {
  const rows = await tx.$queryRaw<{ row: Reassigning }[]>`
    SELECT ${REASSIGNING} FROM reassignment g
     WHERE g.org_id = ${scope.orgId}::uuid AND g.id = ${id}::uuid ${lock ? Prisma.sql`FOR UPDATE` : Prisma.empty}`
  if (!rows[0]) throw new FieldbackError('NOT_FOUND', { what: 'reassignment' })
  return rows[0].row
}

/**
 * The one that was asked first and waits for its next batch, held until the transaction ends; one that another worker holds
 * is passed over. The lock is the lease, and dies with whoever has it.
 */
export async function takeReassignment(tx: OrgTx, orgId: string): Promise<Reassigning | null> {
  const rows = await tx.$queryRaw<{ row: Reassigning }[]>`
    SELECT ${REASSIGNING} FROM reassignment g
     WHERE g.org_id = ${orgId}::uuid AND g.state IN ('moving', 'undoing')
     ORDER BY g.asked_at, g.id LIMIT 1 FOR UPDATE SKIP LOCKED`
  return rows[0]?.row ?? null
}

export type Candidate = { readonly id: string; readonly home: string; readonly reports: number }

const REPORTS = (org: Prisma.Sql, account: Prisma.Sql) =>
  Prisma.sql`(SELECT count(*)::int FROM report r WHERE r.org_id = ${org} AND r.account_id = ${account})`

/**
 * The next accounts that are meant, in the order of their homes' ids and theirs, which no move changes: what has moved is
 * at the new home, which is not among them.
 */
export function nextMeant(
  { tx, scope }: ScopedDb,
  sought: Meant,
  { atHome, atAccount }: Pick<Reassigning, 'atHome' | 'atAccount'>,
  limit: number,
): Promise<Candidate[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  const later = atHome ? Prisma.sql`AND t.id >= ${atHome}::uuid` : Prisma.empty
  const beyond = atHome ? Prisma.sql`AND (t.id > ${atHome}::uuid OR a.id > ${atAccount}::uuid)` : Prisma.empty
  return tx.$queryRaw<Candidate[]>`
    SELECT n.id, t.id AS home, ${REPORTS(org, Prisma.sql`n.id`)} AS reports
      FROM territory t
      CROSS JOIN LATERAL (
        SELECT a.id FROM account a
         WHERE a.org_id = ${org} AND a.territory_id = t.id AND ${meant(sought)} ${beyond}
         ORDER BY a.id LIMIT ${limit}) AS n
     WHERE t.org_id = ${org} ${later} AND ${places(sought)}
     ORDER BY t.id, n.id LIMIT ${limit}`
}

/** The next moved accounts of one home, to take back there. */
export function nextBack({ tx, scope }: ScopedDb, id: string, limit: number): Promise<Candidate[]> {
  const org = Prisma.sql`${scope.orgId}::uuid`
  return tx.$queryRaw<Candidate[]>`
    SELECT l.account_id AS id, l.from_id AS home, ${REPORTS(org, Prisma.sql`l.account_id`)} AS reports
      FROM reassignment_line l
     WHERE l.org_id = ${org} AND l.reassignment_id = ${id}::uuid AND l.state = 'moved'
       AND l.from_id = (SELECT f.from_id FROM reassignment_line f
                         WHERE f.org_id = ${org} AND f.reassignment_id = ${id}::uuid AND f.state = 'moved' ORDER BY f.from_id LIMIT 1)
     ORDER BY l.account_id LIMIT ${limit}`
}

export type Line = {
  readonly accountId: string
  readonly fromId: string
  readonly state: 'moved' | 'kept' | 'back' | 'stayed'
  readonly reason: KeptReason | null
}

/** Writes what became of accounts, and how far it is. */
export async function writeLines(
  { tx, scope }: ScopedDb,
  id: string,
  lines: readonly Line[],
  at: Pick<Reassigning, 'atHome' | 'atAccount'>,
): Promise<void> {
  const count = (state: Line['state']) => lines.filter((line) => line.state === state).length
  await tx.$executeRaw`
    INSERT INTO reassignment_line (org_id, reassignment_id, account_id, from_id, state, reason)
    SELECT ${scope.orgId}::uuid, ${id}::uuid, x."accountId", x."fromId", x.state, x.reason
      FROM jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS x ("accountId" uuid, "fromId" uuid, state text, reason text)
     ORDER BY x."accountId"
    ON CONFLICT (org_id, reassignment_id, account_id) DO UPDATE SET state = excluded.state, reason = excluded.reason`
  await tx.$executeRaw`
    UPDATE reassignment SET moved = moved + ${count('moved')}, kept = kept + ${count('kept')}, back = back + ${count('back')},
           stayed = stayed + ${count('stayed')}, at_home = ${at.atHome}::uuid, at_account = ${at.atAccount}::uuid
     WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid`
}

export async function setReassignmentState(
  tx: OrgTx,
  orgId: string,
  {
    id,
    state,
    at,
    failure = null,
    undoneBy = null,
  }: {
    readonly id: string
    readonly state: ReassignmentState
    readonly at: Date | null
    readonly failure?: string | null
    readonly undoneBy?: string | null
  },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE reassignment SET state = ${state}, ended_at = ${at}, failure = ${failure}, undone_by = coalesce(${undoneBy}::uuid, undone_by)
     WHERE org_id = ${orgId}::uuid AND id = ${id}::uuid`
}

/** Where accounts of a reassignment stayed, with why: at most `limit`. */
export function keptLines(
  { tx, scope }: ScopedDb,
  id: string,
  limit: number,
): Promise<
  {
    readonly accountId: string
    readonly name: string
    readonly state: 'kept' | 'stayed'
    readonly reason: KeptReason
  }[]
> {
  return tx.$queryRaw`
    SELECT l.account_id AS "accountId", a.name, l.state, l.reason
      FROM reassignment_line l JOIN account a ON a.org_id = ${scope.orgId}::uuid AND a.id = l.account_id
     WHERE l.org_id = ${scope.orgId}::uuid AND l.reassignment_id = ${id}::uuid AND l.state IN ('kept', 'stayed')
     ORDER BY a.name_key, l.account_id LIMIT ${limit}`
}

/** Asks again for what was lost with a worker. For the worker's role only. */
export async function enqueueWaitingReassignments(db: Db): Promise<number> {
  return db.prisma.$executeRaw`
    SELECT enqueue_job('reassign', json_build_object('orgId', org_id), 'reassign:' || org_id) FROM waiting_reassignments() AS org_id`
}
