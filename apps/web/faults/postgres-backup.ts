/** Runs SQL as the owner in the organisation, in a transaction of its own. */
type Run = <T>(text: string, values?: readonly unknown[]) => Promise<T[]>
type Kept = { readonly name: string; readonly rows: readonly unknown[] | null }
type Table = { readonly name: string; readonly columns: string; readonly above: readonly string[] }

/** What no schedule changes, and other tables stand on. */
const GROUND = ['organisation', 'membership', 'device', 'territory', 'assignment']

/** Also where its owner sees more than one organisation. */
const OWN = `org_id = current_setting('app.org')::uuid`

const TABLES = `
  SELECT c.relname AS name,
         (SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
           WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
         ARRAY(SELECT f.confrelid::regclass::text FROM pg_constraint f
                WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid) AS above
    FROM pg_class c JOIN pg_attribute o ON o.attrelid = c.oid AND o.attname = 'org_id'
   WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relname <> ALL ($1)`

/**
 * Keeps all that an organisation has by now; what it answers puts that back in place of what came since, under another
 * epoch, as `npm run restore` does for a whole database.
 */
export async function backUpOrg(run: Run): Promise<() => Promise<void>> {
  const tables = standing(await run<Table>(TABLES, [GROUND]))
  const each = tables.map(
    ({ name }) => `SELECT '${name}' AS name, (SELECT json_agg(t) FROM ${name} t WHERE ${OWN}) AS rows`,
  )
  const kept = new Map(
    (await run<Kept>(each.join(' UNION ALL '))).map(({ name, rows }) => [name, rows ?? []]),
  )
  return async () => {
    // Rows come back as they were: nothing stamps them, and nothing is asked for again by them.
    const switched = (to: string) => tables.map(({ name }) => `ALTER TABLE ${name} ${to} TRIGGER USER`)
    await run(
      [
        ...switched('DISABLE'),
        ...tables.toReversed().map(({ name }) => `DELETE FROM ${name} WHERE ${OWN}`),
        ...tables.flatMap((table) => putBack(table, kept.get(table.name) ?? [])),
        ...switched('ENABLE'),
        'UPDATE organisation SET epoch = gen_random_uuid()',
      ].join(';\n'),
    )
  }
}

/** Each behind those that it stands on. */
function standing(tables: readonly Table[]): Table[] {
  const placed: Table[] = []
  const names = new Set(tables.map(({ name }) => name))
  while (placed.length < tables.length) {
    const known = new Set(placed.map(({ name }) => name))
    const next = tables.filter(
      ({ name, above }) => !known.has(name) && above.every((one) => known.has(one) || !names.has(one)),
    )
    if (next.length === 0) throw new Error('Tables that stand on each other.')
    placed.push(...next)
  }
  return placed
}

function putBack({ name, columns }: Table, rows: readonly unknown[]): string[] {
  if (rows.length === 0) return []
  const json = JSON.stringify(rows).replaceAll("'", "''")
  return [
    `INSERT INTO ${name} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${name}, '${json}')`,
  ]
}
