import type { FieldSpec } from '../field/field-spec.ts'
import type { Figure, FindingRow } from './findings.ts'
import { keptBackIn } from './kept-back.ts'
import type { Month } from './period.ts'
import type { Question } from './question.ts'
import { answeredId, measuredId, type PickedCell } from './select-cells.ts'
import { figureOfCells, shownFigure } from './tell-figure.ts'

/** What was counted in one period, of the rows and of the whole. */
export type Side = {
  readonly territoryId: string
  /** Of an axis of months. */
  readonly months: readonly Month[]
  readonly cells: readonly PickedCell[]
  /** The territory's own, whatever was answered to the question that rows are by. */
  readonly whole: readonly PickedCell[]
  /** One report in so many was counted: of the rows, and of the whole. */
  readonly every: { readonly rows: number; readonly whole: number }
  /** Who filed reports there in a month, or in all of them; null where people say nothing. */
  readonly peopleAt: (territoryId: string, month: Month | null) => number | null
}

/** Keys of each axis, in the order of the question's splits; months by their place among those of a side. */
export type AxisKeys =
  | { readonly by: 'territory' | 'answer'; readonly keys: readonly string[] }
  | { readonly by: 'month'; readonly count: number }

type Tables = {
  readonly question: Question
  readonly spec: FieldSpec | null
  readonly axes: readonly AxisKeys[]
  readonly now: Side
  readonly before: Side | null
}

type Spot = {
  readonly territoryId: string | null
  readonly answer: string | null
  readonly month: number | null
}
const TOTAL: Spot = { territoryId: null, answer: null, month: null }

/** Plain numbers of reports hide nobody's work; whatever tells how they went does. */
const isPlain = ({ measure, filters, outcomes, kind }: Question): boolean =>
  measure.of === 'count' &&
  measure.fieldId === null &&
  filters.length === 0 &&
  outcomes.length === 0 &&
  kind === null

/**
 * Each row with what it is compared with. Territories side by side compare people, so that small groups are hidden there, whoever reads; what
 * is a total of the reader's branch is not.
 */
export function tellRows(tables: Tables): { readonly rows: FindingRow[]; readonly total: FindingRow } {
  const { question, axes, now, before } = tables
  const told = (side: Side) => teller(tables, side)
  const [here, there] = [told(now), before && told(before)]
  const beside = question.compare?.with === 'territory'
  const rowAt = (spot: Spot, at: readonly string[]): FindingRow => {
    const counterpart = there && !(beside && spot.territoryId !== null) ? there(spot) : null
    const figure = here(spot)
    return { at, now: figure, before: counterpart, verdict: verdictOf(figure, counterpart) }
  }
  const rows = spotsOf(axes, now).map(({ spot, at }) => rowAt(spot, at))
  // A table of two axes is mostly empty at its edges.
  const isThere = ({ now: figure, before: past }: FindingRow): boolean =>
    axes.length < 2 || figure.n > 0 || (past?.n ?? 0) > 0 || figure.hidden !== null
  return { rows: rows.filter(isThere), total: rowAt(TOTAL, []) }
}

function spotsOf(axes: readonly AxisKeys[], now: Side): { spot: Spot; at: string[] }[] {
  let spots: { spot: Spot; at: string[] }[] = axes.length > 0 ? [{ spot: TOTAL, at: [] }] : []
  for (const axis of axes) {
    const steps: readonly (readonly [string, Partial<Spot>])[] =
      axis.by === 'month'
        ? Array.from({ length: axis.count }, (_, month) => [now.months[month] ?? '', { month }] as const)
        : axis.keys.map(
            (key) => [key, axis.by === 'territory' ? { territoryId: key } : { answer: key }] as const,
          )
    spots = spots.flatMap(({ spot, at }) =>
      steps.map(([key, step]) => ({ spot: { ...spot, ...step }, at: [...at, key] })),
    )
  }
  return spots
}

function teller({ question, spec, axes, before }: Tables, side: Side): (spot: Spot) => Figure {
  const beside = before !== null && question.compare?.with === 'territory'
  const byPlace = groupCells(side.cells)
  // Rows by the measure's own answers have its denominators with them.
  const another = answeredId(question) !== null && answeredId(question) !== measuredId(question)
  const whole = another ? groupCells(side.whole) : byPlace
  const kept = keptAt({ question, axes }, side, byPlace)
  return ({ territoryId, answer, month }) => {
    const at = territoryId ?? side.territoryId
    const when = month === null ? null : (side.months[month] ?? null)
    const isWhole = answer === null && territoryId === null && another
    const group = (isWhole ? whole : byPlace)(at, when)
    const every = isWhole ? side.every.whole : side.every.rows
    const figure = figureOfCells(question, { spec, group, answer, every })
    const people = side.peopleAt(at, when)
    return shownFigure(question.measure, figure, {
      people,
      // Over all months five people are known to be behind each of two territories; in one month they may not be.
      own: territoryId === null && !(beside && month !== null),
      plain: isPlain(question),
      kept: territoryId !== null && kept(territoryId, when),
    })
  }
}

type Groups = (territoryId: string, month: Month | null) => readonly PickedCell[]

/**
 * Whether a territory is hidden, over all months or in one, for the sake of smaller groups: of its sisters, whose total is told, or of its own
 * months, whose total is told beside them. A median is had by no subtraction.
 */
function keptAt(
  { question, axes }: Pick<Tables, 'question' | 'axes'>,
  { territoryId: whole, months, peopleAt }: Side,
  groups: Groups,
): (territoryId: string, month: Month | null) => boolean {
  const places = axes.flatMap((axis) => (axis.by === 'territory' ? axis.keys : []))
  if (isPlain(question) || question.measure.of === 'median' || peopleAt(whole, null) === null)
    return () => false
  const crossed = axes.some(({ by }) => by === 'month')
  const times = crossed ? months : [null]
  const idOf = (place: string, month: Month | null) => `${place} ${month ?? ''}`
  const parts = places.flatMap((place) =>
    times.map((month) => ({
      id: idOf(place, month),
      people: peopleAt(place, month) ?? 0,
      n: groups(place, month).some(({ n }) => n > 0) ? 1 : 0,
    })),
  )
  const sisters = times.map((month) => ({
    ids: places.map((place) => idOf(place, month)),
    whole: peopleAt(whole, month) ?? 0,
  }))
  const years = places.map((place) => ({
    ids: times.map((month) => idOf(place, month)),
    whole: peopleAt(place, null) ?? 0,
  }))
  const kept = keptBackIn(parts, crossed ? [...sisters, ...years] : sisters)
  return (territoryId, month) => kept.has(idOf(territoryId, month))
}

/** Cells by territory and month; over all months where no month is asked for. */
function groupCells(cells: readonly PickedCell[]): Groups {
  const groups = new Map<string, PickedCell[]>()
  const put = (key: string, cell: PickedCell) => {
    const group = groups.get(key)
    if (group) group.push(cell)
    else groups.set(key, [cell])
  }
  for (const cell of cells) {
    put(cell.territoryId, cell)
    if (cell.month !== null) put(`${cell.territoryId} ${cell.month}`, cell)
  }
  return (territoryId, month) => groups.get(month === null ? territoryId : `${territoryId} ${month}`) ?? []
}

function verdictOf(now: Figure, before: Figure | null): FindingRow['verdict'] {
  if (!before || now.low === null || now.high === null || before.low === null || before.high === null)
    return null
  return now.low > before.high ? 'higher' : now.high < before.low ? 'lower' : 'unclear'
}
