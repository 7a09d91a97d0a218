import { manyFields } from '../../packages/db/src/many-fields.ts'
import { loadPg } from '../lib/workspace-require.mjs'
import { timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

const MANY = { territories: 1_500, fields: 2_000 }

/**
 * How long head office's list of questions takes to be answered over HTTP, in an organisation of many: the organisation
 * gets them first, and keeps them.
 */
export async function measureBuilderOpen({ root, url, urls, plan, password }, { open }) {
  const month = `${plan.today.slice(0, 7)}-01`
  await seed({ root, ownerUrl: urls.owner, orgId: plan.orgId, size: { ...MANY, month } })
  const { email } = plan.members.find(({ role }) => role === 'headquarters')
  const { cookie } = await signIn(url, email, password)
  const input = encodeURIComponent(JSON.stringify({ territoryId: plan.territories[0].id }))
  const read = async () => {
    const answer = await fetch(`${url}/api/trpc/field.list?input=${input}`, { headers: { cookie } })
    const { result } = await answer.json()
    const { totals, rest } = result.data
    if (totals.own.questions < MANY.fields || rest.owners === 0)
      throw new Error('The list does not hold what was put in it.')
  }
  await read()
  const times = []
  for (let n = 0; n < open; n++) {
    const start = performance.now()
    await read()
    times.push(performance.now() - start)
  }
  const { n, p50, p95 } = timesOf(times)
  return { name: 'fields.builder-open.ms', value: p50, unit: 'ms', n, p50, p95, size: MANY.fields }
}

async function seed({ root, ownerUrl, orgId, size }) {
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
