'use client'
import type { Badge } from '@fieldback/domain/giveback/badge'
import { useAnswerText } from '../field/answer-text.ts'
import { useLabel, usePhone } from '../phone.tsx'

/** A fact in three words: a yes is its question alone, anything else is said after it. */
export function useBadgeText(): (badge: Badge) => string {
  const { texts } = usePhone()
  const label = useLabel()
  const answer = useAnswerText()
  return (badge) => {
    const name = label(badge.label)
    if (badge.parts.kind === 'yes') return name
    return texts('giveback')('badge', { label: name, answer: answer.parts(badge.parts) })
  }
}
