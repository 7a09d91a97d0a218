import type { Log } from '@fieldback/domain/ports/runtime'
import { Logger } from 'graphile-worker'
import { pino } from 'pino'

/** One JSON line an event, on standard output. */
export function openLog(level: string): Log {
  const out = pino({ level, base: { app: 'worker' }, timestamp: pino.stdTimeFunctions.isoTime })
  return {
    info: (event, fields) => out.info({ event, ...fields }),
    warn: (event, fields) => out.warn({ event, ...fields }),
    error: (event, fields) => out.error({ event, ...fields }),
  }
}

/** The class and code of an error: its message could quote what a person typed. */
export function nameOfError(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? `${error.name}:${error.code}` : error.name
}

/** The queue's own warnings and failures, without its sentences: those carry the messages of errors. */
export function queueLogger(log: Log): Logger {
  return new Logger((scope) => (level, _message, meta) => {
    // A job that failed has been told by the job itself.
    if ((level !== 'error' && level !== 'warning') || meta?.failure) return
    const fields = {
      ...(scope.taskIdentifier === undefined ? {} : { task: scope.taskIdentifier }),
      ...(scope.jobId === undefined ? {} : { job: String(scope.jobId) }),
      error: nameOfError(meta?.error),
    }
    if (level === 'error') log.error('queue.failed', fields)
    else log.warn('queue.warned', fields)
  })
}
