import type { Answers } from '../field/answer.ts'
import { captureAt, heldAtCapture, homeThen } from './capture.ts'
import { patchAnswers, refuseAnswers } from './check-answers.ts'
import { definedOnly } from './correct-record.ts'
import { type Applied, applied, type Draft, type Refusal, recordChange, refuse } from './draft.ts'
import { joinSeen } from './join-seen.ts'
import { meetingOf } from './meeting.ts'
import { type KeyedChange, keyedChange, mergesOf } from './merge.ts'
import type { Operation } from './operation.ts'
import { reportChange } from './report-change.ts'
import { judgeReport, knownForms, withoutComputed } from './report-form.ts'
import type { AccountState, PushContext, ReportState } from './state.ts'

type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>

/**
 * Files a report. No business rule refuses it: what today's form still asks is listed and the report is kept
 * "to complete". It belongs to the account's home when it was captured.
 */
export function planReportCreate(
  context: PushContext,
  draft: Draft,
  operation: Of<'report.create'>,
  now: string,
): Applied | Refusal {
  const { body } = operation
  if (draft.reports.has(operation.entityId)) return refuse('OP_EXISTS', 'entityId')
  const account = draft.accounts.get(body.accountId)
  if (!account) return refuse('OP_TARGET_UNKNOWN', 'body', 'accountId')
  const capture = captureAt(context, operation, { account, now })
  if (!heldAtCapture(context, 'report.create', capture)) return refuse('OP_FORBIDDEN', 'body', 'accountId')
  if (body.contactId !== null && draft.contacts.get(body.contactId)?.accountId !== account.id) {
    return refuse('OP_TARGET_UNKNOWN', 'body', 'contactId')
  }
  const fault = refuseAnswers(context, 'report', capture, body.values, body.day)
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const sent = withoutComputed(context, body.values)
  const judged = judgeReport(context, draft, { account, report: { ...body, values: sent }, amended: false })
  const { missing } = judged
  const report: ReportState = {
    id: operation.entityId,
    accountId: account.id,
    contactId: body.contactId,
    territoryId: homeThen(context, account, capture.at),
    authorId: context.membershipId,
    kind: body.kind,
    outcome: body.outcome,
    day: body.day,
    note: body.note,
    ...judged,
    status: missing.length > 0 ? 'to_complete' : 'accepted',
    durationSeconds: body.durationSeconds,
    capturedAt: capture.at,
    version: 1,
  }
  draft.reports.set(report.id, report)
  draft.facts.push(...reportChange(knownForms(context, draft), account, null, report))
  giveToLedger(context, draft, { ...operation.body, values: sent })
  seen(draft, account, report)
  recordChange(draft, context, operation, {
    entity: 'report',
    version: 1,
    before: {},
    after: { ...body, values: judged.values },
  })
  const askedSince = missing.filter((id) => !wasAsked(context, body.fieldSet, id))
  return { ...applied(1), ...standing(report), ...(askedSince.length > 0 ? { askedSince } : {}) }
}

/** Whether a form asked a question as it is asked now; a form that nobody kept is not held to have changed. */
function wasAsked({ fieldSets, definitions }: PushContext, form: string, id: string): boolean {
  const members = fieldSets.get(form)
  const version = definitions.find((definition) => definition.id === id)?.version
  return !members || members.some((member) => member[0] === id && member[1] === version)
}

