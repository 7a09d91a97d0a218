'use client'
import type { VisitReason } from '@fieldback/domain/agenda/due-visits'
import type { PathNode } from '@fieldback/domain/territory/path-node'
import { Reason } from '@fieldback/ui/reason'
import Clock from 'lucide-react/icons/clock'
import Flag from 'lucide-react/icons/flag'
import Phone from 'lucide-react/icons/phone'
import Sprout from 'lucide-react/icons/sprout'
import type { ReactNode } from 'react'
import { useAnswerText } from '../field/answer-text.ts'
import { ownersOf } from '../giveback/known-fields.ts'
import { useLabel, useLevelName, usePhone, usePhoneState } from '../phone.tsx'

const ICONS = {
  PRIORITY: <Flag size={16} />,
  OBJECTIVE: <Flag size={16} />,
  CALLBACK: <Phone size={16} />,
  REMINDER: <Clock size={16} />,
  ANSWER: <Clock size={16} />,
  NOT_SEEN_SINCE: <Clock size={16} />,
  NEVER_SEEN: <Sprout size={16} />,
  ROUND: <Flag size={16} />,
} as const

type VisitReasonLineProps = {
  reason: VisitReason
  /** In a list of visits: an objective's why alone, who asks it and until when are on the card. */
  brief?: boolean
  className?: string
}

/** Why this visit, on one line: with the mark of the level whose question recalls or asks it, else with a sign of its kind. */
export function VisitReasonLine({ reason, brief = false, className = '' }: VisitReasonLineProps) {
  const { frame } = usePhoneState()
  const markLabel = useMarkLabel()
  const say = useReasonText()
  if (reason.code === 'REMINDER' || reason.code === 'ANSWER') {
    const owner = ownersOf(frame)(reason.fieldId)
    if (owner) {
      return (
        <Reason rank={owner.rank} levelLabel={markLabel(owner)} className={className}>
          {say(reason)}
        </Reason>
      )
    }
  }
  return (
    <IconLine icon={ICONS[reason.code]} className={className}>
      {brief && reason.code === 'OBJECTIVE' ? reason.why : say(reason)}
    </IconLine>
  )
}

function IconLine({
  icon,
  className,
  children,
}: {
  icon: ReactNode
  className: string
  children: ReactNode
}) {
  return (
    <span className={`flex items-start gap-2 text-ink text-small ${className}`}>
      <span className="mt-0.5 flex-none text-ink-2">{icon}</span>
      <span className="min-w-0">{children}</span>
    </span>
  )
}

/** "Local, Pyrénées-Atlantiques" */
export function useMarkLabel(): (owner: PathNode) => string {
  const text = usePhone().texts('agenda')
  const levelName = useLevelName()
  return ({ rank, name }) => text('mark', { level: levelName(rank), name })
}

/** A reason of a visit in the reader's words. */
function useReasonText(): (reason: VisitReason) => string {
  const { texts, formats } = usePhone()
  const text = texts('agenda')
  const label = useLabel()
  const answer = useAnswerText()
  return (reason) => {
    switch (reason.code) {
      case 'PRIORITY':
        return reason.reason ?? text('reason.priority')
      case 'OBJECTIVE':
        return text('reason.objective', { ...reason, day: formats.day(reason.toDay, 'short') })
      case 'CALLBACK':
        return text('reason.callback', { reason: reason.reason })
      case 'REMINDER':
        return text('reason.reminder', {
          label: label(reason.label),
          day: formats.day(reason.day, 'short'),
        })
      case 'ANSWER':
        return text('reason.answer', {
          label: label(reason.label),
          answer: answer.bucket(reason.answer),
          days: reason.everyDays,
        })
      case 'NOT_SEEN_SINCE':
        return text('reason.notSeen', since(reason.days))
      case 'NEVER_SEEN':
        return text('reason.neverSeen')
      case 'ROUND':
        return text('reason.round')
    }
  }
}

/** Days as a person would say them. */
function since(days: number): { unit: string; count: number } {
  if (days < 14) return { unit: 'day', count: days }
  if (days < 60) return { unit: 'week', count: Math.floor(days / 7) }
  if (days < 730) return { unit: 'month', count: Math.floor(days / 30.44) }
  return { unit: 'year', count: Math.floor(days / 365.25) }
}
