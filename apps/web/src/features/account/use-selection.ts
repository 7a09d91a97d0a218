'use client'
import { useState } from 'react'

/** As many as one move takes. */
export const SELECTION_MAX = 100

export type Selection = {
  readonly ids: ReadonlySet<string>
  readonly count: number
  readonly full: boolean
  readonly toggle: (id: string) => void
  /** Chooses all of these, or none of them when all are chosen. */
  readonly toggleAll: (ids: readonly string[]) => void
  readonly clear: () => void
}

/** Accounts chosen in a list, a hundred at most; kept while the list is sought through. */
export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const capped = (all: readonly string[]) => new Set(all.slice(0, SELECTION_MAX))
  return {
    ids,
    count: ids.size,
    full: ids.size >= SELECTION_MAX,
    toggle: (id) => setIds(ids.has(id) ? capped([...ids].filter((one) => one !== id)) : capped([...ids, id])),
    toggleAll: (all) =>
      setIds(
        all.every((id) => ids.has(id))
          ? capped([...ids].filter((id) => !all.includes(id)))
          : capped([...new Set([...ids, ...all])]),
      ),
    clear: () => setIds(new Set()),
  }
}
