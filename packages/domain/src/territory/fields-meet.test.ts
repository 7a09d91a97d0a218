import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldSpec } from '../field/field-spec.ts'
import { clashesOf, type FieldAt, otherSlots, toldClash } from './fields-meet.ts'

const field = (id: string, more: Partial<FieldDefinition> & { label?: string } = {}): FieldDefinition => {
  const { label = id, ...rest } = more
  const spec: FieldSpec = {
    label: { fr: label },
    why: { fr: '' },
    type: 'yes_no',
    options: [],
    required: false,
    reportable: true,
    shared: false,
    position: 0,
    givebacks: [],
  }
  return {
    id,
    territoryId: 't',
    entity: 'account',
    key: id,
    version: 1,
    retired: false,
    slot: null,
    spec,
    ...rest,
  }
}
const questionsTwice = (...fields: Parameters<typeof clashesOf<FieldAt>>) =>
  clashesOf(...fields).map(toldClash)
const at = (place: string, definition: FieldDefinition) => ({ definition, place })

describe('questions of a moved branch and of its new line', () => {
  it('are the same when their key or their words are, for the same thing, both live', () => {
    const own = [at('Basque', field('parle_basque', { label: 'Parle basque' }))]
    const above = (more: Parameters<typeof field>[1]) => [at('Landes', field('autre', more))]
    expect(questionsTwice(own, above({ label: 'PARLE  BASQUE' }))).toEqual([
      {
        key: 'Parle basque',
        place: 'Basque',
        territory: 'Landes',
      },
    ])
    expect(questionsTwice(own, above({ key: 'parle_basque' }))[0]?.territory).toBe('Landes')
    expect(questionsTwice(own, above({ label: 'Parle basque', retired: true }))).toEqual([])
    expect(questionsTwice(own, above({ label: 'Parle basque', entity: 'report' }))).toEqual([])
    expect(questionsTwice(own, above({ label: 'Parle gascon' }))).toEqual([])
  })
})

describe('columns of a moved branch', () => {
  it('that nobody above has stay; one in use there gives way to the first that nobody has', () => {
    const own = [field('a', { slot: 't01' }), field('b', { slot: 't02' })]
    const above = [field('c', { slot: 't02', retired: true }), field('d', { slot: 't01', entity: 'contact' })]
    const taken = new Set(['account:t01', 'account:t02', 'contact:t01', 'report:t03'])
    expect(otherSlots(own, above, taken)).toEqual([{ id: 'b', slot: 't03' }])
  })
  it('two that give way never take the same one', () => {
    const own = [field('a', { slot: 't01' }), field('b', { slot: 't02' })]
    const above = [field('c', { slot: 't01' }), field('d', { slot: 't02' })]
    expect(otherSlots(own, above, new Set(['account:t01', 'account:t02']))).toEqual([
      { id: 'a', slot: 't03' },
      { id: 'b', slot: 't04' },
    ])
  })
  it('when all are taken somewhere share with a disjoint branch, and at last go to the child table', () => {
    const all = ['t01', 't02', 't03', 't04', 't05', 't06']
    const taken = new Set(all.map((slot) => `account:${slot}`))
    const own = [field('a', { slot: 't01' })]
    expect(otherSlots(own, [field('c', { slot: 't01' })], taken)).toEqual([{ id: 'a', slot: 't02' }])
    const line = all.map((slot) => field(`c${slot}`, { slot }))
    expect(otherSlots(own, line, taken)).toEqual([{ id: 'a', slot: null }])
  })
})
