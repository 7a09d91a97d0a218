import { captureInstant } from '../sync/capture.ts'
import { type Operation, type OperationAnswer, operation as readable } from '../sync/operation.ts'
import { type Parsed, parseOperation, planBatch } from '../sync/plan-batch.ts'
import { standing } from '../sync/plan-report.ts'
import type { PushContext, PushEffects } from '../sync/state.ts'
import { type Fault, faultOf, type Json, type Refused } from './fault.ts'
import { asNew, mend, type Repair } from './repair.ts'

/** What was put aside, with the id it waits under and when it came (ISO 8601). */
export type Aside = Refused & { readonly id: string; readonly receivedAt: string }

export type Given = {
  readonly repair: Repair
  readonly now: string
  readonly hash: (operation: unknown) => string
}

export type AcceptPlan =
  | {
      readonly status: 'accepted'
      readonly operation: Operation
      readonly answer: Extract<OperationAnswer, { status: 'applied' }>
      readonly effects: PushEffects
      readonly mended: readonly Fault[]
    }
  | ({ readonly status: 'refused' } & Pick<Refused, 'code' | 'path'>)

/**
 * Plans what was put aside as if it had come well, each fault mended by what is given for it and for nothing else: what
 * could be read stays as it was typed. `context` is what its author's push would have read, the rights of the manager
 * beside the author's. A report that is there already is filed by that one: no second is made. Pure: nothing is written
 * when it is still refused.
 */
export function planAccept(context: PushContext, aside: Aside, { repair, now, hash }: Given): AcceptPlan {
  const mended: Fault[] = []
  const tried = new Set<string>()
  let operation = asNew(aside.operation, aside)
  let refused: Pick<Refused, 'code' | 'path'> = aside
  for (;;) {
    const there = refused.code === 'OP_EXISTS' ? asStands(context, operation) : null
    if (there) return { status: 'accepted', ...there, effects: planBatch(context, [], now), mended }
    const fault = faultOf({ ...refused, operation })
    const place = JSON.stringify(fault)
    const next = tried.has(place) ? null : mend(operation, fault, repair, aside.id)
    // Where nothing is given, it is tried as it is once: the server may know by now what it did not know then.
    if (next === null && refused !== aside) return { status: 'refused', ...onlyPlace(refused) }
    tried.add(place)
    if (next) {
      operation = next
      mended.push(fault)
    }
    const parsed = parseOperation({ raw: operation, hash: hash(operation) })
    const effects = planBatch(withPredecessor(context, operation), [parsed], now)
    const [answer] = effects.answers
    if (answer?.status === 'applied' && parsed.operation)
      return { status: 'accepted', operation: parsed.operation, answer, effects, mended }
    refused = refusalIn(answer, parsed)
  }
}

const onlyPlace = ({ code, path }: Pick<Refused, 'code' | 'path'>) => ({ code, path })

function refusalIn(answer: OperationAnswer | undefined, { path }: Parsed): Pick<Refused, 'code' | 'path'> {
  if (answer?.status === 'quarantined') return { code: answer.code, path: answer.path }
  return { code: 'OP_MALFORMED', path }
}

/**
 * A report that was thrown away, had arrived all the same and was taken back: nothing but its number on the way differs
 * from the one that stands, whatever was corrected of that one since. Null where something else has its id.
 */
function asStands(
  { reports, membershipId }: PushContext,
  raw: Json,
): Pick<Extract<AcceptPlan, { status: 'accepted' }>, 'operation' | 'answer'> | null {
  const operation = readable.safeParse(raw).data
  const report = reports.get(String(raw.entityId))
  if (operation?.kind !== 'report.create' || report?.authorId !== membershipId) return null
  const { kind, day, durationSeconds } = operation.body
  const isSame =
    kind === report.kind &&
    day === report.day &&
    durationSeconds === report.durationSeconds &&
    // A phone whose clock was ahead is held to have written it when it came.
    captureInstant(operation, report.capturedAt) === report.capturedAt
  return isSame
    ? { operation, answer: { status: 'applied', opId: operation.opId, ...standing(report) } }
    : null
}

/** A manager's decision waits for nothing that the phone may still send. */
const withPredecessor = (context: PushContext, { entityId, seq }: Json): PushContext => ({
  ...context,
  sequence: new Set([...context.sequence, `${entityId}:${Number(seq) - 1}`]),
})
