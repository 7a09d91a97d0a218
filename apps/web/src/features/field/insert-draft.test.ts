import { tighteningSpec } from '@fieldback/domain/field/field-spec'
import { asOwned, type EffectiveField } from '@fieldback/domain/field/resolve'
import { describe, expect, it } from 'vitest'
import { emptyDraft, specOf } from './draft.ts'
import { insertDraft, NEW } from './insert-draft.ts'

const spec = specOf({ ...emptyDraft, label: { fr: 'Nouvelle', en: '' } })
const place = (rank: 0 | 1 | 2 | 3) => ({ id: `t${rank}`, name: `t${rank}`, rank })
const asked = (id: string, rank: 0 | 1 | 2 | 3, entity: EffectiveField['entity'] = 'report', position = 0) =>
  ({ id, entity, owner: place(rank), spec: { ...spec, position } }) as EffectiveField
const drafted = (over: Partial<EffectiveField> = {}) => {
  const { id, owner, entity } = { id: NEW, owner: place(2), entity: 'report' as const, ...over }
  return {
    ...asOwned(
      { id, territoryId: owner.id, entity, key: id, version: 1, retired: false, slot: null, spec },
      owner,
    ),
    ...over,
  }
}
const ids = (fields: readonly EffectiveField[], over: Partial<EffectiveField> = {}) => {
  const draft = drafted(over)
  const { list, at } = insertDraft(fields, draft, draft.owner)
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
    expect(ids(form, { entity: 'contact', owner: place(3) })).toEqual(['a b c d e draft', 5])
  })
  it('comes after those that were put in an order', () => {
    expect(ids([asked('a', 2, 'report', 20), asked('b', 2, 'report', 10)])).toEqual(['a b draft', 2])
  })
  it('that exists takes its own place', () => {
    expect(ids(form, { id: 'b' })).toEqual(['a b c d e', 1])
    expect(ids([...form, asked('aa', 2)], { id: 'b' })[0]).toBe('a aa b c d e')
  })
  it('is shown with what the levels below its writer make of it, and not with what the writer had said', () => {
    const said = (node: ReturnType<typeof place>, min: number) => ({
      id: node.id,
      territoryId: node.id,
      version: 1,
      spec: tighteningSpec.parse({ min }),
    })
    const known = {
      ...asked('b', 0),
      tightenings: [said(place(2), 3), said(place(3), 5)],
      touched: [place(2), place(3)].map((node) => ({
        node,
        tighteningId: node.id,
        version: 1,
        setAside: [],
      })),
    }
    const draft = drafted({ id: 'b', owner: place(0), spec: { ...spec, min: 1, max: 9 } })
    const shown = insertDraft([known], draft, place(2)).list[0]
    expect(shown?.spec).toMatchObject({ min: 5, max: 9 })
    expect(insertDraft([{ ...known, touched: [] }], draft, place(2)).list[0]?.spec.min).toBe(1)
  })
})
