import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BranchFacts } from '../giveback/check-giveback.ts'
import type { FieldDefinition, FieldSpec, Tightening, TighteningSpec } from './field-spec.ts'
import { LOCKABLE } from './lockable.ts'
import { type PromotionInput, planPromotion } from './plan-promotion.ts'
import { resolveFields } from './resolve.ts'

const facts: BranchFacts = {
  reps: 6,
  repsBelow: 6,
  authorsLast60Days: 6,
  reportsLast60Days: 60,
  accountsMetLast60Days: 40,
  contactsMetLast60Days: 40,
  accountsSeenTwiceIn60Days: 12,
  accountsReachable: 30,
  contactsReachable: 30,
}
const option = (id: string) => ({ id, label: { fr: id } })
const spec = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Quelle farine' },
  why: { fr: '…' },
  type: 'single_choice',
  options: ['white', 'rye'].map(option),
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
  ...over,
})
const question = (id: string, territoryId: string, over: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id,
  territoryId,
  entity: 'account',
  key: id,
  version: 1,
  retired: false,
  slot: null,
  spec: spec({ label: { fr: id } }),
  ...over,
})
const SAME = { white: 'white', rye: 'rye' }
const source = (definition: FieldDefinition, more: Partial<PromotionInput['sources'][number]> = {}) => ({
  definition,
  owner: { id: definition.territoryId, name: definition.territoryId, path: `fr/${definition.territoryId}/` },
  map: SAME,
  facts,
  ...more,
})
const input = (over: Partial<PromotionInput> = {}): PromotionInput => ({
  territory: { id: 'fr', path: 'fr/' },
  entity: 'account',
  spec: spec(),
  sources: [source(question('a', 'north')), source(question('b', 'south'))],
  holders: [],
  slots: { anywhere: new Set(), overlapping: new Set() },
  facts,
  acceptLooser: false,
  ...over,
})
const code = (over: Partial<PromotionInput>) => {
  const verdict = planPromotion(input(over))
  return verdict.ok ? 'ok' : [verdict.code, verdict.params]
}

