import { randomUUID } from 'node:crypto'
import { Agent } from 'node:http'
import { askExplorer } from './ask-explorer.mjs'
import { explorerQuestions, plainSql } from './explorer-questions.mjs'
import { openOrganisation } from './organisation.mjs'
import { percentile, timesOf } from './percentile.mjs'
import { signIn } from './sign-in.mjs'

const SIZES = { 100000: '100k', 1000000: '1m', 10000000: '10m' }
export const explorerLine = (reports) => `analytics.p95.${SIZES[reports]}`
/** The size that growth is counted from. */
export const GROWTH_BASE = 100_000

/**
 * The forty questions over HTTP as head office, nothing kept between two of them, in organisations of two sizes by turns (`small` null: of one); beside
 * them plain SQL over the rows. Throws where both do not count the same.
 */
export async function measureExplorer({ root, url, urls, password }, { large, small, rounds, wanted, tell }) {
  const opened = []
  try {
    for (const plan of [large, ...(small ? [small] : [])])
      opened.push(await openExplorer({ root, url, urls, password, plan }))
    for (const explorer of opened) {
      await prepare(explorer, tell)
      tell(`${explorer.plan.reports} reports: pairs are ready`)
      await requireSame(explorer)
    }
    const times = opened.map(() => [])
    // By turns: what else the machine does falls on both. The first round warms up.
    for (let round = 0; round <= rounds; round++)
      for (const [at, explorer] of opened.entries())
        for (const question of explorer.questions) {
          const start = performance.now()
          await explorer.ask(question)
          if (round > 0) times[at].push(performance.now() - start)
        }
    const [first] = opened
    tell(`slowest, in the middle: ${slowest(first.questions, times)}`)
    const plain = []
    for (const question of first.questions) {
      const taken = await first.timePlain(question)
      if (taken !== null) plain.push(taken)
    }
    const lines = opened.map(({ plan: { reports } }, at) => {
      const ours = timesOf(times[at])
      const baseline = at === 0 ? percentile(plain, 0.95) : null
      return {
        name: explorerLine(reports),
        value: ours.p95,
        unit: 'ms',
        baseline,
        ratio: baseline && baseline / ours.p95,
        ...ours,
        size: reports,
      }
    })
    if (small) {
      const [big, base] = times.map((taken) => percentile(taken, 0.95))
      lines.push({
        name: 'analytics.growth.ratio',
        value: big / base,
        unit: 'times',
        baseline: base,
        n: times[0].length,
        size: large.reports,
      })
    }
    return lines.filter(({ name }) => wanted.includes(name))
  } finally {
    for (const explorer of opened) await explorer.close()
  }
}

/** Those that set the p95, with how long they took in each organisation: where to look next. */
function slowest(questions, times) {
  const middle = (taken, at) =>
    percentile(
      taken.filter((_, index) => index % questions.length === at),
      0.5,
    )
  return questions
    .map((question, at) => ({ question, taken: times.map((taken) => middle(taken, at)) }))
    .toSorted((a, b) => b.taken[0] - a.taken[0])
    .slice(0, 5)
    .map(
      ({ question: { measure, split }, taken }) =>
        `${measure.of} by ${split.map(({ by, rank }) => `${by} ${rank ?? ''}`.trim()).join(' and ')} ${taken.map(Math.round).join(' and ')} ms`,
    )
    .join('; ')
}

