import { openDb } from '@fieldback/db/client'
import type { Log } from '@fieldback/domain/ports/runtime'
import { run } from 'graphile-worker'
import { queueLogger } from './log.ts'
import { schedule, taskList } from './tasks.ts'

/** Jobs at the same time: folds of different organisations do not wait for each other. */
const CONCURRENCY = 3

export type Worker = {
  /** Takes no new job, lets those that run end, closes all connections. */
  stop(): Promise<void>
  /** Ends when the worker does; rejects when it ends by itself. */
  readonly ended: Promise<void>
}

/** Listens to the queue of one database. The queue's schema and rights are there already: prisma/prepare.ts. */
export async function startWorker({ databaseUrl, log }: { databaseUrl: string; log: Log }): Promise<Worker> {
  const db = openDb({ url: databaseUrl, max: CONCURRENCY })
  const runner = await run({
    connectionString: databaseUrl,
    // One listens, one runs the schedule, the others take and complete jobs.
    maxPoolSize: CONCURRENCY + 2,
    concurrency: CONCURRENCY,
    // Notifications bring jobs at once; polling is for those whose time comes, and for a lost connection.
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: queueLogger(log),
    taskList: taskList({ db, log }),
    parsedCronItems: schedule,
  })
  let stopping = false
  const ended = runner.promise.then(
    () => {
      if (!stopping) throw new Error('the queue stopped by itself')
    },
    (error) => {
      if (!stopping) throw error
    },
  )
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await runner.stop()
    await ended
    await db.close()
  }
  return { stop, ended }
}
