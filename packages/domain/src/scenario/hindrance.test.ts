import { describe, expect, it } from 'vitest'
import { standingOf } from '../territory/placement.ts'
import type { TreeStep } from '../territory/tree-step.ts'
import type { LiveFacts } from './facts.ts'
import { AHEAD, LIVE, ON } from './fixture.ts'
import { hindrancesOf } from './hindrance.ts'
import { project } from './project.ts'
import type { Gesture } from './scenario.ts'

const gestures = (...steps: TreeStep[]): Gesture[] =>
  steps.map((step, at) => ({ id: `g${at}`, steps: [step] }))
const told = (of: readonly Gesture[], { live = LIVE, on = AHEAD } = {}) =>
  hindrancesOf(of, project(live, of, on)).map(({ gestureId, fault, question }) => [
    gestureId,
    fault.code,
    question?.fr ?? null,
  ])

describe('what would keep a plan from being applied', () => {
  const close: TreeStep = { of: 'close', territoryId: 'marsan' }
  const merge: TreeStep = { of: 'merge', territoryId: 'basque', intoId: 'bearn' }
  const twice: LiveFacts = {
    ...LIVE,
    questions: ['basque', 'bearn'].map((territoryId) => ({
      id: `surf@${territoryId}`,
      key: 'surf',
      entity: 'report',
      label: { fr: 'Surf' },
      territoryId,
      seconds: 2,
    })),
  }

  it('is nothing where all of it applies', () => {
    expect(told(gestures({ of: 'rename', territoryId: 'bearn', name: 'Béarn' }))).toEqual([])
  })

  it('is a gesture that does not apply, what stands where it closes, and a choice that misses, each by its gesture', () => {
    const of = gestures({ of: 'move', territoryId: 'pyrenees', parentId: 'basque' }, close, merge)
    expect(told(of, { live: twice })).toEqual([
      ['g0', 'TERRITORY_CYCLE', null],
      ['g1', 'TERRITORY_NOT_EMPTY', null],
      ['g2', 'TERRITORY_FIELDS_MEET', 'Surf'],
    ])
  })

  it('says what stands where, ahead of the day as on it', () => {
    const of = gestures(close)
    for (const on of [AHEAD, ON]) {
      const [one] = hindrancesOf(of, project(LIVE, of, on))
      expect(one && standingOf(one.fault)).toEqual({
        territoryId: 'marsan',
        here: { accounts: 2, inClosed: 0, people: 1, children: 0, fields: 0 },
      })
    }
    expect(standingOf({ code: 'TERRITORY_CYCLE', params: {} })).toBeNull()
  })

  it('is nothing of what stands there once steps before pass it on', () => {
    const of = gestures(
      { of: 'rehome', fromId: 'marsan', toId: 'bearn', rule: { by: 'all' } },
      { of: 'endAssignment', assignmentId: 'rose@marsan', lastDay: null },
      close,
    )
    expect(told(of)).toEqual([])
  })
})
