import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { field, PATH, TERRITORIES } from '../giveback/fixture.ts'
import type { FieldDefinition } from './field-spec.ts'
import { resolveFields } from './resolve.ts'

const asked = (definitions: readonly FieldDefinition[]) => resolveFields(PATH, definitions, 'report')
const ids = (definitions: readonly FieldDefinition[]) => asked(definitions).map(({ id }) => id)
const at = (
  id: string,
  owner: string,
  over: Partial<FieldDefinition> = {},
  position = 0,
): FieldDefinition => {
  const { owner: _, ...definition } = field(id, { entity: 'report', owner, spec: { position } })
  return { ...definition, ...over }
}

describe('effective fields', () => {
  it('come from the root down, then by position, then by id', () => {
    expect(
      ids([at('z', 'pb'), at('c', 'fr', {}, 2), at('b', 'fr', {}, 1), at('a', 'fr', {}, 2), at('y', 'na')]),
    ).toEqual(['b', 'a', 'c', 'y', 'z'])
  })
  it('name the territory that asks', () => {
    expect(asked([at('x', 'na')])[0]?.owner).toEqual({ id: 'na', name: 'Nouvelle-Aquitaine', rank: 1 })
  })
  it('leave out other entities, retired questions and drafts', () => {
    expect(
      ids([
        at('c', 'fr', { entity: 'contact' }),
        at('r', 'fr', { retired: true }),
        at('d', 'fr', { version: 0 }),
      ]),
    ).toEqual([])
  })
  it('of an empty path are none', () => {
    expect(resolveFields([], [at('x', 'fr')], 'report')).toEqual([])
  })

  const definitions = fc.uniqueArray(
    fc
      .record({
        id: fc.string({ minLength: 1, maxLength: 3 }),
        owner: fc.constantFrom(...TERRITORIES.map(({ id }) => id)),
        position: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ id, owner, position }) => at(id, owner, {}, position)),
    { selector: ({ id }) => id },
  )
  it("a sibling's question changes nothing here", () => {
    fc.assert(
      fc.property(definitions, (list) => {
        expect(ids([...list, at('sibling', 'd40')])).toEqual(ids(list))
      }),
    )
  })
  it('are the same whatever the order of the definitions, and each is owned on the path', () => {
    fc.assert(
      fc.property(definitions, (list) => {
        expect(ids([...list].reverse())).toEqual(ids(list))
        for (const { owner, territoryId } of asked(list)) {
          expect(owner.id).toBe(territoryId)
          expect(PATH).toContainEqual(owner)
        }
      }),
    )
  })
  it('a home below asks all that its parent asks, and more', () => {
    fc.assert(
      fc.property(definitions, (list) => {
        const above = resolveFields(PATH.slice(0, -1), list, 'report').map(({ id }) => id)
        expect(ids(list).slice(0, above.length)).toEqual(above)
      }),
    )
  })
})
