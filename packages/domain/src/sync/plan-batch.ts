import { ledgerFacts, returnFacts } from '../analytics/ledger-fact.ts'
import { storableText } from '../typed.ts'
import type { Applied, Draft, Refusal } from './draft.ts'
import { withNormalAnswers } from './normal-answers.ts'
import {
  type Operation,
  type OperationAnswer,
  type OperationPlace,
  operationPlace,
  operation as operationSchema,
  type QuarantineCode,
} from './operation.ts'
import { placeAside } from './place-aside.ts'
import { planAccountCreate, planAccountUpdate } from './plan-account.ts'
import { planCallbackDone, planCallbackSet } from './plan-callback.ts'
import { planCoachingAnswer } from './plan-coaching.ts'
import { planContactCreate, planContactUpdate } from './plan-contact.ts'
import { planContestOpen, planContestWithdraw } from './plan-contest.ts'
import { planGivebackJudge, planGivebackRecord, planInsightJudge } from './plan-giveback.ts'
import { planHandoverDismiss, planHandoverNote } from './plan-handover.ts'
import { planObjectiveRefuse } from './plan-objective.ts'
import { planReportAmend, planReportCreate, planReportWithdraw, standing } from './plan-report.ts'
import { planSectorArrange } from './plan-sector.ts'
import type { PushContext, PushEffects, Quarantined, Receipt } from './state.ts'

/** An operation as received, made storable, with the hash of its canonical JSON. */
export type Received = { readonly raw: unknown; readonly hash: string }

export type Parsed = Received & {
  readonly operation: Operation | null
  /** Null when not even that can be read. */
  readonly place: OperationPlace | null
  readonly path: readonly string[]
}

/** No operation nests deeper; what does is cut, so that a hostile one is kept without exhausting anything. */
const DEPTH_MOST = 16

/**
 * What can be kept of anything received: texts without what a database of UTF-8 cannot hold (NUL, halves of surrogate
 * pairs: no keyboard types them, and a report must not be refused for them), and no nesting without end.
 */
export function storable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEPTH_MOST) return null
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [storable(key), storable(item, depth + 1)]),
  )
}

/** Reads one operation; null with the path of the first fault when malformed. */
export function parseOperation({ raw, hash }: Received): Parsed {
  const result = operationSchema.safeParse(raw)
  if (result.success) return { raw, hash, operation: result.data, place: result.data, path: [] }
  const path = (result.error.issues[0]?.path ?? []).map(String)
  return { raw, hash, operation: null, place: operationPlace.safeParse(raw).data ?? null, path }
}

/**
 * Decides a batch in order, touching nothing: what each phone is told, and the states to write with their receipts.
 * Pure: `context` is what the transaction has read and locked, `now` the server's instant.
 */
export function planBatch(context: PushContext, batch: readonly Parsed[], now: string): PushEffects {
  const draft: Draft = {
    accounts: new Map(context.accounts),
    contacts: new Map(context.contacts),
    reports: new Map(context.reports),
    callbacks: new Map(context.callbacks),
    contests: new Map(context.contests),
    notes: new Map(context.notes),
    changes: [],
    facts: [],
    ledger: [],
    returns: [],
    returnOpinions: new Map(),
    insightOpinions: new Map(),
    handoverNotes: new Map(),
    dismissals: new Map(),
    arrangements: [],
    refusals: new Map(),
    forms: new Map(),
  }
  const receipts = new Map<string, Receipt>(context.receipts)
  const sequence = new Set(context.sequence)
  const written: Receipt[] = []
  const quarantined: Quarantined[] = []

  const answers = batch.map((item): OperationAnswer => {
    const { operation, place } = item
    const opId = place?.opId ?? null
    const putAside = (code: QuarantineCode, path: readonly string[]): OperationAnswer => {
      const place = placeAside(context, draft, item, now)
      quarantined.push({ opId, bodyHash: item.hash, code, path, operation: item.raw, place })
      return { status: 'quarantined', opId, code, path }
    }
    const leaveReceipt = (
      entity: string,
      { opId, entityId, seq }: OperationPlace,
      answer: OperationAnswer,
    ) => {
      const status = answer.status === 'applied' ? 'applied' : 'quarantined'
      const receipt: Receipt = { opId, entity, entityId, seq, bodyHash: item.hash, status, answer }
      receipts.set(opId, receipt)
      written.push(receipt)
      // A quarantined predecessor counts: it never blocks what follows.
      sequence.add(`${entityId}:${seq}`)
      return answer
    }
    if (place === null) return putAside('OP_MALFORMED', item.path)
    const first = receipts.get(place.opId)
    if (first) {
      const isSame = first.bodyHash === item.hash || isDiscardOf(first, { operation, place, sequence })
      return isSame
        ? { status: 'duplicate', opId: place.opId, first: first.answer }
        : putAside('OP_REUSED', ['opId'])
    }
    if (operation === null) return leaveReceipt('unknown', place, putAside('OP_MALFORMED', item.path))
    if (operation.seq > 1 && !sequence.has(`${operation.entityId}:${operation.seq - 1}`)) {
      return { status: 'waiting', opId: operation.opId }
    }
    const verdict =
      standsSince(context, draft, { raw: item.raw, operation, receipts }) ??
      planOperation(context, draft, withNormalAnswers(context, operation), now)
    const answer: OperationAnswer =
      'refused' in verdict
        ? putAside(verdict.refused, verdict.path)
        : { status: 'applied', opId: operation.opId, ...verdict }
    return leaveReceipt(nounOf(operation), operation, answer)
  })

  return {
    answers,
    accounts: changedOnly(context.accounts, draft.accounts),
    contacts: changedOnly(context.contacts, draft.contacts),
    reports: changedOnly(context.reports, draft.reports),
    callbacks: changedOnly(context.callbacks, draft.callbacks),
    contests: changedOnly(context.contests, draft.contests),
    notes: changedOnly(context.notes, draft.notes),
    changes: draft.changes,
    facts: [
      ...draft.facts,
      ...ledgerFacts(context.membershipId, draft.ledger),
      ...returnFacts(context.membershipId, draft.returns),
    ],
    returnOpinions: [...draft.returnOpinions.values()],
    insightOpinions: [...draft.insightOpinions.values()],
    handoverNotes: [...draft.handoverNotes.values()],
    dismissals: [...draft.dismissals.values()],
    arrangements: draft.arrangements,
    refusals: [...draft.refusals.values()],
    forms: draft.forms,
    receipts: written,
    quarantined,
  }
}