/** Corrects the author's own report; what it said before stays in the history. */
export function planReportAmend(
  context: PushContext,
  draft: Draft,
  operation: Of<'report.amend'>,
  now: string,
): Applied | Refusal {
  const report = draft.reports.get(operation.entityId)
  const account = report && draft.accounts.get(report.accountId)
  if (!report || !account) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  if (report.authorId !== context.membershipId) return refuse('OP_FORBIDDEN', 'entityId')
  const { values: typed, note: typedNote, seen, ...rest } = operation.body
  if (rest.contactId && draft.contacts.get(rest.contactId)?.accountId !== account.id) {
    return refuse('OP_TARGET_UNKNOWN', 'body', 'contactId')
  }
  const capture = captureAt(context, operation, { account, now })
  const fault = refuseAnswers(context, 'report', capture, typed ?? {}, report.day)
  if (fault) return refuse(fault.code, 'body', ...fault.path)
  const { note, values, joined } = joinSeen(context, { note: typedNote, values: typed, seen }, report)
  const plain = definedOnly({ ...rest, note })
  const patch = values && withoutComputed(context, values)
  const said = keyedChange(report, { ...plain, ...(patch ? { values: patch } : {}) })
  const judged = judgeReport(context, draft, {
    account,
    report: { ...report, ...plain, values: patch ? patchAnswers(report.values, patch) : report.values },
    amended: true,
  })
  const { missing } = judged
  const change = withRecomputed(said, report.values, judged.values)
  // Amending a withdrawn report says that it stands after all.
  const status = missing.length > 0 ? 'to_complete' : 'accepted'
  if (Object.keys(change.after).length === 0 && status === report.status) return standing(report)
  const next: ReportState = {
    ...report,
    ...plain,
    ...judged,
    status,
    version: report.version + 1,
  }
  const meeting = meetingOf(context, draft, { operation, now, joined })
  draft.reports.set(next.id, next)
  draft.facts.push(...reportChange(knownForms(context, draft), account, report, next))
  recordChange(draft, context, operation, {
    entity: 'report',
    version: next.version,
    before: { ...change.before, status: report.status },
    after: { ...change.after, status },
  })
  return {
    ...standing(next),
    ...applied(next.version, mergesOf(meeting, said)),
  }
}

/** Takes the author's own report back: it counts nowhere any more and stays in the history. */
export function planReportWithdraw(
  context: PushContext,
  draft: Draft,
  operation: Of<'report.withdraw'>,
): Applied | Refusal {
  const report = draft.reports.get(operation.entityId)
  const account = report && draft.accounts.get(report.accountId)
  if (!report || !account) return refuse('OP_TARGET_UNKNOWN', 'entityId')
  if (report.authorId !== context.membershipId) return refuse('OP_FORBIDDEN', 'entityId')
  if (report.status === 'withdrawn') return standing(report)
  const next: ReportState = { ...report, status: 'withdrawn', missing: [], version: report.version + 1 }
  draft.reports.set(next.id, next)
  draft.facts.push(...reportChange(knownForms(context, draft), account, report, next))
  recordChange(draft, context, operation, {
    entity: 'report',
    version: next.version,
    before: { status: report.status },
    after: { status: 'withdrawn', reason: operation.body.reason },
  })
  return standing(next)
}

/** What a phone is told of a report as it stands. */
export const standing = (report: ReportState): Applied => ({
  version: report.version,
  reportStatus: report.status,
  ...(report.missing.length > 0 ? { missing: report.missing } : {}),
})

/** A correction with the figures that it moved: in the history, but nobody's words that another's could replace. */
function withRecomputed(said: KeyedChange, before: Answers, after: Answers): KeyedChange {
  const moved = Object.keys({ ...before, ...after }).filter((id) => before[id] !== after[id])
  const figures = keyedChange(
    { values: before },
    { values: Object.fromEntries(moved.map((id) => [id, after[id] ?? null])) },
  )
  return { before: { ...said.before, ...figures.before }, after: { ...said.after, ...figures.after } }
}

/** A visit moves the account's last visit on, never back. */
function seen(draft: Draft, account: AccountState, report: ReportState): void {
  if (report.kind !== 'visit' || (account.lastVisitDay !== null && account.lastVisitDay >= report.day)) return
  draft.accounts.set(account.id, { ...account, lastVisitDay: report.day })
}

/** Answers and seconds given; a time for a question nobody asks is dropped. */
function giveToLedger(
  context: PushContext,
  draft: Draft,
  { values, seconds, day }: Pick<Of<'report.create'>['body'], 'values' | 'seconds' | 'day'>,
): void {
  const asked = new Set(context.definitions.map((definition) => definition.id))
  for (const fieldId of new Set([...Object.keys(values), ...Object.keys(seconds)])) {
    if (!(fieldId in values || asked.has(fieldId))) continue
    draft.ledger.push({
      fieldId,
      month: day.slice(0, 7),
      answers: fieldId in values ? 1 : 0,
      seconds: seconds[fieldId] ?? 0,
      received: 0,
      used: 0,
    })
  }
}
