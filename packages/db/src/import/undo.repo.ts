import type { KnownAccount } from '@fieldback/domain/import/accounts-around'
import type { UndoneRecord } from '@fieldback/domain/import/plan-undo'
import type { ChangeEntry, ContactState } from '@fieldback/domain/sync/state'
import type { OrgTx } from '../client.ts'
import { CONTACT_JSON } from '../sync/row-sql.ts'
import { knownAccounts } from './accounts.repo.ts'
import type { DoneLine, Work } from './work.repo.ts'

/** Accounts that lines made or changed, locked, with what hangs on them. */
export async function accountsToUndo(
  tx: OrgTx,
  work: Work,
  lines: readonly DoneLine[],
): Promise<UndoneRecord<KnownAccount>[]> {
  const ids = lines.map(({ recordId }) => recordId)
  const rows = new Map((await knownAccounts(tx, work.orgId, ids, { lock: true })).map((row) => [row.id, row]))
  const made = lines.filter(({ effect }) => effect.created).map(({ recordId }) => recordId)
  // By arrays: a condition of existence would be answered by reading every report of the organisation.
  const used = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.account_id AS id FROM report r WHERE r.org_id = ${work.orgId}::uuid AND r.account_id = ANY (${made}::uuid[])
    UNION
    SELECT c.account_id FROM contact c WHERE c.org_id = ${work.orgId}::uuid AND c.account_id = ANY (${made}::uuid[]) AND c.deleted_at IS NULL
    UNION
    SELECT b.account_id FROM callback b WHERE b.org_id = ${work.orgId}::uuid AND b.account_id = ANY (${made}::uuid[])`
  return recordsOf(
    lines,
    rows,
    new Set(used.map(({ id }) => id)),
    await changesOf(tx, work.orgId, 'account', lines),
  )
}

/** The same for contacts, with the homes of their accounts, which are locked after them as every writer does. */
export async function contactsToUndo(
  tx: OrgTx,
  work: Work,
  lines: readonly DoneLine[],
): Promise<{ records: UndoneRecord<ContactState>[]; homes: Map<string, string> }> {
  const ids = lines.map(({ recordId }) => recordId)
  const found = await tx.$queryRaw<{ row: ContactState }[]>`
    SELECT ${CONTACT_JSON} AS row FROM contact c
     WHERE c.org_id = ${work.orgId}::uuid AND c.id = ANY (${ids}::uuid[]) AND c.deleted_at IS NULL ORDER BY c.id FOR NO KEY UPDATE OF c`
  const rows = new Map(found.map(({ row }) => [row.id, row]))
  const accounts = [...new Set([...rows.values()].map(({ accountId }) => accountId))]
  const homes = await tx.$queryRaw<{ id: string; territoryId: string }[]>`
    SELECT a.id, a.territory_id AS "territoryId" FROM account a
     WHERE a.org_id = ${work.orgId}::uuid AND a.id = ANY (${accounts}::uuid[]) ORDER BY a.id FOR NO KEY UPDATE OF a`
  const made = lines.filter(({ effect }) => effect.created).map(({ recordId }) => recordId)
  const used = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.contact_id AS id FROM report r WHERE r.org_id = ${work.orgId}::uuid AND r.account_id = ANY (${accounts}::uuid[]) AND r.contact_id = ANY (${made}::uuid[])
    UNION
    SELECT b.contact_id FROM callback b WHERE b.org_id = ${work.orgId}::uuid AND b.account_id = ANY (${accounts}::uuid[]) AND b.contact_id = ANY (${made}::uuid[])`
  const changes = await changesOf(tx, work.orgId, 'contact', lines)
  return {
    records: recordsOf(lines, rows, new Set(used.map(({ id }) => id)), changes),
    homes: new Map(homes.map(({ id, territoryId }) => [id, territoryId])),
  }
}

type Changes = ReadonlyMap<string, Pick<ChangeEntry, 'before' | 'after'>>

function recordsOf<Row extends { readonly id: string }>(
  lines: readonly DoneLine[],
  rows: ReadonlyMap<string, Row>,
  used: ReadonlySet<string>,
  changes: Changes,
) {
  return lines.map(({ line, recordId, effect }) => ({
    line,
    created: effect.created,
    version: effect.version ?? 0,
    row: rows.get(recordId) ?? null,
    used: used.has(recordId),
    change: changes.get(`${recordId}:${effect.version}`) ?? { before: {}, after: {} },
  }))
}

async function changesOf(
  tx: OrgTx,
  orgId: string,
  entity: 'account' | 'contact',
  lines: readonly DoneLine[],
): Promise<Changes> {
  const rows = await tx.$queryRaw<(Pick<ChangeEntry, 'before' | 'after' | 'version'> & { id: string })[]>`
    SELECT c.entity_id AS id, c.version, c.before, c.after FROM change c
      JOIN unnest(${lines.map(({ recordId }) => recordId)}::uuid[], ${lines.map(({ effect }) => effect.version ?? 0)}::int[])
        AS done (id, version) ON c.entity_id = done.id AND c.version = done.version
     WHERE c.org_id = ${orgId}::uuid AND c.entity = ${entity}`
  return new Map(rows.map(({ id, version, before, after }) => [`${id}:${version}`, { before, after }]))
}

/** Deletes accounts: tombstones that phones are told of by the end of the account's home, and no counted answers. */
export async function deleteAccounts(tx: OrgTx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE account SET deleted_at = now(), version = version + 1 WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
  await tx.$executeRaw`
    UPDATE account_home SET to_at = greatest(now(), from_at + interval '1 millisecond')
     WHERE org_id = ${orgId}::uuid AND account_id = ANY (${[...ids]}::uuid[]) AND to_at IS NULL`
  await deleteAnswers(tx, orgId, 'account', ids)
}

export async function deleteContacts(tx: OrgTx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`
    UPDATE contact SET deleted_at = now(), version = version + 1 WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
  await deleteAnswers(tx, orgId, 'contact', ids)
}

/** By field: the table has no index by record. */
async function deleteAnswers(
  tx: OrgTx,
  orgId: string,
  entity: 'account' | 'contact',
  ids: readonly string[],
): Promise<void> {
  const fields = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM field_definition d WHERE d.org_id = ${orgId}::uuid AND d.entity = ${entity}`
  await tx.$executeRaw`
    DELETE FROM field_answer WHERE org_id = ${orgId}::uuid AND field_id = ANY (${fields.map(({ id }) => id)}::uuid[])
       AND entity_id = ANY (${[...ids]}::uuid[])`
}

/** Takes numbers away again that accounts did not have. */
export async function clearRefs(tx: OrgTx, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`UPDATE account SET ref = NULL WHERE org_id = ${orgId}::uuid AND id = ANY (${[...ids]}::uuid[])`
}
