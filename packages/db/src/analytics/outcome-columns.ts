import { OUTCOMES, type Outcome, WON } from '@fieldback/domain/report/report'
import { Prisma } from '../generated/prisma/client.ts'

// Cells hold outcomes side by side: n_order, n_quote… of reports, and those of answers sum_order, sum_quote… of what these add up to.

type Side = 'n' | 'sum'

const columnsOf = (side: Side): ReadonlyMap<Outcome, string> =>
  new Map(OUTCOMES.map((outcome) => [outcome, `${side}_${outcome}`]))
const COLUMNS = { n: columnsOf('n'), sum: columnsOf('sum') }

/** What a cell holds of some outcomes; empty: of all. */
export function ofOutcomes(side: Side, outcomes: readonly Outcome[] = []): Prisma.Sql {
  const wanted = outcomes.length > 0 ? outcomes : OUTCOMES
  return Prisma.raw(`(${wanted.flatMap((outcome) => COLUMNS[side].get(outcome) ?? []).join(' + ')})`)
}

/** Reports of a cell, and those that were won. */
export const EVERY = ofOutcomes('n')
export const WINS = ofOutcomes('n', [WON])

const [counts, sums] = [[...COLUMNS.n.values()], [...COLUMNS.sum.values()]]
const sides = [...counts, ...sums]

/** All that a row of rollup_cell (`c`) holds beside its key. */
export const CELL_SIDES = Prisma.raw(sides.join(', '))
export const ADD_CELL_SIDES = Prisma.raw(
  sides.map((name) => `${name} = c.${name} + excluded.${name}`).join(', '),
)
/** Two conditions and not eight, of which the planner would take every row to fail, and read all to find none. */
export const CELL_IS_NOTHING = Prisma.raw(
  `${counts.map((name) => `c.${name}`).join(' | ')} = 0 AND ${sums.map((name) => `abs(c.${name})`).join(' + ')} < 1e-9`,
)
/** Each of them, from another expression of it. */
export const cellSides = (of: (column: string) => string): Prisma.Sql =>
  Prisma.raw(sides.map((name) => `${of(name)} AS ${name}`).join(', '))
/** An outcome a row, as text: to be put after a FROM with rows `c` of rollup_cell, whose outcomes are then `o (outcome, n, sum)`. */
export const BY_OUTCOME = `CROSS JOIN LATERAL (VALUES ${OUTCOMES.map((outcome) => `('${outcome}', c.n_${outcome}, c.sum_${outcome})`).join(', ')}) AS o (outcome, n, sum)`
