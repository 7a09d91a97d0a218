import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldOption } from '../field/field-spec.ts'
import { resolveFields } from '../field/resolve.ts'
import { field, PATH, TERRITORIES } from '../giveback/fixture.ts'
import { pathIds } from '../territory/path.ts'
import { findableItems, searchItems } from './find-items.ts'
import { codeKey, itemOption, itemSpec, LIST_ITEMS_MAX, type ListItem } from './list.ts'

const item = (id: string, territoryId: string, over: Partial<ListItem> = {}): ListItem => ({
  id,
  territoryId,
  code: null,
  label: { fr: `Article ${id}` },
  group: null,
  retired: false,
  ...over,
})

/** Ids of what a question of the national level offers at a home. */
function offeredAt(home: string, items: readonly ListItem[]): string[] {
  const place = TERRITORIES.find(({ id }) => id === home)
  const path = pathIds(place?.path ?? '').flatMap((id) => TERRITORIES.filter((one) => one.id === id))
  const options: FieldOption[] = items.map(itemOption)
  const { owner: _, ...asked } = field('q', {
    entity: 'report',
    owner: 'fr',
    spec: { type: 'list_reference', list: 'l', options },
  })
  const [found] = resolveFields(path, [asked as FieldDefinition], 'report')
  return (found?.spec.options ?? []).filter(({ retired }) => !retired).map(({ id }) => id)
}

const homes = TERRITORIES.map(({ id }) => id)
const anyHome = fc.constantFrom(...homes)
const anyItems = fc.uniqueArray(
  fc
    .record({ id: fc.stringMatching(/^[a-z]{1,4}$/), owner: anyHome, retired: fc.boolean() })
    .map(({ id, owner, retired }) => item(id, owner, { retired })),
  { selector: ({ id }) => id, maxLength: 12 },
)
const parentOf = (id: string): string | null =>
  TERRITORIES.find((one) => one.id === id)
    ?.path.split('/')
    .at(-3) ?? null

describe('what a list offers at a home', () => {
  it('is what the levels of its path keep, without what is retired', () => {
    const items = [
      item('four', 'fr'),
      item('vieux', 'fr', { retired: true }),
      item('gateau', 'na'),
      item('pinasse', 'd40'),
    ]
    expect(offeredAt('pb', items)).toEqual(['four', 'gateau'])
    expect(offeredAt('fr', items)).toEqual(['four'])
  })
  it('a lower level never loses an item that it inherits', () => {
    fc.assert(
      fc.property(anyItems, anyHome, (items, home) => {
        const parent = parentOf(home)
        if (parent === null) return
        expect(offeredAt(home, items)).toEqual(expect.arrayContaining(offeredAt(parent, items)))
      }),
    )
  })
  it("adding an item beside a home's path changes nothing there", () => {
    fc.assert(
      fc.property(anyItems, anyHome, anyHome, (items, home, keeper) => {
        const path = pathIds(TERRITORIES.find(({ id }) => id === home)?.path ?? '')
        if (path.includes(keeper)) return
        expect(offeredAt(home, [...items, item('added', keeper)])).toEqual(offeredAt(home, items))
      }),
    )
  })
  it('every item stays readable everywhere, offered or not', () => {
    const { owner: _, ...asked } = field('q', {
      owner: 'fr',
      spec: { type: 'list_reference', list: 'l', options: [itemOption(item('pinasse', 'd40'))] },
    })
    const [found] = resolveFields([TERRITORIES[0] as never], [asked as FieldDefinition], 'contact')
    expect(found?.spec.options).toMatchObject([{ id: 'pinasse', retired: true }])
  })
})

