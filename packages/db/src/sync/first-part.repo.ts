import type { AccountRow, CallbackRow } from '@fieldback/domain/sync/pull'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedSql, withinBranches } from '../scoped-db.ts'
import {
  type Assignees,
  type PulledRow,
  pulledNow,
  pullHistory,
  type Readable,
  type Span,
} from './pull.repo.ts'
import { ACCOUNT_JSON, CALLBACK_JSON } from './row-sql.ts'

type DueAccount = Pick<AccountRow, 'id' | 'lastVisitDay' | 'visitEveryDays' | 'priority' | 'priorityReason'>

const scoped = (sdb: ScopedSql) => Prisma.sql`account a
  JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id AND ${withinBranches(sdb, 'report.create', Prisma.sql`t.path`)}`
const held = ({ scope }: ScopedSql) => Prisma.sql`a.org_id = ${scope.orgId}::uuid AND a.deleted_at IS NULL`

/** What tells which accounts of the reader's branches are due: no more of each than that, and the open call-backs of some. */
export async function findAgenda(
  sdb: ScopedSql,
  assignees: Assignees,
): Promise<{ accounts: readonly DueAccount[]; callbacks: readonly CallbackRow[] }> {
  const accounts = await sdb.tx.$queryRaw<DueAccount[]>`
    SELECT a.id, a.last_visit_day::text AS "lastVisitDay", a.visit_every_days AS "visitEveryDays", a.priority,
           a.priority_reason AS "priorityReason"
      FROM ${scoped(sdb)} WHERE ${held(sdb)}`
  const callbacks = await sdb.tx.$queryRaw<{ row: CallbackRow }[]>`
    SELECT ${CALLBACK_JSON} AS row FROM ${scoped(sdb)}
      JOIN callback b ON b.org_id = a.org_id AND b.account_id = a.id
     WHERE ${held(sdb)} AND b.assignee_id = ANY (${[...assignees]}::uuid[]) AND b.done_at IS NULL`
  return { accounts, callbacks: callbacks.map(({ row }) => row) }
}

/** Accounts as they are now, with all that hangs on them. */
export async function pullAccounts(
  sdb: ScopedSql,
  ids: readonly string[],
  told: Pick<Span, 'since' | 'assignees'>,
  readable: Readable,
): Promise<PulledRow[]> {
  const rows = await sdb.tx.$queryRaw<{ row: AccountRow }[]>`
    SELECT ${ACCOUNT_JSON} AS row FROM account a WHERE ${held(sdb)} AND a.id = ANY (${[...ids]}::uuid[])`
  const accounts = rows.map(({ row }) => pulledNow('account', row, readable))
  return [...accounts, ...(await pullHistory(sdb, ids, told, readable))]
}

/** How many rows a first load brings, about: what changes meanwhile comes on top. */
export async function countRows(sdb: ScopedSql, since: string): Promise<number> {
  const rows = await sdb.tx.$queryRaw<{ n: number }[]>`
    WITH mine AS (SELECT a.org_id, a.id FROM ${scoped(sdb)} WHERE ${held(sdb)})
    SELECT ((SELECT count(*) FROM mine)
         + (SELECT count(*) FROM mine JOIN contact c ON c.org_id = mine.org_id AND c.account_id = mine.id AND c.deleted_at IS NULL)
         + (SELECT count(*) FROM mine JOIN report r ON r.org_id = mine.org_id AND r.account_id = mine.id AND r.day >= ${since}::date))::int AS n`
  return rows[0]?.n ?? 0
}
