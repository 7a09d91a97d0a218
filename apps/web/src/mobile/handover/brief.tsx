'use client'
import { type Handover, whoMatters } from '@fieldback/domain/account/handover'
import { handoverTexts } from '@fieldback/i18n/phone-handover'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { useToast } from '@fieldback/ui/toast'
import Check from 'lucide-react/icons/check'
import type { ReactNode } from 'react'
import type { AccountCard } from '../account/card-of.ts'
import { contactName } from '../account/reach.ts'
import { newId } from '../data/new-id.ts'
import { useBadgeText } from '../giveback/badge-text.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { useReportTexts } from '../report/use-report-texts.ts'
import { paths, phoneLink } from '../router.tsx'
import { cameToMe } from './own-handovers.ts'

const VISITS = 3
const PEOPLE = 3
const FACTS = 4

/** What somebody new should know of an account that came to him, from what the phone holds; goes once read or visited. */
export function HandoverBrief({ card }: { card: AccountCard }) {
  const came = cameToMe(usePhoneState()).find(({ accountId }) => accountId === card.account.id)
  return came ? <Brief card={card} came={came} /> : null
}

function Brief({ card, came }: { card: AccountCard; came: Handover }) {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const label = useLabel()
  const badgeText = useBadgeText()
  const dismiss = useDismiss(came.accountId)
  const people = whoMatters(card.contacts, card.reports, PEOPLE)
  const dates = card.reminders.map((one) =>
    text('brief.date', { label: label(one.label), day: formats.day(one.day, 'short') }),
  )
  return (
    <section aria-labelledby="brief">
      <Card pad>
        <h2 id="brief" className="text-heading">
          {text('brief.title', { from: came.fromName ?? 'none' })}
        </h2>
        <p className="text-ink-2 text-small">
          {text('brief.since', { day: formats.day(came.since, 'short') })}
        </p>
        {came.note && (
          <div className="mt-3 border-line-2 border-l-2 pl-3">
            <h3 className="text-caption text-ink-2">{text('brief.note', { name: came.note.authorName })}</h3>
            <p dir="auto" className="wrap-anywhere whitespace-pre-line">
              {came.note.text}
            </p>
          </div>
        )}
        <LastVisits card={card} />
        <Promises card={card} />
        <Part title={text('brief.dates')} lines={dates} />
        <Part
          title={text('brief.people')}
          lines={people.map((one) => (
            <span key={one.id}>
              {phoneLink({
                href: paths.contact(one.id),
                className: 'touch underline',
                children: contactName(one),
              })}
              {one.jobTitle && `, ${one.jobTitle}`}
            </span>
          ))}
        />
        <Part title={text('brief.facts')} lines={card.badges.slice(0, FACTS).map(badgeText.full)} />
        <Button className="mt-4" icon={<Check size={18} />} onClick={dismiss}>
          {text('brief.read')}
        </Button>
      </Card>
    </section>
  )
}

function LastVisits({ card: { reports } }: { card: AccountCard }) {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const reportText = useReportTexts()
  const last = reports.filter(({ status }) => status !== 'withdrawn').slice(0, VISITS)
  const lines = last.map((report) =>
    text('brief.visit', {
      day: formats.day(report.day, 'short'),
      name: report.authorName,
      outcome: reportText(`outcomes.${report.outcome}`),
    }),
  )
  return <Part title={text('brief.visits')} lines={lines.length > 0 ? lines : [text('brief.noVisit')]} />
}

function Promises({ card: { callbacks } }: { card: AccountCard }) {
  const { locale, formats } = usePhone()
  const text = handoverTexts(locale)
  const lines = callbacks.map(({ reason, dueDay, whose }) =>
    [
      text('brief.callback', { reason, day: formats.day(dueDay, 'short') }),
      whose && text('brief.by', { name: whose }),
    ]
      .filter(Boolean)
      .join(', '),
  )
  return <Part title={text('brief.promised')} lines={lines} />
}

function Part({ title, lines }: { title: string; lines: readonly ReactNode[] }) {
  if (lines.length === 0) return null
  return (
    <div className="mt-3">
      <h3 className="text-caption text-ink-2">{title}</h3>
      <ul>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of one account, written anew together.
          <li key={at} className="wrap-anywhere">
            {line}
          </li>
        ))}
      </ul>
    </div>
  )
}

function useDismiss(accountId: string): () => void {
  const { store, locale } = usePhone()
  const text = handoverTexts(locale)
  const toast = useToast()
  return () => {
    store.save([{ kind: 'handover.dismiss', entityId: newId(), base: 0, body: { accountId } }]).then(
      () => toast({ text: text('brief.readSaid') }),
      () => toast({ text: text('brief.notKept'), failed: true }),
    )
  }
}
