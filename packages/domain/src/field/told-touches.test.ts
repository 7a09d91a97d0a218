import { describe, expect, it } from 'vitest'
import { field, nodeOf, PATH } from '../giveback/fixture.ts'
import type { FieldSpec, TighteningSpec } from './field-spec.ts'
import { toldTouches } from './told-touches.ts'

const option = (id: string) => ({ id, label: { fr: id } })
const said = (territoryId: string, spec: Partial<TighteningSpec>) => ({
  id: `t-${territoryId}`,
  territoryId,
  version: 1,
  spec: { without: [], options: [], locks: [], ...spec },
})
const told = (spec: Partial<FieldSpec>, ...tightenings: ReturnType<typeof said>[]) =>
  toldTouches({ ...field('q', { owner: 'fr', spec }), tightenings }, nodeOf('fr'), PATH.slice(1)).map(
    ({ node, aside }) => [node.id, aside.map(({ aspect, why, by }) => `${aspect} ${why} ${by.id}`)],
  )
const number = { type: 'integer', min: 0, max: 100 } as const

describe('what levels make of a question is told', () => {
  it('by the levels of the path alone, from the root down', () => {
    expect(
      told(number, said('d64', { max: 20 }), said('d40', { max: 5 }), said('na', { required: true })),
    ).toEqual([
      ['na', []],
      ['d64', []],
    ])
  })
  it('with who locked what is without effect', () => {
    expect(
      told(
        { ...number, locks: ['bounds'] },
        said('na', { locks: ['required'] }),
        said('d64', { required: true, min: 2 }),
      ),
    ).toEqual([
      ['na', []],
      ['d64', ['required locked na', 'bounds locked fr']],
    ])
  })
  it('with who asks at least as much already', () => {
    expect(told(number, said('na', { min: 10 }), said('d64', { min: 5 }))).toEqual([
      ['na', []],
      ['d64', ['bounds stricter na']],
    ])
    expect(told({ ...number, required: true }, said('na', { required: true }))).toEqual([
      ['na', ['required stricter fr']],
    ])
    expect(told(number, said('na', { max: 10 }), said('d64', { min: 50 }))[1]).toEqual([
      'd64',
      ['bounds stricter na'],
    ])
  })
  it('with answers that the level above left none of', () => {
    const choice = { type: 'single_choice', options: ['a', 'b', 'c'].map(option) } as const
    const own = { ...option('a1'), countsAs: 'a' }
    expect(told(choice, said('na', { without: ['a'] }), said('d64', { options: [own] }))).toEqual([
      ['na', []],
      ['d64', ['options stricter na']],
    ])
  })
  it('no more once it was taken back', () => {
    expect(told(number, said('na', {}))).toEqual([])
    expect(told(number, said('na', { locks: ['help'] }))).toEqual([['na', []]])
  })
})
