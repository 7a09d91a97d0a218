'use client'
import type { ReportTold } from '@fieldback/api/report/read'
import { DeskScreen } from '@fieldback/ui/desk-screen'
import { Notice } from '@fieldback/ui/notice'
import { SectionHead } from '@fieldback/ui/section-head'
import { TextLink } from '@fieldback/ui/text-link'
import CircleAlert from 'lucide-react/icons/circle-alert'
import Mail from 'lucide-react/icons/mail'
import MessageCircle from 'lucide-react/icons/message-circle'
import Phone from 'lucide-react/icons/phone'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { DeskRail } from '../../client/desk-rail.tsx'
import { useMay, useMember } from '../../client/member.tsx'
import { nextLink } from '../../client/next-link.tsx'
import { RecordHead } from '../../client/record-head.tsx'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { mailHref, telHref } from '../../mobile/account/reach.ts'
import { QuestionList } from './question-list.tsx'
import { ReportHistory } from './report-history.tsx'

/** One report as it was said: each answer under the words of then, what it lacks, and what was corrected since. */
export function ReportScreen({ report }: { report: ReportTold }) {
  const text = useTranslations('reportDesk')
  const formats = useFormats()
  const { account, author, home, filedAt, day, kind, questions } = report
  return (
    <DeskScreen rail={<DeskRail />} band={home.rank}>
      <RecordHead
        label={text('view.crumbs')}
        list={{
          label: text('view.list', { place: home.name }),
          href: `/manage/reports?at=${home.id}`,
          rank: home.rank,
        }}
        here={account.name}
        title={text('view.title', { kind, account: account.name })}
        lede={text('view.by', { day: formats.day(day), name: author.name })}
      />
      <Standing report={report} />
      <div className="grid items-start gap-x-10 gap-y-7 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <section aria-labelledby="answers">
          <SectionHead id="answers">{text('view.answers')}</SectionHead>
          <QuestionList questions={questions} names={report.names} photos={report.photos} />
        </section>
        <div className="flex min-w-0 flex-col gap-7">
          <Around report={report} />
          {filedAt && <p className="text-ink-2">{text('view.thenAt', { place: filedAt.name })}</p>}
          <WriteTo report={report} />
          <ReportHistory changes={report.changes} names={report.names} />
        </div>
      </div>
    </DeskScreen>
  )
}

/** What is to be known before it is read: taken back, or lacking answers, and whose part it is. */
function Standing({ report: { status, author, questions } }: { report: ReportTold }) {
  const text = useTranslations('reportDesk')
  const label = useLabel()
  const missing = questions.filter((question) => question.missing)
  const { name } = author
  if (status === 'withdrawn')
    return <Notice tone="quiet" icon={<CircleAlert size={18} />} title={text('view.withdrawn', { name })} />
  if (status !== 'to_complete') return null
  return (
    <Notice
      tone="quiet"
      icon={<CircleAlert size={18} />}
      title={text('view.toComplete', {
        count: missing.length,
        questions: missing.map((question) => label(question.now ?? question.label)).join(', '),
      })}
    >
      {text('view.toCompleteNext', { name })}
    </Notice>
  )
}

/** How it ended, whom he met, what is to be remembered, and the account. */
function Around({ report: { account, contact, home, note, outcome } }: { report: ReportTold }) {
  const text = useTranslations('reportDesk')
  const said = useTranslations('report')
  const formats = useFormats()
  const at = `at=${home.id}`
  return (
    <dl className="flex flex-col gap-4">
      <Fact name={text('view.outcome')}>{said(`outcomes.${outcome}`)}</Fact>
      {contact && (
        <Fact name={text('view.contact')}>
          {[contact.name, contact.jobTitle].filter(Boolean).join(', ')}
          <span className="flex flex-wrap gap-x-4">
            {contact.phone && (
              <TextLink href={telHref(contact.phone)} icon={<Phone size={14} />}>
                {formats.phone(contact.phone)}
              </TextLink>
            )}
            {contact.email && (
              <TextLink href={mailHref(contact.email)} icon={<Mail size={14} />}>
                {contact.email}
              </TextLink>
            )}
          </span>
        </Fact>
      )}
      {note && (
        <Fact name={text('view.note')}>
          <span className="whitespace-pre-line">{note}</span>
        </Fact>
      )}
      <Fact name={text('column.account')}>
        {[account.name, account.city].filter(Boolean).join(', ')}
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <TextLink href={`/manage/reports?${at}&account=${account.id}`} renderLink={nextLink}>
            {text('view.ofAccount')}
          </TextLink>
          <TextLink
            href={`/manage/accounts?${at}&q=${encodeURIComponent(account.name)}`}
            renderLink={nextLink}
          >
            {text('view.accountCard')}
          </TextLink>
        </span>
      </Fact>
    </dl>
  )
}

/** A note to whoever wrote it, about this report. */
function WriteTo({ report: { id, author, home } }: { report: ReportTold }) {
  const text = useTranslations('reportDesk')
  const may = useMay()
  const { membershipId } = useMember()
  if (!may('coaching.write') || author.id === membershipId) return null
  return (
    <TextLink
      href={`/manage/coaching?near=${home.id}&to=${author.id}&report=${id}`}
      icon={<MessageCircle size={14} />}
      renderLink={nextLink}
    >
      {text('view.writeTo', { name: author.name })}
    </TextLink>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-caption text-ink-2">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </div>
  )
}
