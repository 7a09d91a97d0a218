import { isDivisible } from '../territory/own-sector.ts'
import { captureInstant, heldAtCapture } from './capture.ts'
import { type Applied, applied, type Draft, type Refusal, refuse } from './draft.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type SectorArrange = Extract<Operation, { kind: 'sector.arrange' }>

/**
 * Takes what a rep asks to be done to a sub-sector of his own sector; the work follows the push, and its outcome is told
 * with the next pull, so that nothing waits for it. OP_TARGET_UNKNOWN, OP_FORBIDDEN where he held no such sector.
 */
export function planSectorArrange(
  context: PushContext,
  draft: Draft,
  operation: SectorArrange,
  now: string,
): Applied | Refusal {
  const { territoryId, ask } = operation.body
  const territory = context.territories.get(territoryId)
  if (!territory) return refuse('OP_TARGET_UNKNOWN', 'body', 'territoryId')
  const at = captureInstant(operation, now)
  const capture = { at, day: context.localDay(at), territoryIds: [territoryId] }
  if (!isDivisible(territory) || !heldAtCapture(context, 'territory.subdivide', capture))
    return refuse('OP_FORBIDDEN', 'body', 'territoryId')
  draft.arrangements.push({
    id: operation.opId,
    sectorId: operation.entityId,
    territoryId,
    ask,
    capturedAt: at,
    at: now,
  })
  return applied(1)
}
