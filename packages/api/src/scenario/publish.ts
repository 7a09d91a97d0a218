import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { changeScenario, type Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { Projection } from '@fieldback/domain/scenario/project'
import { STEPS_MAX } from '@fieldback/domain/territory/tree-step'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from '../territory/apply-steps.ts'
import { type Clock, refuseBeyond, refuseDay } from './draft.ts'
import { layOver } from './live.ts'
import { requireDraft } from './open-scenario.ts'
import { refuseShut } from './step-clashes.ts'

/** Milliseconds that the one transaction of a publication may take: a procedure's two seconds would not move a region. */
export const PUBLISH_MS = 10_000

/**
 * Applies a scenario to the live tree today, all of it or nothing. CHANGED_MEANWHILE when it is not the version that the
 * caller saw, SCENARIO_SETTLED, SCENARIO_EMPTY, SCENARIO_STUCK {count}, TOO_LARGE beyond 2,000
 * steps, and the faults of `applyTreeSteps`.
 */
export async function publish(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly known: number },
  deps: Clock,
): Promise<void> {
  await lockPublications(sdb)
  const was = await requireDraft(sdb, input.scenarioId)
  refuseChanged(input.known, was.version)
  await carryOut(sdb, was, deps)
}

/** The same for a scenario that is locked and may be applied; the fault names the gesture whose step cannot be taken. */
export async function carryOut(sdb: ScopedDb, was: Scenario, deps: Clock): Promise<void> {
  const { projection } = await layOver(sdb, { ...was, effectiveOn: null })
  // What was planned may have been done by hand meanwhile: then nothing is left to do.
  if (was.state !== 'planned' || !isDone(projection)) refuseUnready(projection)
  try {
    await applyTreeSteps(sdb, projection.steps, deps)
  } catch (error) {
    throw withGesture(error, projection)
  }
  const at = deps.now()
  await changeScenario(sdb, was, { state: 'published', effectiveOn: sdb.scope.day, publishedAt: at }, at)
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'scenario.publish',
    subjectId: was.id,
    detail: { name: was.name, territoryId: was.territory.id, count: was.gestures.length },
  })
}

const isDone = ({ outcomes }: Projection): boolean =>
  outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'already')

function refuseUnready({ outcomes, steps }: Projection): void {
  const stuck = outcomes.filter(({ kind }) => kind === 'stuck').length
  if (stuck > 0) throw new FieldbackError('SCENARIO_STUCK', { count: stuck })
  if (steps.length === 0) throw new FieldbackError('SCENARIO_EMPTY')
  if (steps.length > STEPS_MAX) throw new FieldbackError('TOO_LARGE', { max: STEPS_MAX })
}

function withGesture(error: unknown, { by }: Projection): unknown {
  if (!(error instanceof FieldbackError) || typeof error.params.step !== 'number') return error
  return new FieldbackError(error.code, { ...error.params, gesture: by[error.params.step] ?? '' })
}

/**
 * Has a scenario applied on a day, with the rights that the reader will hold then; from now on others see it.
 * SCENARIO_PAST, SCENARIO_FAR, CHANGED_MEANWHILE, SCENARIO_SETTLED, SCENARIO_EMPTY, SCENARIO_STUCK, and the faults of `draftFault` for
 * what somebody else drafted, or chose for questions that clash, beyond the reader's rights.
 */
export async function plan(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly day: string; readonly known: number },
  { now, newId }: Clock,
): Promise<void> {
  refuseDay(sdb, input.day)
  const was = await requireDraft(sdb, input.scenarioId)
  refuseChanged(input.known, was.version)
  const laid = await layOver(sdb, { ...was, effectiveOn: input.day })
  refuseUnready(laid.projection)
  refuseBeyond(sdb, was, laid.projection.steps, laid)
  await refuseShut(sdb, laid)
  await changeScenario(
    sdb,
    was,
    { state: 'planned', effectiveOn: input.day, plannedBy: sdb.scope.membershipId, shared: true },
    now(),
  )
  await writeAudit(sdb, {
    id: newId(),
    action: 'scenario.plan',
    subjectId: was.id,
    detail: { name: was.name, territoryId: was.territory.id, to: input.day },
  })
}

/** A planned scenario is a draft again; its day is kept. SCENARIO_SETTLED. */
export async function unplan(
  sdb: ScopedDb,
  input: { readonly scenarioId: string },
  { now }: Clock,
): Promise<void> {
  const was = await requireDraft(sdb, input.scenarioId)
  if (was.state === 'planned') await changeScenario(sdb, was, { state: 'draft', plannedBy: null }, now())
}
