import { expect, it } from 'vitest'
import { TREE } from './fixture.ts'
import { shownPlaces } from './shown-places.ts'

const moved = TREE.map((node) => (node.id === 'marsan' ? { ...node, parentId: 'pyrenees' } : node))
const shown = (touched: string[], opened: string[] = [], limit = 100) =>
  shownPlaces([TREE, moved], { top: 'aquitaine', touched, opened, limit })

it('without a gesture, a branch shows its top and what lies under it', () => {
  expect([...shown([]).shown].sort()).toEqual(['aquitaine', 'landes', 'pyrenees'])
  expect([...shown([], ['landes']).shown].sort()).toEqual(['aquitaine', 'landes', 'marsan', 'pyrenees'])
})

it('what is touched is shown with the way to it in both trees and with its neighbours', () => {
  expect([...shown(['marsan']).shown].sort()).toEqual([
    'aquitaine',
    'basque',
    'bearn',
    'landes',
    'marsan',
    'pyrenees',
  ])
})

it('beyond the limit what is touched comes before its neighbours, and the rest is counted', () => {
  const { shown: kept, left } = shown(['marsan'], [], 4)
  expect([...kept].sort()).toEqual(['aquitaine', 'landes', 'marsan', 'pyrenees'])
  expect(left).toBe(2)
})
