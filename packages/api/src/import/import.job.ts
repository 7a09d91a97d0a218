import { inOrg } from '@fieldback/db/client'
import {
  claimImport,
  deleteImport,
  finishStep,
  LeaseLost,
  putDown,
  release,
  stopImport,
  type Work,
} from '@fieldback/db/import/work.repo'
import { inviteAll, throughPeople } from './people.job.ts'
import { dropLines, giveUp, readFile } from './read.job.ts'
import { throughRecords } from './records.job.ts'
import { throughTerritories } from './territories.job.ts'
import { undoImport } from './undo.job.ts'
import { beating, type ImportDeps, type Stop } from './work.ts'

export type ImportsWorked = { readonly steps: number; readonly done: boolean }

/**
 * Does what an organisation's imports wait for, one step after the other, in the order they were asked for. Two of these at
 * once never work at the same organisation; one that was killed is taken up where its last transaction left it. `done` is
 * false when it was asked to stop before the end.
 */
export async function workImports(
  deps: ImportDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<ImportsWorked> {
  for (let steps = 0; ; steps++) {
    if (stop?.aborted) return { steps, done: false }
    const work = await inOrg(deps.db, orgId, (tx) => claimImport(tx, orgId, deps.newId()))
    if (work === null) return { steps, done: true }
    if (!(await workOn(deps, work, stop))) return { steps, done: false }
  }
}

/** Taken up so often in a row without going on, a step is given up: an import never seems to be at work for ever. */
export const ATTEMPTS_MAX = 8

/** One step to its end; false when it was stopped before. */
async function workOn(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  try {
    if (work.attempts > ATTEMPTS_MAX && (await stopTrying(deps, work))) return true
    const over = await beating(deps, work, () => step(deps, work, stop))
    if (!over) await inOrg(deps.db, work.orgId, (tx) => release(tx, work))
    return over
  } catch (error) {
    // Asked again meanwhile, or taken for dead: whoever holds it now goes on.
    if (error instanceof LeaseLost) return true
    // A file that breaks its reader would hold back all that wait behind it; what is half written is tried again.
    if ((work.state === 'reading' || work.state === 'trying') && !isOutage(error)) {
      deps.log.error('import.failed', {
        import: work.id,
        error: error instanceof Error ? error.name : 'unknown',
      })
      await giveUp(deps, work, { code: 'UNAVAILABLE', params: {} })
      return true
    }
    await inOrg(deps.db, work.orgId, (tx) => release(tx, work)).catch(() => {})
    throw error
  }
}

/** Ends a step that does not get on: a file that nothing came of goes, what came in stays. False where nothing shows it. */
async function stopTrying(deps: ImportDeps, work: Work): Promise<boolean> {
  const { state, removed, handled, lines } = work
  if (removed) return false
  if (state === 'reading' || state === 'trying') await giveUp(deps, work, { code: 'UNAVAILABLE', params: {} })
  else if (state === 'importing' || state === 'undoing')
    await inOrg(deps.db, work.orgId, (tx) =>
      stopImport(tx, work, { code: 'STOPPED', params: { step: state, handled, lines } }),
    )
  else return false
  deps.log.error('import.stopped', { import: work.id, state, handled })
  return true
}

/** The database away, busy or asked to wait for too long: the same step may well succeed in a minute. */
function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const name = error instanceof Error ? error.name : ''
  return (
    name === 'PrismaClientInitializationError' ||
    name === 'DriverAdapterError' ||
    /^(P1|P20(24|28|34)|E[A-Z]+$)/.test(code)
  )
}

async function step(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  if (work.removed) return remove(deps, work)
  switch (work.state) {
    case 'reading':
      return readFile(deps, work, stop)
    case 'trying':
      return (await through(deps, work, stop)) && end(deps, work, 'tried')
    case 'importing':
      if (!(await through(deps, work, stop))) return false
      await end(deps, work, 'done', { more: work.kind === 'people' })
      return work.kind === 'people' ? invite(deps, work, stop) : true
    case 'done':
      return invite(deps, work, stop)
    case 'undoing':
      return (await undoImport(deps, work, stop)) && end(deps, work, 'undone')
    default:
      await inOrg(deps.db, work.orgId, (tx) => putDown(tx, work))
      return true
  }
}

async function invite(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  return (await inviteAll(deps, work, stop)) && end(deps, work, 'done')
}

function through(deps: ImportDeps, work: Work, stop: Stop): Promise<boolean> {
  if (work.kind === 'territories') return throughTerritories(deps, work, stop)
  return work.kind === 'people' ? throughPeople(deps, work, stop) : throughRecords(deps, work, stop)
}

async function end(
  { db }: ImportDeps,
  work: Work,
  state: 'tried' | 'done' | 'undone',
  options: { readonly more?: boolean } = {},
): Promise<true> {
  await inOrg(db, work.orgId, (tx) => finishStep(tx, work, state, options))
  return true
}

async function remove(deps: ImportDeps, work: Work): Promise<boolean> {
  await dropLines(deps, work)
  if (work.storageKey !== null) await deps.storage.delete(work.storageKey)
  await inOrg(deps.db, work.orgId, (tx) => deleteImport(tx, work))
  return true
}
