import { writeSync } from 'node:fs'

type Level = 'INFO' | 'ERROR'

/** Writes one line of the engine's log to stderr. The CLI drops the first line it reads and parses the others as JSON. */
export function log(level: Level, fields: { message: string } & Record<string, unknown>): void {
  const line = { timestamp: new Date().toISOString(), level, fields, target: 'schema_engine::logger' }
  writeLogLine(JSON.stringify(line))
}

/** Synchronous, because the process may end right after. */
export function writeLogLine(line: string): void {
  writeSync(2, `${line.trimEnd()}\n`)
}
