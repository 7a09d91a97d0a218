import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ANSWERED } from '../analytics/fact.ts'
import type { Outcome } from '../report/report.ts'
import { ALL } from './count-grid.ts'
import { type CountCell, FactorCounts } from './factor-counts.ts'
import { TerritoryTree } from './territory-tree.ts'

const PERIOD = { from: '2026-01', to: '2026-03' }
const NODES = [
  { id: 'fr', parentId: null, people: 9 },
  { id: 'na', parentId: 'fr', people: 5 },
  { id: 'pb', parentId: 'na', people: 2 },
  { id: 'be', parentId: 'na', people: 3 },
  { id: 'bre', parentId: 'fr', people: 4 },
]
const ABOVE: Readonly<Record<string, readonly string[]>> = {
  fr: ['fr'],
  na: ['na', 'fr'],
  pb: ['pb', 'na', 'fr'],
  be: ['be', 'na', 'fr'],
  bre: ['bre', 'fr'],
}
const tree = new TerritoryTree(NODES)
const cell = fc.record<CountCell>({
  territoryId: fc.constantFrom(...Object.keys(ABOVE)),
  month: fc.constantFrom('2025-12', '2026-01', '2026-02', '2026-03'),
  bucket: fc.constantFrom('a', 'gone', 'unknown', ANSWERED),
  outcome: fc.constantFrom<Outcome[]>('order', 'revisit', 'none'),
  n: fc.integer({ min: 1, max: 9 }),
})

it.each(['fr', 'na'])(
  'roll-ups that hold what is below count each home alone, asked at %s',
  (territoryId) => {
    const counting = () =>
      new FactorCounts(
        { factor: { kind: 'answer', fieldId: 'f' }, territoryId, buckets: ['a'] },
        tree,
        PERIOD,
      )
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const [own, rolled] = [counting(), counting()]
        for (const one of cells) own.add(one)
        for (const one of cells)
          for (const at of ABOVE[one.territoryId] ?? []) rolled.addBranch({ ...one, territoryId: at })
        for (let step = 0; step < 3; step++)
          for (let home = 0; home < own.end - own.top; home++)
            for (let slot = 0; slot <= 1; slot++)
              for (let outcome = 0; outcome <= ALL; outcome++)
                expect(rolled.months.get(step, home, slot, outcome)).toBe(
                  own.months.get(step, home, slot, outcome),
                )
      }),
    )
  },
)
