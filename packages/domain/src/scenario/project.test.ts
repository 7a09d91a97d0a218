import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TreeStep } from '../territory/tree-step.ts'
import { chosenFrom } from './carry.ts'
import type { LiveFacts } from './facts.ts'
import { AHEAD, LIVE, ON, TREE } from './fixture.ts'
import { hindrancesOf } from './hindrance.ts'
import { type Projection, project } from './project.ts'
import type { Gesture } from './scenario.ts'

let last = 0
const gesture = (...steps: TreeStep[]): Gesture => ({ id: `g${++last}`, steps })
const create = (id: string, parentId = 'pyrenees'): TreeStep => ({
  of: 'create',
  id,
  parentId,
  rank: 3,
  name: id,
  code: null,
})
const byTowns = (fromId: string, toId: string, ...towns: string[]): TreeStep => ({
  of: 'rehome',
  fromId,
  toId,
  rule: { by: 'towns', towns },
})
const move = (territoryId: string, parentId: string): TreeStep => ({ of: 'move', territoryId, parentId })
const merge = (territoryId: string, intoId: string): TreeStep => ({ of: 'merge', territoryId, intoId })

const kinds = ({ outcomes }: Projection) => outcomes.map(({ kind }) => kind)
const homes = ({ carried }: Projection) =>
  Object.fromEntries(carried.flows.map(({ from, to, load }) => [`${from}>${to}`, load.accounts]))

describe('a draft over the tree as it is', () => {
  it('splits a sub-sector by towns, and says how many accounts pass', () => {
    const split = gesture(create('coast'), byTowns('basque', 'coast', 'bayonne'))
    const projection = project(LIVE, [split], ON)
    expect(projection.outcomes).toEqual([{ kind: 'applies', accounts: 2 }])
    expect(homes(projection)).toMatchObject({ 'basque>coast': 2, 'basque>basque': 1 })
  })

  it('passes on what a merge brought in before it', () => {
    const projection = project(
      LIVE,
      [gesture(merge('basque', 'bearn')), gesture(byTowns('bearn', 'marsan', 'Bayonne', 'Pau'))],
      ON,
    )
    expect(homes(projection)).toMatchObject({ 'basque>bearn': 1, 'basque>marsan': 2, 'bearn>marsan': 1 })
  })

  it('names the territories whose accounts are to be known one by one, through a merge too', () => {
    const steps = [merge('basque', 'bearn'), byTowns('bearn', 'marsan', 'Pau')]
    expect(chosenFrom(steps)).toEqual(new Set(['bearn', 'basque']))
    expect(chosenFrom([merge('basque', 'bearn')])).toEqual(new Set())
  })

  it('keeps a gesture that cannot be taken apart with its reason, and takes the others', () => {
    const projection = project(
      LIVE,
      [
        gesture(move('pyrenees', 'basque')),
        gesture(move('landes', 'aquitaine')),
        gesture(move('marsan', 'pyrenees')),
      ],
      ON,
    )
    expect(projection.outcomes).toEqual([
      { kind: 'stuck', fault: { code: 'TERRITORY_CYCLE', params: {}, step: 0 } },
      { kind: 'already' },
      { kind: 'applies', accounts: 0 },
    ])
  })

  it('takes the steps of one gesture together or not at all, and what hangs on it falls with it', () => {
    const split = gesture(create('coast'), byTowns('basque', 'coast', 'Bayonne'), move('coast', 'coast'))
    const projection = project(LIVE, [split, gesture(byTowns('bearn', 'coast', 'Pau'))], ON)
    expect(kinds(projection)).toEqual(['stuck', 'stuck'])
    expect(projection.tree).toHaveLength(TREE.length)
    expect(projection.carried.flows.every(({ from, to }) => from === to)).toBe(true)
  })

  it('refuses to move a territory twice', () => {
    const projection = project(
      LIVE,
      [gesture(move('marsan', 'pyrenees')), gesture(move('marsan', 'landes'))],
      ON,
    )
    expect(projection.outcomes[1]).toMatchObject({ kind: 'stuck', fault: { code: 'TERRITORY_MOVED_TWICE' } })
  })

  it('closes a territory that its accounts, people and questions have left, and no other', () => {
    const close: TreeStep = { of: 'close', territoryId: 'marsan' }
    expect(project(LIVE, [gesture(close)], ON).outcomes[0]).toMatchObject({
      kind: 'stuck',
      fault: { code: 'TERRITORY_NOT_EMPTY', params: { accounts: 2, people: 1, fields: 0 } },
    })
    const leave: TreeStep[] = [
      { of: 'rehome', fromId: 'marsan', toId: 'bearn', rule: { by: 'all' } },
      { of: 'endAssignment', assignmentId: 'rose@marsan', lastDay: '2027-02-28' },
      close,
    ]
    expect(kinds(project(LIVE, [gesture(...leave)], ON))).toEqual(['applies'])
  })

  it('ahead of its day closes what is not empty yet, says what has to leave it first, and draws it open', () => {
    const close: TreeStep = { of: 'close', territoryId: 'marsan' }
    const { outcomes, left, tree } = project(LIVE, [gesture(close)], AHEAD)
    expect(outcomes).toEqual([{ kind: 'applies', accounts: 0 }])
    expect([...left]).toEqual([['marsan', { accounts: 2, inClosed: 0, people: 1, children: 0, fields: 0 }]])
    expect(tree.find(({ id }) => id === 'marsan')?.closed).toBe(false)
    const passed: TreeStep = { of: 'rehome', fromId: 'marsan', toId: 'bearn', rule: { by: 'all' } }
    const emptied = project(LIVE, [gesture(passed), gesture(close)], AHEAD)
    expect(emptied.left.get('marsan')).toMatchObject({ accounts: 0, people: 1 })
    const leaves: TreeStep = { of: 'endAssignment', assignmentId: 'rose@marsan', lastDay: '2027-02-28' }
    expect(project(LIVE, [gesture(passed), gesture(leaves), gesture(close)], AHEAD).left.size).toBe(0)
  })

  it('counts territories below, and accounts of closed ones, whatever stands in the way first', () => {
    const close: TreeStep = { of: 'close', territoryId: 'landes' }
    const closed = TREE.map((node) => (node.id === 'marsan' ? { ...node, closed: true } : node))
    const fields = { accounts: 0, people: 1, fields: 1 }
    expect(project(LIVE, [gesture(close)], ON).outcomes[0]).toMatchObject({
      fault: { params: { ...fields, children: 1, inClosed: 0, territoryId: 'landes' } },
    })
    expect(project({ ...LIVE, tree: closed }, [gesture(close)], AHEAD).left.get('landes')).toEqual({
      ...fields,
      children: 0,
      inClosed: 2,
    })
  })

  it('ahead of its day still refuses what no day will make possible', () => {
    const root: TreeStep = { of: 'close', territoryId: 'france' }
    const again: TreeStep = { of: 'close', territoryId: 'marsan' }
    expect(project(LIVE, [gesture(root), gesture(again), gesture(again)], AHEAD).outcomes).toMatchObject([
      { kind: 'stuck', fault: { code: 'TERRITORY_ROOT' } },
      { kind: 'applies' },
      { kind: 'stuck', fault: { code: 'CONFLICT' } },
    ])
  })

  it('leaves out what somebody has carried out meanwhile', () => {
    const done: LiveFacts = {
      ...LIVE,
      tree: TREE.map((node) =>
        node.id === 'marsan' ? { ...node, parentId: 'pyrenees', name: 'Marsan' } : node,
      ),
    }
    const projection = project(
      done,
      [
        gesture(move('marsan', 'pyrenees')),
        gesture({ of: 'rename', territoryId: 'bearn', name: 'Béarn' }),
        gesture(byTowns('bearn', 'basque', 'Oloron')),
      ],
      ON,
    )
    expect(kinds(projection)).toEqual(['already', 'applies', 'already'])
  })

  it('judges what comes behind a gesture by what it leaves, not by the live tree', () => {
    const there = gesture({ of: 'rename', territoryId: 'bearn', name: 'Béarn' })
    const back = gesture({ of: 'rename', territoryId: 'bearn', name: 'bearn' })
    expect(kinds(project(LIVE, [there, back], ON))).toEqual(['applies', 'applies'])
  })
})

