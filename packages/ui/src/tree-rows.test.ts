import { describe, expect, it } from 'vitest'
import type { Rank } from './level.ts'
import { ancestorIds, type TreeItem, treeMove, visibleRows } from './tree-rows.ts'

const place = (id: string, parentId: string | null, rank: Rank, name: string): TreeItem => ({
  id,
  parentId,
  rank,
  name,
  levelLabel: '',
  href: `/t/${id}`,
})
const items = [
  place('fr', null, 0, 'France'),
  place('br', 'fr', 1, 'Bretagne'),
  place('na', 'fr', 1, 'Nouvelle-Aquitaine'),
  place('gi', 'na', 2, 'Gironde'),
  place('pa', 'na', 2, 'Pyrénées-Atlantiques'),
  place('pb', 'pa', 3, 'Pays Basque'),
  place('id', 'fr', 1, 'Île-de-France'),
]
const open = (...ids: string[]) => visibleRows(items, new Set(ids))
const ids = (rows: readonly { item: TreeItem }[]) => rows.map((row) => row.item.id)

describe('what one sees of a tree', () => {
  it('is what lies under open places only, in order', () => {
    expect(ids(open())).toEqual(['fr'])
    expect(ids(open('fr', 'pa'))).toEqual(['fr', 'br', 'na', 'id'])
    expect(ids(open('fr', 'na'))).toEqual(['fr', 'br', 'na', 'gi', 'pa', 'id'])
    expect(ids(visibleRows(items, 'all'))).toHaveLength(7)
  })

  it('tells depth and place among siblings', () => {
    const row = open('fr', 'na').find((one) => one.item.id === 'pa')
    expect(row).toMatchObject({ level: 3, position: 2, setSize: 2, expanded: false })
  })

  it('does not offer to open a leaf, but does a place whose children are still to be loaded', () => {
    const lazy = { ...place('oc', 'fr', 1, 'Occitanie'), hasChildren: true }
    const rows = visibleRows([...items, lazy], new Set(['fr']))
    expect(rows.find((row) => row.item.id === 'br')?.expanded).toBeUndefined()
    expect(rows.find((row) => row.item.id === 'oc')?.expanded).toBe(false)
  })

  it('begins where the rights of the reader begin: a branch whose parent is not listed is a root', () => {
    expect(visibleRows(items.slice(2), new Set())[0]).toMatchObject({ level: 1, item: { id: 'na' } })
  })
})

it('the path to a place is what must be open to see it', () => {
  expect(ancestorIds(items, 'pb')).toEqual(['fr', 'na', 'pa'])
  expect(ancestorIds(items, 'fr')).toEqual([])
  expect(ancestorIds(items, 'unknown')).toEqual([])
})

describe('keys in a tree', () => {
  const rows = open('fr', 'na')
  const press = (id: string, key: string) => treeMove(rows, id, key)

  it('up and down follow what is seen, and stop at both ends', () => {
    expect(press('na', 'ArrowDown')).toEqual({ kind: 'focus', id: 'gi' })
    expect(press('id', 'ArrowUp')).toEqual({ kind: 'focus', id: 'pa' })
    expect(press('fr', 'ArrowUp')).toBeNull()
    expect(press('id', 'ArrowDown')).toBeNull()
  })

  it('right opens, then goes in; left closes, then goes out', () => {
    expect(press('pa', 'ArrowRight')).toEqual({ kind: 'expand', id: 'pa' })
    expect(press('na', 'ArrowRight')).toEqual({ kind: 'focus', id: 'gi' })
    expect(press('gi', 'ArrowRight')).toBeNull()
    expect(press('na', 'ArrowLeft')).toEqual({ kind: 'collapse', id: 'na' })
    expect(press('gi', 'ArrowLeft')).toEqual({ kind: 'focus', id: 'na' })
    expect(press('pa', 'ArrowLeft')).toEqual({ kind: 'focus', id: 'na' })
  })

  it('Home, End, Enter and space', () => {
    expect(press('gi', 'Home')).toEqual({ kind: 'focus', id: 'fr' })
    expect(press('gi', 'End')).toEqual({ kind: 'focus', id: 'id' })
    expect(press('gi', 'Enter')).toEqual({ kind: 'open', id: 'gi' })
    expect(press('gi', ' ')).toEqual({ kind: 'open', id: 'gi' })
  })

  it('a letter jumps to the next name, round to the top, accents aside', () => {
    expect(press('fr', 'p')).toEqual({ kind: 'focus', id: 'pa' })
    expect(press('fr', 'i')).toEqual({ kind: 'focus', id: 'id' })
    expect(press('id', 'B')).toEqual({ kind: 'focus', id: 'br' })
    expect(press('fr', 'z')).toBeNull()
  })

  it('leaves other keys to the browser', () => {
    expect(press('fr', 'Tab')).toBeNull()
    expect(press('nowhere', 'ArrowDown')).toBeNull()
  })
})
