import { MEASURES } from './arguments.mjs'

const atMost =
  (most, unit) =>
  ({ value }) => [value <= most, `${value} ${unit}, at most ${most}`]

/** What holds on any machine: times depend on it; ratios of one run, bytes, counts and shares do not. */
const LIMITS = {
  'push.throughput': ({ ratio }) => [ratio >= 0.2, `ratio ${ratio}, at least 0.2`],
  'hq.breakdown.1m.p95': ({ ratio }) => [ratio >= 5, `ratio ${ratio}, at least 5`],
  'fields.validate.ratio': ({ ratio }) => [ratio <= 1.5, `ratio ${ratio}, at most 1.5`],
  'fields.schema-build.ms': ({ ratio }) => [ratio <= 1.5, `ratio ${ratio}, at most 1.5`],
  'm.js.bytes': atMost(200_000, 'bytes'),
  'sync.500-slow3g.requests': atMost(40, 'requests'),
  'sync.first-load.bytes': atMost(3_000_000, 'bytes'),
  'sync.day-delta.bytes': atMost(300_000, 'bytes'),
  'insight.noise.share': atMost(0.05, 'of organisations'),
  'insight.planted.share': ({ value }) => [value >= 0.9, `${value} of organisations, at least 0.9`],
  'insight.confounded.share': atMost(0.05, 'of organisations'),
}

/** Each measure as one test: passed when it was taken and keeps its limit. */
export function judge(lines) {
  const problems = MEASURES.flatMap((name) => {
    const line = lines.find((candidate) => candidate.name === name)
    if (!line) return `${name} was not measured`
    const [kept, said] = LIMITS[name]?.(line) ?? [true]
    return kept ? [] : `${name}: ${said}`
  })
  return { passed: MEASURES.length - problems.length, failed: problems.length, problems }
}
