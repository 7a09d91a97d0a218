import { parseArgs } from 'node:util'
import { EngineFailure } from './engine-failure.ts'

const databaseCommands = ['can-connect-to-database', 'create-database', 'drop-database'] as const

export type DatabaseCommand = (typeof databaseCommands)[number]
/** `shadowDatabaseUrl` is not read: the shadow database is always made beside the main one. */
export type Datasource = { url?: string }

export type EngineArguments =
  | { mode: 'version' }
  | { mode: 'database'; command: DatabaseCommand; datasource: Datasource }
  | { mode: 'requests'; datasource: Datasource; datamodels: string[] }

/**
 * Command line of the CLI in, what is asked out.
 * `--extension-types` and `--enabled-preview-features` are accepted and unused: the WASM engine has no place for them.
 */
export function readArguments(argv: string[]): EngineArguments {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      version: { type: 'boolean', short: 'V' },
      datasource: { type: 'string' },
      datamodels: { type: 'string', short: 'd', multiple: true },
      'enabled-preview-features': { type: 'string' },
      'extension-types': { type: 'string' },
    },
  })
  if (values.version) return { mode: 'version' }
  const datasource: Datasource = values.datasource ? JSON.parse(values.datasource) : {}
  if (positionals[0] === 'cli')
    return { mode: 'database', command: databaseCommand(positionals[1]), datasource }
  return { mode: 'requests', datasource, datamodels: values.datamodels ?? [] }
}

function databaseCommand(name: string | undefined): DatabaseCommand {
  const command = databaseCommands.find((known) => known === name)
  if (!command)
    throw new EngineFailure({ message: `Unknown command ${name}: one of ${databaseCommands.join(', ')}.` })
  return command
}
