import { POSITION_MAX as MOST } from './field-spec.ts'
import type { Ranked } from './question-order.ts'

/** Room left behind a question placed last, for the next ones. */
const STEP = 10

/** A place in the order before all others. */
const START: Ranked = { id: '', position: 0 }

/** The smallest position with which a question stands behind another one: those at one position go by id. */
const behind = (before: Ranked, id: string): number =>
  id > before.id ? before.position : before.position + 1

/**
 * The positions that put questions of one owner in an order, of those alone that must change: a position is part of a
 * version, so that as few as possible get a new one. `wanted` are the same questions, in their new order.
 */
export function reorder(wanted: readonly Ranked[]): Ranked[] {
  const kept = keepMost(wanted)
  const changed: Ranked[] = []
  for (const [from, to] of gaps(kept, wanted.length)) {
    const run = wanted.slice(from + 1, to)
    changed.push(...place(run, wanted[from] ?? null, wanted[to] ?? null))
  }
  return changed.filter(({ id, position }) => wanted.find((one) => one.id === id)?.position !== position)
}

/** Indexes of the longest choice of questions that can keep their positions, the others fitting between them. */
function keepMost(wanted: readonly Ranked[]): number[] {
  const best: { readonly count: number; readonly previous: number }[] = []
  let last = -1
  let most = 0
  for (let at = 0; at < wanted.length; at++) {
    best[at] = { count: fits(wanted, -1, at) ? 1 : Number.NEGATIVE_INFINITY, previous: -1 }
    for (let before = 0; before < at; before++) {
      const count = (best[before]?.count ?? 0) + 1
      if (count > (best[at]?.count ?? 0) && fits(wanted, before, at)) best[at] = { count, previous: before }
    }
    const count = best[at]?.count ?? 0
    if (count > most && fits(wanted, at, wanted.length)) [last, most] = [at, count]
  }
  const kept: number[] = []
  for (let at = last; at >= 0; at = best[at]?.previous ?? -1) kept.unshift(at)
  return kept
}

/** Whether all between two questions that keep their positions find a place there. */
function fits(wanted: readonly Ranked[], from: number, to: number): boolean {
  let before = wanted[from] ?? START
  for (const { id } of wanted.slice(from + 1, to)) {
    before = { id, position: behind(before, id) }
    if (before.position > MOST) return false
  }
  const end = wanted[to]
  return end === undefined || end.position >= behind(before, end.id)
}

const gaps = (kept: readonly number[], length: number): [number, number][] =>
  [-1, ...kept].map((at, index) => [at, kept[index] ?? length])

/** Positions of a run between two that stay: spread evenly where there is room, else as near as ids allow. */
function place(run: readonly Ranked[], before: Ranked | null, after: Ranked | null): Ranked[] {
  const floor = before ? before.position : -1
  const ceiling = after ? after.position : Math.min(floor + STEP * (run.length + 1), MOST + 1)
  const width = (ceiling - floor) / (run.length + 1)
  if (width >= 1) return run.map(({ id }, at) => ({ id, position: Math.floor(floor + width * (at + 1)) }))
  let previous = before ?? START
  return run.map(({ id }) => {
    previous = { id, position: behind(previous, id) }
    return previous
  })
}
