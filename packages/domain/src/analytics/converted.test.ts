import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers, AnswerValue } from '../field/answer.ts'
import { type Conversion, readConverted } from '../field/conversion.ts'
import type { FieldSpec, FieldType } from '../field/field-spec.ts'
import type { FieldLink } from '../field/merges.ts'
import { bucketsOf } from './bucket.ts'
import { countedBefore } from './counted-before.ts'
import { foldFacts, type StockDelta } from './fold.ts'
import { factsOfChange, type ReportState } from './report-fact.ts'
import { type Cell, mergeCells } from './series.ts'
import { stockFactsOfChange } from './stock-fact.ts'

const spec = (type: FieldType, ...ids: string[]): FieldSpec => ({
  label: { fr: 'Question' },
  why: { fr: '…' },
  type,
  options: ids.map((id) => ({ id, label: { fr: id } })),
  required: false,
  reportable: type !== 'short_text',
  position: 0,
  shared: false,
  givebacks: [],
})
/** A text becomes a choice, which becomes yes and no, which is promoted with another branch's. */
const SPECS: Readonly<Record<string, FieldSpec>> = {
  text: spec('short_text'),
  choice: spec('single_choice', 'wheat', 'rye', 'spelt'),
  flag: spec('yes_no'),
  whole: spec('yes_no'),
}
const link = (from: string, links: FieldLink[] = []): FieldLink => ({ from, map: {}, links, converted: true })
const LINKS: Readonly<Record<string, FieldLink[]>> = {
  choice: [link('text')],
  flag: [link('choice', [link('text')])],
  whole: [{ from: 'flag', map: { true: 'true', false: 'false' }, links: [link('choice', [link('text')])] }],
}
const NO_PHONE = (): null => null
const conversion = (fieldId: string, from: string, way: Conversion['way']): Conversion => ({
  fieldId,
  entity: 'contact',
  live: true,
  from,
  links: LINKS[from] ?? [],
  spec: SPECS[fieldId] ?? spec('yes_no'),
  way,
})
const CONVERSIONS = [
  conversion('choice', 'text', { map: { 'ble tendre': 'wheat' }, steps: [], natural: true }),
  conversion('flag', 'choice', {
    map: { wheat: 'true', rye: 'false', spelt: null },
    steps: [],
    natural: false,
  }),
]
const definitionOf = (id: string) => ({
  entity: 'contact' as const,
  spec: SPECS[id] ?? spec('yes_no'),
  ...(LINKS[id] ? { merges: { live: true, links: LINKS[id] } } : {}),
})
const field = (id: string) => ({ id, merges: { live: true, links: LINKS[id] ?? [] } })

