import pg from 'pg'

/** Values by column; a column that a row lacks is null. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

const BATCH = 5_000

/** Types of a table's columns, as the catalogue names them. */
async function columnTypes(client: pg.ClientBase, table: string): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
      WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`,
    [table],
  )
  return new Map(rows.map(({ name, type }) => [name, type]))
}

/** Adds rows to a table, thousands in a statement, one array per column. */
export async function insertRows(client: pg.ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const types = await columnTypes(client, table)
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const arrays = columns.map((column, at) => {
    const type = types.get(column)
    if (!type) throw new Error(`${table} has no column ${column}`)
    return `$${at + 1}::${type}[]`
  })
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const text = `INSERT INTO ${pg.escapeIdentifier(table)} (${names}) SELECT * FROM unnest(${arrays.join(', ')})`
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH)
    await client.query(
      text,
      columns.map((column) => batch.map((row) => row[column] ?? null)),
    )
  }
}
