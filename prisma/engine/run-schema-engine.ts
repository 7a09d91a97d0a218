import { answerRequests, type Send } from './answer-requests.ts'
import { checkConnection, createDatabase, databaseUrl, dropDatabase } from './database.ts'
import { EngineFailure } from './engine-failure.ts'
import { log } from './log.ts'
import { type DatabaseCommand, type Datasource, readArguments } from './read-arguments.ts'

const closingLimitMs = 4000

/** The schema engine as the Prisma CLI knows it: one command about a database, or requests on stdin until it ends. */
export async function runSchemaEngine(argv: string[]): Promise<void> {
  // Node's own warnings are not JSON, and the CLI stops at a line of stderr that is not.
  process.removeAllListeners('warning')
  try {
    const asked = readArguments(argv)
    if (asked.mode === 'version') return void process.stdout.write('schema-engine-cli wasm\n')
    log('INFO', { message: 'Starting schema engine' })
    if (asked.mode === 'database') await runDatabaseCommand(asked.command, asked.datasource)
    else await serve(asked.datasource, asked.datamodels)
  } catch (error) {
    const { code, message } = error instanceof EngineFailure ? error : { code: '', message: String(error) }
    log('ERROR', { message, is_panic: false, error_code: code ?? '' })
    process.exitCode = 1
  }
}

async function runDatabaseCommand(command: DatabaseCommand, datasource: Datasource): Promise<void> {
  const url = databaseUrl(datasource)
  if (command === 'can-connect-to-database') await checkConnection(url)
  else if (command === 'create-database') await createDatabase(url)
  else await dropDatabase(url)
  log('INFO', { message: `${command}: done` })
}

async function serve(datasource: Datasource, datamodels: string[]): Promise<void> {
  // Loaded late: a check of the connection, the most frequent command, needs none of it.
  const { EngineSession } = await import('./engine-session.ts')
  const send: Send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  const session = new EngineSession({ datasource, datamodels, send })

  const leave = () => {
    setTimeout(() => process.exit(1), closingLimitMs)
    session.close().finally(() => process.exit(0))
  }
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  // A promise of the engine that panics throws outside of every await.
  process.on('uncaughtException', (error) => session.panic(error.message))

  await answerRequests(process.stdin, (method, params) => session.answer(method, params), send)
  await session.close()
}
