import { describe, expect, it } from 'vitest'
import { MEASURES, readBenchArguments } from './arguments.mjs'
import { judge } from './judge.mjs'
import { lineOf, tableOf } from './line.mjs'
import { percentile, timesOf } from './percentile.mjs'

describe('what is asked of the bench', () => {
  it('is everything in the short form, unless said otherwise', () => {
    expect(readBenchArguments([])).toEqual({ json: false, full: false, reports: null, only: MEASURES })
    expect(readBenchArguments(['--full', '--json', '--only', 'hq.open.ms', '--only', 'm.js.bytes'])).toEqual({
      json: true,
      full: true,
      reports: null,
      only: ['hq.open.ms', 'm.js.bytes'],
    })
  })
  it.each([[['--fast']], [['--reports', '7']], [['--only', 'everything']], [['--only']]])(
    '%j is refused in one sentence',
    (args) => {
      expect(() => readBenchArguments(args)).toThrow(/^[^\n]*\.$|Usage: npm run bench/)
    },
  )
})

describe('percentiles', () => {
  it('are values that were measured, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect([percentile(hundred, 0.5), percentile(hundred, 0.95), percentile(hundred, 1)]).toEqual([
      50, 95, 100,
    ])
    expect([percentile([7], 0.5), percentile([7], 0.95)]).toEqual([7, 7])
    expect(percentile([3, 1, 2], 0.95)).toBe(3)
  })
  it('of nothing are not made up', () => {
    expect(() => percentile([], 0.5)).toThrow('Nothing was measured')
  })
  it('leave what they were given as it was', () => {
    const values = [2, 1]
    expect(timesOf(values)).toEqual({ n: 2, p50: 1, p95: 2 })
    expect(values).toEqual([2, 1])
  })
})

describe('a line', () => {
  const line = lineOf({ name: 'hq.open.ms', value: 412.77, unit: 'ms', n: 3, p50: 413, p95: 500 })
  it('has every key, null where nothing is compared', () => {
    expect(JSON.stringify(line)).toBe(
      '{"name":"hq.open.ms","value":413,"unit":"ms","baseline":null,"ratio":null,"n":3,"p50":413,"p95":500}',
    )
  })
  it('bytes are told to the last', () => {
    expect(lineOf({ name: 'm.js.bytes', value: 196_781, unit: 'bytes', n: 1 }).value).toBe(196_781)
  })
  it('stands under its column', () => {
    const [heads, row] = tableOf([line]).split('\n')
    expect(row.indexOf('413') + 3).toBe(heads.indexOf('value') + 5)
  })
})

describe('what is asserted in tests', () => {
  const lines = [
    { name: 'push.throughput', value: 900, ratio: 0.19 },
    { name: 'push.single.p95', value: 4_000, ratio: null },
    { name: 'hq.breakdown.1m.p95', value: 900, ratio: 5 },
    { name: 'analytics.p95.100k', value: 900, ratio: 1.9 },
    { name: 'territory.move.ms', value: 9_000, ratio: null },
    { name: 'scenario.publish.ms', value: 9_000, ratio: null },
    { name: 'hq.open.ms', value: 9_000, ratio: null },
    { name: 'm.js.bytes', value: 200_001, ratio: null },
    { name: 'form.js.bytes', value: 60_000, ratio: null },
    { name: 'm.cold-offline.ms', value: 9_000, ratio: null },
    { name: 'm.cold-offline-locked.ms', value: 9_000, ratio: null },
    { name: 'm.save.ms', value: 9_000, ratio: null },
    { name: 'return.on-save.ms', value: 9_000, ratio: null },
    { name: 'return.for-me.ms', value: 9_000, ratio: null },
    { name: 'sync.500-slow3g.seconds', value: 90, ratio: null },
    { name: 'sync.500-slow3g.requests', value: 41, ratio: null },
    { name: 'sync.first-load.bytes', value: 3_000_000, ratio: null },
    { name: 'sync.day-delta.bytes', value: 300_001, ratio: null },
    { name: 'fold.rate', value: 200, ratio: 0.19 },
    { name: 'fold.lag.p95', value: 9_000, ratio: null },
    { name: 'fields.resolve.ms', value: 900, ratio: null },
    { name: 'fields.validate.ratio', value: 0.1, ratio: 1.51 },
    { name: 'fields.schema-build.ms', value: 900, ratio: 1.5 },
    { name: 'form.first-section.ms', value: 9_000, ratio: null },
    { name: 'form.key-to-paint.ms', value: 900, ratio: null },
    { name: 'fields.builder-open.ms', value: 9_000, ratio: null },
  ]
  it('ratios, bytes and counts, never times', () => {
    expect(judge(lines)).toMatchObject({ passed: 19, failed: 7 })
    expect(judge(lines).problems.join()).toMatch(
      /push.throughput.*0.19.*0.2.*m.js.bytes.*200001.*requests: 41.*day-delta.*300001.*fields.validate.ratio.*1.51/,
    )
  })
  it('what was not measured fails', () => {
    expect(judge(lines.slice(2))).toMatchObject({ passed: 18, failed: 8 })
  })
})