const answers: Readonly<Record<string, fc.Arbitrary<AnswerValue>>> = {
  text: fc.constantFrom<AnswerValue>('wheat', ' RYE ', 'Blé tendre', 'maïs', 'spelt', null, ''),
  choice: fc.constantFrom<AnswerValue>('wheat', 'rye', 'spelt', null),
  flag: fc.constantFrom<AnswerValue>(true, false, null),
  whole: fc.constantFrom<AnswerValue>(true, false, null),
}
const documents: fc.Arbitrary<Answers> = fc
  .record(
    Object.fromEntries(
      Object.entries(answers).map(([id, x]) => [
        id,
        fc.record({ v: fc.constant(1), x, d: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01') }),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((values) => values as Answers)

const cellsOf = (stocks: readonly StockDelta[]): Cell[] =>
  stocks.map(({ fieldId, bucket, n }) => ({ fieldId, bucket, n, won: 0 }))
const stateOf = (values: Answers) => ({ entity: 'contact' as const, territory: 't', values })
const seriesOf = (id: string, stocks: readonly StockDelta[]) =>
  Object.fromEntries(mergeCells(field(id), cellsOf(stocks)).map(({ bucket, n }) => [bucket, n]))

/** Counted from what each document is read to say, and from nothing else. */
function truth(id: string, docs: readonly Answers[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const values of docs) {
    const x = readConverted(CONVERSIONS, 'contact', values, NO_PHONE)[id]?.x
    const buckets = bucketsOf(SPECS[id] ?? spec('yes_no'), x)
    for (const bucket of [...buckets.map((one) => one.bucket), ...(buckets.length > 0 ? ['_answered'] : [])])
      counts[bucket] = (counts[bucket] ?? 0) + 1
  }
  return counts
}

const COUNTED_AT_T = {
  n: 1,
  thenAt: null,
  todayAt: 't',
  day: '',
  outcome: 'none' as const,
  askedNow: false,
  askedBefore: false,
}
/** Rows that come to nothing left out. */
function summed(stocks: readonly StockDelta[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { fieldId, bucket, n } of stocks)
    sums[`${fieldId} ${bucket}`] = (sums[`${fieldId} ${bucket}`] ?? 0) + n
  return Object.fromEntries(Object.entries(sums).filter(([, n]) => n !== 0))
}

describe('answers of another type', () => {
  it("count with the question's own as one series: each document once, by what it is read to say", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(documents, documents), { maxLength: 6 }), (pairs) => {
        const counting = { definitionOf, conversions: CONVERSIONS }
        // Each document is first one thing, then another.
        const facts = pairs.flatMap(([before, after]) => [
          ...stockFactsOfChange(null, stateOf(before), counting),
          ...stockFactsOfChange(stateOf(before), stateOf(after), counting),
        ])
        const { stocks } = foldFacts(facts, () => ['t'])
        const docs = pairs.map(([, after]) => after)
        for (const id of ['choice', 'flag']) expect(seriesOf(id, stocks)).toEqual(truth(id, docs))
      }),
      { numRuns: 300 },
    )
  })

  it('that are counted account by account, while documents change, come to what telling all at the end comes to', () => {
    const accounts = ['a', 'b', 'c', 'd'] as const
    const step = fc.oneof(
      fc.record({ account: fc.constantFrom(...accounts), values: documents }),
      fc.record({ counts: fc.constantFrom('choice', 'flag') }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const held = new Map<string, Answers>()
        // Both have just been changed: nothing is counted yet.
        let conversions = CONVERSIONS.map((one): Conversion => ({ ...one, countedTo: '' }))
        const told: StockDelta[] = []
        const countNext = (fieldId: string): void => {
          const conversion = conversions.find((one) => one.fieldId === fieldId)
          const accountId = accounts.find((id) => id > (conversion?.countedTo ?? 'z'))
          if (!conversion || accountId === undefined) return
          const values = held.get(accountId)
          const documents = values ? [{ ...COUNTED_AT_T, values }] : []
          const before = conversions.filter((one) => one !== conversion)
          told.push(...countedBefore(conversion, { before, documents, definitionOf }, () => ['t']).stocks)
          conversions = conversions.map((one) =>
            one === conversion ? { ...one, countedTo: accountId === 'd' ? null : accountId } : one,
          )
        }
        for (const one of steps) {
          if ('counts' in one) countNext(one.counts)
          else {
            const { account, values } = one
            const from = held.get(account)
            const counting = { definitionOf, conversions, place: account }
            const facts = stockFactsOfChange(from ? stateOf(from) : null, stateOf(values), counting)
            told.push(...foldFacts(facts, () => ['t']).stocks)
            held.set(account, values)
          }
        }
        for (const id of ['choice', 'flag']) for (const _ of accounts) countNext(id)
        const all = { definitionOf, conversions: CONVERSIONS }
        const once = foldFacts(
          [...held.values()].flatMap((values) => stockFactsOfChange(null, stateOf(values), all)),
          () => ['t'],
        ).stocks
        expect(summed(told)).toEqual(summed(once))
      }),
      { numRuns: 300 },
    )
  })

  it('go on with their question when that is promoted, a document that answers both once', () => {
    fc.assert(
      fc.property(fc.array(documents, { maxLength: 6 }), (docs) => {
        const counting = { definitionOf, conversions: CONVERSIONS }
        const { stocks } = foldFacts(
          docs.flatMap((values) => stockFactsOfChange(null, stateOf(values), counting)),
          () => ['t'],
        )
        const series = seriesOf('whole', stocks)
        const answered = docs.filter((values) => {
          const read = readConverted(CONVERSIONS, 'contact', values, NO_PHONE)
          return read.flag !== undefined || values.whole !== undefined
        })
        expect(series._answered ?? 0).toBe(answered.length)
      }),
    )
  })

  it('count a report that was asked the old question as asked the new one, and both as once', () => {
    const asked = { ...CONVERSIONS[0], entity: 'report' } as Conversion
    const report = (form: string[], values: Answers = {}): ReportState => ({
      thenAt: 't',
      todayAt: 't',
      day: '2026-11-20',
      kind: 'visit',
      outcome: 'order',
      member: 'm',
      status: 'accepted',
      form: form.map((id) => [id, 1] as const),
      values,
    })
    const counting = {
      definitionOf: (id: string) => ({ ...definitionOf(id), entity: 'report' as const }),
      conversions: [asked],
    }
    const facts = [
      report(['text'], { text: { v: 1, x: 'wheat' } }),
      report(['text'], { text: { v: 1, x: 'maïs' } }),
      report(['choice'], { choice: { v: 1, x: 'rye' } }),
      report(['text'], { text: { v: 1, x: 'wheat' }, choice: { v: 1, x: 'spelt' } }),
    ].flatMap((one) => factsOfChange(null, one, counting))
    const cells = foldFacts(facts, () => ['t'])
      .cells.filter(({ basis }) => basis === 'today')
      .map(({ fieldId, bucket, n }) => ({ fieldId, bucket, n, won: n }))
    const series = (live: boolean) =>
      Object.fromEntries(
        mergeCells({ id: 'choice', merges: { live, links: LINKS.choice ?? [] } }, cells).map(
          ({ bucket, n }) => [bucket, n],
        ),
      )
    expect(series(true)).toEqual({ _asked: 4, _answered: 3, wheat: 1, rye: 1, spelt: 1 })
    // Taken back, only its own answers are left, with nothing to count again.
    expect(series(false)).toEqual({ _asked: 2, _answered: 2, rye: 1, spelt: 1 })
  })
})
