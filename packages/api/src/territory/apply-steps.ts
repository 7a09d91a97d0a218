import { writeAudits } from '@fieldback/db/audit/audit.repo'
import { holdTypes } from '@fieldback/db/field/conversion.repo'
import { lockPublications } from '@fieldback/db/field/field.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { readHere, setClosed, standsHere } from '@fieldback/db/territory/administer.repo'
import { rehang } from '@fieldback/db/territory/hang.repo'
import { insertTerritories } from '@fieldback/db/territory/insert-territories.repo'
import { countMoves } from '@fieldback/db/territory/move-branch.repo'
import { holdTerritories, type NearTerritory, nearTree } from '@fieldback/db/territory/near-tree.repo'
import { renameTerritory } from '@fieldback/db/territory/territory.repo'
import { lockTree } from '@fieldback/db/territory/tree-lock.repo'
import { verdictAt } from '@fieldback/domain/access/scope'
import { addDays } from '@fieldback/domain/agenda/day'
import { FieldbackError } from '@fieldback/domain/errors'
import { childPath, type Path } from '@fieldback/domain/territory/path'
import { isEmptyPlace } from '@fieldback/domain/territory/placement'
import { applySteps, isMeeting, type StepFault, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { assign, end } from '../assignment/assign.ts'
import { requireTelling } from '../field/telling-apart.ts'
import { meetingAt, mergeTerritory } from './merge-territory.ts'
import { splitOff } from './pass-accounts.ts'
import { placeBranches, type Taken } from './place-branches.ts'
import { unsettle } from './settle-clashes.ts'
import { settleFields } from './settle-fields.ts'
import { checkRights } from './step-rights.ts'

type Deps = { readonly now: () => Date; readonly newId: () => string }
type Step<Of extends TreeStep['of']> = Extract<TreeStep, { of: Of }>

/**
 * Takes steps on the live tree, all or none, in the caller's transaction: rights, shape and what stands there are checked,
 * each is told in the journal with what takes it back. Moves that follow each other are made together, and so are
 * creations. Answers the steps that undo all of it. FORBIDDEN, the faults of `applySteps` with the place of the step,
 * TERRITORY_NOT_EMPTY, TERRITORY_FIELDS_MEET, TOO_LARGE: 5,000 territories for moves, 5,000 accounts and 10,000 reports for each passage of accounts.
 */
export async function applyTreeSteps(sdb: ScopedDb, steps: readonly TreeStep[], deps: Deps): Promise<Taken> {
  if (steps.length === 0) return NOTHING
  await lockPublications(sdb)
  // In the order of every other writer: who counts a change of type holds types before the tree.
  if (steps.some(readsAsOne)) await holdTypes(sdb.tx, sdb.scope.orgId, 'change')
  else if (steps.some(({ of }) => of === 'merge' || of === 'rehome'))
    await holdTypes(sdb.tx, sdb.scope.orgId, 'keep')
  await lockTree(sdb.tx, sdb.scope.orgId, 'change')
  await requireTelling(
    sdb,
    steps.flatMap((step) => (step.of === 'rehome' ? [step.rule] : [])),
  )
  const named = namedBy(steps)
  await holdTerritories(sdb, named.ids)
  const tree = await nearTree(sdb, named)
  checkRights(sdb.scope, new Map(tree.map((place) => [place.id, place])), steps)
  const taken = applySteps(tree, steps)
  if ('fault' in taken) throw await toldOf(sdb, taken.fault, steps)
  let all = NOTHING
  for (const run of runsOf(steps)) {
    const { undo, auditIds } = await takeRun(sdb, run, deps)
    all = { undo: [...undo, ...all.undo], auditIds: [...auditIds, ...all.auditIds] }
  }
  return all
}

/** May give a question another type on the way. */
const readsAsOne = (step: TreeStep): boolean =>
  isMeeting(step) && (step.clashes ?? []).some(({ how }) => how === 'one')

const NOTHING: Taken = { undo: [], auditIds: [] }

/** A territory that cannot close is told with all that stands on it. */
async function toldOf(
  sdb: ScopedDb,
  { code, params, step }: StepFault,
  steps: readonly TreeStep[],
): Promise<FieldbackError> {
  const at = steps[step]
  const here = at?.of === 'close' ? await readHere(sdb, at.territoryId) : {}
  return new FieldbackError(code, { ...here, ...params, step })
}

/** Territories that steps name, those they make too, and the codes that these bear: what `nearTree` reads around. */
export function namedBy(steps: readonly TreeStep[]): { readonly ids: string[]; readonly codes: string[] } {
  const ids = steps.flatMap((step) => {
    switch (step.of) {
      case 'create':
        return [step.id, step.parentId]
      case 'move':
        return [step.territoryId, step.parentId]
      case 'merge':
        return [step.territoryId, step.intoId]
      case 'rehome':
      case 'rehang':
        return [step.fromId, step.toId]
      case 'endAssignment':
      case 'unsettle':
        return []
      default:
        return [step.territoryId]
    }
  })
  const codes = steps.flatMap((step) => (step.of === 'create' && step.code !== null ? [step.code] : []))
  return { ids: [...new Set(ids)], codes }
}

/** Steps of one kind that follow each other. */
function runsOf(steps: readonly TreeStep[]): TreeStep[][] {
  const runs: TreeStep[][] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last?.[0]?.of === step.of && (step.of === 'move' || step.of === 'create')) last.push(step)
    else runs.push([step])
  }
  return runs
}

