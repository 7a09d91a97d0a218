import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDb } from '@fieldback/db/client'
import type { Log } from '@fieldback/domain/ports/runtime'
import { type Runner, run, type WorkerEvents } from 'graphile-worker'
import { nameOfError, queueLogger } from './log.ts'
import { type Outside, schedule, type TaskDeps, taskList } from './tasks.ts'

/** Jobs at the same time: folds of different organisations do not wait for each other. */
const CONCURRENCY = 3
const POLL_MS = 2_000
/** Connections of a job at once: a fold works with two hands. */
const HANDS = 2
/** Connections for signs of life, beside those of the jobs themselves. */
const BEATS = 1
/** Pairs are counted by one job at a time, which reads on one connection and writes on another. */
const SNAPSHOTS = 1

export type WorkerOptions = {
  readonly databaseUrl: string
  readonly log: Log
  readonly outside: Outside
  /** Seconds that figures may be behind before it is logged. */
  readonly foldLag?: number
}

export type Worker = {
  /** Takes no new job, lets those that run end, closes all connections. */
  stop(): Promise<void>
  /** Ends when it was asked to stop. */
  readonly ended: Promise<void>
}

/**
 * Listens to the queue of one database until it is asked to stop, whatever becomes of its connections. Rejects when it
 * cannot begin. The queue's schema and rights are there already: prisma/prepare.ts.
 */
export async function startWorker({
  databaseUrl,
  log,
  outside,
  foldLag = 60,
}: WorkerOptions): Promise<Worker> {
  const db = openDb({ url: databaseUrl, max: CONCURRENCY * HANDS + BEATS + SNAPSHOTS })
  const begin = () => listen({ databaseUrl, db, log, outside, foldLag })
  const stopping = new AbortController()
  let current = await begin()

  const keepListening = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await Promise.race([current.stuck, current.runner.promise.catch(() => {})])
      if (stopping.signal.aborted) return
      log.warn('queue.restarted')
      await current.runner.stop().catch(() => {})
      await patiently(
        async () => {
          current = await begin()
        },
        { log, signal: stopping.signal },
      )
    }
  }
  const ended = keepListening()
  const stop = async (): Promise<void> => {
    if (stopping.signal.aborted) return
    stopping.abort()
    await current.runner.stop().catch(() => {})
    await ended
    await db.close()
  }
  return { stop, ended }
}

type Listening = {
  readonly runner: Runner
  /** Resolves when no job can be asked for any more, however often it tries. */
  readonly stuck: Promise<void>
}

/** Rounds of asking in vain before one begins anew. */
const ROUNDS = 3

/**
 * One run of the queue's library. It asks again after a lost connection, but for one case: it remembers for good an error
 * met while it first learns the names of tasks, and then never asks again. `stuck` tells; beginning anew mends it.
 */
async function listen({ databaseUrl, ...deps }: TaskDeps & { databaseUrl: string }): Promise<Listening> {
  const events: WorkerEvents = new EventEmitter()
  const stuck = new Promise<void>((resolve) => {
    let failures = 0
    const answered = () => {
      failures = 0
    }
    events.on('worker:getJob:empty', answered)
    events.on('job:start', answered)
    events.on('worker:getJob:error', () => {
      failures += 1
      if (failures >= ROUNDS * CONCURRENCY) resolve()
    })
  })
  const runner = await run({
    connectionString: databaseUrl,
    // One listens, one runs the schedule, the others take and complete jobs.
    maxPoolSize: CONCURRENCY + 2,
    concurrency: CONCURRENCY,
    // Notifications bring jobs at once; polling is for those whose time comes, and for a lost connection.
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: queueLogger(deps.log),
    taskList: taskList(deps),
    parsedCronItems: schedule,
    events,
  })
  return { runner, stuck }
}

/** Tries until it succeeds or is told to stop: a database may be away for long. */
async function patiently(
  work: () => Promise<void>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      return await work()
    } catch (error) {
      log.warn('queue.unreachable', { error: nameOfError(error) })
      await sleep(POLL_MS, undefined, { signal }).catch(() => {})
    }
  }
}
