import type { FieldOption } from '@fieldback/domain/field/field-spec'
import type { ScopedSql } from '../scoped-db.ts'
import type { Position } from '../sync/pull.repo.ts'
import { ITEM_JSON } from '../sync/row-sql.ts'

export type ListSpan = {
  readonly listId: string
  /** Items after this position. */
  readonly after: Position
  /** Of transactions below this one: all of those have ended, so none can appear later. */
  readonly horizon: string
  /** Keepers whose items the reader's forms may offer. */
  readonly territoryIds: readonly string[]
  readonly limit: number
}

/** Items of a list that changed, in stream order, and where the last of them stands. */
export async function pullItems(
  { tx, scope }: ScopedSql,
  { listId, after, horizon, territoryIds, limit }: ListSpan,
): Promise<{ readonly items: FieldOption[]; readonly at: Position }> {
  const rows = await tx.$queryRaw<{ xid: bigint; seq: bigint; row: FieldOption }[]>`
    SELECT i.sync_xid AS xid, i.sync_seq AS seq, ${ITEM_JSON} AS row FROM list_item i
     WHERE i.org_id = ${scope.orgId}::uuid AND i.list_id = ${listId}::uuid AND i.territory_id = ANY (${[...territoryIds]}::uuid[])
       AND (i.sync_xid, i.sync_seq) > (${after.xid}::bigint, ${after.seq}::bigint) AND i.sync_xid < ${horizon}::bigint
     ORDER BY i.sync_xid, i.sync_seq LIMIT ${limit}`
  const last = rows.at(-1)
  return {
    items: rows.map(({ row }) => row),
    at: last ? { xid: String(last.xid), seq: String(last.seq) } : after,
  }
}
