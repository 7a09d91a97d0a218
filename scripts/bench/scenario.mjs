import { randomUUID } from 'node:crypto'
import { openOrganisation } from './organisation.mjs'
import { timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

const MOVES = 200
/** Steps that one gesture may hold. */
const A_GESTURE = 20

/**
 * How long a scenario that moves 200 territories takes to be published over HTTP, all of it in one transaction: there,
 * and back again, so that the tree is left as it was. Throws when they did not move.
 */
export async function measurePublish({ root, url, urls, plan, password }, { rounds }) {
  const { email } = plan.members.find(({ role }) => role === 'administrator')
  const { cookie } = await signIn(url, email, password)
  const client = await openOrganisation({ root, url: urls.app, orgId: plan.orgId })
  try {
    const there = chooseMoves(await readTree(client, plan.orgId))
    const back = there.map(({ territoryId, from }) => ({ territoryId, parentId: from }))
    const times = []
    for (let round = 0; round < rounds; round++)
      for (const moves of [there, back]) {
        const scenario = await draft({ url, cookie, plan }, moves)
        const start = performance.now()
        await call({ url, cookie }, 'publish', scenario)
        times.push(performance.now() - start)
        await requireMoved(client, plan.orgId, moves)
      }
    const { n, p50, p95 } = timesOf(times)
    return { name: 'scenario.publish.ms', value: p50, unit: 'ms', n, p50, p95, size: MOVES }
  } finally {
    await client.end()
  }
}

async function readTree(client, orgId) {
  const { rows } = await client.query(
    'SELECT id, parent_id, rank, name FROM territory WHERE org_id = $1 AND closed_at IS NULL ORDER BY path',
    [orgId],
  )
  return rows
}

/** Each sub-sector goes under the department of its region that follows its own, unless one there has its name. */
function chooseMoves(tree) {
  const departments = tree.filter(({ rank }) => rank === 2)
  const names = new Map(departments.map(({ id }) => [id, new Set()]))
  for (const { parent_id, name } of tree) names.get(parent_id)?.add(name.toLowerCase())
  const nextOf = (own) => {
    const beside = departments.filter(({ parent_id }) => parent_id === own.parent_id)
    return beside[(beside.indexOf(own) + 1) % beside.length]
  }
  const moves = tree
    .filter(({ rank, parent_id }) => rank === 3 && names.has(parent_id))
    .flatMap(({ id, parent_id, name }) => {
      const next = nextOf(departments.find((one) => one.id === parent_id))
      const taken = names.get(next.id)
      if (next.id === parent_id || taken.has(name.toLowerCase())) return []
      taken.add(name.toLowerCase())
      return [{ territoryId: id, parentId: next.id, from: parent_id }]
    })
  if (moves.length < MOVES) throw new Error(`Only ${moves.length} territories can be moved.`)
  return moves.slice(0, MOVES)
}

async function draft({ url, cookie, plan }, moves) {
  const { id: scenarioId } = await call({ url, cookie }, 'create', {
    territoryId: plan.territories[0].id,
    name: `Bench ${randomUUID()}`,
    effectiveOn: null,
  })
  let known = 1
  for (let at = 0; at < moves.length; at += A_GESTURE) {
    const steps = moves
      .slice(at, at + A_GESTURE)
      .map(({ territoryId, parentId }) => ({ of: 'move', territoryId, parentId }))
    known = (await call({ url, cookie }, 'addGesture', { scenarioId, steps, known })).version
  }
  return { scenarioId, known }
}

async function call({ url, cookie }, verb, input) {
  const answer = await fetch(`${url}/api/trpc/scenario.${verb}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify(input),
  })
  const { result, error } = await answer.json()
  if (!result)
    throw new Error(
      `scenario.${verb} was answered ${JSON.stringify(error?.data?.fieldback ?? answer.status)}.`,
    )
  return result.data
}

async function requireMoved(client, orgId, moves) {
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM territory t JOIN unnest($2::uuid[], $3::uuid[]) AS m (id, parent) ON m.id = t.id AND m.parent = t.parent_id
      WHERE t.org_id = $1`,
    [orgId, moves.map(({ territoryId }) => territoryId), moves.map(({ parentId }) => parentId)],
  )
  if (rows[0].n !== moves.length) throw new Error(`${rows[0].n} of ${moves.length} territories moved.`)
}
