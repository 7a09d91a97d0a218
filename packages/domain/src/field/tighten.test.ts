import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import { field, PATH, TERRITORIES } from '../giveback/fixture.ts'
import { answerFault } from './answer-fault.ts'
import { areCrossed } from './bounds.ts'
import type { FieldDefinition, FieldSpec, Tightening, TighteningSpec } from './field-spec.ts'
import { LOCKABLE } from './lockable.ts'
import { type EffectiveField, resolveFields } from './resolve.ts'

const tightening = (territoryId: string, spec: Partial<TighteningSpec> = {}, version = 1): Tightening => ({
  id: `t-${territoryId}`,
  territoryId,
  version,
  spec: { without: [], options: [], locks: [], ...spec },
})
const asks = (spec: Partial<FieldSpec>, ...tightenings: Tightening[]): FieldDefinition => {
  const {
    owner: _,
    locked: __,
    touched: ___,
    ...definition
  } = field('q', { entity: 'report', owner: 'fr', spec })
  return { ...definition, tightenings }
}
const at = (depth: number, ...definitions: FieldDefinition[]): EffectiveField[] =>
  resolveFields(PATH.slice(0, depth), definitions, 'report')
const only = (depth: number, definition: FieldDefinition): EffectiveField => {
  const [found] = at(depth, definition)
  if (!found) throw new Error('nothing is asked')
  return found
}
const option = (id: string) => ({ id, label: { fr: id } })
const offered = (asked: EffectiveField) => asked.spec.options.filter((o) => !o.retired).map((o) => o.id)
const choice = { type: 'single_choice', options: ['a', 'b', 'c'].map(option) } as const