/** Told elsewhere, or part of what is. */
const silent = (...undo: TreeStep[]): Taken => ({ undo, auditIds: [] })

const of = <Of extends TreeStep['of']>(run: readonly TreeStep[], kind: Of): Step<Of>[] =>
  run.filter((step): step is Step<Of> => step.of === kind)

async function takeRun(sdb: ScopedDb, run: readonly TreeStep[], deps: Deps): Promise<Taken> {
  const [step] = run
  if (!step) return NOTHING
  if (step.of === 'move') return placeBranches(sdb, of(run, 'move'), deps)
  if (step.of === 'create') return create(sdb, of(run, 'create'), deps)
  if (step.of === 'endAssignment') {
    const { assignmentId, lastDay } = step
    const { previous } = await end(sdb, { assignmentId, lastDay }, deps.newId)
    return silent({ of: 'endAssignment', assignmentId, lastDay: previous })
  }
  if (step.of === 'assign') return give(sdb, step, deps)
  if (step.of === 'unsettle') {
    await unsettle(sdb, step, deps)
    return NOTHING
  }
  const near = await nearTree(sdb, { ids: namedBy(run).ids, codes: [] })
  const at = (id: string): NearTerritory => {
    const place = near.find((one) => one.id === id)
    if (!place) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
    return place
  }
  switch (step.of) {
    case 'rename':
      return rename(sdb, at(step.territoryId), { name: step.name, deps })
    case 'close':
      return close(sdb, at(step.territoryId), deps)
    case 'reopen':
      return reopen(sdb, at(step.territoryId), deps)
    case 'merge':
      return mergeTerritory(
        sdb,
        { from: at(step.territoryId), into: at(step.intoId), clashes: step.clashes ?? [] },
        deps,
      )
    case 'rehome':
      return splitOff(sdb, { from: at(step.fromId), to: at(step.toId), rule: step.rule }, deps)
    case 'rehang': {
      const [fromId, to, fieldIds] = [step.fromId, at(step.toId), step.hung.field ?? []]
      if (fieldIds.length > 0)
        await settleFields(sdb, [await meetingAt(sdb, { id: deps.newId(), fromId, to, fieldIds })])
      const hung = await rehang(sdb, step, deps.newId)
      await countMoves(sdb, [step.fromId, step.toId])
      return silent({ of: 'rehang', fromId: step.toId, toId: step.fromId, hung })
    }
  }
}

