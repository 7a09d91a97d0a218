import { writeBare } from './bare-pg.mjs'
import { openPhones } from './open-phones.mjs'
import { countRows, openOrganisation, readPhone, untilFolded } from './organisation.mjs'
import { timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

const PHONES = 8
const BATCH = 100

/** Eight reps signed in on phones of another process, and the connection by which their rows are counted. */
export async function openPush({ root, url, urls, plan, password }) {
  const client = await openOrganisation({ root, url: urls.owner, orgId: plan.orgId })
  const driver = openPhones()
  const phones = []
  for (const { email } of plan.reps.slice(0, PHONES)) {
    const session = await signIn(url, email, password)
    phones.push({ ...session, ...(await readPhone(client, session.membershipId)) })
  }
  await driver.tell({ do: 'open', url, phones })
  const close = async () => {
    driver.close()
    await client.end()
  }
  return { root, urls, orgId: plan.orgId, client, driver, phones, close }
}

/**
 * Reports a second that phones get accepted in batches of a hundred, the worker folding them meanwhile; beside it, in
 * turns, the bare driver writing the same rows, one transaction each.
 */
export async function measureThroughput(pushing, size, tell) {
  const { driver } = pushing
  await driver.tell({ do: 'prepare', bodies: 2 * size.warmUp, reports: BATCH })
  const warm = await push(pushing, { seconds: size.warmUp, reports: BATCH })
  const rate = Math.max(200, warm.applied / warm.seconds)
  const ours = []
  const bare = []
  for (let slice = 0; slice < size.slices; slice++) {
    // Half as many again as the warm-up sent: bodies made while the clock runs would be counted against us.
    const bodies = Math.ceil((rate * 1.5 * size.ours) / BATCH / PHONES) + 1
    await driver.tell({ do: 'prepare', bodies, reports: BATCH })
    ours.push(await push(pushing, { seconds: size.ours, reports: BATCH }))
    tell(`folded ${(await untilFolded(pushing.client)).toFixed(1)} s after the last push`)
    await betweenSweeps(size.bare)
    bare.push(await writeCounted(pushing, size.bare))
    await askForFold(pushing)
    await untilFolded(pushing.client)
  }
  const value = perSecond(ours, 'applied')
  const baseline = perSecond(bare, 'written')
  const applied = ours.reduce((sum, slice) => sum + slice.applied, 0)
  tell(`a batch of ${BATCH}: ${JSON.stringify(timesOf(ours.flatMap(({ times }) => times)))} ms`)
  return { name: 'push.throughput', value, unit: 'reports/s', baseline, ratio: value / baseline, n: applied }
}

/** The time of one report at a time, eight connections at once. */
export async function measureSingle(pushing, { warmUp, seconds }) {
  await pushing.driver.tell({ do: 'prepare', bodies: 40 * (warmUp + seconds), reports: 1 })
  await push(pushing, { seconds: warmUp, reports: 1 })
  const { times } = await push(pushing, { seconds, reports: 1 })
  const { n, p50, p95 } = timesOf(times)
  return { name: 'push.single.p95', value: p95, unit: 'ms', n, p50, p95 }
}

const perSecond = (slices, counted) =>
  slices.reduce((sum, slice) => sum + slice[counted], 0) /
  slices.reduce((sum, slice) => sum + slice.seconds, 0)

/**
 * Pushes for a while; throws when a report was refused, or when the rows are not there. One that the server answers
 * "waiting", as a machine in need does, counts for nothing: a phone keeps it and sends it again.
 */
async function push({ driver, client }, { seconds, reports }) {
  const before = await countRows(client)
  const told = await driver.tell({ do: 'push', seconds, reports })
  const { waiting = 0, ...refused } = told.other
  if (Object.keys(refused).length > 0)
    throw new Error(`Not every report was applied: ${JSON.stringify(refused)}.`)
  if (waiting > told.applied) throw new Error(`${waiting} reports were put off, ${told.applied} applied.`)
  requireAdded(before, await countRows(client), told.applied)
  return told
}

async function writeCounted({ client, root, urls, orgId, phones }, seconds) {
  const before = await countRows(client)
  const told = await writeBare({ root, url: urls.app, orgId, phones, seconds, rows: 400 * seconds })
  requireAdded(before, await countRows(client), told.written)
  return told
}

function requireAdded(before, after, told) {
  for (const table of Object.keys(before)) {
    const added = after[table] - before[table]
    if (added !== told) throw new Error(`${told} reports were answered, ${added} ${table} were added.`)
  }
}

// What the bare driver left is folded before anything else is measured.
const askForFold = ({ client, orgId }) =>
  client.query(`SELECT enqueue_job('fold', json_build_object('orgId', $1::text), 'fold:' || $1)`, [orgId])

// The worker looks for forgotten facts at each full minute: the bare driver asks for no fold, and is given none.
async function betweenSweeps(seconds) {
  const left = 60 - ((Date.now() / 1000) % 60)
  if (left < seconds + 2) await new Promise((done) => setTimeout(done, (left + 2) * 1000))
}
