import { expect, it } from 'vitest'
import { placeRows } from './place-rows.ts'
import type { PlaceLine, ShownSide } from './scenario-page.ts'

const side = (name: string, parentId: string | null, below = 0): ShownSide => ({
  name,
  parentId,
  below,
  load: { accounts: 1, visitsDue: 0, reports: 0, seconds: 10, reps: 1, names: ['Maya'] },
})
const place = (id: string, before: ShownSide | null, after: ShownSide | null): PlaceLine => ({
  id,
  rank: 3,
  change: null,
  before,
  after,
})
const PLACES = [
  place('top', side('Top', null, 2), side('Top', null, 2)),
  place('a', side('A', 'top'), side('A', 'top', 1)),
  place('b', side('B', 'top'), side('B', 'a')),
  place('new', null, side('New', 'top')),
]
const rows = (which: 'before' | 'after', folded: string[] = []) =>
  placeRows(PLACES, which, { top: 'top', folded: new Set(folded) }).map(({ place, depth, open }) => [
    place.id,
    depth,
    open,
  ])

it('each tree shows its own places, under their parents of that side', () => {
  expect(rows('before')).toEqual([
    ['top', 0, true],
    ['a', 1, undefined],
    ['b', 1, undefined],
  ])
  expect(rows('after')).toEqual([
    ['top', 0, true],
    ['a', 1, true],
    ['b', 2, undefined],
    ['new', 1, undefined],
  ])
})

it('what is folded shows nothing below', () => {
  expect(rows('after', ['a'])).toEqual([
    ['top', 0, true],
    ['a', 1, false],
    ['new', 1, undefined],
  ])
})
