'use client'
import { useEffect, useRef, useState } from 'react'
import type { Draft } from './draft.ts'

export type Kept<Written> = {
  readonly draft: Written
  readonly change: (patch: Partial<Written>) => void
  /** What was found in this tab has been brought back. */
  readonly restored: boolean
  /** Forgets what this tab keeps: published, or given up. */
  readonly forget: () => void
}

/** A draft that survives a reload of its tab; `name` tells one question's draft from another's. */
export function useDraft<Written extends object>(name: string, initial: Written): Kept<Written> {
  const key = `field-draft:${name}`
  const [draft, setDraft] = useState(initial)
  const [restored, setRestored] = useState(false)
  const touched = useRef(false)
  // After the first paint: the server knows nothing of it.
  useEffect(() => {
    const kept = read<Written>(key)
    if (!kept) return
    // A draft kept before a release may lack what the release added.
    setDraft((known) => ({ ...known, ...kept }))
    setRestored(true)
  }, [key])
  useEffect(() => {
    if (touched.current) write(key, draft)
  }, [key, draft])
  const change = (patch: Partial<Written>) => {
    touched.current = true
    setDraft((known) => ({ ...known, ...patch }))
  }
  const forget = () => {
    touched.current = false
    write(key, null)
  }
  return { draft, change, restored, forget }
}

/** Puts a draft where the builder finds it when it opens in this tab. */
export const keepDraft = (name: string, draft: Draft): void => write(`field-draft:${name}`, draft)

// A browser may refuse its storage: the draft then lives as long as the page.
function read<Written>(key: string): Partial<Written> | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function write(key: string, draft: object | null): void {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft))
    else sessionStorage.removeItem(key)
  } catch {
    // As above.
  }
}
