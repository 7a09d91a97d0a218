import { describe, expect, it } from 'vitest'
import { TERRITORIES } from '../giveback/fixture.ts'
import { LIST_ITEMS_MAX } from './list.ts'
import { type KeptItem, planItems, renameFault } from './plan-items.ts'
import { readItems } from './read-items.ts'

const placeOf = (id: string) => {
  const found = TERRITORIES.find((one) => one.id === id)
  if (!found) throw new Error(id)
  return found
}
const kept = (id: string, owner: string, over: Partial<KeptItem> = {}): KeptItem => {
  const { path, rank, name } = placeOf(owner)
  return {
    ...{ id, territoryId: owner, path, rank, place: name },
    ...{ code: null, label: { fr: id }, group: null, retired: false, ...over },
  }
}
const plan = (items: readonly KeptItem[], at: string, text: string) => {
  let made = 0
  return planItems({ items, size: items.length }, placeOf(at), readItems(text), () => `new${++made}`).map(
    ({ verdict }) => verdict,
  )
}
const codes = (items: readonly KeptItem[], at: string, text: string) =>
  plan(items, at, text).map((verdict) => (verdict.is === 'refused' ? verdict.code : verdict.is))

describe('pasted lines', () => {
  it('are read as a spreadsheet copies them, or as a file separates them', () => {
    const four = { code: 'F1', label: { fr: 'Four', en: 'Oven' }, group: 'Cuisson' }
    expect(readItems('Code\tLibellé\tGroupe\tAnglais\nF1\tFour\tCuisson\tOven\n')).toEqual([
      { line: 2, ...four },
    ])
    expect(readItems('F1;Four;Cuisson;Oven\r\n\r\n;"Pelle; bois ""hêtre""";;')).toEqual([
      { line: 1, ...four },
      { line: 3, code: null, label: { fr: 'Pelle; bois "hêtre"' }, group: null },
    ])
  })
  it('a single cell is the label, whatever marks are in it', () => {
    expect(readItems('Four à sole\nPétrin')).toMatchObject([
      { code: null, label: { fr: 'Four à sole' } },
      { label: { fr: 'Pétrin' } },
    ])
  })
  it('hostile ones are words like any other', () => {
    const [read] = readItems("x;'=1+1\u202E<b>")
    expect(read?.label.fr).toBe('=1+1<b>')
    expect(readItems(`a;${'"'.repeat(9)}`)).toHaveLength(1)
  })
})

describe('what lines make of a list', () => {
  it('new items are added, the same ones are left, own ones are called anew by their code', () => {
    const items = [kept('a', 'na', { code: 'A', label: { fr: 'Four' } }), kept('Pelle', 'na')]
    expect(codes(items, 'na', 'a;Four\nA2;Pétrin\n;pelle')).toEqual(['unchanged', 'new', 'unchanged'])
    expect(plan(items, 'na', 'A;Four à sole;Cuisson')).toMatchObject([
      { is: 'changed', id: 'a', before: { label: { fr: 'Four' } }, restored: false },
    ])
  })
  it('a part that a line leaves empty stays as it is', () => {
    const [one] = planItems(
      {
        items: [kept('a', 'na', { code: 'A', label: { fr: 'Four', en: 'Oven' }, group: 'Cuisson' })],
        size: 1,
      },
      placeOf('na'),
      readItems('A;Four à sole'),
      () => 'x',
    )
    expect(one?.spec).toEqual({ code: 'A', label: { fr: 'Four à sole', en: 'Oven' }, group: 'Cuisson' })
  })
  it('a retired item of its own is offered again', () => {
    expect(plan([kept('Pelle', 'na', { retired: true })], 'na', ';PELLE')).toMatchObject([
      { is: 'changed', restored: true },
    ])
  })
  it('what comes from above is never changed from below', () => {
    const items = [kept('a', 'fr', { code: 'A', label: { fr: 'Four' } })]
    expect(codes(items, 'na', 'A;Four')).toEqual(['unchanged'])
    expect(codes(items, 'na', 'A;Four basque')).toEqual(['LIST_ITEM_ABOVE'])
  })
  it('a code is borne once in the whole list, a label may be said again beside', () => {
    const items = [kept('a', 'd40', { code: 'A', label: { fr: 'Pinasse' } })]
    expect(plan(items, 'pb', 'a;Autre')).toEqual([
      { is: 'refused', code: 'LIST_CODE_TAKEN', params: { code: 'A', territory: 'Landes' } },
    ])
    expect(codes(items, 'pb', ';Pinasse')).toEqual(['new'])
  })
  it('a line without a label, said twice or too long is told alone', () => {
    expect(
      codes(
        [],
        'na',
        `A;Four\na;Four encore\nB;\nC;${'x'.repeat(301)}\n${'y'.repeat(41)};Z\nD;Dé;${'z'.repeat(81)}`,
      ),
    ).toEqual([
      'new',
      'LIST_LINE_TWICE',
      'LIST_LABEL_MISSING',
      'LIST_TOO_LONG',
      'LIST_TOO_LONG',
      'LIST_TOO_LONG',
    ])
  })
  it('a list takes five thousand items and says so', () => {
    const full = Array.from({ length: LIST_ITEMS_MAX - 1 }, (_, n) => kept(`i${n}`, 'fr', { code: `I${n}` }))
    expect(codes(full, 'na', 'N1;Un\nN2;Deux\nI3;i3')).toEqual(['new', 'LIST_FULL', 'unchanged'])
  })
})

describe('another name', () => {
  const items = [kept('Four', 'fr', { code: 'F' }), kept('Pelle', 'na'), kept('Pinasse', 'd40')]
  const named = (label: string, code: string | null = null) =>
    renameFault(items, items[1] as KeptItem, { code, label: { fr: label }, group: null })?.code ?? null
  it('is not one that is offered there already, nor a code that is borne', () => {
    expect(named('Pelle en bois')).toBeNull()
    expect(named('four')).toBe('LIST_LABEL_TAKEN')
    expect(named('Four', 'F2')).toBeNull()
    expect(named('Autre', 'f')).toBe('LIST_CODE_TAKEN')
    expect(named('pinasse')).toBeNull()
  })
})
