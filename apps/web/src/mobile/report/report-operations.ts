import type { Answer, AnswerValue } from '@fieldback/domain/field/answer'
import { isEmpty } from '@fieldback/domain/field/answer'
import { fieldSetHash, fieldSetMembers } from '@fieldback/domain/field/field-set'
import { computedValue, type FormState, isShown } from '@fieldback/domain/field/form-state'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { isWithin } from '@fieldback/domain/field/types/day-range'
import type { Outcome } from '@fieldback/domain/report/report'
import type { AccountRow, ContactRow, ReportRow } from '@fieldback/domain/sync/pull'
import { seenIn, takenAway } from '../account/answers-patch.ts'
import type { Draft } from '../data/draft.ts'
import type { NewOperation } from '../data/outbox.ts'

export type FilledForm = {
  readonly draft: Draft
  /** What the conditions make of it. */
  readonly state: FormState
  readonly outcome: Outcome
  readonly account: AccountRow
  readonly contact: ContactRow | null
  readonly reportFields: readonly EffectiveField[]
  readonly accountFields: readonly EffectiveField[]
  readonly contactFields: readonly EffectiveField[]
}

type Ids = { readonly report: string; readonly contact: string; readonly callback: string }

/** What is sent: nothing that the conditions hide, though the draft keeps it; figures as this phone computes them. */
const sentAnswer = (
  { id, spec }: EffectiveField,
  { draft, state }: Pick<FilledForm, 'draft' | 'state'>,
): AnswerValue | undefined =>
  spec.type === 'computed'
    ? (computedValue(state, id) ?? undefined)
    : isShown(state, id)
      ? draft.answers[id]
      : undefined

const answered = (
  fields: readonly EffectiveField[],
  filled: Pick<FilledForm, 'draft' | 'state'>,
  day?: string,
): Record<string, Answer> =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const x = sentAnswer(field, filled)
      // The day of the visit may have been changed once a day was answered: the server would not take it.
      if (x === undefined || isEmpty(x) || !isWithin(field.spec, x, filled.draft.day)) return []
      return [[field.id, day === undefined ? { v: field.version, x } : { v: field.version, x, d: day }]]
    }),
  )

/**
 * All that one save does, in the order the server must see it: a person met for the first time, what the report taught
 * about the account and the contact, which its conditions may read, then the report, the call-back.
 */
export function createOperations(form: FilledForm, ids: Ids): NewOperation[] {
  const { draft, account, contact } = form
  const newContact = draft.newContact?.lastName.trim() ? draft.newContact : null
  const untouched = new Set(draft.proposed)
  const confirmed = (fields: readonly EffectiveField[]) => fields.filter((field) => !untouched.has(field.id))
  const accountValues = answered(confirmed(form.accountFields), form, draft.day)
  const contactValues = answered(confirmed(form.contactFields), form, draft.day)
  const contactId = newContact ? ids.contact : draft.contactId
  const operations: NewOperation[] = []
  if (newContact) {
    const body = {
      accountId: account.id,
      ...newContact,
      jobTitle: null,
      phone: null,
      email: null,
      values: contactValues,
    }
    operations.push({ kind: 'contact.create', entityId: ids.contact, base: 0, body })
  }
  if (Object.keys(accountValues).length > 0) {
    operations.push({
      kind: 'account.update',
      entityId: account.id,
      base: account.version,
      body: { values: accountValues, seen: { values: seenIn(account.values, accountValues) } },
    })
  }
  if (!newContact && contact && Object.keys(contactValues).length > 0) {
    operations.push({
      kind: 'contact.update',
      entityId: contact.id,
      base: contact.version,
      body: { values: contactValues, seen: { values: seenIn(contact.values, contactValues) } },
    })
  }
  operations.push({
    kind: 'report.create',
    entityId: ids.report,
    base: 0,
    body: {
      accountId: account.id,
      contactId,
      kind: draft.kind,
      outcome: form.outcome,
      day: draft.day,
      note: draft.note.trim() || null,
      fieldSet: fieldSetHash(fieldSetMembers(form.reportFields)),
      values: answered(form.reportFields, form),
      seconds: { ...draft.seconds },
      durationSeconds: Math.min(
        86_400,
        Object.values(draft.seconds).reduce((sum, seconds) => sum + seconds, 0),
      ),
    },
  })
  if (draft.callback) {
    const body = { accountId: account.id, contactId, ...draft.callback }
    operations.push({ kind: 'callback.set', entityId: ids.callback, base: 0, body })
  }
  return operations
}

export type Correction = Pick<FilledForm, 'draft' | 'state' | 'outcome' | 'reportFields'> & {
  /** The report's form as it stood. */
  readonly stood: FormState | null
}

/**
 * What a correction changes, and nothing else; null when nothing does. An answer goes when the correction hides its
 * question; one that was hidden already stays as it is.
 */
export function amendOperation(report: ReportRow, form: Correction): NewOperation | null {
  const { draft, state, stood, outcome } = form
  const values: Record<string, Answer | null> = {}
  for (const field of form.reportFields) {
    if (!isShown(state, field.id) && !(stood && isShown(stood, field.id))) continue
    const was = report.values[field.id]
    const is = sentAnswer(field, form)
    if (JSON.stringify(was?.x) === JSON.stringify(is)) continue
    if (is === undefined || isEmpty(is)) {
      if (was) Object.assign(values, Object.fromEntries(takenAway(field)))
    } else values[field.id] = { v: field.version, x: is }
  }
  const note = draft.note.trim() || null
  const body = {
    ...(outcome === report.outcome ? {} : { outcome }),
    ...(note === report.note ? {} : { note }),
    ...(draft.contactId === report.contactId ? {} : { contactId: draft.contactId }),
    ...(Object.keys(values).length > 0 ? { values } : {}),
  }
  if (Object.keys(body).length === 0) return null
  const seen = { note: report.note, values: seenIn(report.values, values) }
  return { kind: 'report.amend', entityId: report.id, base: report.version, body: { ...body, seen } }
}
