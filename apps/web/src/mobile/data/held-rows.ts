import type { LocalRows } from '@fieldback/domain/giveback/local-rows'
import type { CacheRows } from './cache.ts'
import { localRows, type PhoneState } from './store.ts'

const held = new WeakMap<CacheRows, LocalRows>()

/** The rows as domain rules read them, made once a change: what those rules index of them is then found again. */
export function heldRows(state: PhoneState): LocalRows {
  const known = held.get(state.rows)
  if (known) return known
  const made = localRows(state)
  held.set(state.rows, made)
  return made
}
