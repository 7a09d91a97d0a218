import type { ScopedDb } from '@fieldback/db/scoped-db'
import { fieldsOwned, type OwnedAt } from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { linesOf } from '@fieldback/domain/scenario/places'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import { childPath } from '@fieldback/domain/territory/path'
import { isMeeting, type MeetingStep } from '@fieldback/domain/territory/tree-step'
import { type ClashView, shutFault, viewClashes } from '../territory/clash-preview.ts'
import type { Laid } from './live.ts'

/** `made`: an earlier step makes one of them of several, so that nothing can be chosen before it is applied. */
export type StepClash = ClashView & { readonly made: boolean }

export type StepClashes = {
  readonly clashes: readonly StepClash[]
  /** How many clash all the same, once the step has done what was chosen. */
  readonly open: number
}

/** Which step of which gesture. */
export type StepAt = { readonly gestureId: string; readonly step: number }

/** Of a step of a draft that is laid; none while it cannot be taken. What choices would do is told of questions where they stand today. */
export async function clashesAt(
  sdb: ScopedDb,
  laid: Laid,
  { gestureId, step }: StepAt,
): Promise<StepClashes> {
  const { projection } = laid
  // The steps of a gesture follow each other.
  const index = projection.by.indexOf(gestureId) + step
  const meeting = projection.by[index] === gestureId ? projection.meetings[index] : undefined
  const taken = projection.steps[index]
  if (!meeting || meeting.clashes.length === 0 || !taken || !isMeeting(taken)) return { clashes: [], open: 0 }
  const owned = await ownedBy(
    sdb,
    laid,
    meeting.clashes.flatMap(({ questions }) => questions.map(({ id }) => id)),
  )
  const clashes = meeting.clashes.map(({ questions }) => questions.flatMap(({ id }) => owned.get(id) ?? []))
  const views = await viewClashes(
    sdb,
    { merged: taken.of === 'merge' ? await bothOf(sdb, laid, taken) : null, clashes },
    meeting.clashes.flatMap(({ choice }) => choice ?? []),
  )
  return {
    clashes: views.map((view, n) => ({
      ...view,
      made: meeting.clashes[n]?.questions.some(({ made }) => made) ?? false,
    })),
    open: meeting.open.length,
  }
}

/** Questions of the live tree, where they stand today. */
async function ownedBy(
  sdb: ScopedDb,
  { live }: Laid,
  fieldIds: readonly string[],
): Promise<ReadonlyMap<string, OwnedAt>> {
  const wanted = new Set(fieldIds)
  const ids = live.questions.filter(({ id }) => wanted.has(id)).map(({ territoryId }) => territoryId)
  const fields = await fieldsOwned(sdb, { ids: [...new Set(ids)] })
  return new Map(fields.map((field) => [field.definition.id, field]))
}

/** What is merged, where it lies today; what the draft makes, where it would. */
async function bothOf(
  sdb: ScopedDb,
  { projection }: Laid,
  { territoryId, intoId }: Extract<MeetingStep, { of: 'merge' }>,
): Promise<{ readonly from: NearTerritory; readonly into: NearTerritory }> {
  const near = await nearTree(sdb, { ids: [territoryId, intoId], codes: [] })
  const lines = linesOf(projection.tree)
  const at = (id: string): NearTerritory => {
    const node = projection.tree.find((one) => one.id === id)
    const known = near.find((one) => one.id === id)
    if (!node) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return known ?? { ...node, path: (lines.get(id) ?? []).reduce(childPath, '') }
  }
  return { from: at(territoryId), into: at(intoId) }
}

/** Refuses a choice that its maker could not carry out today: FORBIDDEN, and the codes of `settleClashes`. */
export async function refuseChoices(sdb: ScopedDb, laid: Laid, { id, steps }: Gesture): Promise<void> {
  for (const [step, one] of steps.entries()) {
    if (!isMeeting(one) || !one.clashes?.length) continue
    const found = await clashesAt(sdb, laid, { gestureId: id, step })
    for (const { outcome } of found.clashes)
      if (outcome?.fault) throw new FieldbackError(outcome.fault.code, outcome.fault.params)
  }
}

/** Refuses what was chosen, by whomever, of questions that the reader may not change: FORBIDDEN. */
export async function refuseShut(sdb: ScopedDb, laid: Laid): Promise<void> {
  const chosen = laid.projection.meetings.flatMap(({ clashes }) =>
    clashes.filter(({ choice }) => choice !== null),
  )
  if (chosen.length === 0) return
  const owned = await ownedBy(
    sdb,
    laid,
    chosen.flatMap(({ questions }) => questions.map(({ id }) => id)),
  )
  for (const { questions, choice } of chosen) {
    const fault =
      choice &&
      shutFault(
        sdb,
        questions.flatMap(({ id }) => owned.get(id) ?? []),
        choice,
      )
    if (fault) throw new FieldbackError(fault.code, fault.params)
  }
}
