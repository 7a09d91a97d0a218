import { randomUUIDv7 } from 'node:crypto'
import { workReassignments } from '@fieldback/api/account/reassign.job'
import { passCallbacks } from '@fieldback/api/agenda/pass-callbacks.job'
import { checkRollups } from '@fieldback/api/analytics/check-rollups.job'
import { countPairs } from '@fieldback/api/analytics/count-pairs.job'
import { fold } from '@fieldback/api/analytics/fold.job'
import { rebuild } from '@fieldback/api/analytics/rebuild.job'
import { digestBranches } from '@fieldback/api/coaching/digest.job'
import type { Deps } from '@fieldback/api/context'
import { checkReturns } from '@fieldback/api/field/check-returns.job'
import { countChanges } from '@fieldback/api/field/count-change.job'
import { forgetFile } from '@fieldback/api/import/forget-file.job'
import { workImports } from '@fieldback/api/import/import.job'
import { purgeImports } from '@fieldback/api/import/purge.job'
import { checkInsights } from '@fieldback/api/insight/check.job'
import { runInsights } from '@fieldback/api/insight/find.job'
import { countAskedObjectives } from '@fieldback/api/objective/count.job'
import { eraseReports } from '@fieldback/api/retention/erase.job'
import { publishDue } from '@fieldback/api/scenario/publish.job'
import { tellAhead } from '@fieldback/api/scenario/tell-ahead.job'
import { arrangeSectors } from '@fieldback/api/territory/arrange.job'
import { reslot } from '@fieldback/api/territory/reslot.job'
import { mailViews } from '@fieldback/api/view/mail.job'
import { lookAtSteadiness } from '@fieldback/api/waste/steadiness.job'
import { sunsetFields } from '@fieldback/api/waste/sunset.job'
import { enqueueWaitingReassignments } from '@fieldback/db/account/reassignment.repo'
import { enqueuePassing } from '@fieldback/db/agenda/pass-callbacks.repo'
import { enqueueWaitingFolds } from '@fieldback/db/analytics/fold.repo'
import { enqueueWaitingPairs } from '@fieldback/db/analytics/pair.repo'
import { enqueueChecks, enqueueWaitingRebuilds } from '@fieldback/db/analytics/rebuild.repo'
import type { Db } from '@fieldback/db/client'
import { enqueueWaitingCounts } from '@fieldback/db/field/change-count.repo'
import { enqueueReturnChecks } from '@fieldback/db/giveback/fault.repo'
import { foldLagSeconds } from '@fieldback/db/health/health.repo'
import { enqueuePurges } from '@fieldback/db/import/purge.repo'
import { enqueueWaitingImports } from '@fieldback/db/import/work.repo'
import { enqueueDueInsights } from '@fieldback/db/insight/insight.repo'
import { enqueueRetentions } from '@fieldback/db/retention/erase.repo'
import { enqueueDueScenarios } from '@fieldback/db/scenario/scenario.repo'
import { enqueueWaitingArrangements } from '@fieldback/db/territory/arrangement.repo'
import { enqueueViewMails } from '@fieldback/db/view/view-mail.repo'
import { enqueueSunsets } from '@fieldback/db/waste/sunset.repo'
import { judgedPeriod } from '@fieldback/domain/insight/monthly-run'
import type { Log } from '@fieldback/domain/ports/runtime'
import { type JobHelpers, parseCronItems, type Task, type TaskList } from 'graphile-worker'
import { nameOfError } from './log.ts'

