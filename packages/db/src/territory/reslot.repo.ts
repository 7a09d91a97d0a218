import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { looseFamily } from '@fieldback/domain/field/slots'
import { isWithin, type Path } from '@fieldback/domain/territory/path'
import { lockAccounts, rewriteSlots } from '../account/move.repo.ts'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { type ScopedDb, withinBranch } from '../scoped-db.ts'
import { DEFINITION_JSON } from '../sync/row-sql.ts'

type Owned = { readonly definition: FieldDefinition; readonly path: Path }
export type Reslot = { readonly territoryId: string; readonly fieldIds: readonly string[] }

/**
 * Writes the typed columns of a branch again for some questions, `limit` accounts with all that hangs on them; answers
 * the last account, null when none was left. Accounts are locked as a push locks them, then places are read: whatever a
 * push wrote along the old line is seen and put right, and what comes later knows the new one.
 */
export async function reslotAccounts(
  tx: OrgTx,
  orgId: string,
  { territoryId, fieldIds, after, limit }: Reslot & { readonly after: string | null; readonly limit: number },
): Promise<string | null> {
  const places = await tx.$queryRaw<{ path: Path }[]>`
    SELECT path FROM territory WHERE org_id = ${orgId}::uuid AND id = ${territoryId}::uuid`
  const branch = places[0]?.path
  if (branch === undefined) return null
  const page = await tx.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM account a JOIN territory t ON t.org_id = ${orgId}::uuid AND t.id = a.territory_id
     WHERE a.org_id = ${orgId}::uuid AND ${withinBranch(branch, Prisma.sql`t.path`)}
       ${after === null ? Prisma.empty : Prisma.sql`AND a.id > ${after}::uuid`}
     ORDER BY a.id LIMIT ${limit}`
  const last = page.at(-1)?.id ?? null
  if (last === null) return null
  // Nothing but the organisation matters to what is read here: a job has no reader.
  const scope = { orgId, membershipId: '', deviceId: '', day: '', grants: [] }
  const sdb: ScopedDb = { tx, scope }
  const accounts = await lockAccounts(
    sdb,
    page.map(({ id }) => id),
  )
  for (const { definition, path } of await ownedFields(tx, orgId, fieldIds)) {
    const ids = accounts.filter((account) => isWithin(path, account.path)).map(({ id }) => id)
    if (ids.length === 0) continue
    if (definition.slot !== null) await rewriteSlots(sdb, ids, [definition])
    else await looseAnswers(tx, orgId, ids, definition)
  }
  return last
}

async function ownedFields(tx: OrgTx, orgId: string, ids: readonly string[]): Promise<Owned[]> {
  return tx.$queryRaw<Owned[]>`
    SELECT ${DEFINITION_JSON} AS definition, t.path
      FROM field_definition d
      JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id AND v.version = d.current_version
      JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id
     WHERE d.org_id = ${orgId}::uuid AND d.id = ANY (${[...ids]}::uuid[])`
}

const ROWS = {
  account: Prisma.sql`account r WHERE r.id`,
  contact: Prisma.sql`contact r WHERE r.account_id`,
  report: Prisma.sql`report r WHERE r.account_id`,
} as const

/** Answers of a question that lost its column, a row each in the child table; those there already stay. */
async function looseAnswers(
  tx: OrgTx,
  orgId: string,
  accountIds: readonly string[],
  { id, entity, spec }: FieldDefinition,
): Promise<void> {
  const family = looseFamily(spec)
  const [number, day] = [family === 'n', family === 'd']
  await tx.$executeRaw`
    INSERT INTO field_answer (org_id, field_id, entity_id, ordinal, text, number, day)
    SELECT ${orgId}::uuid, ${id}::uuid, r.id, 0, CASE WHEN NOT ${number} AND NOT ${day} THEN x END,
           CASE WHEN ${number} THEN x::float8 END, CASE WHEN ${day} THEN left(x, 10)::date END
      FROM (SELECT r.id, r."values" -> ${id}::text ->> 'x' AS x FROM ${ROWS[entity]} = ANY (${[...accountIds]}::uuid[]) AND r.org_id = ${orgId}::uuid) r
     WHERE x IS NOT NULL
    ON CONFLICT DO NOTHING`
}
