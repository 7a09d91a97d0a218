import { describe, expect, it } from 'vitest'
import type { BranchFacts } from '../giveback/check-giveback.ts'
import type { FieldDefinition, FieldSpec, Tightening, TighteningSpec } from './field-spec.ts'
import { planRetype, type RetypeInput } from './plan-retype.ts'

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
const tightening = (over: Partial<TighteningSpec>): Tightening => ({
  id: 't',
  territoryId: 'north',
  version: 1,
  spec: { without: [], options: [], locks: [], ...over },
})
const definition = (over: Partial<FieldDefinition> = {}): FieldDefinition => ({
  id: 'flour',
  territoryId: 'fr',
  entity: 'account',
  key: 'quelle_farine',
  version: 3,
  retired: false,
  slot: null,
  spec: spec(),
  ...over,
})
const holder = {
  fieldId: 'flour',
  key: 'quelle_farine',
  label: 'Quelle farine',
  retired: false,
  territoryId: 'fr',
  territoryName: 'France',
}
const input = (over: Partial<RetypeInput> = {}): RetypeInput => ({
  definition: definition(),
  spec: spec({ type: 'yes_no', options: [] }),
  way: { map: { white: 'true', rye: 'false' }, steps: [], natural: true },
  hanging: [],
  holders: [holder],
  slots: { anywhere: new Set(), overlapping: new Set() },
  facts,
  acceptLooser: false,
  ...over,
})
const told = (over: Partial<RetypeInput> = {}) => {
  const verdict = planRetype(input(over))
  return verdict.ok ? 'ok' : [verdict.code, verdict.params]
}

describe('another type of answer', () => {
  it('takes over the words of its question, under a key of its own', () => {
    const verdict = planRetype(input())
    expect(verdict.ok && [verdict.publication.key, verdict.publication.version]).toEqual([
      'quelle_farine_2',
      1,
    ])
    expect(told({ holders: [holder, { ...holder, fieldId: 'other' }] })).toEqual([
      'FIELD_KEY_TAKEN',
      { key: 'quelle_farine', territory: 'France' },
    ])
  })

  it('names what every option becomes, among the answers that there are', () => {
    const way = (map: Record<string, string | null>) => ({ way: { map, steps: [], natural: true } })
    expect(told(way({ white: 'true' }))).toEqual(['RETYPE_MAP', { option: 'rye' }])
    expect(told(way({ white: 'true', rye: 'maybe' }))).toEqual(['RETYPE_MAP', { option: 'rye' }])
    expect(told(way({ white: 'true', rye: null }))).toBe('ok')
  })

  it('is only one that its answers can become, of a question that is asked', () => {
    expect(told({ spec: spec({ type: 'position', options: [] }) })).toEqual([
      'RETYPE_TYPE',
      { question: 'Quelle farine' },
    ])
    expect(told({ definition: definition({ retired: true }) })).toEqual(['CONFLICT', { what: 'field' }])
  })

  it('waits until nothing hangs on the question, and until a return works', () => {
    const hanging = {
      id: 'why',
      entity: 'account' as const,
      spec: spec({
        label: { fr: 'Pourquoi' },
        shownIf: { all: [{ field: 'flour', op: 'is', value: 'rye' }] },
      }),
    }
    expect(told({ hanging: [hanging] })).toEqual(['RETYPE_HELD', { question: 'Pourquoi' }])
    expect(told({ spec: spec({ type: 'yes_no', options: [], givebacks: [] }) })).toEqual([
      'GIVEBACK_MISSING',
      {},
    ])
  })

  it('goes on being as strict below where it can say so, and lists the rest', () => {
    const narrowed = definition({
      spec: spec({
        options: [...['white', 'rye'].map(option), { ...option('spelt'), countsAs: 'rye', retired: true }],
      }),
      tightenings: [
        tightening({
          required: true,
          without: ['white'],
          options: [{ ...option('spelt'), countsAs: 'rye' }],
        }),
      ],
    })
    expect(told({ definition: narrowed })).toEqual(['PROMOTION_LOOSENS', { count: 1 }])
    const verdict = planRetype(input({ definition: narrowed, acceptLooser: true }))
    if (!verdict.ok) throw new Error(verdict.code)
    expect(verdict.loosened).toEqual([{ territoryId: 'north', aspect: 'options' }])
    expect(verdict.carried).toEqual([
      { territoryId: 'north', spec: { required: true, without: [], options: [], locks: [] } },
    ])
    // An answer of a level's own is what the one it counts as is.
    expect(verdict.conversion.way).toEqual({
      map: { white: 'true', rye: 'false', spelt: 'false' },
      steps: [],
      natural: false,
    })
  })

  it('keeps bounds in their measure alone', () => {
    const bounded = definition({
      spec: spec({ type: 'integer', options: [], unit: 'kg' }),
      tightenings: [tightening({ min: 2 })],
    })
    const way = {
      map: {},
      steps: [
        { from: 5, place: 'rye' },
        { from: 0, place: 'white' },
      ],
      natural: true,
    }
    const kept = planRetype(
      input({ definition: bounded, way, spec: spec({ type: 'decimal', options: [], unit: 'kg' }) }),
    )
    expect(kept.ok && kept.carried[0]?.spec.min).toBe(2)
    const ranges = planRetype(input({ definition: bounded, way, spec: spec(), acceptLooser: true }))
    expect(ranges.ok && [ranges.loosened, ranges.carried]).toEqual([
      [{ territoryId: 'north', aspect: 'bounds' }],
      [],
    ])
    expect(ranges.ok && ranges.conversion.way.steps.map(({ from }) => from)).toEqual([0, 5])
  })
})
