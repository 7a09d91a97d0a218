import type { Condition } from '@fieldback/domain/field/condition-shape'
import { field } from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import { hangs, hangsOn, type Play, triedWith } from './play.ts'

const yes = (id: string): Condition => ({ all: [{ field: id, op: 'is', value: true }] })
const fields = [
  field('sells'),
  field('count', { spec: { type: 'integer', max: 5, shownIf: yes('sells') } }),
  field('other', { spec: { type: 'integer' } }),
]
const computed = field('total', { spec: { type: 'computed', formula: '{count} * 2' } }).spec
const play = (answers: Play['answers']): Play => ({
  answers,
  facts: {},
  day: '2026-11-29',
  answer: () => {},
  say: () => {},
})

describe('a calculation tried in the preview', () => {
  it('hangs on what its questions hang on', () => {
    expect([...hangsOn({ spec: computed, fields })].toSorted()).toEqual(['count', 'sells'])
    expect(hangs(computed)).toBe(true)
    expect(hangs(field('plain').spec)).toBe(false)
  })
  it('has sample answers for these alone, within their limits, until one is tried', () => {
    expect(triedWith(play({}), { spec: computed, fields })).toEqual({ sells: true, count: 5 })
    expect(triedWith(play({ count: 3, sells: undefined }), { spec: computed, fields })).toEqual({
      sells: undefined,
      count: 3,
    })
  })
  it('a condition is tried from no answer at all', () => {
    expect(
      triedWith(play({}), { spec: field('q', { spec: { shownIf: yes('sells') } }).spec, fields }),
    ).toEqual({})
  })
})