/** What jobs reach beyond the database. */
export type Outside = Pick<Deps, 'storage' | 'email' | 'site'>
export type TaskDeps = {
  readonly db: Db
  readonly log: Log
  readonly outside: Outside
  readonly foldLag: number
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** The queue holds ids only; anything else in a payload is a fault of the caller. */
function orgIdOf(payload: unknown): string {
  const orgId = typeof payload === 'object' && payload !== null && 'orgId' in payload ? payload.orgId : null
  if (typeof orgId !== 'string' || !UUID.test(orgId)) throw new Error('a job must name its organisation')
  return orgId
}

function reslotOf(payload: unknown): { territoryId: string; fieldIds: string[] } {
  const { territoryId, fieldIds } = payload as Readonly<Record<string, unknown>>
  const ids = [territoryId, ...(Array.isArray(fieldIds) ? fieldIds : [])]
  if (!ids.every((id): id is string => typeof id === 'string' && UUID.test(id)))
    throw new Error('a job holds ids only')
  const [first = '', ...rest] = ids
  return { territoryId: first, fieldIds: rest }
}

function fileOf(payload: unknown): { importId: string; due: boolean } {
  const { importId, due } = payload as Readonly<Record<string, unknown>>
  if (typeof importId !== 'string' || !UUID.test(importId)) throw new Error('a job holds ids only')
  return { importId, due: due === true }
}

/** Times a job, and keeps what its error says out of the log and of the queue's tables. */
function logged(
  log: Log,
  task: string,
  work: (payload: unknown, helpers: JobHelpers) => Promise<Fields>,
): Task {
  return async (payload, helpers) => {
    const start = performance.now()
    try {
      const fields = await work(payload, helpers)
      log.info('job.done', { task, ms: Math.round(performance.now() - start), ...fields })
    } catch (error) {
      const name = nameOfError(error)
      log.error('job.failed', { task, ms: Math.round(performance.now() - start), error: name })
      throw new Error(name)
    }
  }
}
/** Imports, reassignments and erasures of many organisations must not hold back what phones wait for. */
const TURN_MS = 20_000
const DAY_MS = 86_400_000

type Fields = Readonly<Record<string, string | number | boolean>>

/** What the queue can be asked for, by name. */
export function taskList({ db, log, outside, foldLag }: TaskDeps): TaskList {
  return {
    /** {orgId}: folds the facts that wait into the roll-ups. */
    fold: logged(log, 'fold', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { facts, done } = await fold({ db }, orgId, abortSignal)
      if (!done) await addJob('fold', { orgId }, { jobKey: `fold:${orgId}` })
      return { facts, done }
    }),

    /** {orgId}: some drawn figures beside the documents; what has drifted is counted again. */
    check_rollups: logged(log, 'check_rollups', async (payload) =>
      checkRollups({ db, log, newId: randomUUIDv7, random: Math.random }, orgIdOf(payload)),
    ),

    /** {orgId}: counts an organisation again, a month after the other; begun again, it goes on with the month where it was. */
    rebuild: logged(log, 'rebuild', async (payload, { abortSignal }) =>
      rebuild({ db, log, newId: randomUUIDv7 }, orgIdOf(payload), abortSignal),
    ),

    /** {orgId}: counts what was answered before questions took another type. */
    count: logged(log, 'count', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { batches, done } = await countChanges({ db }, orgId, abortSignal)
      if (!done) await addJob('count', { orgId }, { jobKey: `count:${orgId}` })
      return { batches, done }
    }),

    /** {orgId}: what was asked of sub-sectors, in the order in which it came. */
    arrange: logged(log, 'arrange', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const deps = { db, log, now: () => new Date(), newId: randomUUIDv7 }
      const { steps, done } = await arrangeSectors(deps, orgId, abortSignal)
      if (!done) await addJob('arrange', { orgId }, { jobKey: `arrange:${orgId}` })
      return { steps, done }
    }),

    /** {orgId}: how far the objectives of large branches are that somebody looks at. */
    objectives: logged(log, 'objectives', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { objectives, done } = await countAskedObjectives(
        { db, now: () => new Date() },
        orgId,
        abortSignal,
      )
      if (!done) await addJob('objectives', { orgId }, { jobKey: `objectives:${orgId}` })
      return { objectives, done }
    }),

    /** {orgId}: counts pairs of questions that were asked for, from the reports; removes those let go. */
    pairs: logged(log, 'pairs', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { pairs, done } = await countPairs({ db }, orgId, abortSignal)
      if (!done) await addJob('pairs', { orgId }, { jobKey: `pairs:${orgId}` })
      return { pairs, done }
    }),

    /** {orgId, territoryId, fieldIds}: typed columns of a branch that has moved. Begun again, it changes nothing twice. */
    reslot: logged(log, 'reslot', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const what = reslotOf(payload)
      const { done } = await reslot({ db }, orgId, { ...what, stop: abortSignal })
      if (!done) await addJob('reslot', { orgId, ...what })
      return { done }
    }),

    /** {orgId}: call-backs of accounts whose home or rep has changed. Done again, it changes nothing. */
    pass_callbacks: logged(log, 'pass_callbacks', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { passed, done } = await passCallbacks({ db, now: () => new Date() }, orgId, abortSignal)
      if (!done) await addJob('pass_callbacks', { orgId }, { jobKey: `pass_callbacks:${orgId}` })
      return { passed, done }
    }),

    /** {orgId}: what its reassignments of accounts wait for; the rest of a long one waits its turn again. */
    reassign: logged(log, 'reassign', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const turn = AbortSignal.timeout(TURN_MS)
      const stop = abortSignal ? AbortSignal.any([abortSignal, turn]) : turn
      const { batches, done } = await workReassignments({ db, now: () => new Date() }, orgId, stop)
      if (!done) await addJob('reassign', { orgId }, { jobKey: `reassign:${orgId}` })
      return { batches, done }
    }),

    /** {orgId}: what the imports of an organisation wait for, one at a time; the rest of a long one waits its turn again. */
    import: logged(log, 'import', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const deps = { db, log, ...outside, now: () => new Date(), newId: randomUUIDv7 }
      const turn = AbortSignal.timeout(TURN_MS)
      const stop = abortSignal ? AbortSignal.any([abortSignal, turn]) : turn
      const { steps, done } = await workImports(deps, orgId, stop)
      if (!done) await addJob('import', { orgId }, { jobKey: `import:${orgId}` })
      return { steps, done }
    }),

    /** {orgId, importId}: asked for before a file is kept; `due` a day later, when it is looked whether an import names it. */
    import_file: logged(log, 'import_file', async (payload, { addJob }) => {
      const orgId = orgIdOf(payload)
      const { importId, due } = fileOf(payload)
      if (due) return { forgotten: await forgetFile({ db, storage: outside.storage }, orgId, importId) }
      const runAt = new Date(Date.now() + DAY_MS)
      await addJob(
        'import_file',
        { orgId, importId, due: true },
        { runAt, jobKey: `import_file:${importId}` },
      )
      return { forgotten: false }
    }),

    /** {orgId}: lines and files of imports that are long over or forgotten. */
    purge: logged(log, 'purge', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { imports, done } = await purgeImports({ db, storage: outside.storage }, orgId, abortSignal)
      if (!done) await addJob('purge', { orgId }, { jobKey: `purge:${orgId}` })
      return { imports, done }
    }),

    /** {orgId}: reports that the organisation keeps no longer; the rest of a long erasure waits its turn again. */
    erase_reports: logged(log, 'erase_reports', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const turn = AbortSignal.timeout(TURN_MS)
      const stop = abortSignal ? AbortSignal.any([abortSignal, turn]) : turn
      const deps = { db, storage: outside.storage, now: () => new Date(), newId: randomUUIDv7 }
      const { reports, done } = await eraseReports(deps, orgId, stop)
      if (!done) await addJob('erase_reports', { orgId }, { jobKey: `erase_reports:${orgId}` })
      return { reports, done }
    }),

    /** {orgId}: what the figures of the last months say, once a month. Begun again, it finds that the run was made. */
    find_insights: logged(log, 'find_insights', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { run, shown, done } = await runInsights({ db, now: () => new Date() }, orgId, abortSignal)
      if (!done) await addJob('find_insights', { orgId }, { jobKey: `find_insights:${orgId}` })
      return { run: run ?? 0, shown, done }
    }),

    /** {orgId}: whether what is shown still holds, where something it was counted from has changed. */
    check_insights: logged(log, 'check_insights', async (payload) =>
      checkInsights({ db, now: () => new Date() }, orgIdOf(payload)),
    ),

    /** Looks for organisations whose run of the month was not made. */
    sweep_insights: logged(log, 'sweep_insights', async () => ({
      organisations: await enqueueDueInsights(db, judgedPeriod(new Date()).to),
    })),

    /** {orgId}: what every branch learned and did, counted when somebody looks. */
    digest: logged(log, 'digest', async (payload) =>
      digestBranches({ db, now: () => new Date() }, orgIdOf(payload)),
    ),

    /**
     * {orgId}: questions that give nothing back are proposed for retirement, and retired when nobody answers; once a month,
     * whether answers change from one visit to the next.
     */
    sunset: logged(log, 'sunset', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const now = () => new Date()
      const sunsets = await sunsetFields({ db, log, ...outside, now, newId: randomUUIDv7 }, orgId)
      const { territories, done } = await lookAtSteadiness({ db, now }, orgId, abortSignal)
      if (!done) await addJob('sunset', { orgId }, { jobKey: `sunset:${orgId}` })
      return { ...sunsets, territories }
    }),

    /** {orgId}: whether the returns of its questions still reach somebody; a long one is begun again where it was left. */
    check_returns: logged(log, 'check_returns', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const { done, ...told } = await checkReturns(
        { db, log, ...outside, now: () => new Date() },
        orgId,
        abortSignal,
      )
      if (!done) await addJob('check_returns', { orgId }, { jobKey: `check_returns:${orgId}` })
      return { ...told, done }
    }),

    /** {orgId}: re-organisations whose day has come, and who is to be told of those to come. Begun again, it finds nothing to do. */
    publish_scenarios: logged(log, 'publish_scenarios', async (payload) => {
      const deps = { db, log, ...outside, now: () => new Date(), newId: randomUUIDv7 }
      const orgId = orgIdOf(payload)
      return { ...(await publishDue(deps, orgId)), ...(await tellAhead(deps, orgId)) }
    }),

    /** By the hour, as the sunsets are: a month, or a day, on which it was done finds nothing to do. */
    sweep_returns: logged(log, 'sweep_returns', async () => ({
      organisations: await enqueueReturnChecks(db),
    })),

    /** Once a day and more: a day on which it was done finds nothing to do. */
    sweep_sunsets: logged(log, 'sweep_sunsets', async () => ({ organisations: await enqueueSunsets(db) })),

    /** By the hour: a place ends with its day, in whatever time zone. */
    sweep_callbacks: logged(log, 'sweep_callbacks', async () => ({
      organisations: await enqueuePassing(db),
    })),

    /** {orgId}: the mails of the week that are due. Begun again, it sends none twice. */
    mail_views: logged(log, 'mail_views', async (payload, { abortSignal, addJob }) => {
      const orgId = orgIdOf(payload)
      const deps = { db, log, ...outside, now: () => new Date(), newId: randomUUIDv7 }
      const { sent, done } = await mailViews(deps, orgId, abortSignal)
      if (!done) await addJob('mail_views', { orgId }, { jobKey: `mail_views:${orgId}` })
      return { sent, done }
    }),

    /** By the hour: an organisation whose Monday morning it is not finds nothing to do. */
    sweep_views: logged(log, 'sweep_views', async () => ({ organisations: await enqueueViewMails(db) })),

    /** Looks for what is to be deleted, in every organisation. */
    sweep_purges: logged(log, 'sweep_purges', async () => ({ organisations: await enqueuePurges(db) })),

    /** By the hour: an organisation whose rule was carried out today finds nothing to do. */
    sweep_retentions: logged(log, 'sweep_retentions', async () => ({
      organisations: await enqueueRetentions(db),
    })),

    /**
     * Asks again for what was lost with a worker or given up: no fact, count, pair, import, reassignment or sub-sector waits
     * longer than a minute. And for re-organisations whose day has come or is to be told, be it while no worker ran.
     */
    sweep: logged(log, 'sweep', async () => {
      const seconds = Math.round(await foldLagSeconds(db))
      if (seconds > foldLag) log.error('fold.late', { seconds })
      return {
        organisations: await enqueueWaitingFolds(db),
        counts: await enqueueWaitingCounts(db),
        pairs: await enqueueWaitingPairs(db),
        imports: await enqueueWaitingImports(db),
        rebuilds: await enqueueWaitingRebuilds(db),
        scenarios: await enqueueDueScenarios(db, new Date()),
        reassignments: await enqueueWaitingReassignments(db),
        arrangements: await enqueueWaitingArrangements(db),
      }
    }),

    /** Looks at the roll-ups of every organisation. */
    sweep_checks: logged(log, 'sweep_checks', async () => ({ organisations: await enqueueChecks(db) })),
  }
}

/** When each sweep looks, as cron writes it: by the hour rather than by the night, since a machine may be off at night. */
const SWEEPS: Readonly<Record<string, string>> = {
  sweep: '* * * * *',
  sweep_insights: '*/10 * * * *',
  sweep_sunsets: '41 * * * *',
  sweep_returns: '29 * * * *',
  sweep_callbacks: '7 * * * *',
  sweep_views: '3 * * * *',
  sweep_checks: '53 * * * *',
  sweep_purges: '17 * * * *',
  sweep_retentions: '37 * * * *',
}

/** Minutes missed while no worker ran are not caught up: one sweep finds all there is. */
export const schedule = parseCronItems(
  Object.entries(SWEEPS).map(([task, match]) => ({
    task,
    match,
    options: { backfillPeriod: 0, maxAttempts: 1, jobKey: task },
  })),
)
