import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nameKey } from '../account/normalise.ts'
import type { Rank } from './rank.ts'
import { applySteps, type TreeNode, type TreeStep, treeStep, undoOf } from './tree-step.ts'

const node = (id: string, parentId: string | null, rank: Rank, over: Partial<TreeNode> = {}): TreeNode => ({
  id,
  parentId,
  rank,
  name: id,
  code: null,
  closed: false,
  ...over,
})
const FRANCE = [
  node('fr', null, 0),
  node('na', 'fr', 1),
  node('br', 'fr', 1),
  node('64', 'na', 2, { code: '64' }),
  node('29', 'br', 2, { code: '29' }),
  node('pb', '64', 3),
  node('bearn', '64', 3),
]
const after = (...steps: TreeStep[]) => {
  const taken = applySteps(FRANCE, steps)
  return 'fault' in taken
    ? taken.fault
    : Object.fromEntries(taken.tree.filter(({ closed }) => !closed).map(({ id, parentId }) => [id, parentId]))
}
const move = (territoryId: string, parentId: string): TreeStep => ({ of: 'move', territoryId, parentId })
const merge = (territoryId: string, intoId: string): TreeStep => ({ of: 'merge', territoryId, intoId })
const create = (
  id: string,
  parentId: string,
  rank: Rank,
  name = id,
  code: string | null = null,
): TreeStep => ({
  of: 'create',
  id,
  parentId,
  rank,
  name,
  code,
})

describe('steps that change a tree', () => {
  it('are taken one after the other, each on what the one before made', () => {
    expect(after(create('oc', 'fr', 1), move('64', 'oc'), { of: 'close', territoryId: 'na' })).toMatchObject({
      '64': 'oc',
      pb: '64',
    })
    expect(after(merge('na', 'br'))).toEqual({
      fr: null,
      br: 'fr',
      '64': 'br',
      '29': 'br',
      pb: '64',
      bearn: '64',
    })
  })
  it('taken ahead close a territory with others below it, and say how many have to leave it', () => {
    const close: TreeStep[] = [{ of: 'close', territoryId: '64' }]
    const taken = applySteps(FRANCE, close, { ahead: true })
    if ('fault' in taken) throw new Error(taken.fault.code)
    expect([...taken.left]).toEqual([['64', 2]])
    // What comes behind it finds it closed, as on the day.
    expect(applySteps(FRANCE, [...close, move('64', 'br')], { ahead: true })).toMatchObject({
      fault: { code: 'CONFLICT', step: 1 },
    })
    const root: TreeStep[] = [{ of: 'close', territoryId: 'fr' }]
    expect(applySteps(FRANCE, root, { ahead: true })).toMatchObject({ fault: { code: 'TERRITORY_ROOT' } })
  })
  it('end at the first that cannot be taken, which is named', () => {
    const fault = (code: string, step: number) => ({ code, step })
    expect(after(move('na', '64'))).toMatchObject(fault('TERRITORY_CYCLE', 0))
    expect(after(move('64', 'br'), move('fr', '64'))).toMatchObject(fault('TERRITORY_ROOT', 1))
    expect(after(move('64', 'br'), move('64', 'na'))).toMatchObject(fault('TERRITORY_MOVED_TWICE', 1))
    expect(after(move('64', '29'))).toMatchObject(fault('TERRITORY_RANK', 0))
    expect(after(move('64', 'nowhere'))).toMatchObject(fault('NOT_FOUND', 0))
    expect(after({ of: 'close', territoryId: '64' })).toMatchObject(fault('TERRITORY_NOT_EMPTY', 0))
    expect(after(create('x', '64', 3, 'PB'))).toMatchObject(fault('TERRITORY_NAME_TAKEN', 0))
    expect(after(create('x', 'br', 2, 'x', '64'))).toMatchObject(fault('TERRITORY_CODE_TAKEN', 0))
    expect(after(create('pb', 'fr', 1))).toMatchObject(fault('CONFLICT', 0))
    expect(after(merge('na', '64'))).toMatchObject(fault('TERRITORY_CYCLE', 0))
    expect(after(merge('64', 'pb'))).toMatchObject(fault('TERRITORY_CYCLE', 0))
    expect(after(merge('64', 'bearn'))).toMatchObject(fault('TERRITORY_CYCLE', 0))
    expect(after(merge('fr', 'na'))).toMatchObject(fault('TERRITORY_ROOT', 0))
  })
  it('never put two neighbours of one name side by side when they merge', () => {
    expect(after(create('x', '29', 3, 'Pb'), merge('64', '29'))).toMatchObject({
      code: 'TERRITORY_NAME_TAKEN',
      step: 1,
    })
  })
  it('do not touch what is closed, until it is open again', () => {
    const close: TreeStep = { of: 'close', territoryId: 'pb' }
    expect(after(close, move('pb', '29'))).toMatchObject({ code: 'CONFLICT', step: 1 })
    expect(after(close, { of: 'reopen', territoryId: 'pb' }, move('pb', '29'))).toMatchObject({ pb: '29' })
  })
  it('are refused at the edge when they are not well written', () => {
    const id = '019a0000-0000-7000-8000-000000000001'
    expect(treeStep.safeParse({ of: 'rename', territoryId: id, name: '...' }).success).toBe(false)
    expect(treeStep.safeParse({ of: 'move', territoryId: 'x', parentId: id }).success).toBe(false)
    expect(treeStep.safeParse({ of: 'rename', territoryId: id, name: ' Pays Basque ' }).data).toMatchObject({
      name: 'Pays Basque',
    })
  })
})