describe('a level below', () => {
  it('makes a question required, in its branch alone', () => {
    const definition = asks({}, tightening('na', { required: true }))
    expect(only(1, definition).spec.required).toBe(false)
    expect(only(2, definition).spec.required).toBe(true)
    expect(only(4, definition).spec.required).toBe(true)
  })
  it('narrows bounds and never widens them', () => {
    const bounds = { type: 'integer', min: 0, max: 100 } as const
    const narrowed = only(
      3,
      asks(bounds, tightening('na', { min: 10 }), tightening('d64', { min: 5, max: 50 })),
    )
    expect(narrowed.spec).toMatchObject({ min: 10, max: 50 })
  })
  it('narrows the days that may be answered, fixed or as far from the visit, and both hold', () => {
    const narrowed = only(
      3,
      asks(
        { type: 'date', latest: { days: 0 } },
        tightening('na', { earliest: { days: -365 }, latest: { days: 30 } }),
        tightening('d64', { earliest: { days: -30 }, latest: { day: '2026-06-30' } }),
      ),
    )
    expect(narrowed.spec).toMatchObject({
      earliest: { days: -30 },
      latest: { day: '2026-06-30', days: 0 },
    })
    const fault = (value: string, visit: string) => answerFault(narrowed.spec, value, visit)
    expect(fault('2026-06-12', '2026-06-12')).toBeNull()
    expect(fault('2026-06-13', '2026-06-12')).toBe('ANSWER_RANGE')
    expect(fault('2026-07-01', '2026-07-05')).toBe('ANSWER_RANGE')
    expect(fault('2026-06-01', '2026-07-05')).toBe('ANSWER_RANGE')
  })
  it('offers fewer answers; those left out stay readable', () => {
    const asked = only(2, asks(choice, tightening('na', { without: ['b'] })))
    expect(offered(asked)).toEqual(['a', 'c'])
    expect(answerFault(asked.spec, 'b')).toBeNull()
  })
  it('adds answers of its own behind the one they count as, and a level below it may refine them', () => {
    const own = { ...option('a1'), countsAs: 'a' }
    const finer = { ...option('a11'), countsAs: 'a1' }
    const definition = asks(
      choice,
      tightening('na', { options: [own] }),
      tightening('pb', { options: [finer] }),
    )
    expect(offered(only(2, definition))).toEqual(['a', 'a1', 'b', 'c'])
    expect(offered(only(4, definition))).toEqual(['a', 'a1', 'a11', 'b', 'c'])
  })
  it('no longer offers an answer of its own when the one it counts as is left out above', () => {
    const own = { ...option('a1'), countsAs: 'a' }
    const definition = asks(
      choice,
      tightening('na', { without: ['a'] }),
      tightening('pb', { options: [own] }),
    )
    expect(offered(only(4, definition))).toEqual(['b', 'c'])
  })
  it('gives help of its own, and another order among the questions of the same owner', () => {
    const help = { fr: 'Regardez sur la porte' }
    const second = { ...asks({ position: 1 }, tightening('na', { position: 0, help })), id: 'r' }
    const first = asks({ position: 0 }, tightening('na', { position: 5 }))
    expect(at(1, first, second).map(({ id }) => id)).toEqual(['q', 'r'])
    expect(at(2, first, second).map(({ id }) => id)).toEqual(['r', 'q'])
    expect(at(2, second)[0]?.spec.help).toEqual(help)
  })
  it('is held by the locks above it, its own not among them', () => {
    const definition = asks(
      { type: 'integer', locks: ['bounds'] },
      tightening('na', { required: true, min: 3, locks: ['required'] }),
      tightening('pb', { required: true, position: 2 }),
    )
    const asked = only(4, definition)
    expect(asked.spec).toMatchObject({ required: true, position: 2 })
    expect(asked.spec.min).toBeUndefined()
    expect(asked.locked.map(({ aspect, by }) => [aspect, by.id])).toEqual([
      ['bounds', 'fr'],
      ['required', 'na'],
    ])
    expect(asked.touched.map(({ node, setAside }) => [node.id, setAside])).toEqual([
      ['na', ['bounds']],
      ['pb', ['required']],
    ])
  })
  it('is set aside where the level above left nothing to answer with', () => {
    const crossed = only(
      3,
      asks({ type: 'integer' }, tightening('na', { min: 50 }), tightening('d64', { max: 10 })),
    )
    expect(crossed.spec).toMatchObject({ min: 50 })
    expect(crossed.spec.max).toBeUndefined()
    expect(crossed.touched[1]?.setAside).toEqual(['bounds'])
    const emptied = only(
      3,
      asks(choice, tightening('na', { without: ['a', 'b'] }), tightening('d64', { without: ['c'] })),
    )
    expect(offered(emptied)).toEqual(['c'])
    expect(emptied.touched[1]?.setAside).toEqual(['options'])
  })
})

const ORIGIN = '2026-06-12'
const anyBound = fc.option(
  fc.oneof(
    fc.integer({ min: -4, max: 4 }).map((days) => ({ days })),
    fc.integer({ min: -4, max: 4 }).map((days) => ({ day: addDays(ORIGIN, days) })),
  ),
  { nil: undefined },
)

const BELOW = TERRITORIES.map(({ id }) => id).filter((id) => id !== 'fr')
const anyTightening = fc
  .record({
    territoryId: fc.constantFrom(...BELOW),
    required: fc.option(fc.constant(true as const), { nil: undefined }),
    min: fc.option(fc.integer({ min: -5, max: 15 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: -5, max: 15 }), { nil: undefined }),
    earliest: anyBound,
    latest: anyBound,
    without: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    own: fc.uniqueArray(fc.constantFrom('a', 'b', 'c')),
    position: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    locks: fc.uniqueArray(fc.constantFrom(...LOCKABLE)),
  })
  .map(({ territoryId, own, ...spec }) => {
    const said = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined))
    const options = own.map((id) => ({ ...option(`${id}-${territoryId}`), countsAs: id }))
    return tightening(territoryId, { ...said, options })
  })