describe('a promotion', () => {
  it('takes the words of its own sources, which are asked no more', () => {
    const holder = {
      fieldId: 'a',
      key: 'quelle_farine',
      label: 'Quelle farine',
      retired: false,
      territoryId: 'north',
      territoryName: 'Nord',
    }
    expect(code({ holders: [holder] })).toBe('ok')
    expect(code({ holders: [{ ...holder, fieldId: 'z' }] })).toEqual([
      'FIELD_KEY_TAKEN',
      { key: 'quelle_farine', territory: 'Nord' },
    ])
  })
  it('is above all its sources, which no two ask of the same account', () => {
    const owner = { id: 'fr', name: 'France', path: 'fr/' }
    expect(code({ sources: [source(question('a', 'fr'), { owner })] })).toEqual([
      'PROMOTION_PLACE',
      { territory: 'France' },
    ])
    const below = { id: 'farm', name: 'Ferme', path: 'fr/north/farm/' }
    expect(
      code({ sources: [source(question('a', 'north')), source(question('b', 'farm'), { owner: below })] }),
    ).toEqual(['PROMOTION_MEET', { territory: 'Ferme' }])
    expect(code({ sources: [] })).toEqual(['INVALID_INPUT', { path: ['sources'] }])
  })
  it('reads no amount in another currency, and no mark of another scale', () => {
    const asked = (more: Partial<FieldSpec>) => {
      const local = spec({ options: [], label: { fr: 'a' }, ...more })
      return (to: Partial<FieldSpec>) =>
        code({
          spec: { ...local, label: { fr: 'b' }, ...to },
          sources: [source(question('a', 'north', { spec: local }), { map: null })],
        })
    }
    const euros = asked({ type: 'money', currency: 'EUR' })
    expect(euros({})).not.toEqual(['PROMOTION_TYPE', { question: 'a' }])
    expect(euros({ currency: 'USD' })).toEqual(['PROMOTION_TYPE', { question: 'a' }])
    const five = asked({ type: 'rating', min: 1, max: 5 })
    expect(five({})).not.toEqual(['PROMOTION_TYPE', { question: 'a' }])
    expect(five({ max: 10 })).toEqual(['PROMOTION_TYPE', { question: 'a' }])
  })
  it('reads only what can be read: the same thing, counted alike, each answer in its place', () => {
    const with_ = (over: Partial<FieldDefinition>, more = {}) =>
      code({ sources: [source(question('a', 'north', over), more)] })
    expect(with_({ entity: 'contact' })).toEqual(['PROMOTION_TYPE', { question: 'a' }])
    expect(with_({ spec: spec({ type: 'integer', options: [], label: { fr: 'a' } }) })).toEqual([
      'PROMOTION_TYPE',
      { question: 'a' },
    ])
    expect(with_({ spec: spec({ reportable: false, label: { fr: 'a' } }) })).toEqual([
      'PROMOTION_TYPE',
      { question: 'a' },
    ])
    expect(with_({ retired: true })).toEqual(['CONFLICT', { what: 'field' }])
    expect(with_({}, { map: { white: 'white' } })).toEqual([
      'PROMOTION_MAP',
      { question: 'a', option: 'rye' },
    ])
    expect(with_({}, { map: { white: 'white', rye: 'brown' } })).toEqual([
      'PROMOTION_MAP',
      { question: 'a', option: 'rye' },
    ])
    expect(with_({}, { map: { white: 'white', rye: null } })).toBe('ok')
    const yesNo = spec({ type: 'yes_no', options: [], label: { fr: 'a' } })
    expect(with_({ spec: yesNo }, { map: { true: 'white', false: 'rye' } })).toBe('ok')
  })
  it('counts several choices one by one, or a document would count twice', () => {
    const many = (map: Record<string, string | null>) =>
      code({
        spec: spec({ type: 'multiple_choice' }),
        sources: [
          source(question('a', 'north', { spec: spec({ type: 'multiple_choice', label: { fr: 'a' } }) }), {
            map,
          }),
        ],
      })
    expect(many(SAME)).toBe('ok')
    expect(many({ white: 'rye', rye: 'rye' })).toEqual(['PROMOTION_MAP', { question: 'a', option: 'rye' }])
    expect(many({ white: 'white', rye: null })).toEqual(['PROMOTION_MAP', { question: 'a', option: 'rye' }])
  })
  it('gives each owner a return that works in his branch, and says which', () => {
    const empty = { ...facts, reps: 0, reportsLast60Days: 0, accountsSeenTwiceIn60Days: 0 }
    const sources = [source(question('a', 'north')), source(question('b', 'south'), { facts: empty })]
    expect(code({ sources })).toEqual([
      'PROMOTION_GIVES_NOTHING',
      expect.objectContaining({ territory: 'south', kind: 'badge' }),
    ])
    const verdict = planPromotion(input())
    expect(verdict.ok && verdict.given).toEqual([
      { fieldId: 'a', kinds: ['badge'] },
      { fieldId: 'b', kinds: ['badge'] },
    ])
  })
  it('keeps the own answers of levels below, counted where their answer went', () => {
    const corn = { ...option('corn'), countsAs: 'rye' }
    const definition = question('a', 'north', {
      spec: spec({ label: { fr: 'a' }, options: [...spec().options, { ...corn, retired: true }] }),
      tightenings: [tightening('farm', { options: [corn] })],
    })
    const to = spec({ options: ['white', 'dark'].map(option) })
    const verdict = planPromotion(
      input({ spec: to, sources: [source(definition, { map: { white: 'white', rye: 'dark' } })] }),
    )
    expect(verdict.ok && verdict.carried).toEqual([
      { territoryId: 'farm', spec: expect.objectContaining({ options: [{ ...corn, countsAs: 'dark' }] }) },
    ])
    expect(verdict.ok && verdict.links[0]?.map).toEqual({ white: 'white', rye: 'dark', corn: 'corn' })
  })
})

function tightening(territoryId: string, said: Partial<TighteningSpec>): Tightening {
  return {
    id: `t-${territoryId}`,
    territoryId,
    version: 1,
    spec: { without: [], options: [], locks: [], ...said },
  }
}

