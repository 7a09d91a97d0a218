import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnownTerritory } from './find-territory.ts'
import { planTerritories, readLevel, readTerritoryLine } from './plan-territories.ts'

const NAMES = [{ fr: 'Nation' }, { fr: 'Directions', en: 'Divisions' }, { fr: 'Agence' }, { fr: 'Tournée' }]
const mapping = { name: 0, level: 1, parent: 2, code: 3 }
const line = (number: number, ...cells: string[]) =>
  readTerritoryLine({ line: number, cells }, { mapping, columns: 4, levelNames: NAMES })
const root: KnownTerritory = { id: 'r', parentId: null, rank: 0, name: 'France', code: null, path: 'r/' }
const ids = () => {
  let n = 0
  return () => `n${n++}`
}
const codes = (plan: ReturnType<typeof planTerritories>) =>
  plan.verdicts.map(({ faults, outcome }) => faults[0]?.code ?? outcome)

describe('a level', () => {
  it('is a rank, a name of the organisation in either language, or a usual word', () => {
    expect(
      ['0', '3', 'direction', 'Division', 'AGENCES', 'tournée', 'Régional', 'sub-sector', '4', 'x'].map(
        (text) => readLevel(text, NAMES),
      ),
    ).toEqual([0, 3, 1, 1, 2, 3, 1, 3, null, null])
  })
})

describe('a file of territories', () => {
  it('may name the same sector under two parents, told apart by what is nearest or by a code', () => {
    const plan = planTerritories(
      [root],
      [
        line(2, 'Nord', '1', ''),
        line(3, 'Sud', '1', ''),
        line(4, 'Centre', '2', 'Nord', 'CN'),
        line(5, 'Centre', '2', 'Sud', 'CS'),
        line(6, 'A', '3', 'Centre'),
        line(7, 'B', '3', 'CS'),
      ],
      ids(),
    )
    expect(codes(plan)).toEqual(['create', 'create', 'create', 'create', 'TERRITORY_AMBIGUOUS', 'create'])
    const [b] = plan.changes.filter(({ name }) => name === 'B')
    expect(b?.parentId).toBe(plan.changes.find(({ code }) => code === 'CS')?.id)
  })
  it('does not move what is there, nor take a name that a neighbour bears', () => {
    const known = [
      root,
      { ...root, id: 'a', parentId: 'r', rank: 1 as const, name: 'Nord', code: 'N', path: 'r/a/' },
      { ...root, id: 'b', parentId: 'a', rank: 2 as const, name: 'Lille', code: 'L', path: 'r/a/b/' },
    ]
    const plan = planTerritories(
      known,
      [line(2, 'Lille', '2', 'France', 'L'), line(3, 'Nord', '1', '', 'X'), line(4, 'Nord', '1', '', 'n')],
      ids(),
    )
    expect(codes(plan)).toEqual(['PLACE_OTHER', 'NAME_TAKEN', 'unchanged'])
  })
  it('comes to the same tree whatever the order of its lines, and to nothing the second time', () => {
    const nodes = fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 25,
    })
    fc.assert(
      fc.property(nodes, fc.infiniteStream(fc.nat()), (shape, shuffle) => {
        const made: { name: string; rank: number; parent: string }[] = []
        for (const [pick, rank] of shape) {
          const above = [{ name: 'France', rank: 0 }, ...made].filter((one) => one.rank < rank)
          const parent = above[pick % above.length]
          if (parent) made.push({ name: `T${made.length}`, rank, parent: parent.name })
        }
        const file = made
          .map((one, i) => ({ one, key: shuffle.next().value ?? i }))
          .sort((a, b) => a.key - b.key)
        const lines = file.map(({ one }, i) => line(i + 2, one.name, String(one.rank), one.parent))
        const plan = planTerritories([root], lines, ids())
        expect(codes(plan)).toEqual(made.map(() => 'create'))
        const all = [root, ...plan.changes]
        for (const { name, parent } of made) {
          const own = all.find((one) => one.name === name)
          const above = all.find((one) => one.name === parent)
          expect([own?.parentId, own?.path]).toEqual([above?.id, `${above?.path}${own?.id}/`])
        }
        // Parents come before their children: each may be written as it comes.
        const seen = new Set(['r'])
        for (const change of plan.changes) {
          expect(seen.has(change.parentId ?? '')).toBe(true)
          seen.add(change.id)
        }
        expect(codes(planTerritories(all, lines, ids()))).toEqual(made.map(() => 'unchanged'))
      }),
    )
  })
  it('in a ring is refused all round, whatever its length, and no line waits for ever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (length) => {
        const lines = Array.from({ length }, (_, i) =>
          line(i + 2, `R${i}`, String((i % 3) + 1), `R${(i + 1) % length}`),
        )
        const plan = planTerritories([root], [...lines, line(99, 'Sous', '3', 'R0')], ids())
        expect(codes(plan)).toEqual([...lines.map(() => 'PARENT_CYCLE'), 'PARENT_REFUSED'])
        expect(plan.changes).toEqual([])
      }),
    )
  })
})
