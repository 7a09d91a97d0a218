import { writeAudit } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { setClosed, standsHere } from '@fieldback/db/territory/administer.repo'
import { hangsOn, rehang } from '@fieldback/db/territory/hang.repo'
import { countMoves, fieldsOwned } from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { passAccounts } from './pass-accounts.ts'
import { type MoveStep, placeBranches, type Taken } from './place-branches.ts'
import { separateKeys, settleClashes } from './settle-clashes.ts'
import { type Meeting, settleFields } from './settle-fields.ts'

type Deps = { readonly now: () => Date; readonly newId: () => string }

type Both = { readonly from: NearTerritory; readonly into: NearTerritory }

/**
 * Passes all that stands on a territory to another, and closes it: accounts, territories below, questions, people, lists,
 * concepts, delegations. Reports stay where they were filed. Questions that clash are settled as chosen first, on what
 * their branches are before it: see settleClashes. Answers the steps that take it back. TERRITORY_FIELDS_MEET for a clash
 * without a choice, TERRITORY_NOT_EMPTY when accounts stand in closed territories below, TOO_LARGE.
 */
export async function mergeTerritory(
  sdb: ScopedDb,
  { from, into, clashes }: Both & { readonly clashes: readonly ClashChoice[] },
  deps: Deps,
): Promise<Taken> {
  const auditId = deps.newId()
  const settled = await settleClashes(
    sdb,
    { merged: { from, into }, meeting: await meetingOf(sdb, { id: auditId, from, into }) },
    clashes,
    deps,
  )
  const all = { from, to: into, rule: { by: 'all' } } as const
  // Accounts before their territory, as a push holds them: who waits for one would otherwise be waited for.
  const first = await passAccounts(sdb, all, deps)
  const here = await standsHere(sdb, from.id)
  const late = await passAccounts(sdb, all, deps)
  const accounts = first.accounts + late.accounts
  if (here.inClosed > 0)
    throw new FieldbackError('TERRITORY_NOT_EMPTY', { inClosed: here.inClosed, name: from.name })
  const { passes } = await hangsOn(sdb, from.id, into)
  const meeting = await meetingOf(sdb, { id: auditId, from, into })
  await settleFields(sdb, [meeting])
  const keys = await separateKeys(sdb, { from, into }, meeting)
  const hung = await rehang(sdb, { fromId: from.id, toId: into.id, hung: passes }, deps.newId)
  const below = await openBelow(sdb, from.id)
  const placed = await placeBranches(
    sdb,
    below.map((territoryId): MoveStep => ({ of: 'move', territoryId, parentId: into.id })),
    deps,
  )
  await setClosed(sdb, from.id, deps.now())
  await countMoves(sdb, [from.id, into.id])
  const undo: TreeStep[] = [
    { of: 'reopen', territoryId: from.id },
    ...placed.undo,
    ...late.undo,
    ...first.undo,
    { of: 'rehang', fromId: into.id, toId: from.id, hung },
    { ...settled, keys: [...settled.keys, ...keys] },
  ]
  await writeAudit(sdb, {
    id: auditId,
    action: 'territory.merge',
    subjectId: from.id,
    detail: {
      name: from.name,
      to: into.id,
      count: accounts,
      people: here.people,
      fields: here.fields,
      territories: below.length,
      undo,
    },
  })
  return { undo, auditIds: [auditId] }
}

const openBelow = async (sdb: ScopedDb, parentId: string): Promise<string[]> =>
  (await nearTree(sdb, { ids: [parentId], codes: [] }))
    .filter((place) => place.parentId === parentId && !place.closed)
    .map(({ id }) => id)

/** Questions of the first's branch come under those of the second's line; its own are asked in all of the second's branch. */
export async function meetingOf(
  sdb: ScopedDb,
  { id, from, into }: Both & { readonly id: string },
): Promise<Meeting> {
  const before = pathIds(from.path)
  const fields = await fieldsOwned(sdb, {
    branches: [from.path, into.path],
    ids: pathIds(into.path).filter((above) => !before.includes(above)),
  })
  const own = fields.filter(({ path }) => isWithin(from.path, path))
  return {
    id,
    territoryId: into.id,
    own,
    near: fields.filter((field) => !own.includes(field)),
    // What stands below the one and below the other stays apart.
    meets: (one, other) =>
      one.path === from.path || other.path === into.path || !isWithin(into.path, other.path),
  }
}

/** Some questions of one territory come to another: they are asked in all of its branch. */
export async function meetingAt(
  sdb: ScopedDb,
  {
    id,
    fromId,
    to,
    fieldIds,
  }: {
    readonly id: string
    readonly fromId: string
    readonly to: NearTerritory
    readonly fieldIds: readonly string[]
  },
): Promise<Meeting> {
  const line = pathIds(to.path)
  const fields = await fieldsOwned(sdb, { branches: [to.path], ids: [...line, fromId] })
  return {
    id,
    territoryId: to.id,
    own: fields.filter(({ definition }) => fieldIds.includes(definition.id)),
    near: fields.filter(
      ({ definition, path }) => isWithin(to.path, path) || line.includes(definition.territoryId),
    ),
  }
}