const OPTIONS = ['o1', 'o2', 'o3']
const PLACES = ['p1', 'p2']
const bounds = fc.record(
  { min: fc.integer({ min: 0, max: 4 }), max: fc.integer({ min: 6, max: 10 }) },
  { requiredKeys: [] },
)
const said = fc
  .record({
    required: fc.option(fc.constant(true as const), { nil: undefined }),
    without: fc.subarray(OPTIONS, { maxLength: 2 }),
    bounds,
  })
  .map(({ required, without, bounds: b }) => ({ ...(required ? { required } : {}), without, ...b }))
const path = ['fr', 'north', 'farm'].map((id, rank) => ({ id, name: id, rank: rank as 0 | 1 | 2 }))

describe('what branches had made stricter', () => {
  it('stays at least as strict under the new question, unless the promotion says what it gives up', () => {
    fc.assert(
      fc.property(
        fc.record({
          number: fc.boolean(),
          required: fc.boolean(),
          own: bounds,
          below: fc.record({ north: fc.option(said), farm: fc.option(said) }),
          locks: fc.subarray([...LOCKABLE]),
          toBounds: bounds,
          toRequired: fc.boolean(),
          map: fc.tuple(...OPTIONS.map(() => fc.constantFrom(...PLACES, null))),
        }),
        ({ number, required, own, below, locks, toBounds, toRequired, map: places }) => {
          const kind = number
            ? { type: 'integer' as const, options: [] }
            : { type: 'single_choice' as const, options: OPTIONS.map(option) }
          const { farm } = below
          const from = question('a', 'north', {
            spec: spec({ ...kind, ...(number ? own : {}), required, label: { fr: 'a' } }),
            tightenings: farm ? [tightening('farm', farm)] : [],
          })
          const to = spec({
            ...kind,
            ...(number ? toBounds : { options: PLACES.map(option) }),
            required: toRequired,
            locks,
          })
          const map = number ? null : Object.fromEntries(OPTIONS.map((id, at) => [id, places[at] ?? null]))
          const verdict = planPromotion(input({ spec: to, sources: [source(from, { map })] }))
          if (!verdict.ok) {
            expect(verdict.code).toBe('PROMOTION_LOOSENS')
            return
          }
          const next = question('new', 'fr', {
            spec: verdict.publication.spec,
            tightenings: verdict.carried.map(({ territoryId, spec: carried }, at) => ({
              id: `c${at}`,
              territoryId,
              version: 1,
              spec: carried,
            })),
          })
          for (const home of [path.slice(0, 2), path]) {
            const [before] = resolveFields(home, [from], 'account')
            const [after] = resolveFields(home, [next], 'account')
            if (!before || !after) throw new Error('asked nowhere')
            if (before.spec.required) expect(after.spec.required).toBe(true)
            if (number) {
              expect(after.spec.min ?? -1).toBeGreaterThanOrEqual(before.spec.min ?? -1)
              expect(after.spec.max ?? 99).toBeLessThanOrEqual(before.spec.max ?? 99)
            }
            const offered = (field: typeof before) =>
              new Set(field.spec.options.filter(({ retired }) => !retired).map(({ id }) => id))
            for (const place of PLACES) {
              const came = OPTIONS.filter((id) => map?.[id] === place)
              if (came.length > 0 && came.every((id) => !offered(before).has(id)))
                expect(offered(after).has(place)).toBe(false)
            }
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('promoted and undone, a home is asked exactly what it was', () => {
    const local = question('a', 'north', { tightenings: [tightening('farm', { required: true })] })
    const other = question('z', 'fr')
    const before = [local, other]
    const promoted = [{ ...local, retired: true }, other, question('new', 'fr')]
    const undone = promoted.map((one) => ({ ...one, retired: one.id === 'new' }))
    const asked = (definitions: FieldDefinition[]) => resolveFields(path, definitions, 'account')
    expect(asked(promoted).map(({ id }) => id)).toEqual(['new', 'z'])
    expect(asked(undone)).toEqual(asked(before))
  })
})
