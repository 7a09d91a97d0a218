import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answers } from '../field/answer.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { FieldSpec } from '../field/field-spec.ts'
import type { AnswerMap, FieldLink } from '../field/merges.ts'
import { readAs } from '../field/read-as.ts'
import { foldFacts } from './fold.ts'
import { factsOfChange, type ReportState } from './report-fact.ts'
import { additionsOf, bucketsBehind, type Cell, mergeCells } from './series.ts'
import { type StockState, stockFactsOfChange } from './stock-fact.ts'

const spec = (type: FieldSpec['type'], ...ids: string[]): FieldSpec => ({
  label: { fr: 'Question' },
  why: { fr: '…' },
  type,
  options: ids.map((id) => ({ id, label: { fr: id } })),
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [],
})

/** Three local questions; two are made into `region`, which is made into `nation` with the third. */
const SPECS: Readonly<Record<string, FieldSpec>> = {
  local1: spec('yes_no'),
  local2: spec('single_choice', 'a', 'b', 'c'),
  local3: spec('single_choice', 'm', 'n'),
  region: spec('yes_no'),
  nation: spec('single_choice', 'x', 'y', 'z'),
}
const REGION: FieldLink[] = [
  { from: 'local1', map: { true: 'true', false: 'false' }, links: [] },
  { from: 'local2', map: { a: 'true', b: 'false', c: null }, links: [] },
]
const NATION: FieldLink[] = [
  { from: 'region', map: { true: 'x', false: 'y' }, links: REGION },
  { from: 'local3', map: { m: 'x', n: 'z' }, links: [] },
]
const LINKS: Readonly<Record<string, FieldLink[]>> = { region: REGION, nation: NATION }

type Live = Readonly<Record<'region' | 'nation', boolean>>
const fieldOf = (id: string, live: Live) => {
  const links = LINKS[id]
  return {
    id,
    entity: 'contact' as const,
    version: 1,
    spec: SPECS[id] ?? spec('yes_no'),
    ...(links ? { merges: { live: live[id as keyof Live], links } } : {}),
  }
}
const definitionsOf =
  (entity: 'contact' | 'report', live: Live): DefinitionOf =>
  (id) => ({ ...fieldOf(id, live), entity })

/** What a document counts for in a question, told once more and otherwise: a token a time it is counted. */
function truth(id: string, links: readonly FieldLink[], values: Answers): { token: string; d: string }[] {
  const own = values[id]
  const others = links.flatMap(({ from, map, links: below }) =>
    truth(from, below, values).flatMap(({ token, d }) => {
      const read = token === 'unknown' ? token : (map as AnswerMap)[token]
      return read ? [{ token: read, d }] : []
    }),
  )
  if (!own) return others
  const mine = { token: own.x === null ? 'unknown' : String(own.x), d: own.d ?? '' }
  return [others.reduce((last, one) => (one.d > last.d ? one : last), mine)]
}

const ids = Object.keys(SPECS)
const answer = (id: string): fc.Arbitrary<Answers[string]> => {
  const type = SPECS[id]?.type
  const x =
    type === 'yes_no'
      ? fc.constantFrom(true, false, null)
      : fc.constantFrom(...(SPECS[id]?.options.map((option) => option.id) ?? []), null)
  return fc.record({ v: fc.constant(1), x, d: fc.constantFrom('2026-01-01', '2026-02-01', '2026-03-01') })
}

type Step =
  | { readonly do: 'promote' | 'undo'; readonly id: 'region' | 'nation' }
  | { readonly do: 'say'; readonly doc: number; readonly id: string; readonly answer: Answers[string] | null }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('promote' as const, 'undo' as const),
    id: fc.constantFrom('region' as const, 'nation' as const),
  }),
  fc.constantFrom(...ids).chain((id) =>
    fc.record({
      do: fc.constant('say' as const),
      doc: fc.integer({ min: 0, max: 3 }),
      id: fc.constant(id),
      answer: fc.option(answer(id), { nil: null }),
    }),
  ),
)

const said = (values: Answers, id: string, next: Answers[string] | null): Answers => {
  const { [id]: _, ...rest } = values
  return next ? { ...rest, [id]: next } : rest
}

const counted = (cells: ReturnType<typeof mergeCells>) =>
  Object.fromEntries(cells.filter(({ bucket }) => bucket !== '_asked').map(({ bucket, n }) => [bucket, n]))

function tallied(tokens: readonly string[], answered: number): Record<string, number> {
  const counts: Record<string, number> = answered > 0 ? { _answered: answered } : {}
  for (const token of tokens) counts[token] = (counts[token] ?? 0) + 1
  return counts
}

