import { constants, setPriority } from 'node:os'
import { startCatcher } from '@fieldback/adapters/email/catcher'
import { openSmtp } from '@fieldback/adapters/email/smtp'
import { openStorage } from '@fieldback/adapters/storage/open-storage'
import { isLostConnection } from '@fieldback/db/lost-connection'
import { readEnv, type WorkerEnv } from './env.ts'
import { nameOfError, openLog } from './log.ts'
import type { Outside } from './tasks.ts'
import { startWorker } from './worker.ts'

// What people wait for goes first: the web server may share the machine's processors.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
const env = checkedEnv()
const log = openLog(env.logLevel)
process.on('unhandledRejection', (error) => {
  // The queue's library waits for nobody to note how a job ended: a connection that is lost just then reaches the process
  // alone. The job stays as it was, and the sweep asks for its work anew.
  if (isLostConnection(error)) return log.warn('queue.unreachable', { error: nameOfError(error) })
  log.error('worker.failed', { error: nameOfError(error) })
  process.exit(1)
})
try {
  const catcher = env.catcher && (await startCatcher(env.catcher))
  const worker = await startWorker({
    databaseUrl: env.databaseUrl,
    log,
    outside: outsideOf(env),
    foldLag: env.foldLag,
  })
  log.info('worker.started')
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('worker.stopping', { signal })
      // A signal sent twice, to the process and to its group, is one request.
      void worker.stop()
    })
  }
  await worker.ended
  await catcher?.close()
  log.info('worker.stopped')
} catch (error) {
  log.error('worker.failed', { error: nameOfError(error) })
  // Open listeners must not keep alive a process that does no work any more: whoever watches it has to see it end.
  process.exit(1)
}

function outsideOf({ dataFolder, filesUrl, mail, site }: WorkerEnv): Outside {
  const storage = openStorage({ filesUrl, dataFolder, now: () => new Date() })
  return { storage, email: openSmtp(mail), site }
}

function checkedEnv(): WorkerEnv {
  try {
    return readEnv(process.env)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The settings cannot be read.'}\n`)
    process.exit(1)
  }
}
