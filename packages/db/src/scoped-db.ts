import type { Permission } from '@fieldback/domain/access/permissions'
import { branchesWith, type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { mayReadText } from '@fieldback/domain/access/visible-text'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { branchRange, type Path } from '@fieldback/domain/territory/path'
import type { OrgTx } from './client.ts'
import { Prisma } from './generated/prisma/client.ts'
import type { OrgSql } from './org-sql.ts'
import { DEFINITION_JSON, TERRITORY_JSON } from './sync/row-sql.ts'

/** The only handle a procedure gets: a transaction that sees one organisation, and what its reader may reach in it. */
export type ScopedDb = { readonly tx: OrgTx; readonly scope: Scope }

/** The same where raw statements are enough: the driver's own transaction serves, see org-sql.ts. */
export type ScopedSql = { readonly tx: OrgSql; readonly scope: Scope }

/** What a job reads with that acts for nobody: an organisation, on a day. */
export type OrgDay = { readonly tx: OrgTx; readonly scope: Pick<Scope, 'orgId' | 'day'> }

/** A condition on a path column: inside the branches where the reader holds the permission; FALSE when nowhere. */
export function withinBranches({ scope }: ScopedSql, permission: Permission, path: Prisma.Sql): Prisma.Sql {
  const ranges = branchesWith(scope, permission).map(branchRange)
  if (ranges.length === 0) return Prisma.sql`FALSE`
  return Prisma.sql`(${Prisma.join(
    ranges.map(({ from, to }) => Prisma.sql`(${path} >= ${from} AND ${path} < ${to})`),
    ' OR ',
  )})`
}

/** A condition on a path column: one branch, itself included. */
export function withinBranch(branch: Path, path: Prisma.Sql): Prisma.Sql {
  const { from, to } = branchRange(branch)
  return Prisma.sql`(${path} >= ${from} AND ${path} < ${to})`
}

/**
 * Loads an open territory where the reader holds a permission; `evenClosed`: or a closed one. NOT_FOUND when the
 * organisation has no such territory, FORBIDDEN (with the reason) when the permission does not hold there.
 */
export async function requireTerritory(
  sdb: ScopedSql,
  permission: Permission,
  territoryId: string,
  { evenClosed = false }: { readonly evenClosed?: boolean } = {},
): Promise<TerritoryRow> {
  const open = evenClosed ? Prisma.empty : Prisma.sql`AND t.closed_at IS NULL`
  const rows = await sdb.tx.$queryRaw<{ row: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS row FROM territory t
     WHERE t.org_id = ${sdb.scope.orgId}::uuid AND t.id = ${territoryId}::uuid ${open}`
  const territory = rows[0]?.row
  if (!territory) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const verdict = verdictAt(sdb.scope, permission, territory)
  if (!verdict.allowed) throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission })
  return territory
}

/**
 * Ids of fields whose free text this reader must not see, among all versions of the organisation's text fields.
 * Every read of values goes through it: card, export, search, segment, pull, mail. `among`: when only these are read.
 */
export async function hiddenTextFields(sdb: ScopedSql, among?: readonly string[]): Promise<Set<string>> {
  const ofThem = among ? Prisma.sql`AND d.id = ANY (${[...among]}::uuid[])` : Prisma.empty
  const rows = await sdb.tx.$queryRaw<{ row: FieldDefinition; path: Path }[]>`
    SELECT ${DEFINITION_JSON} AS row, t.path
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${sdb.scope.orgId}::uuid ${ofThem}`
  return new Set(rows.filter(({ row, path }) => !mayReadText(sdb.scope, row, path)).map(({ row }) => row.id))
}
