import type { FieldSpec } from '../field/field-spec.ts'
import { wilson } from '../insight/wilson.ts'
import { isWhole } from './bins.ts'
import { bucketLabelParts, UNKNOWN } from './bucket.ts'
import {
  countOfSample,
  type Estimate,
  meanOfBins,
  medianOfNumbers,
  type NumberBin,
  sumOfSample,
} from './estimate.ts'
import { ANSWERED, ASKED } from './fact.ts'
import type { Figure, Method } from './findings.ts'
import { besideSmall, type SizeVerdict, visible } from './group-size.ts'
import type { Measured, Question } from './question.ts'
import { answeredId, measuredId, type PickedCell } from './select-cells.ts'

/** What a figure is before it is known whether it may be shown. */
export type Bare = Omit<Figure, 'people' | 'hidden'>

const METHODS: Readonly<Record<Measured['of'], Method | null>> = {
  count: null,
  sum: null,
  share: 'wilson',
  outcome: 'wilson',
  fill: 'wilson',
  mean: 'normal',
  median: 'ranks',
  entry: null,
}

/** How the interval of a measure is made, from all reports or from one in `every`. */
export const methodOf = ({ of }: Measured, every: number): Method | null =>
  every > 1 && (of === 'count' || of === 'sum') ? 'sample' : METHODS[of]

const NOTHING: Bare = { value: null, low: null, high: null, k: null, n: 0, between: null }

const bare = (of: Partial<Bare>): Bare => ({ ...NOTHING, ...of })

/** Cases k among n; what moved may for a moment be below nothing. */
function rate(k: number, n: number): Bare {
  if (n <= 0) return NOTHING
  const { share, low, high } = wilson(Math.min(Math.max(0, k), n), n)
  return bare({ value: share, low, high, k: Math.max(0, k), n })
}

const isAnswer = (bucket: string | null): boolean =>
  bucket !== null && bucket !== ASKED && bucket !== ANSWERED
const saysSomething = (bucket: string | null): boolean => isAnswer(bucket) && bucket !== UNKNOWN

const atLeast0 = ({ value, low, high }: Estimate): Estimate => ({ value, low: Math.max(0, low), high })

type Asked = Pick<Question, 'measure' | 'split' | 'filters'>

/**
 * One measure of the cells of one place and time (`group`); `answer` null: over all answers. `spec`: of the question measured, null where
 * reports are.
 */
export function figureOfCells(
  of: Asked,
  {
    spec,
    group,
    answer,
    every = 1,
  }: {
    readonly spec: FieldSpec | null
    readonly group: readonly PickedCell[]
    readonly answer: string | null
    /** One report in so many was counted. */
    readonly every?: number
  },
): Bare {
  const { measure } = of
  const cells = answer === null ? group : group.filter((cell) => cell.answer === answer)
  const sum = (fits: (bucket: string | null) => boolean, among = cells): number =>
    among.reduce((n, cell) => (fits(cell.bucket) ? n + cell.n : n), 0)
  const by = (bucket: string) => (other: string | null) => other === bucket
  switch (measure.of) {
    case 'outcome':
      return rate(
        cells.reduce((k, cell) => k + cell.k, 0),
        sum(() => true),
      )
    case 'fill':
      return rate(sum(by(ANSWERED)), sum(by(ASKED)))
    case 'share': {
      // Of all answers of its own question: their denominators belong to none of them.
      const among = answeredId(of) === measuredId(of) ? group : cells
      const known = sum(by(ANSWERED), among) - sum(by(UNKNOWN), among)
      const bucket = measure.bucket ?? answer
      if (bucket === null) return bare({ n: Math.max(0, known) })
      return rate(sum(by(bucket)), bucket === UNKNOWN ? sum(by(ANSWERED), among) : known)
    }
    case 'count': {
      const n = Math.max(0, countOf(of, { answer, sum, by }))
      return every === 1
        ? bare({ value: n, k: n, n })
        : bare({ ...atLeast0(countOfSample(n, every)), k: n * every, n: n * every })
    }
    case 'sum': {
      const n = Math.max(0, sum(saysSomething))
      if (n === 0) return NOTHING
      const total = totalOf(cells)
      if (every === 1) return bare({ value: total, k: total, n })
      const estimate = sumOfSample(binsOfCells(spec, cells), every, spec !== null && isWhole(spec.type))
      return bare({ ...estimate, k: estimate.value, n: n * every })
    }
    case 'mean': {
      const bins = binsOfCells(spec, cells)
      const mean = meanOfBins(bins, spec !== null && isWhole(spec.type))
      return mean ? bare({ ...mean, k: totalOf(cells), n: sum(saysSomething) }) : NOTHING
    }
    case 'median': {
      const median = medianOfNumbers(binsOfCells(spec, cells))
      if (!median) return NOTHING
      const { from, to, ...estimate } = median
      return bare({ ...estimate, n: sum(saysSomething), between: { from, to } })
    }
    // Of seconds, which are kept apart.
    case 'entry':
      return NOTHING
  }
}

