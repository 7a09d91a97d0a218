import { manyFields } from '../../packages/db/src/many-fields.ts'
import { loadPg } from '../lib/workspace-require.mjs'
import { timesOf } from './percentile.mjs'

export const MANY = { territories: 1_500, fields: 2_000 }

/** Gives an organisation that has a root, and not much else, many questions over many territories. As the owner. */
export async function seedManyFields({ root, ownerUrl, orgId, size = MANY }) {
  const client = new (loadPg(root).Client)({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of manyFields(size)) await client.query(statement, [orgId])
    await client.query('COMMIT')
    await client.query('ANALYZE territory, field_definition, field_version, ledger_cell')
  } finally {
    await client.end()
  }
}

/**
 * How long the builder's list of such an organisation takes to be read, at its root: `read` asks the server for the page
 * as somebody of headquarters, and waits for the whole answer.
 */
export async function measureBuilderOpen(read, { open = 20, size = MANY } = {}) {
  await read()
  const times = []
  for (let n = 0; n < open; n++) {
    const start = performance.now()
    await read()
    times.push(performance.now() - start)
  }
  const { n, p50, p95 } = timesOf(times)
  return { name: 'fields.builder-open.ms', value: p50, unit: 'ms', n, p50, p95, size: size.fields }
}