describe('a level that leaves out items of a list', () => {
  const anySaid = fc.record({
    without: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,2}$/)),
    withoutGroups: fc.uniqueArray(fc.constantFrom('', 'A', 'B')),
  })
  const anyGrouped = fc.uniqueArray(
    fc
      .record({ id: fc.stringMatching(/^[a-z]{1,2}$/), group: fc.constantFrom(null, 'A', 'B') })
      .map(({ id, group }) => item(id, 'fr', { group })),
    { selector: ({ id }) => id, maxLength: 12 },
  )
  const at = (depth: number, items: readonly ListItem[], said: readonly object[]): string[] => {
    const { owner: _, ...asked } = field('q', {
      owner: 'fr',
      spec: { type: 'list_reference', list: 'l', options: items.map(itemOption) },
    })
    const tightenings = said.map((spec, n) => ({
      id: `t${n}`,
      territoryId: PATH[n + 1]?.id ?? '',
      version: 1,
      spec: { without: [], options: [], locks: [], ...spec },
    }))
    const [found] = resolveFields(PATH.slice(0, depth), [{ ...asked, tightenings }], 'contact')
    return (found?.spec.options ?? []).filter(({ retired }) => !retired).map(({ id }) => id)
  }
  it('offers fewer, by item or by group, and what has no group is one too', () => {
    const items = [item('four', 'fr', { group: 'A' }), item('pelle', 'fr', { group: 'B' }), item('sac', 'fr')]
    expect(at(2, items, [{ withoutGroups: ['A'] }])).toEqual(['pelle', 'sac'])
    expect(at(3, items, [{ withoutGroups: ['A'] }, { without: ['sac'] }])).toEqual(['pelle'])
    expect(at(2, items, [{ withoutGroups: [''] }])).toEqual(['four', 'pelle'])
  })
  it('never offers what the level above does not, and always something that is offered above', () => {
    fc.assert(
      fc.property(anyGrouped, fc.array(anySaid, { maxLength: 3 }), (items, said) => {
        for (const depth of [1, 2, 3]) {
          const [above, below] = [at(depth, items, said), at(depth + 1, items, said)]
          expect(above).toEqual(expect.arrayContaining(below))
          expect(below.length === 0).toBe(above.length === 0)
        }
      }),
    )
  })
})

describe('the words of an item', () => {
  it('stand on one line, and nothing said is nothing', () => {
    expect(itemSpec.parse({ code: ' ab\n12 ', label: { fr: 'Four' }, group: '  ' })).toEqual({
      code: 'ab 12',
      label: { fr: 'Four' },
      group: null,
    })
  })
  it('two codes are the same whatever their case, width and spaces', () => {
    expect(codeKey(' ab  12')).toBe(codeKey('ＡＢ 12'))
  })
})

describe('a search', () => {
  const items = findableItems([
    item('a', 'fr', { code: 'FR-20', label: { fr: 'Four à sole', en: 'Deck oven' }, group: 'Cuisson' }),
    item('b', 'fr', { code: 'PE-3', label: { fr: 'Pétrin spirale' } }),
    item('c', 'fr', { label: { fr: 'Peigne de four' } }),
  ])
  const found = (typed: string) => searchItems(items, typed).map(({ id }) => id)
  it('finds by the beginnings of words, in both languages, without accents, by group', () => {
    expect(found('petr')).toEqual(['b'])
    expect(found('sole four')).toEqual(['a'])
    expect(found('oven')).toEqual(['a'])
    expect(found('cuisson')).toEqual(['a'])
    expect(found('our')).toEqual([])
  })
  it('what begins a code comes first', () => {
    expect(found('pe')).toEqual(['b', 'c'])
    expect(found('fr-2')).toEqual(['a'])
  })
  it('nothing sought leaves everything, marks alone leave nothing', () => {
    expect(found(' ')).toEqual(['a', 'b', 'c'])
    expect(found('***')).toEqual([])
  })
  it('five thousand items are told apart in a few milliseconds', () => {
    const many = findableItems(
      Array.from({ length: LIST_ITEMS_MAX }, (_, n) => item(`i${n}`, 'fr', { code: `C${n}` })),
    )
    expect(searchItems(many, 'article i4999')).toHaveLength(1)
  })
})
