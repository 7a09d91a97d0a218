'use client'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import { sourcesOf } from '@fieldback/domain/field/merges'
import { answerParts } from '@fieldback/domain/giveback/answer-parts'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { Tag } from '@fieldback/ui/tag'
import { useToast } from '@fieldback/ui/toast'
import Pencil from 'lucide-react/icons/pencil'
import { lazy, Suspense } from 'react'
import { useAnswerAction } from '../field/answer-action.tsx'
import { useAnswerText } from '../field/answer-text.ts'
import { MissingPartBoundary } from '../missing-part.tsx'
import { pathTo, todayHere, useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { missingOf, reportState } from './report-state.ts'
import { useReportTexts } from './use-report-texts.ts'

// With the first report that has photos.
const PhotoStrip = lazy(() => import('../media/photo-strip.tsx'))

/** One report as it was said, under the labels of then; its author may correct or withdraw it. */
export default function ReportScreen({ reportId }: { reportId: string }) {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useReportTexts()
  const report = state.rows.reports.get(reportId)
  if (!report) {
    return (
      <InnerFrame title={text('view.title')}>
        <Empty title={text('view.unknown')} text={text('form.unknownAccountHelp')} />
      </InnerFrame>
    )
  }
  const account = state.rows.accounts.get(report.accountId)
  const standing = reportState(state, report)
  return (
    <InnerFrame
      title={account?.name ?? text('view.title')}
      sub={`${text(`kinds.${report.kind}`)}, ${formats.day(report.day)}. ${text('view.by', { name: report.authorName })}`}
    >
      <p>
        <Tag>{text(`view.state.${standing}`)}</Tag>
      </p>
      <Said report={report} />
      {report.authorId === state.identity.membershipId && <Actions report={report} />}
    </InnerFrame>
  )
}

function Said({ report }: { report: ReportRow }) {
  const text = useReportTexts()
  const state = usePhoneState()
  const label = useLabel()
  const answers = useAnswerText()
  const action = useAnswerAction()
  const versionOf = definitionsAt([...state.frame.pastFields, ...state.frame.fields])
  const path = pathTo(state, report.territoryId)
  const owners = new Map(
    [...state.frame.fields, ...state.frame.pastFields].map((field) => [field.id, field.territoryId]),
  )
  const contact = report.contactId ? state.rows.contacts.get(report.contactId) : undefined
  const missing = missingOf(state, report)
  const rankOf = (fieldId: string) => path.find((node) => node.id === owners.get(fieldId))
  // Each answer as it was said, under the label of then, and none that was corrected since under another.
  const saidAnew = new Set(
    state.frame.fields.flatMap(({ id, merges }) => {
      const answer = report.values[id]
      return merges?.live && answer && !('of' in answer) ? sourcesOf(merges.links) : []
    }),
  )
  return (
    <List card inset="mark">
      <ListRow
        lead={<LevelMark rank={0} label="" />}
        title={text('view.outcome')}
        text={text(`outcomes.${report.outcome}`)}
        plain
      />
      {contact && (
        <ListRow
          lead={<LevelMark rank={0} label="" />}
          title={text('view.contact')}
          text={`${contact.firstName} ${contact.lastName}`.trim()}
          plain
        />
      )}
      {Object.entries(report.values).map(([fieldId, answer]) => {
        if ('of' in answer || saidAnew.has(fieldId)) return null
        const definition = versionOf(fieldId, answer.v)
        const parts = definition && answerParts(definition.spec, answer, todayHere())
        const owner = rankOf(fieldId)
        if (!definition || !parts) return null
        return (
          <ListRow
            key={fieldId}
            lead={<LevelMark rank={owner?.rank ?? 0} label={owner?.name ?? ''} />}
            title={label(definition.spec.label)}
            text={parts.kind === 'photos' ? <Photos ids={parts.ids} /> : answers.parts(parts)}
            action={action(parts)}
            plain
          />
        )
      })}
      {missing.map((fieldId) => {
        const field = state.frame.fields.find((each) => each.id === fieldId)
        if (!field) return null
        const owner = rankOf(fieldId)
        return (
          <ListRow
            key={fieldId}
            lead={<LevelMark rank={owner?.rank ?? 0} label={owner?.name ?? ''} />}
            title={label(field.spec.label)}
            text={text('view.missing')}
            href={paths.amendReport(report.id)}
            renderLink={phoneLink}
            chevron
          />
        )
      })}
      {report.note && (
        <ListRow lead={<LevelMark rank={0} label="" />} title={text('view.note')} text={report.note} plain />
      )}
    </List>
  )
}

function Photos({ ids }: { ids: readonly string[] }) {
  return (
    <MissingPartBoundary>
      <Suspense fallback={<span className="mt-2 block h-24" />}>
        <PhotoStrip ids={ids} />
      </Suspense>
    </MissingPartBoundary>
  )
}

function Actions({ report }: { report: ReportRow }) {
  const { store } = usePhone()
  const text = useReportTexts()
  const toast = useToast()
  const withdraw = async () => {
    await store.save([
      { kind: 'report.withdraw', entityId: report.id, base: report.version, body: { reason: null } },
    ])
    toast({
      text: text('view.withdrawnToast'),
      undo: {
        label: text('view.undo'),
        // A correction that changes nothing says that the report stands after all.
        onUndo: () =>
          void store.save([{ kind: 'report.amend', entityId: report.id, base: report.version, body: {} }]),
      },
    })
  }
  return (
    <div className="flex gap-2">
      <Button icon={<Pencil size={18} />} href={paths.amendReport(report.id)} renderLink={phoneLink}>
        {text(report.missing.length > 0 ? 'view.complete' : 'view.amend')}
      </Button>
      {report.status !== 'withdrawn' && (
        <Button onClick={() => void withdraw()}>{text('view.withdraw')}</Button>
      )}
    </div>
  )
}
