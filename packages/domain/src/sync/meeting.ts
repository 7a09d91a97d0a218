import { grantsOn } from '../access/scope.ts'
import { mayReadText } from '../access/visible-text.ts'
import type { Draft } from './draft.ts'
import type { Meeting } from './merge.ts'
import type { Operation } from './operation.ts'
import type { PushContext } from './state.ts'

type Correcting = {
  readonly operation: Operation
  readonly now: string
  readonly joined: ReadonlySet<string>
}

/** What a correction meets, before it is noted itself: what this phone sent, now or before, is its person's own. */
export function meetingOf(
  context: PushContext,
  { changes }: Pick<Draft, 'changes'>,
  { operation: { entityId, base }, now, joined }: Correcting,
): Meeting {
  const grants = grantsOn(context.localDay(now), context.assignments)
  const batch = changes.filter((change) => change.entityId === entityId)
  return {
    base,
    later: [
      ...(context.later.get(entityId) ?? []),
      ...batch.map((change) => ({ ...change, by: '', at: now })),
    ],
    isOwn: (opId) => context.sent.has(opId) || batch.some((change) => change.opId === opId),
    hidden(field) {
      const asked = context.definitions.find(({ id }) => field === `values.${id}`)
      const owner = asked && context.territories.get(asked.territoryId)?.path
      return asked !== undefined && owner !== undefined && !mayReadText({ grants }, asked, owner)
    },
    joined,
  }
}
