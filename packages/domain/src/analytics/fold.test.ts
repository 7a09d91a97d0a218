import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerValue } from '../field/answer.ts'
import { definitionsAt } from '../field/definition-at.ts'
import type { FieldDefinition, FieldSpec } from '../field/field-spec.ts'
import { OUTCOMES, REPORT_KINDS } from '../report/report.ts'
import { bucketsOf } from './bucket.ts'
import { KIND, type RollupFact } from './fact.ts'
import { cellRows, cellsOf, foldFacts, type RollupDeltas } from './fold.ts'
import { ledgerFacts } from './ledger-fact.ts'
import { factsOfChange, type ReportState, reportFact } from './report-fact.ts'
import { type StockState, stockFactsOfChange } from './stock-fact.ts'

const UP: Readonly<Record<string, readonly string[]>> = {
  fr: ['fr'],
  na: ['na', 'fr'],
  d64: ['d64', 'na', 'fr'],
  pb: ['pb', 'd64', 'na', 'fr'],
  d40: ['d40', 'na', 'fr'],
}
const ancestorsOf = (id: string): readonly string[] => UP[id] ?? []

const definition = (
  id: string,
  entity: FieldDefinition['entity'],
  spec: Partial<FieldSpec>,
): FieldDefinition => ({
  id,
  territoryId: 'fr',
  entity,
  key: id,
  version: 1,
  retired: false,
  slot: null,
  spec: {
    label: { fr: id },
    why: { fr: id },
    type: 'yes_no',
    options: [],
    required: false,
    reportable: true,
    position: 0,
    shared: false,
    givebacks: [],
    ...spec,
  },
})
const options = ['a', 'b', 'c'].map((id) => ({ id, label: { fr: id } }))
const DEFINITIONS = [
  definition('rival', 'report', { type: 'single_choice', options }),
  definition('seen', 'report', { type: 'multiple_choice', options }),
  definition('age', 'report', { type: 'decimal', min: 0, max: 30 }),
  definition('note', 'report', { type: 'yes_no', reportable: false }),
  definition('basque', 'contact', {}),
  definition('area', 'contact', { type: 'decimal' }),
]
const definitionOf = definitionsAt(DEFINITIONS)
const counting = { definitionOf, conversions: [] }

