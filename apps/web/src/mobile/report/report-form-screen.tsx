'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import { isShown } from '@fieldback/domain/field/form-state'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { Outcome } from '@fieldback/domain/report/report'
import { Button } from '@fieldback/ui/button'
import { Empty } from '@fieldback/ui/empty'
import { IconButton } from '@fieldback/ui/icon-button'
import { List } from '@fieldback/ui/list'
import { Notice } from '@fieldback/ui/notice'
import { PhoneScreen } from '@fieldback/ui/phone-screen'
import { SectionHead } from '@fieldback/ui/section-head'
import { Steps } from '@fieldback/ui/steps'
import { StickyBar } from '@fieldback/ui/sticky-bar'
import { TopBar } from '@fieldback/ui/top-bar'
import X from 'lucide-react/icons/x'
import { memo, type ReactNode, useCallback, useDeferredValue, useRef, useState } from 'react'
import { newId } from '../data/new-id.ts'
import { FieldQuestion, type FieldQuestionProps } from '../field/field-question.tsx'
import { prepared } from '../media/preparing.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { InnerFrame, useDocumentTitle } from '../phone-frame.tsx'
import { paths, useRouter } from '../router.tsx'
import { sectionsOf } from './asked.ts'
import {
  CallbackQuestion,
  NoteQuestion,
  OutcomeQuestion,
  WhenQuestion,
  WhoQuestion,
} from './core-questions.tsx'
import { amendOperation, createOperations } from './report-operations.ts'
import { keepBefore } from './saved-returns.ts'
import { usePreparedReturn } from './use-prepared-return.ts'
import {
  type FormSubject,
  type ReportForm,
  shownAnswer,
  unanswered,
  useReportForm,
} from './use-report-form.ts'
import { useReportTexts } from './use-report-texts.ts'
import { useSteadyScroll } from './use-steady-scroll.ts'

type Props =
  | { readonly accountId: string; readonly reportId?: undefined }
  | { readonly reportId: string; readonly accountId?: undefined }

/** Filling a report in, or correcting one. */
export default function ReportFormScreen({ accountId, reportId }: Props) {
  const { rows, frame } = usePhoneState()
  const text = useReportTexts()
  const report = reportId === undefined ? null : (rows.reports.get(reportId) ?? null)
  const account = rows.accounts.get(accountId ?? report?.accountId ?? '')
  // On a cold start the form waits for its questions, which come from the same database as the account.
  if (!account || frame.territories.length === 0) {
    return (
      <InnerFrame title={text('form.visit')}>
        <Empty title={text('form.unknownAccount')} text={text('form.unknownAccountHelp')} />
      </InnerFrame>
    )
  }
  return <Form subject={{ account, report }} />
}

function Form({ subject }: { subject: FormSubject }) {
  const { formats } = usePhone()
  const router = useRouter()
  const text = useReportTexts()
  const form = useReportForm(subject)
  const { draft } = form
  useDocumentTitle(subject.account.name)
  usePreparedReturn(subject.account)
  const [section, setSection] = useState(0)
  const { save, failed, asked } = useSave(subject, form)
  const hold = useSteadyScroll(form.state)
  const { answer } = form
  const say = useCallback(
    (fieldId: string, value: AnswerValue | undefined) => {
      hold(fieldId)
      answer(fieldId, value)
    },
    [hold, answer],
  )
  const sections = openSections(questionsOf(form, subject, { outcomeAsked: asked, say }))
  const current = Math.max(
    0,
    sections.findLastIndex(({ at }) => at <= section),
  )
  const fields = [...form.reportFields, ...form.accountFields, ...form.contactFields]
  const left = unanswered(draft, fields, form.state) + (draft.outcome ? 0 : 1)
  const last = current === sections.length - 1
  // A section's first questions are painted before what lies below the screen is drawn.
  const drawn = useDeferredValue(current, -1)
  const shown = sections[current]?.shown.slice(0, drawn === current ? undefined : SEEN_FIRST)
  const show = (next: number) => {
    setSection(sections[next]?.at ?? 0)
    scrollTo(0, 0)
  }
  return (
    <PhoneScreen
      tight
      top={
        <TopBar
          lead={
            <IconButton label={text('form.close')} icon={<X size={24} />} onClick={() => router.back()} />
          }
          title={subject.account.name}
          heading
          subtitle={`${text(`kinds.${draft.kind}`)}, ${formats.dayFrom(draft.day, todayHere())}`}
        >
          <Steps
            count={sections.length}
            current={current}
            label={text('form.section', { current: current + 1, count: sections.length })}
          />
        </TopBar>
      }
      bottom={
        <StickyBar
          note={failed ? text('form.notSaved') : text('form.draftKept')}
          more={
            current > 0 && (
              <Button variant="ghost" onClick={() => show(current - 1)}>
                {text('form.previous')}
              </Button>
            )
          }
        >
          <Button variant="primary" big onClick={() => (last ? save(() => show(0)) : show(current + 1))}>
            {text(last ? 'form.save' : 'form.next')}
          </Button>
        </StickyBar>
      }
    >
      <SectionHead aside={text('form.left', { count: left })}>
        {text('form.title', { kind: draft.kind })}
      </SectionHead>
      {failed && (
        <Notice title={text('form.notSaved')} live>
          {text('form.notSavedHelp')}
        </Notice>
      )}
      <div className="[overflow-anchor:none]" aria-busy={drawn !== current}>
        <List card>{shown}</List>
      </div>
    </PhoneScreen>
  )
}

