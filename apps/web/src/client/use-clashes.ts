'use client'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { useState } from 'react'
import {
  type Clash,
  type ClashDraft,
  choiceKey,
  choiceOf,
  clashKey,
  draftOf,
  type NamedDraft,
  named,
  nameFault,
} from './clash-draft.ts'

/** What is being chosen for questions that clash, and what of it is said whole; `chosen`: what was until now. */
export function useClashes(chosen: readonly ClashChoice[] = []) {
  const [before] = useState<Readonly<Record<string, NamedDraft>>>(() =>
    Object.fromEntries(chosen.map((choice) => [choiceKey(choice), draftOf(choice)])),
  )
  const [drafts, setDrafts] = useState(before)
  return {
    drafts,
    change: (key: string, draft: ClashDraft) => setDrafts({ ...drafts, [key]: named(draft, before[key]) }),
    choices: Object.values(drafts).flatMap((draft) => choiceOf(draft) ?? []),
  }
}

/** A choice that was made cannot be done, or is not said whole. */
export const isRefused = (clashes: readonly Clash[], drafts: Readonly<Record<string, ClashDraft>>): boolean =>
  clashes.some((clash) => {
    const draft = drafts[clashKey(clash)]
    return (
      (clash.outcome !== null && clash.outcome.fault !== null) || (draft && nameFault(clash, draft) !== null)
    )
  })