const quarter = fc.integer({ min: 0, max: 120 }).map((n) => n / 4)
const values = fc
  .record(
    {
      rival: fc.constantFrom<AnswerValue>('a', 'b', null, ''),
      seen: fc.constantFrom<AnswerValue>([], ['a'], ['a', 'c'], null),
      age: fc.oneof(quarter, fc.constant(null)),
      note: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map((given) =>
    Object.fromEntries(Object.entries(given).map(([id, x]) => [id, { v: 1, x: x as AnswerValue }])),
  )
const stockValues = fc
  .record({ basque: fc.constantFrom<AnswerValue>(true, false, null), area: quarter }, { requiredKeys: [] })
  .map((given) => Object.fromEntries(Object.entries(given).map(([id, x]) => [id, { v: 1, x }])))
const territory = fc.constantFrom('fr', 'na', 'd64', 'pb', 'd40')
const report: fc.Arbitrary<ReportState> = fc.record({
  thenAt: territory,
  todayAt: territory,
  day: fc.constantFrom('2026-01-31', '2026-02-01', '2026-02-14'),
  kind: fc.constantFrom(...REPORT_KINDS),
  outcome: fc.constantFrom(...OUTCOMES),
  member: fc.constantFrom('maialen', 'bixente'),
  status: fc.constantFrom('accepted' as const, 'to_complete' as const),
  form: fc
    .subarray(['rival', 'seen', 'age', 'note', 'basque'])
    .map((ids) => ids.map((id) => [id, 1] as const)),
  values,
})
const stock: fc.Arbitrary<StockState> = fc.record({
  entity: fc.constant('contact' as const),
  territory,
  values: stockValues,
})

/** A step on one of five reports and five contacts. */
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), at: fc.nat(4), report }),
  fc.record({
    do: fc.constant('amend' as const),
    at: fc.nat(4),
    values,
    outcome: fc.constantFrom(...OUTCOMES),
  }),
  fc.record({ do: fc.constant('withdraw' as const), at: fc.nat(4) }),
  fc.record({ do: fc.constant('move' as const), at: fc.nat(4), to: territory }),
  fc.record({ do: fc.constant('erase' as const), at: fc.nat(4) }),
  fc.record({ do: fc.constant('stock' as const), at: fc.nat(4), stock: fc.option(stock) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

type Truth = { reports: (ReportState | null)[]; stocks: (StockState | null)[] }

function change(before: ReportState | null, step: Step): ReportState | null {
  if (step.do === 'write') return step.report
  if (step.do === 'erase' || before === null) return null
  if (step.do === 'amend')
    return { ...before, outcome: step.outcome, values: { ...before.values, ...step.values } }
  if (step.do === 'withdraw') return { ...before, status: 'withdrawn' }
  return step.do === 'move' ? { ...before, todayAt: step.to } : before
}

function play(steps: readonly Step[]): { truth: Truth; facts: RollupFact[] } {
  const truth: Truth = { reports: Array(5).fill(null), stocks: Array(5).fill(null) }
  const facts = steps.flatMap((step): RollupFact[] => {
    if (step.do === 'stock') {
      const before = truth.stocks[step.at] ?? null
      truth.stocks[step.at] = step.stock
      return stockFactsOfChange(before, step.stock, counting)
    }
    const before = truth.reports[step.at] ?? null
    const after = change(before, step)
    truth.reports[step.at] = after
    return factsOfChange(before, after, counting)
  })
  return { truth, facts }
}

type Cells = Record<string, { n: number; sum: number }>
const put = (cells: Cells, parts: readonly string[], sum = 0): void => {
  const key = parts.join('|')
  const cell = cells[key] ?? { n: 0, sum: 0 }
  cells[key] = { n: cell.n + 1, sum: cell.sum + sum }
}

/** Group-by over what is true at the end, written without any of the folding code. */
function groupBy(truth: Truth): Cells {
  const cells: Cells = {}
  for (const report of truth.reports) {
    if (!report || report.status === 'withdrawn') continue
    for (const basis of ['then', 'today'] as const) {
      for (const place of ancestorsOf(basis === 'then' ? report.thenAt : report.todayAt))
        groupReport(cells, report, [basis, place])
    }
  }
  for (const held of truth.stocks) {
    for (const place of held ? ancestorsOf(held.territory) : []) {
      for (const [id, answer] of Object.entries(held?.values ?? {})) {
        put(cells, ['stock', id, place, '_answered'])
        const spec = definitionOf(id, 1)?.spec
        for (const { bucket, value } of spec ? bucketsOf(spec, answer.x) : []) {
          put(cells, ['stock', id, place, bucket], value ?? 0)
        }
      }
    }
  }
  return cells
}

function groupReport(cells: Cells, report: ReportState, [basis, place]: readonly [string, string]): void {
  const month = report.day.replace(/\d\d$/, '01')
  put(cells, ['day', basis, place, report.day, report.kind, report.outcome])
  put(cells, ['person', basis, place, month, report.member])
  put(cells, ['cell', KIND, basis, place, month, report.kind, report.outcome])
  for (const id of ['rival', 'seen', 'age']) {
    const x = report.values[id]?.x
    const said = !(x === undefined || x === '' || (Array.isArray(x) && x.length === 0))
    const at = (bucket: string) => ['cell', id, basis, place, month, bucket, report.outcome]
    if (said || report.form.some(([asked]) => asked === id)) put(cells, at('_asked'))
    if (said) put(cells, at('_answered'))
    const spec = definitionOf(id, 1)?.spec
    for (const { bucket, value } of said && spec ? bucketsOf(spec, x) : []) put(cells, at(bucket), value ?? 0)
  }
}

function addUp(folds: readonly RollupDeltas[]): Cells {
  const cells: Cells = {}
  const add = (parts: readonly string[], n: number, sum = 0): void => {
    const key = parts.join('|')
    const cell = cells[key] ?? { n: 0, sum: 0 }
    cells[key] = { n: cell.n + n, sum: cell.sum + sum }
    if (cells[key].n === 0 && cells[key].sum === 0) delete cells[key]
  }
  for (const fold of folds) {
    for (const c of fold.cells) {
      for (const basis of ['then', 'today'] as const) {
        if (cellsOf(basis).includes(c.basis))
          add(['cell', c.fieldId, basis, c.territoryId, c.month, c.bucket, c.outcome], c.n, c.sum)
      }
    }
    for (const d of fold.days) add(['day', d.basis, d.territoryId, d.day, d.kind, d.outcome], d.n)
    for (const p of fold.people) add(['person', p.basis, p.territoryId, p.month, p.membershipId], p.n)
    for (const s of fold.stocks) add(['stock', s.fieldId, s.territoryId, s.bucket], s.n, s.sum)
  }
  return cells
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

describe('folding', () => {
  it('after any creations, amendments, withdrawals, moves and erasures, the sum of all folds is a group-by over the truth', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 12 }), (steps, size) => {
        const { truth, facts } = play(steps)
        expect(addUp(chunks(facts, size).map((chunk) => foldFacts(chunk, ancestorsOf)))).toEqual(
          groupBy(truth),
        )
      }),
      { numRuns: 300 },
    )
  })
  it('the order of facts does not count', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { facts } = play(steps)
        expect(foldFacts([...facts].reverse(), ancestorsOf)).toEqual(foldFacts(facts, ancestorsOf))
      }),
    )
  })
  it('cells are rows with their outcomes side by side, one for each key', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { cells } = foldFacts(play(steps).facts, ancestorsOf)
        const rows = cellRows(cells)
        const keys = rows.map(({ n, sum, ...key }) => Object.values(key).join(' '))
        expect(new Set(keys).size).toBe(rows.length)
        const apart = rows.flatMap(({ n, sum, ...key }) =>
          OUTCOMES.map((outcome) => ({ ...key, outcome, n: n[outcome], sum: sum[outcome] })),
        )
        const said = apart.filter(({ n, sum }) => n !== 0 || sum !== 0)
        expect(said).toHaveLength(cells.length)
        // Less of nothing is -0 in a cell.
        expect(said).toEqual(expect.arrayContaining(cells.map((cell) => ({ ...cell, sum: cell.sum + 0 }))))
      }),
    )
  })

  it('what people gave is added up by person, question and month, in whichever order it comes', () => {
    const given = fc.record({
      fieldId: fc.constantFrom('rival', 'seen'),
      month: fc.constantFrom('2026-01', '2026-02'),
      answers: fc.nat(3),
      seconds: fc.nat(60),
      received: fc.nat(2),
      used: fc.nat(1),
    })
    const batch = fc.record({ member: fc.constantFrom('maialen', 'bixente'), rows: fc.array(given) })
    fc.assert(
      fc.property(fc.array(batch), (batches) => {
        const facts = batches.flatMap(({ member, rows }) => ledgerFacts(member, rows))
        const { ledger } = foldFacts(facts, ancestorsOf)
        expect(foldFacts([...facts].reverse(), ancestorsOf).ledger).toEqual(ledger)
        const keys = ledger.map(({ membershipId, fieldId, month }) => `${membershipId} ${fieldId} ${month}`)
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys).toEqual([...keys].sort())
        for (const sum of ['answers', 'seconds', 'received', 'used'] as const) {
          for (const { membershipId, fieldId, month, ...row } of ledger) {
            const own = batches
              .filter(({ member }) => member === membershipId)
              .flatMap(({ rows }) => rows.filter((one) => one.fieldId === fieldId && one.month === month))
            expect(row[sum]).toBe(own.reduce((total, one) => total + one[sum], 0))
          }
        }
      }),
    )
  })
  it('each answer stands in one bin of seconds, without who gave it', () => {
    const rows = [4, 4, 700, 0].map((seconds) => ({
      fieldId: 'rival',
      month: '2026-01',
      answers: 1,
      seconds,
      received: 0,
      used: 0,
    }))
    const unanswered = { ...rows[0], answers: 0 } as (typeof rows)[number]
    const facts = ['maialen', 'bixente'].flatMap((member) => ledgerFacts(member, [...rows, unanswered]))
    const at = { fieldId: 'rival', month: '2026-01' }
    expect(foldFacts(facts, ancestorsOf).took).toEqual([
      { ...at, from: 0, n: 2 },
      { ...at, from: 4, n: 4 },
      { ...at, from: 631, n: 2 },
    ])
  })
  it('one row per key, none that adds nothing, always in the same order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const { cells } = foldFacts(play(steps).facts, ancestorsOf)
        const keys = cells.map((c) =>
          [c.fieldId, c.basis, c.territoryId, c.month, c.bucket, c.outcome].join('\u0000'),
        )
        expect(new Set(keys).size).toBe(keys.length)
        expect(keys).toEqual([...keys].sort())
        expect(cells.filter(({ n, sum }) => n === 0 && sum === 0)).toEqual([])
      }),
    )
  })
  it('a number corrected inside its bin changes the sum and not the count', () => {
    const before: ReportState = { ...base, values: { age: { v: 1, x: 12 } } }
    const after: ReportState = { ...base, values: { age: { v: 1, x: 13 } } }
    const { cells } = foldFacts(factsOfChange(before, after, counting), (id) => [id])
    expect(cells.map(({ basis, bucket, n, sum }) => ({ basis, bucket, n, sum }))).toEqual([
      { basis: 'today', bucket: '10', n: 0, sum: 1 },
    ])
  })
  it('what stands where it was filed is kept once, and what has moved by how it differs', () => {
    const fact = reportFact(1, { ...base, todayAt: 'd40' }, counting)
    const bases = (facts: readonly (RollupFact | null)[]) =>
      foldFacts(
        facts.filter((one) => one !== null),
        ancestorsOf,
      )
        .cells.filter(({ bucket }) => bucket === 'a')
        .map(({ basis, territoryId, n }) => `${basis} ${territoryId} ${n}`)
        .sort()
    expect(bases([reportFact(1, base, counting)])).toEqual([
      'today d64 1',
      'today fr 1',
      'today na 1',
      'today pb 1',
    ])
    expect(bases([fact])).toEqual([
      'moved d40 -1',
      'moved d64 1',
      'moved pb 1',
      'today d40 1',
      'today fr 1',
      'today na 1',
    ])
  })
})