function countOf(
  of: Asked,
  {
    answer,
    sum,
    by,
  }: {
    readonly answer: string | null
    readonly sum: (fits: (bucket: string | null) => boolean) => number
    readonly by: (bucket: string) => (other: string | null) => boolean
  },
): number {
  const id = measuredId(of)
  if (id === null) return sum(() => true)
  if (of.measure.of === 'count' && of.measure.bucket !== null) return sum(by(of.measure.bucket))
  if (answer !== null && answeredId(of) === id) return sum(by(answer))
  // Narrowed by its own answers, its denominators are not read.
  if (of.filters.some(({ fieldId }) => fieldId === id)) return sum(isAnswer)
  return sum(by(ANSWERED)) - sum(by(UNKNOWN))
}

const totalOf = (cells: readonly PickedCell[]): number =>
  cells.reduce((sum, cell) => (saysSomething(cell.bucket) ? sum + cell.sum : sum), 0)

/** Bins with the edges that the version in force gives them; one that it does not know ends where the next begins. */
function binsOfCells(spec: FieldSpec | null, cells: readonly PickedCell[]): NumberBin[] {
  if (!spec) return []
  const bins = new Map<string, { n: number; sum: number }>()
  for (const { bucket, n, sum } of cells) {
    if (bucket === null || !saysSomething(bucket)) continue
    const bin = bins.get(bucket) ?? { n: 0, sum: 0 }
    bins.set(bucket, { n: bin.n + n, sum: bin.sum + sum })
  }
  return [...bins].flatMap(([bucket, sums]) => {
    const label = bucketLabelParts(spec, bucket)
    return label.kind === 'range' ? [{ from: label.from, to: label.to, ...sums }] : []
  })
}

/** Measures that say nothing of too few cases. */
const isRate = (measure: Measured): boolean => measure.of !== 'count' && measure.of !== 'sum'

/**
 * The figure as it may be shown. `own`: a total of the reader's own branch, where people are not counted. `people` null: what accounts and
 * contacts hold, where cases decide. `plain`: how many reports there are, which hides nobody's work. `kept`: hidden beside a smaller group.
 */
export function shownFigure(
  measure: Measured,
  figure: Bare,
  {
    people,
    own,
    plain,
    kept = false,
  }: {
    readonly people: number | null
    readonly own: boolean
    readonly plain: boolean
    readonly kept?: boolean
  },
): Figure {
  if (figure.value === null) return { ...figure, people, hidden: null }
  const size: SizeVerdict = kept
    ? besideSmall(people ?? 0)
    : visible(
        { people: people ?? 0, n: isRate(measure) ? figure.n : Number.POSITIVE_INFINITY },
        own || plain || people === null,
      )
  if (size.visible) return { ...figure, people, hidden: null }
  const { reason, have, need } = size
  // Too few cases say nothing of a rate; how many they are is a total like any other.
  const k = reason === 'cases' && isShare(measure) ? figure.k : null
  return { ...NOTHING, k, n: isRate(measure) ? figure.n : 0, people, hidden: { reason, have, need } }
}

const isShare = ({ of }: Measured): boolean => of === 'share' || of === 'outcome' || of === 'fill'
