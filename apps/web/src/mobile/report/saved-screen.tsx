'use client'
import { firstDue } from '@fieldback/domain/agenda/due-visits'
import { answerParts } from '@fieldback/domain/giveback/answer-parts'
import type { SaveReturn } from '@fieldback/domain/giveback/on-save'
import { askedRhythms } from '@fieldback/domain/giveback/priority'
import type { AlsoDone, ReturnCard } from '@fieldback/domain/giveback/return-card'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { IconButton } from '@fieldback/ui/icon-button'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { SectionHead } from '@fieldback/ui/section-head'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { TopBar } from '@fieldback/ui/top-bar'
import Bell from 'lucide-react/icons/bell'
import Check from 'lucide-react/icons/check'
import Pencil from 'lucide-react/icons/pencil'
import PhoneCall from 'lucide-react/icons/phone'
import Sun from 'lucide-react/icons/sun'
import X from 'lucide-react/icons/x'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { useAnswerText } from '../field/answer-text.ts'
import { JudgeReturn } from '../giveback/judge.tsx'
import { knownFields } from '../giveback/known-fields.ts'
import { useLaterSentences } from '../giveback/later-sentences.ts'
import { recordGivebacks, useUsed } from '../giveback/record.ts'
import { ReturnView } from '../giveback/return-text.tsx'
import { noteTold } from '../giveback/told-lately.ts'
import { later } from '../later.tsx'
import { fieldsAt, todayHere, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { OutboxStatus, useDocumentTitle } from '../phone-frame.tsx'
import { paths, phoneLink, useRouter } from '../router.tsx'
import { stoppedBy } from '../sync/sync-state.ts'
import { missingOf, reportState } from './report-state.ts'
import { followedBy, returnFor } from './saved-returns.ts'
import { useReportTexts } from './use-report-texts.ts'

const FoundInsight = later(() => import('../insight/found-insight.tsx'))

/** What a save gives back, at once: one card, one sentence, its evidence a tap away. */
export default function SavedScreen({ reportId }: { reportId: string }) {
  const { store } = usePhone()
  const state = usePhoneState()
  const router = useRouter()
  const text = useReportTexts()
  useDocumentTitle(text('saved.title'))
  const given = useGiven(reportId)
  useEffect(() => {
    if (!given?.card) return
    recordGivebacks(store, [ofSector(given.card)], 'shown')
    noteTold(store.getState().identity.membershipId, given.card, { day: todayHere(), reportId })
  }, [given, store, reportId])
  const report = state.rows.reports.get(reportId)
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const next = useMemo(() => nextVisit(state, report?.accountId), [state.rows, report?.accountId])
  return (
    <PhoneScreen
      top={
        <TopBar
          lead={
            <IconButton
              label={text('saved.close')}
              icon={<X size={24} />}
              onClick={() => router.replace(paths.today)}
            />
          }
          aside={<OutboxStatus />}
        />
      }
      bottom={
        <StickyBar
          more={
            <>
              <Button
                variant="ghost"
                icon={<Pencil size={18} />}
                href={paths.amendReport(reportId)}
                renderLink={phoneLink}
              >
                {text('saved.correct')}
              </Button>
              {next && (
                <Button variant="ghost" icon={<Sun size={18} />} href={paths.today} renderLink={phoneLink}>
                  {text('saved.today')}
                </Button>
              )}
            </>
          }
        >
          <Button
            variant="primary"
            big
            href={next ? paths.account(next.id) : paths.today}
            renderLink={phoneLink}
          >
            <span className="truncate">
              {next ? text('saved.next', { name: next.name }) : text('saved.today')}
            </span>
          </Button>
        </StickyBar>
      }
    >
      <SavedHead reportId={reportId} />
      {given !== undefined && (
        <>
          <Given given={given} />
          <Also given={given} reportId={reportId} />
        </>
      )}
    </PhoneScreen>
  )
}

/**
 * Computed once: the sentence must not change under the reader's eyes. After the report is said to be kept, which a
 * year of visits to compare with would hold up.
 */
function useGiven(reportId: string): SaveReturn | null | undefined {
  const [state] = useState(usePhoneState())
  const { store } = usePhone()
  const [given, setGiven] = useState<SaveReturn | null>()
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      setTimeout(() => {
        setGiven(returnFor(state, reportId))
        setTimeout(() => recordGivebacks(store, followedBy(state, reportId), 'acted'))
      }),
    )
    return () => cancelAnimationFrame(frame)
  }, [store, state, reportId])
  return given
}

/** The first visit due that is not the one just made. */
function nextVisit(state: PhoneState, accountId: string | undefined): { id: string; name: string } | null {
  const { accounts, callbacks } = state.rows
  const asked = askedRhythms(knownFields(state.frame), heldRows(state))
  const due = firstDue(
    { accounts: accounts.values(), callbacks: [...callbacks.values()], asked },
    todayHere(),
    2,
  )
  return accounts.get(due.find((id) => id !== accountId) ?? '') ?? null
}

