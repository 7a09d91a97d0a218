import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  changeScenario,
  insertRemark,
  insertScenario,
  type Scenario,
  type StoredGesture,
} from '@fieldback/db/scenario/scenario.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import { draftFault } from '@fieldback/domain/scenario/may-draft'
import { linesOf } from '@fieldback/domain/scenario/places'
import type { Outcome } from '@fieldback/domain/scenario/project'
import { dayFault, GESTURES_MAX } from '@fieldback/domain/scenario/scenario'
import { madeIds } from '@fieldback/domain/territory/clash-choice'
import { isMeeting, type TreeStep } from '@fieldback/domain/territory/tree-step'
import type { Deps } from '../context.ts'
import { requireTelling } from '../field/telling-apart.ts'
import { refuseChanged } from '../meanwhile.ts'
import { type Laid, layOver } from './live.ts'
import { requireDraft, requireScenario } from './open-scenario.ts'
import { refuseChoices } from './step-clashes.ts'

export type Clock = Pick<Deps, 'now' | 'newId'>

/** Begins a scenario over a branch where the reader arranges territories. SCENARIO_PAST, SCENARIO_FAR, NOT_FOUND, FORBIDDEN. */
export async function create(
  sdb: ScopedDb,
  input: { readonly territoryId: string; readonly name: string; readonly effectiveOn: string | null },
  { now, newId }: Clock,
): Promise<{ id: string }> {
  const territory = await requireTerritory(sdb, 'territory.arrange', input.territoryId)
  refuseDay(sdb, input.effectiveOn)
  const id = newId()
  await insertScenario(sdb, { ...input, id, territoryId: territory.id, gestures: [], at: now() })
  return { id }
}

export function refuseDay({ scope }: ScopedDb, day: string | null): void {
  const fault = day === null ? null : dayFault(day, scope.day)
  if (fault) throw new FieldbackError(fault.code, fault.params)
}

/** Gives it another name; answers the one it had. CHANGED_MEANWHILE, SCENARIO_SETTLED. */
export async function rename(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly name: string; readonly known?: string | undefined },
  { now }: Clock,
): Promise<{ before: string }> {
  const was = await requireDraft(sdb, input.scenarioId)
  if (was.name !== input.name) refuseChanged(input.known, was.name)
  await changeScenario(sdb, was, { name: input.name }, now())
  return { before: was.name }
}

/** The day of a draft, none yet when null; a planned one is planned anew. SCENARIO_PAST, SCENARIO_FAR, CHANGED_MEANWHILE, SCENARIO_SETTLED. */
export async function setDay(
  sdb: ScopedDb,
  input: {
    readonly scenarioId: string
    readonly day: string | null
    readonly known?: string | null | undefined
  },
  { now }: Clock,
): Promise<void> {
  refuseDay(sdb, input.day)
  const was = await requireDraft(sdb, input.scenarioId)
  if (was.effectiveOn !== input.day) refuseChanged(input.known, was.effectiveOn)
  // Without a day nothing is planned.
  const state = input.day === null ? ({ state: 'draft', plannedBy: null } as const) : {}
  await changeScenario(sdb, was, { effectiveOn: input.day, ...state }, now())
}

export type GestureAdded = {
  readonly gestureId: string
  readonly version: number
  /** Somebody else had changed the draft since the caller read it; the gesture was laid over what is there now. */
  readonly meanwhile: boolean
}

/**
 * Adds a gesture, at a place in the order or last, over the draft as it is now. The fault of the step that cannot be
 * taken (see `applySteps`, `draftFault`, TERRITORY_NOT_EMPTY), TOO_LARGE beyond 500 gestures, SCENARIO_SETTLED.
 */
export async function addGesture(
  sdb: ScopedDb,
  input: {
    readonly scenarioId: string
    readonly steps: readonly TreeStep[]
    readonly at?: number | undefined
    readonly known: number
  },
  { now, newId }: Clock,
): Promise<GestureAdded> {
  const was = await requireDraft(sdb, input.scenarioId)
  if (was.gestures.length >= GESTURES_MAX) throw new FieldbackError('TOO_LARGE', { max: GESTURES_MAX })
  await requireTelling(
    sdb,
    input.steps.flatMap((step) => (step.of === 'rehome' ? [step.rule] : [])),
  )
  const gesture: StoredGesture = {
    id: newId(),
    steps: input.steps,
    by: sdb.scope.membershipId,
    at: now().toISOString(),
  }
  const gestures = was.gestures.toSpliced(input.at ?? was.gestures.length, 0, gesture)
  const laid = await layOver(sdb, { ...was, gestures })
  refuseStuck(laid.projection.outcomes[gestures.indexOf(gesture)])
  refuseBeyond(sdb, was, input.steps, laid)
  await refuseChoices(sdb, laid, { gestures, gestureId: gesture.id })
  const version = await changeScenario(sdb, was, { gestures }, now())
  return { gestureId: gesture.id, version, meanwhile: input.known !== was.version }
}

