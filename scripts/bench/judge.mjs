import { MEASURES } from './arguments.mjs'

/** Of sizes that no test run makes. */
const LARGE = ['analytics.p95.1m', 'analytics.p95.10m', 'analytics.growth.ratio', 'generate.10m.minutes']

/** What a test run takes: the shares of the short form are the unit tests' own, seed for seed (insight/campaign.test.ts). */
export const JUDGED = MEASURES.filter((name) => !name.startsWith('insight.') && !LARGE.includes(name))

const atMost =
  (most, unit) =>
  ({ value }) => [value <= most, `${value} ${unit}, at most ${most}`]

/** What holds on any machine: times depend on it; ratios of one run, bytes and counts do not. */
const LIMITS = {
  'push.throughput': ({ ratio }) => [ratio >= 0.2, `ratio ${ratio}, at least 0.2`],
  'hq.breakdown.1m.p95': ({ ratio }) => [ratio >= 5, `ratio ${ratio}, at least 5`],
  'analytics.p95.100k': ({ ratio }) => [ratio >= 2, `ratio ${ratio}, at least 2`],
  'fields.validate.ratio': ({ ratio }) => [ratio <= 1.5, `ratio ${ratio}, at most 1.5`],
  'fields.schema-build.ms': ({ ratio }) => [ratio <= 1.5, `ratio ${ratio}, at most 1.5`],
  'm.js.bytes': atMost(200_000, 'bytes'),
  'form.js.bytes': atMost(60_000, 'bytes'),
  'sync.500-slow3g.requests': atMost(40, 'requests'),
  'sync.first-load.bytes': atMost(3_000_000, 'bytes'),
  'sync.day-delta.bytes': atMost(300_000, 'bytes'),
}

/** Each measure as one test: passed when it was taken and keeps its limit. */
export function judge(lines) {
  const problems = JUDGED.flatMap((name) => {
    const line = lines.find((candidate) => candidate.name === name)
    if (!line) return `${name} was not measured`
    const [kept, said] = LIMITS[name]?.(line) ?? [true]
    return kept ? [] : `${name}: ${said}`
  })
  return { passed: JUDGED.length - problems.length, failed: problems.length, problems }
}