async function create(sdb: ScopedDb, steps: readonly Step<'create'>[], { newId }: Deps): Promise<Taken> {
  const near = await nearTree(sdb, { ids: steps.map(({ parentId }) => parentId), codes: [] })
  const known = new Map<string, { readonly path: Path; readonly name: string }>(
    near.map((place) => [place.id, place]),
  )
  const made = steps.map(({ of: _, ...step }) => {
    const parent = known.get(step.parentId)
    const territory = { ...step, path: childPath(parent?.path ?? '', step.id) }
    known.set(step.id, territory)
    return { territory, parent: parent?.name ?? '' }
  })
  await insertTerritories(
    sdb.tx,
    sdb.scope.orgId,
    made.map(({ territory }) => territory),
  )
  const told = made.map((one) => ({ ...one, auditId: newId() }))
  await writeAudits(
    sdb,
    told.map(({ auditId, territory: { id, name, parentId, rank, path }, parent }) => {
      const administers = verdictAt(sdb.scope, 'organisation.administer', path).allowed
      return {
        id: auditId,
        action: administers ? 'territory.add' : 'territory.createSubSector',
        subjectId: id,
        detail: {
          name,
          parentId,
          ...(administers ? { parent, rank } : {}),
          undo: [{ of: 'close', territoryId: id }],
        },
      }
    }),
  )
  return {
    undo: told.map(({ territory }): TreeStep => ({ of: 'close', territoryId: territory.id })).reverse(),
    auditIds: told.map(({ auditId }) => auditId).reverse(),
  }
}

async function rename(
  sdb: ScopedDb,
  { id, name: from }: NearTerritory,
  { name, deps }: { readonly name: string; readonly deps: Deps },
): Promise<Taken> {
  await renameTerritory(sdb, id, name)
  const undo: TreeStep[] = [{ of: 'rename', territoryId: id, name: from }]
  return told(sdb, deps, { action: 'territory.rename', subjectId: id, detail: { from, to: name }, undo })
}

async function close(sdb: ScopedDb, { id, name, parentId }: NearTerritory, deps: Deps): Promise<Taken> {
  const here = await standsHere(sdb, id)
  if (!isEmptyPlace(here)) throw new FieldbackError('TERRITORY_NOT_EMPTY', { ...here })
  await setClosed(sdb, id, deps.now())
  const undo: TreeStep[] = [{ of: 'reopen', territoryId: id }]
  return told(sdb, deps, { action: 'territory.close', subjectId: id, detail: { name, parentId }, undo })
}

async function reopen(
  sdb: ScopedDb,
  { id, name, parentId, closed }: NearTerritory,
  deps: Deps,
): Promise<Taken> {
  if (!closed) return NOTHING
  await setClosed(sdb, id, null)
  const undo: TreeStep[] = [{ of: 'close', territoryId: id }]
  return told(sdb, deps, { action: 'territory.reopen', subjectId: id, detail: { name, parentId }, undo })
}

async function give(sdb: ScopedDb, { of: _, ...asked }: Step<'assign'>, deps: Deps): Promise<Taken> {
  const { id } = await assign(sdb, asked, deps.newId)
  const dayBefore = addDays(asked.validFrom, -1)
  return silent({ of: 'endAssignment', assignmentId: id, lastDay: dayBefore })
}

/** Tells a gesture in the journal, with what takes it back. */
async function told(
  sdb: ScopedDb,
  { newId }: Deps,
  {
    undo,
    detail,
    ...what
  }: {
    readonly action: string
    readonly subjectId: string
    readonly detail: Readonly<Record<string, unknown>>
    readonly undo: TreeStep[]
  },
): Promise<Taken> {
  const id = newId()
  await writeAudits(sdb, [{ ...what, id, detail: { ...detail, undo } }])
  return { undo, auditIds: [id] }
}
