import type { FieldSpec } from '../field/field-spec.ts'

export const BINS_MAX = 12

/** Bins of a number: `lower` gives the edge a value belongs to, `next` the edge above it, null past the last. */
export type Bins = {
  readonly lower: (x: number) => number
  readonly next: (edge: number) => number | null
}

type Bounds = Pick<FieldSpec, 'type' | 'min' | 'max'>

const STEPS = [1, 2, 5] as const

/** m times ten to the e, rounded once: 3e-1 is 0.3, where 3 * 0.1 is not. */
const scaled = (m: number, e: number): number => Number(`${m}e${e}`)

/** Answers lie within it (field/answer.ts); past it a double no longer tells neighbours apart. */
export const EXTENT = 1e15

/** Numbers that nobody answers with a fraction: both ends of a bin then belong to it. */
export const isWhole = (type: FieldSpec['type']): boolean => type === 'integer' || type === 'rating'

const made = new WeakMap<Bounds, Bins>()

/** Bins that depend on the bounds alone: even ones between both, else a 1-2-5 series; durations have their own. Made once a question. */
export function binsOf(bounds: Bounds): Bins {
  const known = made.get(bounds)
  if (known) return known
  const bins = makeBins(bounds)
  made.set(bounds, bins)
  return bins
}

function makeBins({ min, max, type }: Bounds): Bins {
  if (type === 'duration') return DURATIONS
  const whole = isWhole(type)
  if (min === undefined || max === undefined || min > max) return whole ? WHOLE_SERIES : SERIES
  return Math.max(-min, max) > EXTENT ? (whole ? WHOLE_SERIES : SERIES) : evenBins(min, max, whole)
}

/** The smallest width among 1, 2, 5, 10, 20, ... that covers the bounds in twelve bins, edges on its multiples. */
function evenBins(min: number, max: number, whole: boolean): Bins {
  for (let e = firstPower(min, max, whole); ; e++) {
    for (const step of STEPS) {
      const width = scaled(step, e)
      const lower = (x: number): number => lowerMultiple(Math.min(Math.max(x, min), max), step, e)
      if (Math.round((lower(max) - lower(min)) / width) < BINS_MAX) {
        return { lower, next: (edge) => scaled((Math.round(edge / width) + 1) * step, e) }
      }
    }
  }
}

/** A power of ten whose width makes too many bins or just enough, and multiples of which a double still counts exactly. */
function firstPower(min: number, max: number, whole: boolean): number {
  const furthest = Math.max(Math.abs(min), Math.abs(max))
  const exact = furthest > 0 ? Math.ceil(Math.log10(furthest)) - 14 : 0
  const narrow = max > min ? Math.floor(Math.log10((max - min) / BINS_MAX)) - 1 : 0
  return Math.max(narrow, exact, whole ? 0 : Number.NEGATIVE_INFINITY)
}

/** The largest multiple of step * 10^e that is not above x. */
function lowerMultiple(x: number, step: number, e: number): number {
  const at = (index: number): number => scaled(index * step, e)
  let index = Math.floor(x / scaled(step, e))
  // Division may land a hair off an edge that x sits on exactly.
  while (at(index) > x) index -= 1
  while (at(index + 1) <= x) index += 1
  return at(index)
}

/** Powers of ten of the smallest and largest edges. */
const SMALLEST = -3
const LARGEST = 15

const POSITIVE = Array.from({ length: LARGEST - SMALLEST + 1 }, (_, i) =>
  STEPS.map((step) => scaled(step, SMALLEST + i)),
).flat()

/** ..., -2, -1, [-0.5, ...,] 0, [..., 0.5,] 1, 2, 5, 10, ...: for numbers whose extent nobody announced. */
function seriesBins(positive: readonly number[]): Bins {
  const edges = [...positive.map((edge) => -edge).reverse(), 0, ...positive]
  return {
    lower: (x) => edges.findLast((edge) => edge <= x) ?? edges[0] ?? 0,
    next: (edge) => edges.find((other) => other > edge) ?? null,
  }
}

/** Minutes as a clock has them: a width of 50 says nothing. */
const DURATIONS = seriesBins([
  1, 5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1440, 2880, 10_080, 43_200,
])

const SERIES = seriesBins(POSITIVE)
const WHOLE_SERIES = seriesBins(POSITIVE.filter((edge) => edge >= 1))
