import type { Log } from '@fieldback/domain/ports/runtime'
import pino from 'pino'

/** One JSON line an event on the standard output. Callers give codes, ids, counts and durations: no personal data. */
export function openLog(level: string): Log {
  const logger = pino({ level, base: { app: 'web' }, timestamp: pino.stdTimeFunctions.isoTime })
  return {
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  }
}
