'use client'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { List } from '@fieldback/ui/list'
import { SectionHead } from '@fieldback/ui/section-head'
import { Tag } from '@fieldback/ui/tag'
import { TextLink } from '@fieldback/ui/text-link'
import Footprints from 'lucide-react/icons/footprints'
import Phone from 'lucide-react/icons/phone'
import { useState } from 'react'
import { usePhone, usePhoneState } from '../phone.tsx'
import { reportState } from '../report/report-state.ts'
import { useReportTexts } from '../report/use-report-texts.ts'
import { paths, phoneLink } from '../router.tsx'
import type { AccountCard } from './card-of.ts'
import { useAccountTexts } from './use-account-texts.ts'

const FIRST_SHOWN = 3
const MORE = 20

/** What was said here before, newest first, by whom, and where each report stands. */
export function PastReports({ card: { reports } }: { card: AccountCard }) {
  const text = useAccountTexts()
  const [shown, setShown] = useState(FIRST_SHOWN)
  if (reports.length === 0) {
    return (
      <section aria-labelledby="past">
        <SectionHead id="past">{text('past.title')}</SectionHead>
        <p className="text-ink-2">{text('past.none')}</p>
      </section>
    )
  }
  const rest = reports.length - shown
  return (
    <section aria-labelledby="past">
      <SectionHead
        id="past"
        aside={
          rest > 0 && (
            <TextLink onClick={() => setShown(shown + MORE)}>
              {text('past.all', {
                count: shown === FIRST_SHOWN && rest <= MORE ? reports.length : Math.min(rest, MORE),
                kind: rest <= MORE ? 'all' : 'more',
              })}
            </TextLink>
          )
        }
      >
        {text('past.title')}
      </SectionHead>
      <List inset="mark">
        {reports.slice(0, shown).map((report) => (
          <PastReport key={report.id} report={report} />
        ))}
      </List>
    </section>
  )
}

function PastReport({ report }: { report: ReportRow }) {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useAccountTexts()
  const reportText = useReportTexts()
  const standing = reportState(state, report)
  const author = report.authorId === state.identity.membershipId ? text('past.you') : report.authorName
  const outcome = reportText(`outcomes.${report.outcome}`)
  return (
    <li>
      {phoneLink({
        href: paths.report(report.id),
        className:
          'flex gap-3 px-5 py-3.5 transition-colors hover:bg-canvas active:bg-sunken focus-visible:-outline-offset-2',
        children: (
          <>
            <span className="flex-none pt-0.5 text-ink-2">
              {report.kind === 'call' ? <Phone size={20} /> : <Footprints size={20} />}
              <span className="sr-only">{reportText(`kinds.${report.kind}`)}</span>
            </span>
            <span className="min-w-0 flex-1">
              <span className="flex justify-between gap-3 text-ink-2 text-small">
                <time dateTime={report.day}>{formats.day(report.day, dayStyle(report.day))}</time>
                <span className="truncate">{author}</span>
              </span>
              <span className="mt-0.5 block">
                <span className="font-strong">{outcome}.</span>{' '}
                {report.note && <span className="line-clamp-3">{report.note}</span>}
              </span>
              {standing !== 'accepted' && (
                <span className="mt-1.5 block">
                  <Tag tone={standing === 'to_complete' ? 'line' : 'plain'}>
                    {reportText(`view.state.${standing}`)}
                  </Tag>
                </span>
              )}
            </span>
          </>
        ),
      })}
    </li>
  )
}

/** The year is said only when it is not this one. */
const dayStyle = (day: string): 'long' | 'short' =>
  day.slice(0, 4) === String(new Date().getFullYear()) ? 'short' : 'long'
