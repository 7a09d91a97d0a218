import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { KnownTerritory } from '@fieldback/domain/org/plan-division'
import type { SetupFacts } from '@fieldback/domain/org/setup'
import type { ScopedDb } from '../scoped-db.ts'

/** Roles that file reports. */
const FILING: readonly Role[] = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('report.create'))

/** How far the organisation is set up; counts stop where only presence matters. */
export async function setupFacts({ tx, scope }: ScopedDb): Promise<SetupFacts> {
  const org = scope.orgId
  const rows = await tx.$queryRaw<SetupFacts[]>`
    SELECT o.level_names AS "levelNames",
           (SELECT count(*) FROM territory t WHERE t.org_id = ${org}::uuid AND t.parent_id IS NOT NULL AND t.closed_at IS NULL)::int AS territories,
           (SELECT count(*) FROM membership m WHERE m.org_id = ${org}::uuid AND m.revoked_at IS NULL)::int AS members,
           (SELECT count(DISTINCT a.membership_id) FROM assignment a
              JOIN membership m ON m.org_id = a.org_id AND m.id = a.membership_id AND m.revoked_at IS NULL
             WHERE a.org_id = ${org}::uuid AND a.role = ANY (${[...FILING]}::text[]) AND a.valid_from <= ${scope.day}::date
               AND (a.valid_to IS NULL OR a.valid_to >= ${scope.day}::date))::int AS reps,
           (SELECT count(*) FROM field_definition d WHERE d.org_id = ${org}::uuid AND d.retired_at IS NULL)::int AS fields,
           EXISTS (SELECT 1 FROM account a WHERE a.org_id = ${org}::uuid AND a.deleted_at IS NULL) AS accounts
      FROM organisation o WHERE o.id = ${org}::uuid`
  const row = rows[0]
  if (!row) throw new Error('organisation without a row')
  return row
}

/** Every live territory with its code, parents first. */
export async function knownTerritories({ tx, scope }: ScopedDb): Promise<KnownTerritory[]> {
  return tx.$queryRaw<KnownTerritory[]>`
    SELECT id, parent_id AS "parentId", rank, name, code, path FROM territory
     WHERE org_id = ${scope.orgId}::uuid AND closed_at IS NULL ORDER BY path`
}

/** Gives territories their official codes. */
export async function setCodes(
  { tx, scope }: ScopedDb,
  codes: readonly { readonly id: string; readonly code: string }[],
): Promise<void> {
  if (codes.length === 0) return
  await tx.$executeRaw`
    UPDATE territory t SET code = x.code
      FROM jsonb_to_recordset(${JSON.stringify(codes)}::jsonb) AS x (id uuid, code text)
     WHERE t.org_id = ${scope.orgId}::uuid AND t.id = x.id`
}
