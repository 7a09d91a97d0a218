import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../agenda/day.ts'
import { childPath, isWithin, type Path, pathIds } from './path.ts'
import { type LineMove, linesOf } from './path-then.ts'
import { stretchesIn } from './stretches.ts'

const below =
  (...tops: string[]) =>
  (line: readonly string[]): boolean =>
    tops.some((top) => line.includes(top))

const DAYS = { from: '2026-11-01', to: '2026-11-30' }

describe('the days on which a territory lay in a branch', () => {
  const paths = new Map([
    ['na', 'fr/na/'],
    ['pb', 'fr/br/64/pb/'],
  ])
  const moves = [{ lastDay: '2026-11-20', from: 'fr/na/64/', to: 'fr/br/64/' }]
  it('end with the last day before it left, and begin with the next where it came', () => {
    expect(stretchesIn(below('na'), paths, { moves, days: DAYS })).toEqual([
      { territoryId: 'na', ...DAYS },
      { territoryId: 'pb', from: '2026-11-01', to: '2026-11-20' },
    ])
    expect(stretchesIn(below('br'), paths, { moves, days: DAYS })).toEqual([
      { territoryId: 'pb', from: '2026-11-21', to: '2026-11-30' },
    ])
  })
  it('are all of them where it moved within the branch, and none outside of the days asked for', () => {
    expect(stretchesIn(below('fr', '64'), paths, { moves, days: DAYS })).toHaveLength(2)
    expect(
      stretchesIn(below('br'), paths, { moves, days: { from: '2026-11-02', to: '2026-11-20' } }),
    ).toEqual([])
  })
  it('are those on which its line held it, after any moves', () => {
    const steps = fc.array(fc.tuple(fc.nat(40), fc.nat(1_000), fc.nat(1_000)), { maxLength: 12 })
    const spans = fc.tuple(fc.nat(35), fc.nat(35)).map(([a, b]) => ({
      from: addDays('2026-10-29', Math.min(a, b)),
      to: addDays('2026-10-29', Math.max(a, b)),
    }))
    fc.assert(
      fc.property(steps, spans, fc.subarray([...'abcdefgh'], { minLength: 1 }), (chosen, days, tops) => {
        const { tree, moves } = afterMoves(chosen.toSorted(([a], [b]) => a - b))
        const known = moves.filter(({ lastDay }) => lastDay >= days.from)
        const lineOf = linesOf(tree, moves)
        const stretches = stretchesIn(below(...tops), tree, { moves: known, days })
        for (const id of tree.keys())
          for (let day = '2026-10-29'; day <= '2026-12-05'; day = addDays(day, 1)) {
            const asked = day >= days.from && day <= days.to
            const there = stretches.filter((s) => s.territoryId === id && s.from <= day && day <= s.to)
            const held = asked && lineOf(id, day).some((held) => tops.includes(held))
            expect(there).toHaveLength(held ? 1 : 0)
          }
      }),
    )
  })
})

/** A tree after branches were put elsewhere, each on its day after the first of November, and its moves, latest first. */
function afterMoves(chosen: readonly (readonly [number, number, number])[]) {
  let tree = new Map<string, Path>([['r', 'r/'], ...[...'abcdefgh'].map((id) => [id, `r/${id}/`] as const)])
  const moves: LineMove[] = []
  for (const [day, branch, parent] of chosen) {
    const ids = [...tree.keys()]
    const from = tree.get(ids[1 + (branch % (ids.length - 1))] ?? '') ?? ''
    const under = tree.get(ids[parent % ids.length] ?? '') ?? ''
    if (isWithin(from, under)) continue
    const to = childPath(under, pathIds(from).at(-1) ?? '')
    tree = new Map(
      [...tree].map(([id, path]) => [id, isWithin(from, path) ? to + path.slice(from.length) : path]),
    )
    moves.unshift({ lastDay: addDays('2026-10-25', day), from, to })
  }
  return { tree, moves }
}
