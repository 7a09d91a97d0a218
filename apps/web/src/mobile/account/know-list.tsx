'use client'
import type { Badge } from '@fieldback/domain/giveback/badge'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import Flag from 'lucide-react/icons/flag'
import Hourglass from 'lucide-react/icons/hourglass'
import PenLine from 'lucide-react/icons/pen-line'
import PhoneCall from 'lucide-react/icons/phone-call'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import { useAnswerAction } from '../field/answer-action.tsx'
import { useAnswerText } from '../field/answer-text.ts'
import { useBadgeText } from '../giveback/badge-text.ts'
import { useShown, useUsed } from '../giveback/record.ts'
import { MissingPartBoundary } from '../missing-part.tsx'
import { todayHere, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import type { AccountCard } from './card-of.ts'
import { contactName } from './reach.ts'
import { useAccountTexts } from './use-account-texts.ts'

// With the first card that has photos.
const PhotoStrip = lazy(() => import('../media/photo-strip.tsx'))

type Known = {
  readonly key: string
  readonly lead: ReactNode
  readonly text: ReactNode
  /** Who said it, and when. */
  readonly source?: ReactNode
  /** The report or the person it comes from; without it, a row that opens leads to the account's own answers. */
  readonly href?: string
  readonly onOpen?: () => void
  /** At the right, pressed on its own: calls, writes, shows the way. */
  readonly action?: ReactNode
}

const FIRST_SHOWN = 5

/** What to know before going in: what is waited for, then each fact with who said it. */
export function KnowList({ card, onCorrect }: { card: AccountCard; onCorrect: () => void }) {
  const text = useAccountTexts()
  const [all, setAll] = useState(false)
  const waiting = useWaiting(card)
  const facts = useFacts(card)
  const notes = useLastNote(card)
  const known = [...waiting, ...notes, ...facts]
  // What is noted on the account itself is read, and mended, where it was noted.
  const open = (one: Known) => {
    one.onOpen?.()
    onCorrect()
  }
  if (known.length === 0) return null
  return (
    <section aria-labelledby="know">
      <SectionHead id="know">{text('card.know')}</SectionHead>
      <List inset="mark">
        {(all ? known : known.slice(0, FIRST_SHOWN)).map((one) => (
          <ListRow
            key={one.key}
            lead={one.lead}
            plain
            title={one.text}
            text={one.source}
            action={one.action}
            {...(one.href === undefined
              ? { onClick: one.onOpen && (() => open(one)) }
              : { href: one.href, renderLink: opening(one.onOpen) })}
          />
        ))}
      </List>
      {!all && known.length > FIRST_SHOWN && (
        <TextLink className="mt-3" onClick={() => setAll(true)}>
          {text('card.knowMore', { count: known.length - FIRST_SHOWN })}
        </TextLink>
      )}
    </section>
  )
}

/** Follows a row to its source, which is using it. */
const opening =
  (onOpen: (() => void) | undefined): typeof phoneLink =>
  (link) =>
    phoneLink({ ...link, ...(onOpen ? { onClick: onOpen } : {}) })

/** A manager's priority, a rhythm that an answer asks, dates that come, a call promised, an answer not come yet. */
function useWaiting({ account, reminders, asked: rhythm, callbacks, reports }: AccountCard): Known[] {
  const { texts, formats } = usePhone()
  const text = useAccountTexts()
  const label = useLabel()
  const markLabel = useMarkLabel()
  const used = useUsed()
  const answer = useAnswerText()
  const today = todayHere()
  const asked = rhythm && rhythm.everyDays !== account.visitEveryDays ? rhythm : null
  useShown(asked ? [{ fieldId: asked.fieldId, kind: 'priority', accountId: account.id }] : [])
  const known: Known[] = []
  if (account.priority > 0) {
    known.push({
      key: 'priority',
      lead: <Flag size={20} />,
      text: account.priorityReason ?? texts('agenda')('reason.priority'),
      ...(account.priorityReason ? { source: texts('agenda')('reason.priority') } : {}),
    })
  }
  if (asked) {
    known.push({
      key: `asked/${asked.fieldId}`,
      lead: <LevelMark rank={asked.owner.rank} label={markLabel(asked.owner)} />,
      text: text('know.visits', { days: asked.everyDays, usual: account.visitEveryDays }),
      source: text('know.because', { label: label(asked.label), answer: answer.bucket(asked.answer) }),
    })
  }
  for (const { fieldId, owner, label: name, day, contactId } of reminders) {
    known.push({
      key: `reminder/${fieldId}/${contactId}`,
      lead: <LevelMark rank={owner.rank} label={markLabel(owner)} />,
      text: text('know.reminder', { label: label(name), day: formats.day(day, 'short') }),
      source: formats.dayFrom(day, today),
      ...(contactId === null ? {} : { href: paths.contact(contactId) }),
      onOpen: () => used({ fieldId, kind: 'reminder', accountId: account.id }),
    })
  }
  for (const { id, dueDay, reason } of callbacks) {
    known.push({
      key: id,
      lead: <PhoneCall size={20} />,
      text: text('know.callback', { reason }),
      source: formats.dayFrom(dueDay, today),
    })
  }
  const last = reports.find(({ status }) => status !== 'withdrawn')
  if (last && (last.outcome === 'quote' || last.outcome === 'revisit')) {
    known.push({
      key: 'pending',
      lead: <Hourglass size={20} />,
      text: text(`know.${last.outcome}`, { ago: formats.dayFrom(last.day, today) }),
      href: paths.report(last.id),
    })
  }
  return known
}

function useLastNote({ reports }: AccountCard): Known[] {
  const { formats } = usePhone()
  const { identity } = usePhoneState()
  const text = useAccountTexts()
  const report = reports.find(({ status, note }) => status !== 'withdrawn' && note)
  if (!report?.note) return []
  const day = formats.day(report.day, 'short')
  return [
    {
      key: 'note',
      lead: <PenLine size={20} />,
      text: <span className="line-clamp-4">{report.note}</span>,
      source:
        report.authorId === identity.membershipId
          ? text('know.yourNote', { day })
          : text('know.note', { name: report.authorName, day }),
      href: paths.report(report.id),
    },
  ]
}

/** Each fact of the card with who said it; a tap leads there. */
function useFacts(card: AccountCard): Known[] {
  const { formats } = usePhone()
  const badgeText = useBadgeText()
  const markLabel = useMarkLabel()
  const source = useBadgeSource(card)
  const action = useAnswerAction()
  const used = useUsed()
  return card.badges.map((badge) => {
    const { fieldId, owner } = badge
    const { text: told, href } = source(badge)
    const text =
      badge.parts.kind === 'date' ? `${formats.dayFrom(badge.parts.day, todayHere())} · ${told}` : told
    return {
      key: `${fieldId}/${badge.sourceIds[0]}`,
      lead: <LevelMark rank={owner.rank} label={markLabel(owner)} />,
      text: (
        <>
          {badgeText.full(badge)}
          {badge.parts.kind === 'photos' && <Photos ids={badge.parts.ids} />}
        </>
      ),
      source: text,
      action: action(badge.parts),
      ...(href === null ? {} : { href }),
      onOpen: () => used({ fieldId, kind: 'badge', accountId: card.account.id }),
    }
  })
}

function Photos({ ids }: { ids: readonly string[] }) {
  return (
    <MissingPartBoundary>
      <Suspense fallback={<span className="mt-2 block h-16" />}>
        <PhotoStrip ids={ids} still />
      </Suspense>
    </MissingPartBoundary>
  )
}

function useBadgeSource({ account, contacts, reports }: AccountCard) {
  const { formats } = usePhone()
  const { identity } = usePhoneState()
  const text = useAccountTexts()
  return (badge: Badge): { text: string; href: string | null } => {
    const id = badge.sourceIds[0] ?? ''
    if (badge.from === 'report') {
      const report = reports.find((one) => one.id === id)
      const day = formats.day(badge.day ?? report?.day ?? todayHere(), 'short')
      const mine = report?.authorId === identity.membershipId
      return {
        text: mine
          ? text('know.seenByYou', { day })
          : text('know.seenBy', { day, name: report?.authorName ?? '' }),
        href: report ? paths.report(report.id) : null,
      }
    }
    if (badge.from === 'contact') {
      const people = contacts.filter((contact) => badge.sourceIds.includes(contact.id))
      return {
        text: formats.list(people.map(contactName)),
        href: people[0] ? paths.contact(people[0].id) : null,
      }
    }
    const day = account.values[badge.fieldId]?.d
    return {
      text: day ? text('know.onCardSince', { day: formats.day(day, 'short') }) : text('know.onCard'),
      href: null,
    }
  }
}
