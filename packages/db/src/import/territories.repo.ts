import type { KnownTerritory } from '@fieldback/domain/import/find-territory'
import type { TerritoryChange } from '@fieldback/domain/import/plan-territories'
import type { OrgTx } from '../client.ts'
import { insertTerritories } from '../territory/insert-territories.repo.ts'
import type { LineEffect, Work } from './work.repo.ts'

/** Every live territory of the organisation, in the order of the tree. */
export async function allTerritories(tx: OrgTx, orgId: string): Promise<KnownTerritory[]> {
  return tx.$queryRaw<KnownTerritory[]>`
    SELECT t.id, t.parent_id AS "parentId", t.rank, t.name, t.code, t.path FROM territory t
     WHERE t.org_id = ${orgId}::uuid AND t.closed_at IS NULL ORDER BY t.path`
}

/** What an organisation calls its levels, its local time, and the language of its mails. */
export async function organisationFacts(
  tx: OrgTx,
  orgId: string,
): Promise<{ levelNames: { fr: string; en?: string }[]; timeZone: string }> {
  const rows = await tx.$queryRaw<{ levelNames: { fr: string; en?: string }[]; timeZone: string }[]>`
    SELECT level_names AS "levelNames", time_zone AS "timeZone" FROM organisation WHERE id = ${orgId}::uuid`
  const row = rows[0]
  if (!row) throw new Error('organisation without a row')
  return row
}

/** Writes planned territories: parents stand before their children, in this batch or an earlier one. */
export async function writeTerritories(
  tx: OrgTx,
  orgId: string,
  changes: readonly TerritoryChange[],
): Promise<void> {
  await insertTerritories(
    tx,
    orgId,
    changes.filter(({ created }) => created),
  )
  const named = changes.filter(({ created }) => !created)
  if (named.length === 0) return
  await tx.$executeRaw`
    UPDATE territory t SET name = x.name, code = x.code
      FROM jsonb_to_recordset(${JSON.stringify(named)}::jsonb) AS x (id uuid, name text, code text)
     WHERE t.org_id = ${orgId}::uuid AND t.id = x.id`
}

/** What lines of an import begun before have done: record and outcome by line. */
export async function doneTerritories(
  tx: OrgTx,
  work: Work,
): Promise<{ line: number; recordId: string; outcome: 'create' | 'update' }[]> {
  return tx.$queryRaw<{ line: number; recordId: string; outcome: 'create' | 'update' }[]>`
    SELECT l.line, l.record_id AS "recordId", l.outcome FROM import_line l
     WHERE l.org_id = ${work.orgId}::uuid AND l.import_id = ${work.id}::uuid AND l.effect IS NOT NULL ORDER BY l.line`
}

type Called = { readonly name: string; readonly code: string | null }
type Named = LineEffect & { readonly before?: Called; readonly after?: Called }

/**
 * Takes territories back, those of the lowest level first: closes the ones that the import made and on which nothing
 * stands, gives others their name and code again where nobody changed them. Answers the ids that are left as they are.
 */
export async function takeTerritoriesBack(
  tx: OrgTx,
  orgId: string,
  lines: readonly { readonly id: string; readonly effect: Named }[],
): Promise<Set<string>> {
  const made = lines.filter(({ effect }) => effect.created).map(({ id }) => id)
  const left = new Set(made)
  for (let closed = -1; closed !== 0 && left.size > 0; ) {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      UPDATE territory t SET closed_at = now()
       WHERE t.org_id = ${orgId}::uuid AND t.id = ANY (${[...left]}::uuid[]) AND t.closed_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM territory c WHERE c.org_id = ${orgId}::uuid AND c.parent_id = t.id AND c.closed_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM account a WHERE a.org_id = ${orgId}::uuid AND a.territory_id = t.id AND a.deleted_at IS NULL)
         AND NOT EXISTS (SELECT 1 FROM assignment s JOIN membership m ON m.org_id = ${orgId}::uuid AND m.id = s.membership_id AND m.revoked_at IS NULL
            WHERE s.org_id = ${orgId}::uuid AND s.territory_id = t.id AND (s.valid_to IS NULL OR s.valid_to >= greatest(s.valid_from, current_date)))
         AND NOT EXISTS (SELECT 1 FROM field_definition d WHERE d.org_id = ${orgId}::uuid AND d.territory_id = t.id AND d.retired_at IS NULL)
       RETURNING t.id`
    for (const { id } of rows) left.delete(id)
    closed = rows.length
  }
  const renamed = lines.flatMap(({ id, effect }) =>
    effect.created || !effect.before ? [] : [{ id, ...effect }],
  )
  for (const { id } of renamed) left.add(id)
  if (renamed.length === 0) return left
  const back = await tx.$queryRaw<{ id: string }[]>`
    UPDATE territory t SET name = x.before ->> 'name', code = x.before ->> 'code'
      FROM jsonb_to_recordset(${JSON.stringify(renamed)}::jsonb) AS x (id uuid, before jsonb, after jsonb)
     WHERE t.org_id = ${orgId}::uuid AND t.id = x.id AND t.closed_at IS NULL
       AND t.name = x.after ->> 'name' AND t.code IS NOT DISTINCT FROM x.after ->> 'code'
     RETURNING t.id`
  for (const { id } of back) left.delete(id)
  return left
}
