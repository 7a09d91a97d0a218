'use client'
import { type AnswerValue, isEmpty } from '@fieldback/domain/field/answer'
import { computedValue, type FormState, isShown } from '@fieldback/domain/field/form-state'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { AccountRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import { useMemo } from 'react'
import { amendDraftId, type Draft, newDraftId } from '../data/draft.ts'
import type { PhoneState } from '../data/store.ts'
import { fieldsAt, todayHere, usePhoneState } from '../phone.tsx'
import { dueFields, stableAnswers } from './asked.ts'
import { type DraftEditor, useDraft } from './use-draft.ts'
import { type Conditioned, saidIn, useFormState } from './use-form-state.ts'

/** The report that is being filled in: for an account, or the correction of one that exists. */
export type FormSubject = { readonly account: AccountRow; readonly report: ReportRow | null }

export type ReportForm = DraftEditor &
  Conditioned & {
    readonly contacts: readonly ContactRow[]
    readonly contact: ContactRow | null
    readonly reportFields: readonly EffectiveField[]
    readonly accountFields: readonly EffectiveField[]
    readonly contactFields: readonly EffectiveField[]
  }

const firstDraft = (
  state: PhoneState,
  { account, report }: FormSubject,
  fields: readonly EffectiveField[],
): Draft => {
  const base = {
    accountId: account.id,
    newContact: null,
    proposed: [],
    seconds: {},
    startedAt: new Date().toISOString(),
    callback: null,
  }
  if (report) {
    const answers = saidIn(report.values)
    const { kind, day, contactId, outcome } = report
    return {
      ...base,
      id: amendDraftId(report.id),
      kind,
      day,
      contactId,
      outcome,
      note: report.note ?? '',
      answers,
    }
  }
  const reports = [...state.rows.reports.values()].filter((row) => row.accountId === account.id)
  const proposals = stableAnswers(fields, reports)
  const contacts = contactsOf(state, account.id)
  return {
    ...base,
    id: newDraftId(account.id),
    kind: 'visit',
    day: todayHere(),
    // The only person there is the one who was met.
    contactId: contacts.length === 1 ? (contacts[0]?.id ?? null) : null,
    outcome: null,
    note: '',
    answers: Object.fromEntries(proposals.map(({ fieldId, value }) => [fieldId, value])),
    proposed: proposals.map(({ fieldId }) => fieldId),
  }
}

const contactsOf = ({ rows }: Pick<PhoneState, 'rows'>, accountId: string): ContactRow[] =>
  [...rows.contacts.values()]
    .filter((row) => row.accountId === accountId)
    .sort((a, b) => a.lastName.localeCompare(b.lastName, 'fr'))

const NOTHING_KNOWN = { values: {} }

/** What the form asks now: it follows the contact met, and a question published meanwhile joins it. */
export function useReportForm(subject: FormSubject): ReportForm {
  const state = usePhoneState()
  const { account, report } = subject
  const { frame, rows } = state
  const home = account.territoryId
  const fields = useMemo(
    () => ({
      report: fieldsAt({ frame }, home, 'report'),
      account: fieldsAt({ frame }, home, 'account'),
      contact: fieldsAt({ frame }, home, 'contact'),
    }),
    [frame, home],
  )
  const editor = useDraft(() => firstDraft(state, subject, fields.report))
  const contacts = useMemo(() => contactsOf({ rows }, account.id), [rows, account.id])
  const contact = contacts.find((row) => row.id === editor.draft.contactId) ?? null
  const today = todayHere()
  const asks = (entity: 'account' | 'contact', holder: Pick<ContactRow, 'values'> | null) =>
    report ? [] : dueFields(fields[entity], holder, today)
  const met = contact ?? (editor.draft.newContact ? NOTHING_KNOWN : null)
  return {
    ...editor,
    ...useFormState(subject, editor.draft, contact),
    contacts,
    contact,
    reportFields: fields.report,
    accountFields: asks('account', account),
    contactFields: asks('contact', met),
  }
}

/** What is still to be said: of the questions that are shown, and that somebody answers. */
export const unanswered = (draft: Draft, fields: readonly EffectiveField[], state: FormState): number =>
  fields.filter(
    ({ id, spec }) => spec.type !== 'computed' && isShown(state, id) && isEmpty(draft.answers[id]),
  ).length

/** What a question of the form shows. */
export const shownAnswer = (
  { draft, state }: Pick<ReportForm, 'draft' | 'state'>,
  { id, spec }: EffectiveField,
): AnswerValue | undefined =>
  spec.type === 'computed' ? (computedValue(state, id) ?? undefined) : draft.answers[id]
