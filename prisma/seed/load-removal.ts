import pg from 'pg'
import { within } from './load-rows.ts'

const ROWS_A_TRANSACTION = 20_000

/**
 * Removes an organisation, whatever tables the schema has by now: those that nothing refers to first, some thousand rows
 * a transaction. People who belong nowhere else go with it.
 */
export async function removeOrganisation(client: pg.ClientBase, orgId: string): Promise<void> {
  const members = await within(client, orgId, async () => {
    const { rows } = await client.query<{ person_id: string }>(
      'SELECT person_id FROM membership WHERE org_id = $1',
      [orgId],
    )
    return rows.map(({ person_id }) => person_id)
  })
  for (const table of await tenantTables(client)) await emptyTable(client, orgId, table)
  await within(client, orgId, () => client.query('DELETE FROM organisation WHERE id = $1', [orgId]))
  for (const person of members) await removePerson(client, person)
}

/** Tables of tenants, each after those that refer to it. */
async function tenantTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string; refers: string[] }>(`
    SELECT c.relname AS name, coalesce(array_agg(f.relname::text) FILTER (WHERE f.oid <> c.oid), '{}') AS refers
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'org_id' AND NOT a.attisdropped
      LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' LEFT JOIN pg_class f ON f.oid = k.confrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY c.oid, c.relname`)
  const left = new Map(rows.map(({ name, refers }) => [name, refers]))
  const order: string[] = []
  while (left.size > 0) {
    const referred = new Set([...left.values()].flat())
    const free = [...left.keys()].filter((name) => !referred.has(name))
    if (free.length === 0) throw new Error('Tables refer to each other in a ring')
    for (const name of free) left.delete(name)
    order.push(...free)
  }
  return order
}

async function emptyTable(client: pg.ClientBase, orgId: string, table: string): Promise<void> {
  const name = pg.escapeIdentifier(table)
  // A territory refers to its parent: leaves first.
  const order = table === 'territory' ? 'ORDER BY path DESC' : ''
  for (let removed = ROWS_A_TRANSACTION, total = 0; removed === ROWS_A_TRANSACTION; total += removed) {
    removed = await within(client, orgId, async () => {
      const { rowCount } = await client.query(
        `DELETE FROM ${name} WHERE org_id = $1 AND ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE org_id = $1 ${order} LIMIT ${ROWS_A_TRANSACTION}))`,
        [orgId],
      )
      return rowCount ?? 0
    })
    // What refers to this table next is looked up in it: dead rows would be read again for each.
    if (removed < ROWS_A_TRANSACTION && total > 0) await client.query(`VACUUM ${name}`)
  }
}

async function removePerson(client: pg.ClientBase, person: string): Promise<void> {
  try {
    await client.query('DELETE FROM person WHERE id = $1', [person])
  } catch (error) {
    // He belongs to another organisation.
    if (!(error instanceof Error && 'code' in error && error.code === '23503')) throw error
  }
}
