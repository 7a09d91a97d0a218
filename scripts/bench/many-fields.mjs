import { manyFields } from '../../packages/db/src/many-fields.ts'
import { loadPg } from '../lib/workspace-require.mjs'
import { timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

const MANY = { territories: 1_500, fields: 2_000 }

/** Gives an organisation that has a root, and not much else, many questions over many territories. As the owner. */
async function seedManyFields({ root, ownerUrl, orgId }) {
  const client = new (loadPg(root).Client)({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of manyFields(MANY)) await client.query(statement, [orgId])
    await client.query('COMMIT')
    await client.query('ANALYZE territory, field_definition, field_version, ledger_cell')
  } finally {
    await client.end()
  }
}

/** How long the list of the builder takes to be read at the root of an organisation of many questions, over HTTP. */
export async function measureBuilder({ root, url, urls, plan, password }, { open }) {
  await seedManyFields({ root, ownerUrl: urls.owner, orgId: plan.orgId })
  const { email } = plan.members.find(({ role }) => role === 'headquarters')
  const { cookie } = await signIn(url, email, password)
  const input = encodeURIComponent(JSON.stringify({ territoryId: plan.territories[0].id }))
  const read = async () => {
    const answer = await fetch(`${url}/api/trpc/field.list?input=${input}`, { headers: { cookie } })
    if (!answer.ok) throw new Error(`The list was answered ${answer.status}.`)
    return answer.json()
  }
  // Counts are read with it: a list that is cut would be quick.
  const { totals } = (await read()).result.data
  if (totals.above.questions + totals.own.questions < MANY.fields)
    throw new Error(`The list tells of ${totals.own.questions} questions.`)
  const times = []
  for (let at = 0; at < open; at++) {
    const start = performance.now()
    await read()
    times.push(performance.now() - start)
  }
  const told = timesOf(times)
  return { name: 'fields.builder-open.ms', value: told.p95, unit: 'ms', ...told, size: MANY.fields }
}
