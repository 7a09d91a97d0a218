'use client'
import { useState } from 'react'
import { type Clash, type ClashDraft, choiceOf } from './clash-draft.ts'

/** What is being chosen for questions that clash, and what of it is said whole. */
export function useClashes() {
  const [drafts, setDrafts] = useState<Readonly<Record<string, ClashDraft>>>({})
  return {
    drafts,
    change: (key: string, draft: ClashDraft) => setDrafts({ ...drafts, [key]: draft }),
    choices: Object.values(drafts).flatMap((draft) => choiceOf(draft) ?? []),
  }
}

/** A choice that was made cannot be done. */
export const isRefused = (clashes: readonly Clash[]): boolean =>
  clashes.some(({ outcome }) => outcome !== null && outcome.fault !== null)
