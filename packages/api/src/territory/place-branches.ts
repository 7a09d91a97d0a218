import { writeAudits } from '@fieldback/db/audit/audit.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import {
  countMoves,
  fieldsOwned,
  lastDayBefore,
  noteMoves,
  rewritePaths,
  territoriesIn,
} from '@fieldback/db/territory/move-branch.repo'
import { type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { askShift } from '@fieldback/db/territory/shift-counts.repo'
import { FieldbackError } from '@fieldback/domain/errors'
import type { ClashChoice } from '@fieldback/domain/territory/clash-choice'
import { childPath, isWithin, type Path } from '@fieldback/domain/territory/path'
import { linesChanged } from '@fieldback/domain/territory/placement'
import { shiftsOf } from '@fieldback/domain/territory/shift'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { settleClashes, type Unsettle } from './settle-clashes.ts'
import { type Meeting, settleFields } from './settle-fields.ts'

/** Territories whose path one change rewrites: more would outlast a procedure's time. */
const TERRITORIES_MAX = 5_000

export type MoveStep = Extract<TreeStep, { of: 'move' }>
/** What takes steps back, and the lines of the journal that tell them, the last first. */
export type Taken = { readonly undo: readonly TreeStep[]; readonly auditIds: readonly string[] }
type Deps = { readonly now: () => Date; readonly newId: () => string }

type Placed = {
  readonly moveId: string
  readonly id: string
  readonly name: string
  readonly fromId: string
  readonly parentId: string
  readonly clashes: readonly ClashChoice[]
  /** Its path before the first of the moves and after the last. */
  readonly from: Path
  readonly to: Path
  /** Its path before this move and after it. */
  readonly moment: { readonly from: Path; readonly to: Path }
}

/**
 * Puts branches elsewhere, together: rights and questions asked follow at once, figures of today with the next fold; "as
 * organised then" stays as it was counted. Their shape has been checked and the tree is held for the change. Answers the moves that take them
 * back. TERRITORY_FIELDS_MEET, TOO_LARGE {territories, max}.
 */
export async function placeBranches(sdb: ScopedDb, steps: readonly MoveStep[], deps: Deps): Promise<Taken> {
  const made: Placed[] = []
  const settled: Unsettle[] = []
  for (let rest = steps; rest.length > 0; ) {
    const tree = await nearTree(sdb, {
      ids: rest.flatMap((step) => [step.territoryId, step.parentId]),
      codes: [],
    })
    const { placed, taken } = playMoves(tree, rest, deps)
    rest = rest.slice(taken)
    if (placed.length === 0) continue
    settled.unshift(...(await placeTogether(sdb, placed, deps)))
    made.unshift(...placed.toReversed())
  }
  return {
    undo: [
      ...made.map(({ id, fromId }): TreeStep => ({ of: 'move', territoryId: id, parentId: fromId })),
      ...settled,
    ],
    auditIds: made.map(({ moveId }) => moveId),
  }
}

/** As many of the first moves as can be made together: none of a branch that holds another that moves. */
function playMoves(
  tree: readonly NearTerritory[],
  steps: readonly MoveStep[],
  { newId }: Deps,
): { readonly placed: readonly Placed[]; readonly taken: number } {
  const known = new Map(tree.map((place) => [place.id, place]))
  const parents = new Map(tree.map((place) => [place.id, place.parentId]))
  const pathNow = (id: string): Path => {
    const parent = parents.get(id)
    return childPath(parent == null ? '' : pathNow(parent), id)
  }
  const moved: Omit<Placed, 'to'>[] = []
  const done = (taken: number) => ({
    placed: moved.map((move) => ({ ...move, to: pathNow(move.id) })),
    taken,
  })
  for (const [at, { territoryId: id, parentId, clashes = [] }] of steps.entries()) {
    const place = known.get(id)
    const fromId = parents.get(id)
    if (!place || fromId == null) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    if (fromId === parentId) continue
    if (moved.some(({ from }) => isWithin(from, place.path) || isWithin(place.path, from))) return done(at)
    const from = pathNow(id)
    parents.set(id, parentId)
    moved.push({
      moveId: newId(),
      id,
      name: place.name,
      fromId,
      parentId,
      clashes,
      from: place.path,
      moment: { from, to: pathNow(id) },
    })
  }
  return done(steps.length)
}

/** Answers what takes back what became of questions. */
async function placeTogether(sdb: ScopedDb, placed: readonly Placed[], deps: Deps): Promise<Unsettle[]> {
  const changed = [
    ...new Set(
      placed.flatMap(({ from, to }) => {
        const { left, joined } = linesChanged(from, to)
        return [...left, ...joined]
      }),
    ),
  ]
  const ids = placed.map(({ id }) => id)
  const territories = await territoriesIn(
    sdb,
    placed.map(({ from }) => from),
  )
  if (territories.length > TERRITORIES_MAX)
    throw new FieldbackError('TOO_LARGE', { territories: territories.length, max: TERRITORIES_MAX })
  const settled = await settleMeeting(sdb, placed, deps)
  await settleFields(sdb, await meetingsOf(sdb, placed))
  const lastDay = await lastDayBefore(sdb, ids)
  await askShift(sdb, { shifts: shiftsOf(placed), lastDay })
  await rewritePaths(
    sdb,
    territories.flatMap(({ id, path }) => {
      const top = placed.find(({ from }) => isWithin(from, path))
      if (!top) return []
      return { id, path: top.to + path.slice(top.from.length), parentId: id === top.id ? top.parentId : null }
    }),
  )
  await noteMoves(
    sdb,
    placed.map(({ moveId, moment }) => ({ moveId, ...moment })),
    lastDay,
  )
  await countMoves(sdb, changed)
  await writeAudits(
    sdb,
    placed.map(({ moveId, id, name, fromId, parentId }) => ({
      id: moveId,
      action: 'territory.move',
      subjectId: id,
      detail: {
        name,
        from: fromId,
        to: parentId,
        undo: [{ of: 'move', territoryId: id, parentId: fromId }, ...(settled.get(id) ?? [])],
      },
    })),
  )
  return [...settled.values()].flat()
}

/** What takes back what became of the questions of each branch that chose something. */
async function settleMeeting(
  sdb: ScopedDb,
  placed: readonly Placed[],
  deps: Deps,
): Promise<Map<string, Unsettle[]>> {
  const choosing = placed.filter(({ clashes }) => clashes.length > 0)
  const settled = new Map<string, Unsettle[]>()
  for (const move of choosing)
    for (const meeting of await meetingsOf(sdb, [move]))
      settled.set(move.id, [await settleClashes(sdb, { merged: null, meeting }, move.clashes, deps)])
  return settled
}

/** The questions of each branch, and those of the territories that it joins. */
async function meetingsOf(sdb: ScopedDb, placed: readonly Placed[]): Promise<Meeting[]> {
  const joinedBy = new Map(placed.map((move) => [move.id, linesChanged(move.from, move.to).joined]))
  const fields = await fieldsOwned(sdb, {
    branches: placed.map(({ from }) => from),
    ids: [...new Set([...joinedBy.values()].flat())],
  })
  return placed.map(({ moveId, id, from }) => ({
    id: moveId,
    territoryId: id,
    own: fields.filter(({ path }) => isWithin(from, path)),
    near: fields.filter(({ definition }) => joinedBy.get(id)?.includes(definition.territoryId)),
  }))
}