describe('the series of a question made of others', () => {
  it('is the group-by of what documents say, whatever was promoted, undone and answered, in any order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let live: Live = { region: false, nation: false }
        const made = new Set<string>(ids.filter((id) => id.startsWith('local')))
        const docs: Answers[] = [{}, {}, {}, {}]
        const cells = new Map<string, Cell>()
        for (const one of steps) {
          if (one.do !== 'say') {
            live = { ...live, [one.id]: one.do === 'promote' }
            made.add(one.id)
            continue
          }
          // A question that does not exist yet is not answered.
          if (!made.has(one.id)) continue
          const before = docs[one.doc] ?? {}
          const after = said(before, one.id, one.answer)
          docs[one.doc] = after
          const state = (values: Answers): StockState => ({ entity: 'contact', territory: 't', values })
          const facts = stockFactsOfChange(state(before), state(after), {
            definitionOf: definitionsOf('contact', live),
            conversions: [],
          })
          for (const { fieldId, bucket, n } of foldFacts(facts, () => ['t']).stocks) {
            const key = `${fieldId} ${bucket}`
            cells.set(key, { fieldId, bucket, won: 0, n: (cells.get(key)?.n ?? 0) + n })
          }
        }
        const rows = [...cells.values()].filter(({ n }) => n !== 0)
        for (const id of ids) {
          const links = LINKS[id] && live[id as keyof Live] ? LINKS[id] : []
          const tokens = docs.flatMap((values) => truth(id, links, values)).map(({ token }) => token)
          expect([id, counted(mergeCells(fieldOf(id, live), rows))]).toEqual([
            id,
            tallied(tokens, tokens.length),
          ])
          // Cell by cell it comes to the same.
          const adds = additionsOf(fieldOf(id, live))
          const added = new Map<string, number>()
          for (const { fieldId, bucket, n } of rows)
            for (const { bucket: to, times } of adds(fieldId, bucket))
              added.set(to, (added.get(to) ?? 0) + times * n)
          expect(Object.fromEntries([...added].filter(([to, n]) => to !== '_asked' && n !== 0))).toEqual(
            tallied(tokens, tokens.length),
          )
          // Fewer cells are enough for some of its buckets.
          const field = fieldOf(id, live)
          for (const wanted of [
            ['_answered', 'unknown', 'x'],
            ['true'],
            ['_asked', '_answered'],
            ['z', 'unknown'],
          ]) {
            const behind = bucketsBehind(field, wanted)
            const some = (cells: readonly Cell[]) =>
              mergeCells(field, cells).filter(({ bucket }) => wanted.includes(bucket))
            expect(new Set(some(rows.filter(({ bucket }) => behind.includes(bucket))))).toEqual(
              new Set(some(rows)),
            )
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  it('has nothing of its own beside where nobody is asked it itself', () => {
    const links = [{ from: 'there', map: { a: 'x', b: null }, links: [] }]
    const behind = (unasked: object) => bucketsBehind({ merges: { live: true, links, ...unasked } }, ['x'])
    expect(behind({ unasked: true })).toEqual(['a'])
    expect(behind({})).toEqual(['x', '_over:x', '_read:x', 'a'])
  })

  it('counts a report that was asked both as asked once', () => {
    const live = { region: true, nation: false }
    const report = (form: string[], values: Answers): ReportState => ({
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
    const facts = [
      report(['local1'], { local1: { v: 1, x: true } }),
      report(['region'], {}),
      // Filled on the old form, corrected on the new one.
      report(['local1'], { local1: { v: 1, x: true }, region: { v: 1, x: false } }),
    ].flatMap((one) =>
      factsOfChange(null, one, { definitionOf: definitionsOf('report', live), conversions: [] }),
    )
    const cells = foldFacts(facts, () => ['t'])
      .cells.filter(({ basis }) => basis === 'today')
      .map(({ fieldId, bucket, n }) => ({ fieldId, bucket, n, won: n }))
    const series = Object.fromEntries(
      mergeCells(fieldOf('region', live), cells).map(({ bucket, n }) => [bucket, n]),
    )
    expect(series).toEqual({ _asked: 3, _answered: 2, true: 1, false: 1 })
  })
})

describe('reading a document', () => {
  const live = { region: true, nation: true }
  it('takes what was said last, its own on the same day, and says whose it was', () => {
    const read = (values: Answers) => readAs(fieldOf('region', live), values)
    expect(read({})).toBeUndefined()
    expect(read({ local2: { v: 3, x: 'a', d: '2026-01-01' } })).toEqual({
      v: 1,
      x: true,
      d: '2026-01-01',
      of: 'local2',
    })
    const own = { v: 1, x: false, d: '2026-01-01' }
    expect(read({ local1: { v: 1, x: true, d: '2026-01-01' }, region: own })).toEqual(own)
    expect(read({ local1: { v: 1, x: true, d: '2026-01-02' }, region: own })?.x).toBe(true)
    expect(read({ local2: { v: 1, x: 'c', d: '2026-01-02' } })).toBeUndefined()
    expect(read({ local2: { v: 1, x: null } })?.x).toBeNull()
  })
  it('goes through every promotion on the way up', () => {
    expect(readAs(fieldOf('nation', live), { local1: { v: 1, x: true } })?.x).toBe('x')
    expect(readAs(fieldOf('nation', live), { local2: { v: 1, x: 'b' } })?.x).toBe('y')
  })
  it('reads nothing from elsewhere once a promotion was taken back', () => {
    const undone = fieldOf('region', { region: false, nation: false })
    expect(readAs(undone, { local1: { v: 1, x: true } })).toBeUndefined()
  })
})