async function openExplorer({ root, url, urls, password, plan }) {
  const { email } = plan.members.find(({ role }) => role === 'headquarters')
  const { cookie } = await signIn(url, email, password)
  const concepts = await linkConcepts({ root, urls, plan })
  const national = plan.definitions.filter(
    ({ territoryId, entity }) => territoryId === plan.territories[0].id && entity === 'report',
  )
  const fields = { ...Object.fromEntries(national.map(({ key, id }) => [key, id])), ...concepts }
  const region = plan.territories.find(({ rank }) => rank === 1)
  const period = twelveMonths(plan.today)
  const questions = explorerQuestions({
    territoryId: plan.territories[0].id,
    regionId: region.id,
    period,
    fields,
  })
  const columns = new Map(plan.definitions.map(({ id, slot }) => [id, slot]))
  for (const [name, key] of CONCEPTS)
    columns.set(concepts[name], plan.definitions.find((one) => one.key === key).slot)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const client = await openOrganisation({ root, url: urls.app, orgId: plan.orgId })
  const pathOf = (id) => plan.territories.find((one) => one.id === id).path
  const sqlOf = (question) =>
    plainSql(question, {
      orgId: plan.orgId,
      path: pathOf(question.territoryId),
      columnOf: (id) => `r.${columns.get(id)}`,
    })
  return {
    plan,
    questions,
    ask: (question) => askExplorer({ url, cookie, agent }, question),
    countPlain: async (question) => (await client.query(sqlOf(question))).rows,
    timePlain: async (question) => {
      if (question.measure.of === 'entry') return null
      const start = performance.now()
      await client.query(sqlOf(question))
      return performance.now() - start
    },
    close: async () => {
      agent.destroy()
      await client.end()
    },
  }
}

/** What the regions' own questions mean in common. */
const CONCEPTS = [
  ['concurrents', 'concurrent'],
  ['animations', 'animation'],
]

async function linkConcepts({ root, urls, plan }) {
  const client = await openOrganisation({ root, url: urls.owner, orgId: plan.orgId })
  try {
    const made = {}
    for (const [name, key] of CONCEPTS) {
      const linked = plan.definitions.filter((field) => field.key === key)
      const { label, type, options = [] } = linked[0].spec
      const ids = type === 'yes_no' ? ['true', 'false'] : options.map(({ id }) => id)
      made[name] = randomUUID()
      await client.query(
        'INSERT INTO concept (org_id, id, territory_id, entity, spec) VALUES ($1, $2, $3, $4, $5)',
        [
          plan.orgId,
          made[name],
          plan.territories[0].id,
          'report',
          { label, type, options: options.map(({ id, label: words }) => ({ id, label: words })) },
        ],
      )
      await client.query(
        'INSERT INTO concept_link (org_id, field_id, concept_id, map) SELECT $1, id, $2, $3 FROM unnest($4::uuid[]) AS id',
        [plan.orgId, made[name], Object.fromEntries(ids.map((id) => [id, id])), linked.map(({ id }) => id)],
      )
    }
    return made
  } finally {
    await client.end()
  }
}

function twelveMonths(today) {
  const last = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1
  const month = (index) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  return { from: month(last - 11), to: month(last) }
}

const PREPARED_WITHIN_MS = 3_600_000

/** Asks each once, as its first reader does, and waits until the pairs that this wanted are counted. */
async function prepare({ questions, ask }, tell) {
  const start = performance.now()
  for (let told = ''; ; ) {
    const waiting = []
    for (const question of questions) {
      const { prepared } = await ask(question)
      if (prepared.state === 'never') throw new Error(`Never counted in advance: ${JSON.stringify(question)}`)
      if (prepared.state === 'preparing') waiting.push(`${prepared.done}/${prepared.of}`)
    }
    if (waiting.length === 0) return
    if (performance.now() - start > PREPARED_WITHIN_MS) throw new Error('Pairs were not counted in an hour.')
    if (waiting.join() !== told) tell(`pairs: ${waiting.join(', ')}`)
    told = waiting.join()
    await new Promise((done) => setTimeout(done, 1_000))
  }
}

/** The totals of both; what plain SQL has no column for is left to the tests. */
async function requireSame({ questions, ask, countPlain }) {
  for (const question of questions) {
    const { of, bucket } = question.measure
    if (of === 'entry' || of === 'fill' || (of === 'share' && (bucket ?? null) === null)) continue
    const { total } = await ask(question)
    const row = (await countPlain(question)).find((one) =>
      ['place', 'month', 'answer'].every((axis) => (one[axis] ?? null) === null),
    )
    const ours = of === 'share' || of === 'outcome' ? total.now.k : total.now.value
    const near =
      of === 'median'
        ? row.value >= total.now.between.from &&
          row.value <= (total.now.between.to ?? Number.POSITIVE_INFINITY)
        : Math.abs(ours - row.value) <= 1e-6 * Math.abs(row.value)
    if (!near)
      throw new Error(`Figures and rows differ: ${JSON.stringify({ question, ours: total.now, rows: row })}`)
  }
}