const tightenings = fc.uniqueArray(anyTightening, { selector: ({ territoryId }) => territoryId })
const question = fc
  .tuple(
    fc.constantFrom('integer' as const, 'single_choice' as const, 'date' as const),
    tightenings,
    fc.uniqueArray(fc.constantFrom(...LOCKABLE)),
  )
  .map(([type, list, locks]) =>
    asks(
      {
        type,
        locks,
        ...(type === 'integer' ? { min: 0, max: 10 } : {}),
        ...(type === 'single_choice' ? { options: ['a', 'b', 'c'].map(option) } : {}),
      },
      ...list,
    ),
  )

describe('whatever levels make of a question', () => {
  it('a lower level never loosens: what it takes, the level above takes as well', () => {
    fc.assert(
      fc.property(
        question,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: -10, max: 20 }),
        (definition, depth, n) => {
          const [above, below] = [only(depth, definition), only(depth + 1, definition)]
          expect(below.spec.required || !above.spec.required).toBe(true)
          if (definition.spec.type === 'integer') {
            if (answerFault(below.spec, n) === null) expect(answerFault(above.spec, n)).toBeNull()
          } else if (definition.spec.type === 'date') {
            const [said, visit] = [addDays(ORIGIN, n), addDays(ORIGIN, depth)]
            for (const day of [visit, null])
              if (answerFault(below.spec, said, day) === null)
                expect(answerFault(above.spec, said, day)).toBeNull()
          } else {
            const counted = (id: string) => below.spec.options.find((o) => o.id === id)?.countsAs ?? id
            for (const id of offered(below))
              expect([id, counted(id)].some((o) => offered(above).includes(o))).toBe(true)
          }
        },
      ),
    )
  })
  it('something can always be answered', () => {
    fc.assert(
      fc.property(question, (definition) => {
        const { spec } = only(4, definition)
        if (spec.type === 'integer') expect(spec.min ?? 0).toBeLessThanOrEqual(spec.max ?? 0)
        else if (spec.type === 'date') expect(areCrossed(spec)).toBe(false)
        else expect(spec.options.some(({ retired }) => !retired)).toBe(true)
      }),
    )
  })
  it("a sibling's tightening changes nothing here, in whatever order they come", () => {
    fc.assert(
      fc.property(question, (definition) => {
        const { tightenings: list = [] } = definition
        const ours = list.filter(({ territoryId }) => territoryId !== 'd40')
        const strip = ({ tightenings: _, ...asked }: EffectiveField) => asked
        const here = strip(only(4, definition))
        expect(strip(only(4, { ...definition, tightenings: ours }))).toEqual(here)
        expect(strip(only(4, { ...definition, tightenings: [...list].reverse() }))).toEqual(here)
      }),
    )
  })
  it('the resolution of a path is that of the path above, tightened once more', () => {
    fc.assert(
      fc.property(question, fc.integer({ min: 1, max: 3 }), (definition, depth) => {
        const node = PATH[depth]
        const last = definition.tightenings?.filter(({ territoryId }) => territoryId === node?.id) ?? []
        const above = only(depth, definition)
        // The level above as the owner, with the one tightening that is left.
        const again = resolveFields(
          PATH.slice(0, depth + 1),
          [
            {
              ...above,
              spec: { ...above.spec, locks: above.locked.map(({ aspect }) => aspect) },
              tightenings: last,
            },
          ],
          'report',
        )[0]
        const below = only(depth + 1, definition)
        expect({ ...again?.spec, locks: null }).toEqual({ ...below.spec, locks: null })
        expect([...above.touched, ...(again?.touched ?? [])]).toEqual(below.touched)
      }),
    )
  })
  it('every level that touched it is named, and its owner', () => {
    fc.assert(
      fc.property(question, (definition) => {
        const asked = only(4, definition)
        const onPath = PATH.slice(1).filter(({ id }) =>
          definition.tightenings?.some((t) => t.territoryId === id),
        )
        expect(asked.touched.map(({ node }) => node)).toEqual(onPath)
        expect(asked.owner.id).toBe('fr')
      }),
    )
  })
})
