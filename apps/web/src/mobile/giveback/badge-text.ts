'use client'
import type { Badge } from '@fieldback/domain/giveback/badge'
import { useAnswerText } from '../field/answer-text.ts'
import { todayHere, useLabel, usePhone } from '../phone.tsx'

/** Letters that fit beside another badge on a phone. */
const SHORT = 22
/** A word that can stand for its question: no article, no figure. */
const NAMING = /^\p{L}{4,}$/u

export type BadgeText = {
  /** The fact with its question, as a sentence would say it. */
  full(badge: Badge): string
  /** In three words: a long question keeps its first word, the rest is on the card below. */
  short(badge: Badge): string
}

/** Writes the facts of a card. */
export function useBadgeText(): BadgeText {
  const { texts, formats } = usePhone()
  const label = useLabel()
  const answers = useAnswerText()
  const answer = ({ parts }: Badge): string => {
    // Of another year, the day alone would be read as this one's.
    const otherYear = parts.kind === 'date' && parts.day.slice(0, 4) !== todayHere().slice(0, 4)
    return otherYear
      ? [formats.day(parts.day, 'numeric'), parts.clock].filter(Boolean).join(', ')
      : answers.parts(parts)
  }
  const full = (badge: Badge): string =>
    badge.parts.kind === 'yes'
      ? label(badge.label)
      : texts('giveback')('badge', { label: label(badge.label), answer: answer(badge) })
  return {
    full,
    short(badge) {
      const said = full(badge)
      const named = badge.parts.kind === 'options' || badge.parts.kind === 'text'
      const [thing = ''] = label(badge.label).split(' ')
      if (said.length <= SHORT || !named || !NAMING.test(thing)) return said
      return texts('giveback')('badge', { label: thing, answer: answer(badge) })
    },
  }
}