const ids = ['pyrenees', 'basque', 'bearn', 'landes', 'marsan', 'new1', 'new2']
const anId = fc.constantFrom(...ids)
const anyStep: fc.Arbitrary<TreeStep> = fc.oneof(
  fc.constantFrom('new1', 'new2').chain((id) => anId.map((parentId) => create(id, parentId))),
  fc.tuple(anId, anId).map(([a, b]) => move(a, b)),
  fc.tuple(anId, anId).map(([a, b]) => merge(a, b)),
  fc
    .tuple(anId, anId, fc.subarray(['Bayonne', 'Pau', 'Mauléon'], { minLength: 1 }))
    .map(([a, b, towns]) => byTowns(a, b, ...towns)),
  anId.map((territoryId): TreeStep => ({ of: 'close', territoryId })),
)

describe('whatever is drafted', () => {
  it('no account is lost or made, and none ends in a closed territory', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(anyStep, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
        (drafted) => {
          const gestures = drafted.map((steps) => gesture(...steps))
          const { carried, tree, outcomes } = project(LIVE, gestures, ON)
          expect(outcomes).toHaveLength(gestures.length)
          expect(carried.flows.reduce((sum, { load }) => sum + load.accounts, 0)).toBe(6)
          expect(carried.flows.reduce((sum, { load }) => sum + load.reports, 0)).toBe(12)
          const open = new Set(tree.filter(({ closed }) => !closed).map(({ id }) => id))
          expect(carried.flows.filter(({ to }) => !open.has(to))).toEqual([])
        },
      ),
    )
  })

  it('what waits ahead of its day is what would stand in the way today, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), (steps) => {
        const one = [gesture(...steps)]
        const [ahead, now] = [project(LIVE, one, AHEAD), project(LIVE, one, ON)]
        const fault = now.outcomes[0]?.kind === 'stuck' ? now.outcomes[0].fault : null
        const waits = hindrancesOf(one, ahead).filter(({ fault: { code } }) => code === 'TERRITORY_NOT_EMPTY')
        if (ahead.outcomes[0]?.kind === 'stuck') expect(fault).not.toBeNull()
        else expect(waits[0]?.fault ?? null).toEqual(fault && { code: fault.code, params: fault.params })
        const open = new Set(ahead.tree.filter(({ closed }) => !closed).map(({ id }) => id))
        expect(ahead.carried.flows.filter(({ to }) => !open.has(to))).toEqual([])
      }),
    )
  })
})
