import type { LocalRows } from './local-rows.ts'

/**
 * Keeps what is made of rows for something (a question, a return), under a key: a save then finds what was counted before it,
 * and each of a question's answers the same count.
 */
export function madeOnce<Made>(): (rows: LocalRows, of: object, key: string, make: () => Made) => Made {
  const kept = new WeakMap<LocalRows, WeakMap<object, Map<string, Made>>>()
  return (rows, of, key, make) => {
    const byThing = kept.get(rows) ?? new WeakMap<object, Map<string, Made>>()
    kept.set(rows, byThing)
    const byKey = byThing.get(of) ?? new Map<string, Made>()
    byThing.set(of, byKey)
    const found = byKey.get(key) ?? make()
    byKey.set(key, found)
    return found
  }
}
