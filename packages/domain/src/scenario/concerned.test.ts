import { describe, expect, it } from 'vitest'
import type { TreeStep } from '../territory/tree-step.ts'
import { concernedBy } from './concerned.ts'
import { LIVE, TREE } from './fixture.ts'

const told = (...steps: TreeStep[]) => {
  const gestures = steps.map((step, at) => ({ id: String(at), steps: [step] }))
  const found = concernedBy(gestures, { tree: TREE, held: LIVE.held, day: '2027-03-01' })
  return Object.fromEntries([...found].map(([who, list]) => [who, list.map(({ id }) => id)]))
}

describe('who is told of a planned change', () => {
  it('whoever works on what it changes', () => {
    expect(told({ of: 'rename', territoryId: 'basque', name: 'Labourd' })).toEqual({ maya: ['0'] })
    expect(told({ of: 'rename', territoryId: 'pyrenees', name: 'P' })).toEqual({ local: ['0'] })
    expect(told({ of: 'rehome', fromId: 'basque', toId: 'marsan', rule: { by: 'all' } })).toEqual({
      maya: ['0'],
      rose: ['0'],
    })
  })

  it('and below what passes elsewhere, once a gesture, not where it goes', () => {
    const move: TreeStep = { of: 'move', territoryId: 'pyrenees', parentId: 'france' }
    const merge: TreeStep = { of: 'merge', territoryId: 'basque', intoId: 'bearn' }
    expect(told(move, merge)).toEqual({ maya: ['0', '1'], peio: ['0', '1'], local: ['0'] })
  })

  it('not of roles, nor whoever is gone by then', () => {
    expect(told({ of: 'endAssignment', assignmentId: 'maya@basque', lastDay: null })).toEqual({})
    const gone = LIVE.held.map((one) => ({ ...one, validTo: '2027-02-28' }))
    const close: TreeStep = { of: 'close', territoryId: 'basque' }
    const gestures = [{ id: 'close', steps: [close] }]
    expect(concernedBy(gestures, { tree: TREE, held: gone, day: '2027-03-01' }).size).toBe(0)
    expect(concernedBy(gestures, { tree: TREE, held: LIVE.held, day: '2027-03-01' }).size).toBe(1)
  })
})