describe('any steps', () => {
  const pick = fc.nat(40)
  const drawn = fc.array(
    fc.tuple(
      fc.constantFrom('create', 'rename', 'move', 'merge', 'close', 'reopen'),
      pick,
      pick,
      fc.nat(3),
      fc.nat(6),
    ),
    { maxLength: 40 },
  )
  /** Steps about territories that exist, most of which cannot be taken. */
  const stepOf = (
    tree: readonly TreeNode[],
    [of, a, b, rank, word]: readonly [string, number, number, number, number],
    at: number,
  ): TreeStep => {
    const idAt = (n: number) => tree[n % tree.length]?.id ?? ''
    const name = ['un', 'deux', 'trois', 'UN', 'Déux', 'six', 'sept'][word] ?? ''
    switch (of) {
      case 'create':
        return create(`n${at}`, idAt(a), rank as Rank, name, word % 2 ? `c${word}` : null)
      case 'rename':
        return { of, territoryId: idAt(a), name }
      case 'move':
        return move(idAt(a), idAt(b))
      case 'merge':
        return merge(idAt(a), idAt(b))
      default:
        return { of: of === 'close' ? 'close' : 'reopen', territoryId: idAt(a) }
    }
  }
  const open = (tree: readonly TreeNode[]) =>
    tree.filter(({ closed }) => !closed).sort((a, b) => (a.id < b.id ? -1 : 1))

  function expectTree(tree: readonly TreeNode[]): void {
    const byId = new Map(tree.map((one) => [one.id, one]))
    expect(byId.size).toBe(tree.length)
    expect(tree.filter(({ parentId }) => parentId === null)).toHaveLength(1)
    for (const one of tree) {
      if (one.parentId === null) continue
      const parent = byId.get(one.parentId)
      // A lower level at each step down: nothing lies below itself.
      expect(parent && parent.rank < one.rank).toBe(true)
      if (!one.closed) expect(parent?.closed).toBe(false)
    }
    const names = open(tree).map(({ parentId, name }) => `${parentId} ${nameKey(name)}`)
    expect(new Set(names).size).toBe(names.length)
    const codes = open(tree).flatMap(({ rank, code }) => (code === null ? [] : [`${rank} ${code}`]))
    expect(new Set(codes).size).toBe(codes.length)
  }

  it('make a tree, and the undoing of each gives back the tree before', () => {
    fc.assert(
      fc.property(drawn, (choices) => {
        let tree: readonly TreeNode[] = FRANCE
        for (const [at, choice] of choices.entries()) {
          const step = stepOf(tree, choice, at)
          const taken = applySteps(tree, [step])
          if ('fault' in taken) continue
          expectTree(taken.tree)
          const undone = applySteps(taken.tree, undoOf(tree, step))
          if ('fault' in undone) throw new Error(`${JSON.stringify(step)} ${JSON.stringify(undone.fault)}`)
          expect(open(undone.tree)).toEqual(open(tree))
          tree = taken.tree
        }
      }),
    )
  })
  it('taken together are those taken one by one', () => {
    fc.assert(
      fc.property(drawn, (choices) => {
        const steps: TreeStep[] = []
        let tree: readonly TreeNode[] = FRANCE
        const moved = new Set<string>()
        for (const [at, choice] of choices.entries()) {
          const step = stepOf(tree, choice, at)
          if (step.of === 'move' && moved.has(step.territoryId)) continue
          const taken = applySteps(tree, [step])
          if ('fault' in taken) continue
          if (step.of === 'move') moved.add(step.territoryId)
          steps.push(step)
          tree = taken.tree
        }
        expect(applySteps(FRANCE, steps)).toEqual({ tree, left: new Map() })
      }),
    )
  })
})