/** Every step of somebody's must be within what he may draft, in the tree as it is and as it would be. */
export function refuseBeyond(
  { scope }: ScopedDb,
  { territory }: Pick<Scenario, 'territory'>,
  steps: readonly TreeStep[],
  { live, projection }: Laid,
): void {
  const views = [live.tree, projection.tree].map((tree) => ({
    nodes: new Map(tree.map((node) => [node.id, node])),
    lines: linesOf(tree),
  }))
  const places = (id: string) =>
    views.flatMap(({ nodes, lines }) => {
      const node = nodes.get(id)
      return node ? [{ path: pathOf(lines.get(id) ?? []), rank: node.rank }] : []
    })
  const held = (id: string) => {
    const one = [...live.held, ...projection.carried.held].find((holding) => holding.id === id)
    const place = one && places(one.territoryId)[0]
    return place && { path: place.path, role: one.role }
  }
  for (const step of steps) {
    const fault = draftFault(scope, step, { branch: territory.path, places, held })
    if (fault) throw new FieldbackError(fault.code, fault.params)
  }
}

const pathOf = (line: readonly string[]): string => line.map((id) => `${id}/`).join('')

export function refuseStuck(outcome: Outcome | undefined): void {
  if (outcome?.kind === 'stuck') throw new FieldbackError(outcome.fault.code, outcome.fault.params)
}

/** Takes a gesture out of the draft; answers it with its place, to put it back; null when it is gone already. SCENARIO_SETTLED. */
export async function removeGesture(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly gestureId: string },
  { now }: Clock,
): Promise<{ steps: readonly TreeStep[]; at: number; version: number } | null> {
  const was = await requireDraft(sdb, input.scenarioId)
  const at = was.gestures.findIndex(({ id }) => id === input.gestureId)
  const gesture = was.gestures[at]
  if (!gesture) return null
  const version = await changeScenario(sdb, was, { gestures: was.gestures.toSpliced(at, 1) }, now())
  return { steps: gesture.steps, at, version }
}

/** Puts the gestures in another order. CHANGED_MEANWHILE when they are not those that the caller knew, SCENARIO_SETTLED. */
export async function reorder(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly order: readonly string[] },
  { now }: Clock,
): Promise<{ version: number }> {
  const was = await requireDraft(sdb, input.scenarioId)
  const byId = new Map(was.gestures.map((gesture) => [gesture.id, gesture]))
  const gestures = [...new Set(input.order)].flatMap((id) => byId.get(id) ?? [])
  if (gestures.length !== was.gestures.length || gestures.length !== input.order.length)
    throw new FieldbackError('CHANGED_MEANWHILE')
  return { version: await changeScenario(sdb, was, { gestures }, now()) }
}

/** A new draft with the gestures of another, whatever became of that one. */
export async function copy(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly name: string },
  { now, newId }: Clock,
): Promise<{ id: string }> {
  const { territory, gestures, effectiveOn } = await requireScenario(
    sdb,
    'territory.arrange',
    input.scenarioId,
  )
  const id = newId()
  const day = effectiveOn !== null && dayFault(effectiveOn, sdb.scope.day) ? null : effectiveOn
  await insertScenario(sdb, {
    id,
    name: input.name,
    territoryId: territory.id,
    effectiveOn: day,
    gestures: withFreshIds(gestures, newId),
    at: now(),
  })
  return { id }
}

/** Territories, roles and questions that a copy makes are its own: both drafts may be applied one day. */
function withFreshIds(gestures: readonly StoredGesture[], newId: () => string): StoredGesture[] {
  const made = gestures.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      isMeeting(step)
        ? madeIds(step.clashes ?? [])
        : step.of === 'create' || step.of === 'assign'
          ? [step.id]
          : [],
    ),
  )
  const fresh = new Map(made.map((id) => [id, newId()]))
  // Ids are also keys: choices say by question what its answers become.
  const renewed = [...fresh].reduce(
    (text, [id, other]) => text.replaceAll(`"${id}"`, `"${other}"`),
    JSON.stringify(gestures),
  )
  return (JSON.parse(renewed) as StoredGesture[]).map((gesture) => ({ ...gesture, id: newId() }))
}

/** Shows it to whoever holds the right on its branch, or to its author alone again; what is planned is always seen. SCENARIO_SETTLED. */
export async function share(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly shared: boolean },
  { now }: Clock,
): Promise<void> {
  const was = await requireDraft(sdb, input.scenarioId)
  if (was.state === 'planned' && !input.shared) throw new FieldbackError('CONFLICT', { what: 'planned' })
  await changeScenario(sdb, was, { shared: input.shared }, now())
}

/** Writes a line beside a scenario, whatever its state. */
export async function remark(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly text: string },
  { now, newId }: Clock,
): Promise<void> {
  const { id } = await requireScenario(sdb, 'scenario.read', input.scenarioId)
  await insertRemark(sdb, { id: newId(), scenarioId: id, text: input.text, at: now() })
}

/** Gives a draft up, or takes a given up one up again. SCENARIO_SETTLED when it was applied. */
export async function discard(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly discarded: boolean },
  { now, newId }: Clock,
): Promise<void> {
  const was = await requireScenario(sdb, 'territory.arrange', input.scenarioId, { lock: true })
  if (was.state === 'published') throw new FieldbackError('SCENARIO_SETTLED')
  if ((was.state === 'discarded') === input.discarded) return
  await changeScenario(sdb, was, { state: input.discarded ? 'discarded' : 'draft', plannedBy: null }, now())
  await writeAudit(sdb, {
    id: newId(),
    action: input.discarded ? 'scenario.discard' : 'scenario.restore',
    subjectId: was.id,
    detail: { name: was.name, territoryId: was.territory.id },
  })
}
