import { writeAudit } from '@fieldback/db/audit/audit.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { findGesture } from '@fieldback/db/territory/gesture.repo'
import { nearTree } from '@fieldback/db/territory/near-tree.repo'
import { branchesWith } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { pathIds } from '@fieldback/domain/territory/path'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'
import { type TreeStep, treeSteps } from '@fieldback/domain/territory/tree-step'
import { refuseChanged } from '../meanwhile.ts'
import { applyTreeSteps } from './apply-steps.ts'

type Deps = { readonly now: () => Date; readonly newId: () => string }

/** The lines of the journal by which a gesture is taken back (`undo`), and where it leads. */
export type Done = { readonly gestureIds: readonly string[]; readonly territoryId: string }

/** Some accounts of a territory become those of another, which may be made for them. */
export type Split = {
  readonly fromId: string
  readonly to:
    | { readonly of: 'known'; readonly territoryId: string }
    | { readonly of: 'new'; readonly parentId: string; readonly rank: Rank; readonly name: string }
  readonly rule: RehomeRule
}

/** Passes all that stands on a territory to another and closes it. See applyTreeSteps. */
export async function merge(
  sdb: ScopedDb,
  {
    territoryId,
    intoId,
    clashes,
  }: {
    readonly territoryId: string
    readonly intoId: string
    readonly clashes?: readonly ClashChoice[] | undefined
  },
  deps: Deps,
): Promise<Done> {
  await requireTerritory(sdb, 'territory.arrange', territoryId)
  await requireTerritory(sdb, 'territory.arrange', intoId)
  const { auditIds } = await applyTreeSteps(
    sdb,
    [{ of: 'merge', territoryId, intoId, clashes: [...(clashes ?? [])] }],
    deps,
  )
  return { gestureIds: auditIds, territoryId: intoId }
}

/** Makes some accounts of a territory those of another. NOT_FOUND {what: account} when the rule takes none. */
export async function split(sdb: ScopedDb, { fromId, to, rule }: Split, deps: Deps): Promise<Done> {
  await requireTerritory(sdb, 'territory.arrange', fromId)
  const toId = to.of === 'new' ? deps.newId() : to.territoryId
  const made: TreeStep[] = to.of === 'new' ? [{ ...to, of: 'create', id: toId, code: null }] : []
  const steps: TreeStep[] = [...made, { of: 'rehome', fromId, toId, rule }]
  const { undo, auditIds } = await applyTreeSteps(sdb, steps, deps)
  if (!undo.some((step) => step.of === 'rehome')) throw new FieldbackError('NOT_FOUND', { what: 'account' })
  return { gestureIds: auditIds, territoryId: toId }
}

/**
 * Takes gestures back in this order, each once: one's own, or anybody's for who administers the whole. NOT_FOUND, CONFLICT
 * when it was taken back already, CHANGED_MEANWHILE when somebody has named or placed since what it would, and whatever keeps its steps from being taken now.
 */
export async function undo(sdb: ScopedDb, gestureIds: readonly string[], deps: Deps): Promise<void> {
  for (const id of gestureIds) await undoOne(sdb, id, deps)
}

async function undoOne(sdb: ScopedDb, gestureId: string, deps: Deps): Promise<void> {
  await lockPublications(sdb)
  const gesture = await findGesture(sdb, gestureId)
  const steps = treeSteps.safeParse(gesture?.detail.undo)
  const mine = gesture?.membershipId === sdb.scope.membershipId
  if (!gesture || !steps.success || !(mine || administersAll(sdb)))
    throw new FieldbackError('NOT_FOUND', { what: 'gesture' })
  if (gesture.undone) throw new FieldbackError('CONFLICT', { what: 'gesture' })
  await refuseOverwriting(sdb, steps.data, gesture.detail.to)
  await applyTreeSteps(sdb, steps.data, deps)
  await writeAudit(sdb, {
    id: deps.newId(),
    action: 'territory.undo',
    subjectId: gesture.id,
    detail: { name: gesture.detail.name, territoryId: gesture.subjectId },
  })
}

/** CHANGED_MEANWHILE when a territory is no longer called, or no longer lies, as the gesture left it (`to`). */
async function refuseOverwriting(sdb: ScopedDb, steps: readonly TreeStep[], to: unknown): Promise<void> {
  const ids = steps.flatMap((step) => (step.of === 'rename' || step.of === 'move' ? [step.territoryId] : []))
  const near = ids.length > 0 ? await nearTree(sdb, { ids, codes: [] }) : []
  for (const step of steps) {
    if (step.of !== 'rename' && step.of !== 'move') continue
    const place = near.find(({ id }) => id === step.territoryId)
    refuseChanged(to, step.of === 'rename' ? place?.name : place?.parentId)
  }
}

/** Somebody at the top of all, whose path has one name. */
const administersAll = ({ scope }: ScopedDb): boolean =>
  branchesWith(scope, 'organisation.administer').some((path) => pathIds(path).length === 1)
