import type { ClientBase } from 'pg'

export type Table = {
  readonly name: string
  /** Those that hold data: not generated, and without the stamps of pull, which are made anew. */
  readonly columns: readonly string[]
  /** The column that names the organisation, where row-level security is forced; null: shared by all. */
  readonly tenant: string | null
  /** Triggers that make the stamps of pull. */
  readonly stamped: boolean
}

/** Stamps hold transaction numbers, which mean nothing in another cluster. */
const STAMPS = ['sync_xid', 'sync_seq']
export const STAMP_TRIGGER = 'stamp_sync'

const TABLES = `
  SELECT c.relname AS name, c.relforcerowsecurity AS forced,
         EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = '${STAMP_TRIGGER}') AS stamped,
         ARRAY(SELECT a.attname::text FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                ORDER BY a.attnum) AS columns,
         ARRAY(SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
                WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS refers
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
     AND pg_has_role(c.relowner, 'USAGE')
   ORDER BY c.relname`

type Row = { name: string; forced: boolean; stamped: boolean; columns: string[]; refers: string[] }

/** The tables of the product, each after those it refers to. The job queue has a schema of its own. */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Row>(TABLES)
  return inOrder(rows).map(({ name, forced, stamped, columns }) => ({
    name,
    columns: columns.filter((column) => !STAMPS.includes(column)),
    tenant: forced ? (name === 'organisation' ? 'id' : 'org_id') : null,
    stamped,
  }))
}

function inOrder(rows: readonly Row[]): Row[] {
  const placed: Row[] = []
  let rest = [...rows]
  while (rest.length > 0) {
    const ready = rest.filter(({ refers }) => !rest.some(({ name }) => refers.includes(name)))
    if (ready.length === 0)
      throw new Error(`These tables refer to each other in a circle: ${rest.map(({ name }) => name)}`)
    placed.push(...ready)
    rest = rest.filter((row) => !ready.includes(row))
  }
  return placed
}

/** Last number given by each sequence of the product; null for one that gave none yet. */
export async function readSequences(client: ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT sequencename::text AS name, last_value::text AS last FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1`,
  )
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]))
}

/** Moves sequences past what a backup recorded; one that no longer exists is left out. */
export async function advanceSequences(
  client: ClientBase,
  sequences: Readonly<Record<string, string>>,
): Promise<void> {
  await client.query(
    `SELECT setval(format('public.%I', s.sequencename)::regclass, greatest(coalesce(s.last_value, 0), given.last::bigint))
       FROM pg_sequences s JOIN json_each_text($1::json) AS given (name, last) ON given.name = s.sequencename
      WHERE s.schemaname = 'public'`,
    [JSON.stringify(sequences)],
  )
}
