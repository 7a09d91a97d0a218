'use client'
import { NOTE_MAX, OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import type { reportTexts } from '@fieldback/i18n/phone-report'
import type { TextKey } from '@fieldback/i18n/texts'
import { ChipGroup } from '@fieldback/ui/chip-group'
import { Question } from '@fieldback/ui/question'
import { TextArea } from '@fieldback/ui/text-area'
import { TextInput } from '@fieldback/ui/text-input'
import type { ReactNode } from 'react'
import { useTypeTexts } from '../field/types/type-texts.ts'
import { todayHere, usePhoneState } from '../phone.tsx'
import type { ReportForm } from './use-report-form.ts'
import { useReportTexts } from './use-report-texts.ts'

type FormKey = TextKey<typeof reportTexts.written.fr>
const NEW = 'new'
const NOBODY = 'nobody'

/** The questions of every report, asked by the nation. */
function Core(props: {
  id: string
  title: FormKey
  why: FormKey
  gives: FormKey
  hint?: ReactNode
  children: ReactNode
}) {
  const { frame } = usePhoneState()
  const text = useReportTexts()
  const field = useTypeTexts()
  const nation = frame.territories.find((territory) => territory.rank === 0)?.name ?? ''
  return (
    <Question
      as="li"
      id={props.id}
      rank={0}
      title={text(props.title)}
      markLabel={text('form.nationalMark')}
      why={{
        asker: text('form.asker', { name: nation }),
        answers: [
          { term: field('why.reason'), text: text(props.why) },
          { term: field('why.gives'), text: text(props.gives) },
        ],
      }}
      hint={props.hint}
    >
      {props.children}
    </Question>
  )
}

export function WhoQuestion({ form }: { form: ReportForm }) {
  const text = useReportTexts()
  const { draft, contacts, change } = form
  const options = [
    ...contacts.map((contact) => ({
      value: contact.id,
      label: [contact.firstName || contact.lastName, contact.jobTitle?.toLowerCase()]
        .filter(Boolean)
        .join(', '),
    })),
    { value: NEW, label: text('form.someoneElse') },
    { value: NOBODY, label: text('form.nobody') },
  ]
  const chosen = draft.newContact ? [NEW] : draft.contactId ? [draft.contactId] : []
  const choose = ([value]: readonly string[]) =>
    change({
      contactId: value === undefined || value === NEW || value === NOBODY ? null : value,
      newContact: value === NEW ? { firstName: '', lastName: '' } : null,
    })
  const name = (patch: Partial<{ firstName: string; lastName: string }>) =>
    change({ newContact: { firstName: '', lastName: '', ...draft.newContact, ...patch } })
  return (
    <Core id="q-who" title="form.who" why="form.whoWhy" gives="form.whoGives">
      <ChipGroup options={options} value={chosen} onChange={choose} labelledBy="q-who-title" />
      {draft.newContact && (
        <div className="mt-3 grid gap-2">
          <TextInput
            aria-label={text('form.firstName')}
            placeholder={text('form.firstName')}
            autoComplete="off"
            maxLength={100}
            value={draft.newContact.firstName}
            onChange={(event) => name({ firstName: event.target.value })}
          />
          <TextInput
            aria-label={text('form.lastName')}
            placeholder={text('form.lastName')}
            autoComplete="off"
            maxLength={100}
            value={draft.newContact.lastName}
            onChange={(event) => name({ lastName: event.target.value })}
          />
        </div>
      )}
    </Core>
  )
}

export function OutcomeQuestion({ form, missing }: { form: ReportForm; missing: boolean }) {
  const text = useReportTexts()
  const options = OUTCOMES.map((outcome) => ({ value: outcome, label: text(`outcomes.${outcome}`) }))
  const choose = ([value]: readonly string[]) =>
    form.change({ outcome: OUTCOMES.find((outcome) => outcome === value) ?? null })
  return (
    <Core
      id="q-outcome"
      title="form.outcome"
      why="form.outcomeWhy"
      gives="form.outcomeGives"
      hint={missing ? <span className="text-danger">{text('form.outcomeMissing')}</span> : undefined}
    >
      <ChipGroup
        options={options}
        value={form.draft.outcome ? [form.draft.outcome] : []}
        onChange={choose}
        labelledBy="q-outcome-title"
      />
    </Core>
  )
}

export function NoteQuestion({ form }: { form: ReportForm }) {
  const text = useReportTexts()
  return (
    <Core
      id="q-note"
      title="form.note"
      why="form.noteWhy"
      gives="form.noteGives"
      hint={text('form.noteHint')}
    >
      <TextArea
        aria-labelledby="q-note-title"
        value={form.draft.note}
        maxLength={NOTE_MAX}
        onChange={(event) => form.change({ note: event.target.value })}
      />
    </Core>
  )
}

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10)

/** When and how: today's visit unless said otherwise. */
export function WhenQuestion({ form }: { form: ReportForm }) {
  const text = useReportTexts()
  const { draft, change } = form
  const today = todayHere()
  const yesterday = dayBefore(today, 1)
  const near = draft.day === today || draft.day === yesterday
  return (
    <li className="grid gap-4 p-5">
      <div>
        <h3 id="q-when" className="mb-3 text-lead">
          {text('form.when')}
        </h3>
        <div className="flex flex-wrap gap-2">
          <ChipGroup
            labelledBy="q-when"
            options={[
              { value: today, label: text('form.today') },
              { value: yesterday, label: text('form.yesterday') },
            ]}
            value={near ? [draft.day] : []}
            onChange={([day]) => change({ day: day ?? today })}
          />
          <TextInput
            type="date"
            quiet
            aria-label={text('form.otherDay')}
            max={today}
            value={near ? '' : draft.day}
            onChange={(event) => change({ day: event.target.value || today })}
          />
        </div>
      </div>
      <ChipGroup
        label={text('form.how')}
        options={REPORT_KINDS.map((kind) => ({ value: kind, label: text(`kinds.${kind}`) }))}
        value={[draft.kind]}
        onChange={([kind]) => change({ kind: kind === 'call' ? 'call' : 'visit' })}
      />
    </li>
  )
}

/** Sets a call-back with the report, in two taps. */
export function CallbackQuestion({ form }: { form: ReportForm }) {
  const text = useReportTexts()
  const { draft, change } = form
  const today = todayHere()
  const [tomorrow, week] = [dayBefore(today, -1), dayBefore(today, -7)]
  const choose = ([day]: readonly string[]) =>
    change({
      callback:
        day && day !== 'no'
          ? { dueDay: day, reason: draft.callback?.reason ?? text('form.callbackDefault') }
          : null,
    })
  return (
    <li className="p-5">
      <h3 id="q-callback" className="mb-3 text-lead">
        {text('form.callback')}
      </h3>
      <ChipGroup
        labelledBy="q-callback"
        options={[
          { value: 'no', label: text('form.callbackNo') },
          { value: tomorrow, label: text('form.callbackTomorrow') },
          { value: week, label: text('form.callbackWeek') },
        ]}
        value={[draft.callback?.dueDay ?? 'no']}
        onChange={choose}
      />
      {draft.callback && (
        <div className="mt-3">
          <TextInput
            aria-label={text('form.callbackReason')}
            maxLength={300}
            value={draft.callback.reason}
            onChange={(event) =>
              draft.callback && change({ callback: { ...draft.callback, reason: event.target.value } })
            }
          />
        </div>
      )}
    </li>
  )
}