/** More than a phone's screen holds at once. */
const SEEN_FIRST = 5

/**
 * Sections are cut over all questions, so that one that appears or vanishes moves none to another section; those with
 * nothing to show are passed over. `at`: which of them it is.
 */
const openSections = (questions: readonly ReactNode[]): { at: number; shown: ReactNode[] }[] =>
  sectionsOf(questions)
    .map((section, at) => ({ at, shown: section.filter((question) => question !== null) }))
    .filter(({ shown }) => shown.length > 0)

type Asking = {
  readonly outcomeAsked: boolean
  readonly say: (fieldId: string, value: AnswerValue | undefined) => void
}

type AskedProps = Pick<Asking, 'say'> & Omit<FieldQuestionProps, 'onChange' | 'as'>

/** Drawn again when its own answer changes, and not with every key pressed in another one. */
const Asked = memo(({ say, ...props }: AskedProps) => (
  <FieldQuestion {...props} onChange={(value) => say(props.field.id, value)} />
))

/** All questions in the order of the card: who, how it ended, what each level asks, what to remember; null: hidden. */
function questionsOf(form: ReportForm, { report }: FormSubject, { outcomeAsked, say }: Asking): ReactNode[] {
  const ask = (field: EffectiveField) =>
    isShown(form.state, field.id) ? (
      <Asked
        key={field.id}
        field={field}
        value={shownAnswer(form, field)}
        say={say}
        day={form.draft.day}
        asLast={form.draft.proposed.includes(field.id)}
      />
    ) : null
  return [
    <WhoQuestion key="who" form={form} />,
    <OutcomeQuestion key="outcome" form={form} missing={outcomeAsked && form.draft.outcome === null} />,
    ...form.reportFields.map(ask),
    ...form.accountFields.map(ask),
    ...form.contactFields.map(ask),
    <NoteQuestion key="note" form={form} />,
    ...(report
      ? []
      : [<CallbackQuestion key="callback" form={form} />, <WhenQuestion key="when" form={form} />]),
  ]
}

/** Keeps the report on the phone and shows what it gives back; a save that failed leaves everything on screen. */
function useSave(subject: FormSubject, form: ReportForm) {
  const { store } = usePhone()
  const router = useRouter()
  const [failed, setFailed] = useState(false)
  const [asked, setAsked] = useState(false)
  // Nothing shows it: the form is not drawn again for it while its report is being kept.
  const busy = useRef(false)
  const keep = async (outcome: Outcome): Promise<void> => {
    await prepared()
    const before = store.getState()
    const filled = { ...form, draft: before.drafts.get(form.draft.id) ?? form.draft, outcome }
    const reportId = subject.report?.id ?? newId()
    const amend = subject.report && amendOperation(subject.report, filled)
    const operations = subject.report
      ? amend
        ? [amend]
        : []
      : createOperations(
          { ...filled, account: subject.account },
          { report: reportId, contact: newId(), callback: newId() },
        )
    const show = (): void => {
      keepBefore(reportId, before)
      router.replace(paths.saved(reportId))
    }
    if (operations.length > 0) return store.save(operations, form.draft.id, show)
    await store.dropDraft(form.draft.id)
    show()
  }
  const save = (showOutcome: () => void): void => {
    const { outcome } = form.draft
    if (outcome === null) {
      setAsked(true)
      showOutcome()
      return
    }
    if (busy.current) return
    busy.current = true
    keep(outcome)
      .catch(() => setFailed(true))
      .finally(() => {
        busy.current = false
      })
  }
  return { save, failed, asked }
}
