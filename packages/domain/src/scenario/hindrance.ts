import type { Localised } from '../field/field-spec.ts'
import { type Fault, notEmpty } from '../territory/placement.ts'
import type { Projection } from './project.ts'
import type { Gesture } from './scenario.ts'

/** Why a gesture could not be taken if its day were today; `gestureId` null: why none could. */
export type Hindrance = {
  readonly gestureId: string | null
  /** TERRITORY_NOT_EMPTY says what stands on which territory (`standingOf`). */
  readonly fault: Fault
  /** The question that it is about; null for the territory itself. */
  readonly question: Localised | null
}

/**
 * Why gestures could not be taken if their day were today, in their order: they do not apply, what stands on a territory
 * that they close has to leave it first, or nothing fit is chosen for questions that clash (TERRITORY_FIELDS_MEET, told
 * once a step). What is chosen is not judged.
 */
export function hindrancesOf(
  gestures: readonly Gesture[],
  { outcomes, steps, by, meetings, left }: Projection,
): Hindrance[] {
  return gestures.flatMap(({ id: gestureId }, at): Hindrance[] => {
    const outcome = outcomes[at]
    if (outcome?.kind === 'stuck') return [{ gestureId, fault: outcome.fault, question: null }]
    return steps.flatMap((step, index): Hindrance[] => {
      if (by[index] !== gestureId) return []
      if (step.of === 'close') {
        const here = left.get(step.territoryId)
        return here ? [{ gestureId, fault: notEmpty(step.territoryId, here), question: null }] : []
      }
      const unsettled = meetings[index]?.open[0]?.[0]
      return unsettled
        ? [{ gestureId, fault: { code: 'TERRITORY_FIELDS_MEET', params: {} }, question: unsettled.label }]
        : []
    })
  })
}
