'use client'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { OutboxHead } from '@fieldback/ui/outbox-pill'
import { useMemo, useState } from 'react'
import { useSave } from '../account/use-save.ts'
import { FieldQuestion } from '../field/field-question.tsx'
import { knownFields } from '../giveback/known-fields.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { missingOf } from '../report/report-state.ts'
import { paths, phoneLink } from '../router.tsx'
import { defer } from './choose.ts'
import { changeTogether } from './outbox-together.ts'
import { useOutboxTexts } from './use-outbox-texts.ts'

export function ToComplete({ reports }: { reports: readonly ReportRow[] }) {
  const text = useOutboxTexts()
  if (reports.length === 0) return null
  return (
    <section>
      <OutboxHead
        kind="todo"
        title={text('toComplete.title')}
        text={text('toComplete.text', { count: reports.length })}
      />
      <div className="grid gap-3">
        {reports.map((report) => (
          <Incomplete key={report.id} report={report} />
        ))}
      </div>
    </section>
  )
}

/** Answered with one tap, here; the rest is answered in the form. */
const ONE_TAP: ReadonlySet<string> = new Set(['yes_no', 'single_choice', 'rating'])

function Incomplete({ report }: { report: ReportRow }) {
  const { store, formats } = usePhone()
  const state = usePhoneState()
  const text = useOutboxTexts()
  const label = useLabel()
  const account = state.rows.accounts.get(report.accountId)
  const missing = useMemo(() => {
    const ids = missingOf(state, report)
    return knownFields(state.frame).filter(({ id }) => ids.includes(id))
  }, [state, report])
  const here = missing.filter(({ spec }) => ONE_TAP.has(spec.type))
  const elsewhere = missing.filter((field) => !here.includes(field))
  const made = state.outbox.find(
    ({ operation }) => operation.kind === 'report.create' && operation.entityId === report.id,
  )
  const told = made?.answer?.status === 'applied' ? (made.answer.askedSince ?? []) : []
  const since = missing.filter(({ id }) => told.includes(id))
  const owners = [...new Set(since.map(({ owner }) => owner.name))]
  return (
    <Card>
      <div className="px-5 pt-4">
        <b className="block">{account?.name ?? text('work.unknownAccount')}</b>
        <span className="block text-ink-2 text-small">
          {[text(`work.${report.kind}`, { day: formats.day(report.day, 'short') }), account?.city]
            .filter(Boolean)
            .join(', ')}
        </span>
        {since.length > 0 && (
          <p className="mt-2 text-small">
            {text('toComplete.since', {
              questions: formats.list(since.map(({ spec }) => label(spec.label))),
              owners: formats.list(owners),
            })}
          </p>
        )}
      </div>
      {here.map((field) => (
        <OneTap key={field.id} report={report} field={field} />
      ))}
      {(elsewhere.length > 0 || missing.length === 0) && (
        <div className="px-5 pt-3 pb-5">
          {elsewhere.length > 0 && (
            <p className="mb-2 text-small">{formats.list(elsewhere.map(({ spec }) => label(spec.label)))}</p>
          )}
          <Button href={paths.amendReport(report.id)} renderLink={phoneLink}>
            {text('toComplete.open')}
          </Button>
        </div>
      )}
      {made && (
        <div className="px-3 pb-3">
          <Button
            variant="ghost"
            onClick={() => void changeTogether(store, (outbox) => defer(outbox, made.place))}
          >
            {text('toComplete.defer')}
          </Button>
        </div>
      )}
    </Card>
  )
}

function OneTap({ report, field }: { report: ReportRow; field: EffectiveField }) {
  const text = useOutboxTexts()
  const save = useSave()
  const [chosen, setChosen] = useState<AnswerValue | undefined>(undefined)
  const answer = async (x: AnswerValue | undefined) => {
    if (x === undefined) return
    setChosen(x)
    const values = { [field.id]: { v: field.version, x } }
    const kept = await save(
      [{ kind: 'report.amend', entityId: report.id, base: report.version, body: { values } }],
      text('toComplete.saved'),
    )
    if (!kept) setChosen(undefined)
  }
  return <FieldQuestion as="div" field={field} value={chosen} onChange={answer} day={report.day} />
}
