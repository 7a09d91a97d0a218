import type { Merge } from './operation.ts'
import type { ChangeEntry } from './state.ts'

/** Same JSON value, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = b as Readonly<Record<string, unknown>>
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => key in right && sameValue(value, right[key]))
  )
}

export type KeyedChange = {
  readonly before: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
}

/** The keys a patch really changes, with both sides; answers are keyed "values.<fieldId>". */
export function keyedChange(
  current: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): KeyedChange {
  const before: Record<string, unknown> = {}
  const after: Record<string, unknown> = {}
  const note = (key: string, was: unknown, is: unknown): void => {
    if (sameValue(was ?? null, is ?? null)) return
    before[key] = was ?? null
    after[key] = is ?? null
  }
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined) continue
    if (key !== 'values') {
      note(key, current[key], value)
      continue
    }
    const values = (current.values ?? {}) as Readonly<Record<string, unknown>>
    for (const [fieldId, answer] of Object.entries(value as object))
      note(`values.${fieldId}`, values[fieldId], answer)
  }
  return { before, after }
}

/**
 * Fields that someone else changed after the version this phone knew, and that it now changes to something else.
 * The last to arrive is kept; both stay in the history and the rep is told.
 */
export function mergesOf(
  base: number,
  later: readonly Pick<ChangeEntry, 'version' | 'after'>[],
  change: KeyedChange,
): Merge[] {
  const touched = new Set(
    later.filter((entry) => entry.version > base).flatMap((entry) => Object.keys(entry.after)),
  )
  return Object.keys(change.after)
    .filter((key) => touched.has(key))
    .map((field) => ({ field, kept: change.after[field], replaced: change.before[field] }))
}
