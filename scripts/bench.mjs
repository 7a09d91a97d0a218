// Measures what this project promises, on an instance of its own: run under the workspace's Node by run.mjs.
import { closeSync, openSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOAD_PASSWORD } from '../prisma/seed/load-organisation.ts'
import { planLoad } from '../prisma/seed/load-plan.ts'
import { readToday } from '../prisma/seed/today.ts'
import { readBenchArguments, sizesOf } from './bench/arguments.mjs'
import { measureBreakdown } from './bench/breakdown.mjs'
import { explorerLine, GROWTH_BASE, measureExplorer } from './bench/explorer.mjs'
import { measureFields } from './bench/fields.mjs'
import { measureFoldLag, measureFoldRate } from './bench/fold.mjs'
import { measureForm } from './bench/form.mjs'
import { measureInsightJobs, measureInsights } from './bench/insight.mjs'
import { startInstance } from './bench/instance.mjs'
import { lineOf, tableOf } from './bench/line.mjs'
import { measureBuilderOpen } from './bench/many-fields.mjs'
import { measureOffline } from './bench/offline.mjs'
import { measureFirstLoad } from './bench/portfolio.mjs'
import { measureSingle, measureThroughput, openPush } from './bench/push.mjs'
import { measurePublish } from './bench/scenario.mjs'
import { measureScreens } from './bench/screens.mjs'
import { measureSlowLine } from './bench/slow-line.mjs'
import { measureMove } from './bench/territory.mjs'
import { runCommand } from './lib/command.mjs'
import { describeFailure, Failure } from './lib/failure.mjs'
import { generateOrganisation } from './lib/generate-organisation.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const started = performance.now()

runCommand(async (stop) => {
  const asked = readBenchArguments(process.argv.slice(2))
  const sizes = sizesOf(asked)
  const [load] = loadavg()
  tell(`${availableParallelism()} cores, load average ${load.toFixed(2)}`)
  let instance
  try {
    instance = await Promise.race([startInstance({ root, env: process.env }), stop])
    const failed = await Promise.race([measureAll({ ...instance, sizes, asked, stop }), stop])
    if (failed.length > 0) throw new Failure(`Not measured: ${failed.join(', ')}.`)
  } finally {
    await instance?.stop()
  }
})

/** Prints what could be measured, and answers the names of what could not. */
async function measureAll({ url, urls, sizes, asked, stop }) {
  tell('instance started')
  const lines = []
  const failed = []
  const add = (line) => {
    lines.push(lineOf(line))
    if (asked.json) process.stdout.write(`${JSON.stringify(lines.at(-1))}\n`)
    tell(`${line.name} measured`)
  }
  const attempt = async (names, work) => {
    const wanted = names.filter((name) => asked.only.includes(name))
    if (wanted.length === 0) return
    try {
      for (const line of await work(wanted)) add(line)
    } catch (error) {
      tell(`${wanted.join(', ')}: ${describeFailure(error)}`)
      failed.push(...wanted)
    }
  }
  // First: they need no organisation, and the machine is quiet.
  await attempt(['fields.resolve.ms', 'fields.validate.ratio', 'fields.schema-build.ms'], (wanted) =>
    measureFields(sizes.fields, wanted),
  )
  await attempt(['insight.noise.share', 'insight.planted.share', 'insight.confounded.share'], (wanted) =>
    measureInsights(sizes.insight, wanted),
  )
  await attempt(['fold.rate'], async () => [await measureFoldRate({ root, urls }, sizes.fold)])
  await attempt(['fold.lag.p95'], async () => [await measureFoldLag({ root, urls }, sizes.fold)])
  const began = performance.now()
  const plan = await generate({ urls, slug: 'load', reports: sizes.reports, stop })
  const minutes = (performance.now() - began) / 60_000
  tell(`${sizes.reports} reports generated`)
  if (sizes.reports === 10_000_000)
    await attempt(['generate.10m.minutes'], async () => [
      { name: 'generate.10m.minutes', value: minutes, unit: 'min', n: 1, size: sizes.reports },
    ])
  const context = { root, env: process.env, url, urls, plan, password: LOAD_PASSWORD }
  await attempt(['insight.full.1m.seconds', 'insight.incremental.ms'], (wanted) =>
    measureInsightJobs(context, { late: sizes.insight.late, wanted }),
  )
  await attempt(['territory.move.ms'], async () => [await measureMove(context, { ...sizes.move, tell })])
  const grows = sizes.reports > GROWTH_BASE
  const explored = [
    explorerLine(sizes.reports),
    ...(grows ? [explorerLine(GROWTH_BASE), 'analytics.growth.ratio'] : []),
  ]
  await attempt(explored, async (wanted) => {
    const small = grows ? await generate({ urls, slug: 'load-small', reports: GROWTH_BASE, stop }) : null
    return measureExplorer(context, { large: plan, small, rounds: sizes.explorer.rounds, wanted, tell })
  })
  await attempt(['hq.breakdown.1m.p95'], async () => [await measureBreakdown(context, sizes.breakdown)])
  await attempt(['hq.open.ms', 'm.js.bytes', 'form.js.bytes'], (wanted) =>
    measureScreens(context, { open: sizes.open, wanted }),
  )
  await attempt(
    ['m.cold-offline.ms', 'm.cold-offline-locked.ms', 'm.save.ms', 'return.on-save.ms', 'return.for-me.ms'],
    (wanted) => measureOffline(context, { ...sizes.offline, wanted }),
  )
  await attempt(['sync.500-slow3g.seconds', 'sync.500-slow3g.requests'], (wanted) =>
    measureSlowLine(context, wanted),
  )
  // Before the phones send: what they add to a sector is as much as the machine is quick.
  await attempt(['sync.first-load.bytes', 'sync.day-delta.bytes'], (wanted) =>
    measureFirstLoad(context, wanted),
  )
  await attempt(['push.single.p95'], () => pushing(context, (push) => measureSingle(push, sizes.single)))
  await attempt(['push.throughput'], () =>
    pushing(context, (push) => measureThroughput(push, sizes.push, tell)),
  )
  await attempt(['scenario.publish.ms'], async () => [await measurePublish(context, sizes.publish)])
  // Last: every form is long from then on, and the tree wide.
  await attempt(['form.first-section.ms', 'form.key-to-paint.ms'], (wanted) =>
    measureForm(context, { ...sizes.form, wanted }),
  )
  await attempt(['fields.builder-open.ms'], async () => [await measureBuilderOpen(context, sizes.builder)])
  if (!asked.json) process.stdout.write(`${tableOf(lines)}\n`)
  return failed
}

async function pushing(context, measure) {
  const push = await openPush(context)
  try {
    return [await measure(push)]
  } finally {
    await push.close()
  }
}

/** The same plan as the generator's own, so that the bench knows whom and what to ask for. */
async function generate({ urls, slug, reports, stop }) {
  const options = { slug, reports, seed: 1, replace: false }
  const plan = planLoad(options, readToday(undefined))
  const silence = openSync('/dev/null', 'w')
  try {
    const args = ['--org', options.slug, '--reports', String(reports), '--seed', '1']
    const env = { ...process.env, FIELDBACK_SEED_DAY: plan.today }
    await generateOrganisation({ root, env, urls, args, stop, out: silence })
  } finally {
    closeSync(silence)
  }
  return plan
}

/** Everything but results goes to stderr. */
function tell(text) {
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${text}\n`)
}
