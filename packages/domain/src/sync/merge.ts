import type { Merge } from './operation.ts'
import type { LaterChange } from './state.ts'

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

/** How two corrections of one entity meet: what came after the version the phone knew, and which of it is its own. */
export type Meeting = {
  readonly base: number
  /** In the order of their versions. */
  readonly later: readonly LaterChange[]
  /** What this phone sent itself: its person knew it. */
  readonly isOwn: (opId: string) => boolean
  /** Fields whose words the author may not read. */
  readonly hidden: (field: string) => boolean
  /** Of lists and notes, of which both sides are kept. */
  readonly joined: ReadonlySet<string>
}

/**
 * Fields that someone else was the last to change after the version this phone knew, and that it now changes to
 * something else. The last to arrive is kept; both stay in the history and the rep is told.
 */
export function mergesOf({ base, later, isOwn, hidden, joined }: Meeting, change: KeyedChange): Merge[] {
  return Object.keys(change.after).flatMap((field): Merge[] => {
    const last = later.findLast((entry) => entry.version > base && field in entry.after)
    if (!last || isOwn(last.opId) || hidden(field)) return []
    const { by, membershipId, at } = last
    return [
      {
        field,
        kept: change.after[field],
        replaced: change.before[field],
        by: { membershipId, name: by },
        at,
        ...(joined.has(field) ? { joined: true } : {}),
      },
    ]
  })
}
