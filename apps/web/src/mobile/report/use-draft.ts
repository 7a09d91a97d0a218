'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import { useMemo, useRef, useState } from 'react'
import type { Draft } from '../data/draft.ts'
import { usePhone } from '../phone.tsx'
import { withSpent } from './spent-seconds.ts'

export type DraftEditor = {
  readonly draft: Draft
  change(patch: Partial<Draft>): void
  answer(fieldId: string, value: AnswerValue | undefined): void
}

/**
 * A draft that is kept on the phone at each change, and counts the seconds each question takes. `first`: where none is
 * kept. Its functions stay the same, so that a question is drawn again only when its own answer changes.
 */
export function useDraft(first: () => Draft): DraftEditor {
  const { store } = usePhone()
  const [draft, setDraft] = useState(() => {
    const made = first()
    return store.getState().drafts.get(made.id) ?? made
  })
  const latest = useRef(draft)
  const touchedAt = useRef(performance.now())
  const edit = useMemo(() => {
    const keep = (next: Draft): void => {
      latest.current = next
      setDraft(next)
      // A draft that cannot be kept stays on screen; saving says so.
      store.keepDraft(next).catch(() => {})
    }
    return {
      change: (patch: Partial<Draft>) => keep({ ...latest.current, ...patch }),
      answer(fieldId: string, value: AnswerValue | undefined) {
        const now = performance.now()
        const elapsed = now - touchedAt.current
        touchedAt.current = now
        const { answers, seconds, proposed } = latest.current
        const next: Record<string, AnswerValue> = { ...answers }
        if (value === undefined) delete next[fieldId]
        else next[fieldId] = value
        keep({
          ...latest.current,
          answers: next,
          proposed: proposed.filter((id) => id !== fieldId),
          seconds: { ...seconds, [fieldId]: withSpent(seconds[fieldId] ?? 0, elapsed) },
        })
      },
    }
  }, [store])
  return { draft, ...edit }
}
