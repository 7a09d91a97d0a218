import { Failure } from '../lib/failure.mjs'

export const MEASURES = [
  'push.throughput',
  'push.single.p95',
  'hq.breakdown.1m.p95',
  'analytics.p95.100k',
  'analytics.p95.1m',
  'analytics.p95.10m',
  'analytics.growth.ratio',
  'generate.10m.minutes',
  'hq.open.ms',
  'm.js.bytes',
  'form.js.bytes',
  'm.cold-offline.ms',
  'm.cold-offline-locked.ms',
  'm.save.ms',
  'return.on-save.ms',
  'return.for-me.ms',
  'sync.500-slow3g.seconds',
  'sync.500-slow3g.requests',
  'sync.first-load.bytes',
  'sync.day-delta.bytes',
  'fields.resolve.ms',
  'fields.validate.ratio',
  'fields.schema-build.ms',
  'form.first-section.ms',
  'form.key-to-paint.ms',
  'fields.builder-open.ms',
  'insight.noise.share',
  'insight.planted.share',
  'insight.confounded.share',
  'insight.full.1m.seconds',
  'insight.incremental.ms',
]
const USAGE = 'Usage: npm run bench -- [--json] [--full] [--reports 100000|1000000|10000000] [--only NAME]'
const REPORTS = ['100000', '1000000', '10000000']

/** Reads `--json`, `--full`, `--reports N` and `--only NAME` (which may come again); throws a Failure. */
export function readBenchArguments(args) {
  const given = { json: false, full: false, reports: null, only: [] }
  const rest = [...args]
  while (rest.length > 0) {
    const name = rest.shift()
    if (name === '--json' || name === '--full') given[name.slice(2)] = true
    else if (name === '--reports' && REPORTS.includes(rest[0])) given.reports = Number(rest.shift())
    else if (name === '--only' && MEASURES.includes(rest[0])) given.only.push(rest.shift())
    else if (name === '--only')
      throw new Failure(`"${rest[0] ?? ''}" is not measured; name one of ${MEASURES.join(', ')}.`)
    else throw new Failure(`"${name}" is not understood. ${USAGE}`)
  }
  return { ...given, only: given.only.length > 0 ? given.only : MEASURES }
}

/** How much is measured: everything, or what a change is checked by in a minute. */
export const sizesOf = ({ full, reports }) => ({
  ...(full ? FULL : SHORT),
  ...(reports === null ? {} : { reports }),
})

const FULL = {
  reports: 1_000_000,
  push: { warmUp: 8, slices: 3, ours: 20, bare: 8 },
  single: { warmUp: 8, seconds: 20 },
  explorer: { rounds: 10 },
  breakdown: { warmUp: 50, rounds: 40, ours: 10 },
  open: 15,
  offline: 15,
  fields: { times: 5_000 },
  form: { opened: 20, keys: 60 },
  builder: { open: 40 },
  insight: { organisations: 1_000, late: 400 },
}
const SHORT = {
  reports: 100_000,
  push: { warmUp: 2, slices: 2, ours: 4, bare: 3 },
  single: { warmUp: 5, seconds: 5 },
  explorer: { rounds: 3 },
  breakdown: { warmUp: 20, rounds: 20, ours: 6 },
  open: 3,
  offline: 5,
  fields: { times: 1_000 },
  form: { opened: 5, keys: 20 },
  builder: { open: 5 },
  insight: { organisations: 200, late: 100 },
}