const base: ReportState = {
  thenAt: 'pb',
  todayAt: 'pb',
  day: '2026-02-14',
  kind: 'visit',
  outcome: 'order',
  member: 'maialen',
  status: 'accepted',
  form: [['rival', 1]],
  values: { rival: { v: 1, x: 'a' } },
}

describe('facts of a report', () => {
  it('nothing changed, nothing is told', () => {
    expect(factsOfChange(base, { ...base, status: 'to_complete' }, counting)).toEqual([])
  })
  it('a withdrawn report counts nowhere: withdrawing is a minus alone, standing again a plus alone', () => {
    const withdrawn: ReportState = { ...base, status: 'withdrawn' }
    expect(reportFact(1, withdrawn, counting)).toBeNull()
    expect(factsOfChange(base, withdrawn, counting).map(({ sign }) => sign)).toEqual([-1])
    expect(factsOfChange(withdrawn, base, counting).map(({ sign }) => sign)).toEqual([1])
    expect(factsOfChange(withdrawn, null, counting)).toEqual([])
  })
  it('moving the account leaves "as organised then" untouched', () => {
    expect(
      factsOfChange(base, { ...base, todayAt: 'd40' }, counting).map(({ thenAt, todayAt }) => [
        thenAt,
        todayAt,
      ]),
    ).toEqual([
      [null, 'pb'],
      [null, 'd40'],
    ])
  })
  it('a question answered without being on the form was asked all the same', () => {
    const fact = reportFact(1, { ...base, form: [], values: { age: { v: 1, x: 3 } } }, counting)
    expect(fact?.asked).toEqual(['age'])
  })
  it('an answer under a version nobody knows, or that is not reportable, is not counted', () => {
    const fact = reportFact(
      1,
      { ...base, form: [], values: { rival: { v: 9, x: 'a' }, note: { v: 1, x: true } } },
      counting,
    )
    expect(fact).toMatchObject({ asked: [], answers: [] })
  })
})
