import { changeScenario } from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { isMeeting, type MeetingStep } from '@fieldback/domain/territory/tree-step'
import { refuseChanged } from '../meanwhile.ts'
import { type Clock, refuseBeyond, refuseStuck } from './draft.ts'
import { layOver } from './live.ts'
import { requireDraft, requireScenario } from './open-scenario.ts'
import { clashesAt, refuseChoices, type StepAt, type StepClashes } from './step-clashes.ts'

/**
 * Questions that a step of a draft makes clash, with what its choices would do: of a step that is there (`at`), which it
 * takes the place of, or of a new one. None while it cannot be taken. Changes nothing. FORBIDDEN and the faults of
 * `draftFault` for a step that the reader may not draft.
 */
export async function previewStep(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly step: MeetingStep; readonly at: StepAt | null },
): Promise<StepClashes> {
  const scenario = await requireScenario(sdb, 'territory.arrange', input.scenarioId)
  const at = input.at ?? { gestureId: NEW, step: 0 }
  const gestures = input.at
    ? replaced(scenario.gestures, input.at, input.step)
    : [...scenario.gestures, { id: NEW, steps: [input.step] }]
  const laid = await layOver(sdb, { ...scenario, gestures })
  refuseBeyond(sdb, scenario, [input.step], laid)
  return clashesAt(sdb, laid, at)
}

const NEW = 'new'

function replaced<G extends Gesture>(
  gestures: readonly G[],
  { gestureId, step }: StepAt,
  by: MeetingStep,
): G[] {
  return gestures.map((gesture) =>
    gesture.id === gestureId
      ? { ...gesture, steps: gesture.steps.map((one, at) => (at === step ? by : one)) }
      : gesture,
  )
}

/**
 * What becomes of the questions that a step of a draft makes clash, in the place of what was chosen before (`known`). The
 * faults of `refuseChoices`, CHANGED_MEANWHILE when somebody has chosen otherwise or the step is gone, SCENARIO_SETTLED.
 */
export async function settleStep(
  sdb: ScopedDb,
  input: StepAt & {
    readonly scenarioId: string
    readonly clashes: readonly ClashChoice[]
    readonly known: readonly ClashChoice[]
  },
  { now }: Clock,
): Promise<{ version: number }> {
  const was = await requireDraft(sdb, input.scenarioId)
  const step = was.gestures.find(({ id }) => id === input.gestureId)?.steps[input.step]
  if (!step || !isMeeting(step)) throw new FieldbackError('CHANGED_MEANWHILE')
  refuseChanged(input.known, step.clashes ?? [])
  const settled = { ...step, clashes: [...input.clashes] }
  const gestures = replaced(was.gestures, input, settled)
  const laid = await layOver(sdb, { ...was, gestures })
  const at = gestures.findIndex(({ id }) => id === input.gestureId)
  refuseStuck(laid.projection.outcomes[at])
  refuseBeyond(sdb, was, [settled], laid)
  await refuseChoices(sdb, laid, { gestures, gestureId: input.gestureId })
  return { version: await changeScenario(sdb, was, { gestures }, now()) }
}
