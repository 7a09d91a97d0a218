'use client'
import { useState } from 'react'
import { follow, type Values } from './kept-draft.ts'

/** The draft of a form over what is kept on the server, read again whenever somebody may have changed it. */
export function useKeptDraft<T extends Values>(kept: T) {
  const [state, setState] = useState({ opened: kept, draft: kept })
  const next = follow(state, kept)
  if (next.opened !== state.opened || next.draft !== state.draft) setState(next)
  return {
    draft: next.draft,
    /** Parts typed here that somebody else has changed since. */
    changed: next.changed,
    set: (part: Partial<T>) => setState((known) => ({ ...known, draft: { ...known.draft, ...part } })),
  }
}