function SavedHead({ reportId }: { reportId: string }) {
  const text = useReportTexts()
  const state = usePhoneState()
  const report = state.rows.reports.get(reportId)
  const standing = report ? reportState(state, report) : 'phone'
  const sentence =
    standing === 'phone'
      ? text(`saved.${stoppedBy(state.sync) ?? (state.sync === 'offline' ? 'waiting' : 'sending')}`)
      : standing === 'to_complete'
        ? text('saved.toComplete', { count: report ? missingOf(state, report).length : 0 })
        : text(standing === 'aside' ? 'saved.aside' : 'saved.accepted')
  return (
    <div className="flex items-center gap-4">
      <span className="grid size-12 flex-none place-items-center rounded-full bg-accent text-on-accent">
        <Check size={26} />
      </span>
      <div>
        <h1 className="text-heading">{text('saved.title')}</h1>
        <p aria-live="polite" className="text-ink-2">
          {sentence}
        </p>
      </div>
    </div>
  )
}

const ofSector = ({ fieldId, kind }: ReturnCard) => ({ fieldId, kind, accountId: null })

function Given({ given }: { given: SaveReturn | null }) {
  const text = useReportTexts()
  const used = useUsed()
  const say = useLaterSentences()
  if (!given?.card) return <p className="text-ink-2">{text('saved.nothing')}</p>
  const { card } = given
  const eyebrow = text('saved.gives')
  const onUsed = () => used(ofSector(card))
  const judge = <JudgeReturn fieldId={card.fieldId} kind={card.kind} />
  if (card.code === 'INSIGHT_FOUND')
    return (
      <Suspense fallback={null}>
        <FoundInsight
          insightKey={String(card.params.insight)}
          eyebrow={eyebrow}
          judge={judge}
          onOpen={onUsed}
        />
      </Suspense>
    )
  return <ReturnView card={card} eyebrow={eyebrow} say={say} rise onUsed={onUsed} judge={judge} />
}

/** What else this save did: facts on the card, reminders, a new contact, a call-back. */
function Also({ given, reportId }: { given: SaveReturn | null; reportId: string }) {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useReportTexts()
  const label = useLabel()
  const answers = useAnswerText()
  const report = state.rows.reports.get(reportId)
  const figures = computedIn(state, report)
  const figured = new Set(figures.map(({ field }) => field.id))
  const rows: { key: string; lead: ReactNode; title: string; text?: string }[] = [
    ...figures.map(({ field, parts }) => ({
      key: `f${field.id}`,
      lead: <LevelMark rank={field.owner.rank} label={field.owner.name} />,
      title: label(field.spec.label),
      text: answers.parts(parts),
    })),
    ...(given?.alsoDone ?? [])
      .filter((done) => done.kind !== 'badge' || !figured.has(done.badge.fieldId))
      .map((done) => alsoRow(done)),
  ]
  const callback = report && openCallback(state, report.accountId, reportId)
  if (callback) {
    rows.push({
      key: callback.id,
      lead: <PhoneCall size={20} />,
      title: text('saved.callbackSet', { day: formats.day(callback.dueDay, 'short') }),
    })
  }
  if (rows.length === 0) return null
  return (
    <section>
      <SectionHead>{text('saved.also')}</SectionHead>
      <List card inset="mark">
        {rows.map((row) => (
          <ListRow key={row.key} lead={row.lead} title={row.title} text={row.text} plain />
        ))}
      </List>
    </section>
  )

  function alsoRow(done: AlsoDone) {
    if (done.kind === 'badge') {
      const { badge } = done
      const title = text('saved.badgeAdded', { label: label(badge.label) })
      return {
        key: `b${badge.fieldId}`,
        lead: <LevelMark rank={badge.owner.rank} label={badge.owner.name} />,
        title,
      }
    }
    const { reminder } = done
    const title = text('saved.reminderSet', {
      day: formats.day(reminder.dueDay, 'short'),
      label: label(reminder.label),
    })
    return { key: `r${reminder.fieldId}`, lead: <Bell size={20} />, title }
  }
}

/** What the report's computed questions come to. */
function computedIn(state: PhoneState, report: ReportRow | undefined) {
  if (!report) return []
  return fieldsAt(state, report.territoryId, 'report').flatMap((field) => {
    const answer = field.spec.type === 'computed' ? report.values[field.id] : undefined
    const parts = answer && answerParts(field.spec, answer, report.day)
    return parts ? [{ field, parts }] : []
  })
}

/** The call-back saved together with a report: the one typed in the same breath. */
function openCallback(state: PhoneState, accountId: string, reportId: string) {
  const saved = state.outbox.find(
    (item) => item.operation.kind === 'report.create' && item.operation.entityId === reportId,
  )
  const set = state.outbox.find(
    (item) =>
      item.operation.kind === 'callback.set' &&
      item.operation.body.accountId === accountId &&
      item.savedAt === saved?.savedAt,
  )
  return set ? state.rows.callbacks.get(set.operation.entityId) : undefined
}
