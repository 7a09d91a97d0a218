import type { ScopedDb } from '@fieldback/db/scoped-db'
import { fieldsOwned } from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import { type DraftQuestion, isNameless } from '@fieldback/domain/scenario/meetings'
import { linesOf } from '@fieldback/domain/scenario/places'
import type { Gesture } from '@fieldback/domain/scenario/scenario'
import { madeIds, madeOf } from '@fieldback/domain/territory/clash-choice'
import { childPath } from '@fieldback/domain/territory/path'
import { isMeeting, type MeetingStep, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { type ClashView, shutFault, viewClashes } from '../territory/clash-preview.ts'
import type { ClashField } from '../territory/settle-clashes.ts'
import type { Laid } from './live.ts'

/** `nameless`: an earlier step makes one of them of several without giving it an id, so that nothing can be chosen for it. */
export type StepClash = ClashView & { readonly nameless: boolean }

export type StepClashes = {
  readonly clashes: readonly StepClash[]
  /** How many clash all the same, once the step has done what was chosen. */
  readonly open: number
}

/** Which step of which gesture. */
export type StepAt = { readonly gestureId: string; readonly step: number }

/**
 * Of a step of a draft that is laid; none while it cannot be taken. What choices would do is told of questions where they
 * stand today, and of those that earlier steps make as these would make them.
 */
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
  const clashes = await fieldsOf(
    sdb,
    laid,
    meeting.clashes.map(({ questions }) => questions),
  )
  const views = await viewClashes(
    sdb,
    { merged: taken.of === 'merge' ? await bothOf(sdb, laid, taken) : null, clashes },
    meeting.clashes.flatMap(({ choice }) => choice ?? []),
  )
  return {
    clashes: views.map((view, n) => ({
      ...view,
      nameless: meeting.clashes[n]?.questions.some(isNameless) ?? false,
    })),
    open: meeting.open.length,
  }
}

/** Live questions where they stand today; what earlier steps make of some, where it would be asked then. */
async function fieldsOf(
  sdb: ScopedDb,
  laid: Laid,
  clashes: readonly (readonly DraftQuestion[])[],
): Promise<ClashField[][]> {
  const all = clashes.flat().flatMap(behind)
  const liveAt = new Map(laid.live.questions.map(({ id, territoryId }) => [id, territoryId]))
  const fields = await fieldsOwned(sdb, { ids: [...new Set(all.flatMap(({ id }) => liveAt.get(id) ?? []))] })
  const owned = new Map(fields.map((field) => [field.definition.id, field]))
  const place = await placesOf(
    sdb,
    laid,
    all.flatMap(({ made, territoryId }) => (made ? [territoryId] : [])),
  )
  const fieldOf = (question: DraftQuestion): ClashField[] => {
    const { id, label, territoryId, made } = question
    const live = owned.get(id)
    if (!made) return live ? [live] : []
    const of = made.of.flatMap(fieldOf)
    const owners = made.of.map((one) => one.territoryId)
    const definition = madeOf(of, made.choice, { id, territoryId: made.territoryId, owners })
    if (!definition) return []
    const owner = place(territoryId)
    return [
      {
        definition: { ...definition, territoryId, spec: { ...definition.spec, label } },
        place: owner.name,
        path: owner.path,
        rank: owner.rank,
        drafted: { owner, of: of.map((one) => one.place) },
      },
    ]
  }
  return clashes.map((questions) => questions.flatMap(fieldOf))
}

/** A question and all that it is made of. */
const behind = (question: DraftQuestion): DraftQuestion[] => [
  question,
  ...(question.made?.of.flatMap(behind) ?? []),
]

/** What is merged. */
async function bothOf(
  sdb: ScopedDb,
  laid: Laid,
  { territoryId, intoId }: Extract<MeetingStep, { of: 'merge' }>,
): Promise<{ readonly from: NearTerritory; readonly into: NearTerritory }> {
  const place = await placesOf(sdb, laid, [territoryId, intoId])
  return { from: place(territoryId), into: place(intoId) }
}

/** Territories where they lie today; those that the draft makes, where they would. NOT_FOUND. */
async function placesOf(
  sdb: ScopedDb,
  { projection }: Laid,
  ids: readonly string[],
): Promise<(id: string) => NearTerritory> {
  const near = new Map((await nearTree(sdb, { ids, codes: [] })).map((one) => [one.id, one]))
  const lines = linesOf(projection.tree)
  return (id) => {
    const node = projection.tree.find((one) => one.id === id)
    if (!node) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return near.get(id) ?? { ...node, path: (lines.get(id) ?? []).reduce(childPath, '') }
  }
}

/**
 * Refuses a choice of a gesture that its maker could not carry out today: FORBIDDEN, CONFLICT for an id that another question
 * bears, there or in the draft, and the codes of `settleClashes`.
 */
export async function refuseChoices(
  sdb: ScopedDb,
  laid: Laid,
  { gestures, gestureId }: { readonly gestures: readonly Gesture[]; readonly gestureId: string },
): Promise<void> {
  const steps = gestures.find(({ id }) => id === gestureId)?.steps ?? []
  const given = gestures.flatMap((gesture) => gesture.steps.flatMap(madeBy))
  if (steps.flatMap(madeBy).some((id) => given.filter((other) => other === id).length > 1))
    throw new FieldbackError('CONFLICT', { what: 'field' })
  for (const [step, one] of steps.entries()) {
    if (!isMeeting(one) || !one.clashes?.length) continue
    const found = await clashesAt(sdb, laid, { gestureId, step })
    for (const { outcome } of found.clashes)
      if (outcome?.fault) throw new FieldbackError(outcome.fault.code, outcome.fault.params)
  }
}

const madeBy = (step: TreeStep): string[] => (isMeeting(step) ? madeIds(step.clashes ?? []) : [])

/** Refuses what was chosen, by whomever, of questions that the reader may not change: FORBIDDEN. */
export async function refuseShut(sdb: ScopedDb, laid: Laid): Promise<void> {
  const chosen = laid.projection.meetings.flatMap(({ clashes }) =>
    clashes.filter(({ choice }) => choice !== null),
  )
  if (chosen.length === 0) return
  const fields = await fieldsOf(
    sdb,
    laid,
    chosen.map(({ questions }) => questions),
  )
  for (const [at, { choice }] of chosen.entries()) {
    const fault = choice && shutFault(sdb, fields[at] ?? [], choice)
    if (fault) throw new FieldbackError(fault.code, fault.params)
  }
}
