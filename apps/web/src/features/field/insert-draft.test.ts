import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { describe, expect, it } from 'vitest'
import { emptyDraft, specOf } from './draft.ts'
import { insertDraft } from './insert-draft.ts'

const spec = specOf({ ...emptyDraft, label: { fr: 'Nouvelle', en: '' } })
const place = (rank: 0 | 1 | 2 | 3) => ({ id: `t${rank}`, name: `t${rank}`, rank })
const asked = (id: string, rank: 0 | 1 | 2 | 3, entity: EffectiveField['entity'] = 'report', position = 0) =>
  ({ id, entity, owner: place(rank), spec: { ...spec, position } }) as EffectiveField
const ids = (fields: readonly EffectiveField[], over: Partial<Parameters<typeof insertDraft>[1]> = {}) => {
  const { list, at } = insertDraft(fields, {
    territory: place(2),
    fieldId: null,
    entity: 'report',
    spec,
    ...over,
  })
  return [list.map((field) => field.id).join(' '), at]
}

describe('a drafted question on the phone', () => {
  const form = [
    asked('a', 0),
    asked('b', 2),
    asked('c', 3),
    asked('d', 2, 'account'),
    asked('e', 3, 'contact'),
  ]
  it('comes after those of the levels above and of its own level, before those below', () => {
    expect(ids(form)).toEqual(['a b draft c d e', 2])
  })
  it('of an account comes after those of the report, of a contact last', () => {
    expect(ids(form, { entity: 'account' })).toEqual(['a b c d draft e', 4])
    expect(ids(form, { entity: 'contact' })).toEqual(['a b c d draft e', 4])
    expect(ids(form, { entity: 'contact', territory: place(3) })).toEqual(['a b c d e draft', 5])
  })
  it('that exists takes its own place', () => {
    expect(ids(form, { fieldId: 'b' })).toEqual(['a b c d e', 1])
  })
})