type Again = Pick<Parsed, 'operation'> & {
  readonly place: OperationPlace
  /** Answered operations of this device. */
  readonly sequence: ReadonlySet<string>
}

/** An operation and its throwing away, of one phone: whichever came first is what became of both. */
function isDiscardOf(first: Receipt, { operation, place, sequence }: Again): boolean {
  const { entityId, seq } = first
  const isOwn = sequence.has(`${entityId}:${seq}`) && place.entityId === entityId && place.seq === seq
  return isOwn && (operation?.kind === 'operation.discard' || first.entity === 'operation')
}

type Typed = Pick<Received, 'raw'> & {
  readonly operation: Operation
  readonly receipts: ReadonlyMap<string, Receipt>
}

/**
 * What stands already, made by the same words of the same phone under another number on their way: they were thrown away,
 * had arrived all the same and were taken back. It is not touched, whatever became of it since; null where this is new.
 */
export function standsSince(
  context: PushContext,
  rows: Pick<Draft, 'accounts' | 'contacts' | 'reports' | 'callbacks' | 'contests' | 'notes'>,
  { raw, operation, receipts }: Typed,
): Applied | null {
  const { entityId, seq, kind } = operation
  // One throwing away is like another: each is of its own operation.
  if (seq === 1 || kind === 'operation.discard') return null
  const entity = nounOf(operation)
  // Its making comes first: one alone is compared, whatever a hostile batch holds.
  let first: Receipt | undefined
  for (const receipt of receipts.values())
    if (
      receipt.entityId === entityId &&
      receipt.entity === entity &&
      receipt.status === 'applied' &&
      receipt.seq < (first?.seq ?? seq)
    )
      first = receipt
  if (!first) return null
  const sent = { ...(raw as object), opId: first.opId, seq: first.seq }
  if (context.hash(sent) !== first.bodyHash) return null
  const report = rows.reports.get(entityId)
  if (report) return standing(report)
  const others = [rows.accounts, rows.contacts, rows.callbacks, rows.contests, rows.notes]
  return { version: others.map((row) => row.get(entityId)?.version).find((version) => version) ?? 1 }
}

const nounOf = ({ kind }: Operation): string => kind.split('.')[0] ?? kind

const changedOnly = <T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Map<string, T> =>
  new Map([...after].filter(([id, state]) => before.get(id) !== state))

function planOperation(
  context: PushContext,
  draft: Draft,
  operation: Operation,
  now: string,
): Applied | Refusal {
  switch (operation.kind) {
    case 'report.create':
      return planReportCreate(context, draft, operation, now)
    case 'report.amend':
      return planReportAmend(context, draft, operation, now)
    case 'report.withdraw':
      return planReportWithdraw(context, draft, operation)
    case 'account.create':
      return planAccountCreate(context, draft, operation, now)
    case 'account.update':
      return planAccountUpdate(context, draft, operation, now)
    case 'contact.create':
      return planContactCreate(context, draft, operation, now)
    case 'contact.update':
      return planContactUpdate(context, draft, operation, now)
    case 'callback.set':
      return planCallbackSet(context, draft, operation, now)
    case 'callback.done':
      return planCallbackDone(context, draft, operation, now)
    case 'contest.open':
      return planContestOpen(context, draft, operation, now)
    case 'contest.withdraw':
      return planContestWithdraw(context, draft, operation, now)
    case 'coaching.answer':
      return planCoachingAnswer(context, draft, operation, now)
    case 'handover.note':
      return planHandoverNote(context, draft, operation, now)
    case 'handover.dismiss':
      return planHandoverDismiss(context, draft, operation, now)
    case 'sector.arrange':
      return planSectorArrange(context, draft, operation, now)
    case 'objective.refuse':
      return planObjectiveRefuse(context, draft, operation, now)
    case 'operation.discard':
      return { version: 0 }
    case 'giveback.record':
      return planGivebackRecord(context, draft, operation, now)
    case 'giveback.judge':
      return planGivebackJudge(context, draft, operation, now)
    case 'insight.judge':
      return planInsightJudge(draft, operation, now)
  }
}
