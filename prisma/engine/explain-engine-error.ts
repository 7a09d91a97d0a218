import { EngineFailure } from './engine-failure.ts'
import { explainMigrationError } from './explain-migration-error.ts'
import type { Refusal } from './migration-database.ts'

type Circumstances = {
  refusal: Refusal | undefined
  /** The migration that was being applied, empty outside of `applyMigrations`. */
  migration: string
  /** The JavaScript error that an adapter threw and the engine knows by number only. */
  thrown: (id: number) => unknown
}

const adapterErrorNumber = /External error id#(\d+)/
const rustTrace = /\n +\d+: [\s\S]*$/

/** An error of the WASM engine in, a failure that says its cause out. */
export function explainEngineError(
  error: unknown,
  { refusal, migration, thrown }: Circumstances,
): EngineFailure {
  if (!(error instanceof Error)) return new EngineFailure({ message: String(error) })
  if ('code' in error)
    return new EngineFailure({ code: String(error.code), message: withoutTrace(error.message) })
  if (refusal && migration) return explainMigrationError({ migration, ...refusal })
  const number = adapterErrorNumber.exec(error.message)?.[1]
  const original = number && thrown(Number(number))
  if (original instanceof EngineFailure) return original
  return new EngineFailure({
    message: original instanceof Error ? original.message : withoutTrace(error.message),
  })
}

/** Without the engine's stack of Rust functions, which follows the message. */
function withoutTrace(message: string): string {
  return message.replace(rustTrace, '').trimEnd()
}
