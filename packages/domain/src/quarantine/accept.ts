import type { Operation, OperationAnswer } from '../sync/operation.ts'
import { type Parsed, parseOperation, planBatch, standsSince } from '../sync/plan-batch.ts'
import type { PushContext, PushEffects } from '../sync/state.ts'
import { type Fault, faultOf, type Json, type Refused } from './fault.ts'
import { asNew, mend, type Repair } from './repair.ts'

/** What was put aside, with the id it waits under and when it came (ISO 8601). */
export type Aside = Refused & { readonly id: string; readonly receivedAt: string }

export type Given = { readonly repair: Repair; readonly now: string }

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
 * beside the author's. What is there already is filed by what stands: nothing is mended, and no second is made. Pure: nothing
 * is written when it is still refused.
 */
export function planAccept(context: PushContext, aside: Aside, { repair, now }: Given): AcceptPlan {
  const mended: Fault[] = []
  const tried = new Set<string>()
  const came = asNew(aside.operation, aside)
  // By what came, however it is mended: the same words under another number are known by it.
  const hash = context.hash(came)
  const stands = isThere(context, parseOperation({ raw: came, hash }))
  let operation = came
  let refused: Pick<Refused, 'code' | 'path'> = aside
  for (;;) {
    const fault = faultOf({ ...refused, operation })
    const place = JSON.stringify(fault)
    const next = stands || tried.has(place) ? null : mend(operation, fault, repair, aside.id)
    // Where nothing is given, it is tried as it is once: the server may know by now what it did not know then.
    if (next === null && refused !== aside) return { status: 'refused', ...onlyPlace(refused) }
    tried.add(place)
    if (next) {
      operation = next
      mended.push(fault)
    }
    const parsed = parseOperation({ raw: operation, hash })
    const effects = planBatch(withPredecessor(context, operation), [parsed], now)
    const [answer] = effects.answers
    if (answer?.status === 'applied' && parsed.operation)
      return { status: 'accepted', operation: parsed.operation, answer, effects, mended }
    refused = refusalIn(answer, parsed)
  }
}

const isThere = (context: PushContext, { raw, operation }: Parsed): boolean =>
  operation !== null && standsSince(context, context, { raw, operation, receipts: context.receipts }) !== null

const onlyPlace = ({ code, path }: Pick<Refused, 'code' | 'path'>) => ({ code, path })

function refusalIn(answer: OperationAnswer | undefined, { path }: Parsed): Pick<Refused, 'code' | 'path'> {
  if (answer?.status === 'quarantined') return { code: answer.code, path: answer.path }
  return { code: 'OP_MALFORMED', path }
}

/** A manager's decision waits for nothing that the phone may still send. */
const withPredecessor = (context: PushContext, { entityId, seq }: Json): PushContext => ({
  ...context,
  sequence: new Set([...context.sequence, `${entityId}:${Number(seq) - 1}`]),
})
