import { readFile } from 'node:fs/promises'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import type { Send } from './answer-requests.ts'
import { checkConnection, createDatabase, databaseUrl } from './database.ts'
import { EngineFailure } from './engine-failure.ts'
import { explainEngineError } from './explain-engine-error.ts'
import { loadEngine } from './load-engine.ts'
import { writeLogLine } from './log.ts'
import { type EngineDatabase, MigrationDatabase } from './migration-database.ts'
import { OfflineDatabase } from './offline-database.ts'
import type { Datasource } from './read-arguments.ts'

const forwarded = [
  'applyMigrations',
  'createMigration',
  'dbExecute',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
] as const

/**
 * The WASM engine can replay migrations in a shadow database only while it diagnoses; what follows reads its cache, which
 * a first deployment in the same session leaves empty.
 */
const replayMissing = 'PostgreSQL shadow DB must be provided'

type Running = { engine: SchemaEngine; database: EngineDatabase; thrown: (id: number) => unknown }
type DiffParams = Parameters<SchemaEngine['diff']>[0]
type DevDiagnosticInput = Parameters<SchemaEngine['devDiagnostic']>[0]

type SessionOptions = { datasource: Datasource; datamodels: string[]; send: Send }

/** The CLI's requests in, the WASM engine's results out; it connects at the first request that needs a database. */
export class EngineSession {
  readonly #options: SessionOptions
  #engine: Promise<typeof SchemaEngine> | undefined
  #online: Running | undefined
  #offline: Running | undefined
  #printed = 0
  #applying = ''
  #panicked: EngineFailure | undefined
  #interrupt: (failure: EngineFailure) => void = () => {}

  constructor(options: SessionOptions) {
    this.#options = options
  }

  /**
   * A panic is answered like an error, and so are the requests after it. To exit instead, as the native engine does,
   * lets `migrate diff --exit-code` end with 0: the CLI waits for the end of a process that has ended.
   */
  async answer(method: string, params: unknown): Promise<unknown> {
    if (this.#panicked) throw this.#panicked
    const interrupted = new Promise<never>((_, reject) => {
      this.#interrupt = reject
    })
    return Promise.race([interrupted, this.#run(method, params)])
  }

  /** Ends the request under way: the engine's memory is lost, and its promise never settles. */
  panic(reason: string): void {
    this.#panicked ??= new EngineFailure({ message: reason, isPanic: true })
    this.#interrupt(this.#panicked)
  }

  /** Drops shadow databases and closes connections. */
  async close(): Promise<void> {
    await this.#online?.database.close()
  }

  async #run(method: string, params: unknown): Promise<unknown> {
    if (method === 'createDatabase')
      return { databaseName: await createDatabase(databaseUrl(this.#options.datasource)) }
    if (method === 'introspectSql')
      throw new EngineFailure({
        message: 'TypedSQL does not work with the WASM schema engine: use $queryRaw.',
      })
    const offline = comparesFilesOnly(method, params)
    const { engine, database, thrown } = await (offline ? this.#offlineEngine() : this.#onlineEngine())
    this.#applying = ''
    database.refusal = undefined
    try {
      return await this.#call(engine, method, params)
    } catch (error) {
      const { refusal } = database
      throw explainEngineError(error, { refusal, migration: this.#applying, thrown })
    }
  }

  async #call(engine: SchemaEngine, method: string, params: unknown): Promise<unknown> {
    if (method === 'diff') return this.#diff(engine, params as DiffParams)
    if (method === 'getDatabaseVersion') return engine.version()
    if (method === 'debugPanic') return engine.debugPanic()
    const name = forwarded.find((known) => known === method)
    if (!name) throw new EngineFailure({ message: `The schema engine has no method ${method}.` })
    const call = () => (engine[name] as (input: unknown) => Promise<unknown>).call(engine, params)
    return call().catch(async (error: unknown) => {
      if (!(error instanceof Error && error.message.startsWith(replayMissing))) throw error
      await engine.devDiagnostic(params as DevDiagnosticInput)
      return call()
    })
  }

  /** The native engine prints the text itself, through the CLI, and returns the exit code alone. */
  async #diff(engine: SchemaEngine, params: DiffParams) {
    const { exitCode, stdout } = await engine.diff(params)
    const content = stdout?.replace(/\n$/, '')
    if (content) this.#options.send({ id: ++this.#printed, method: 'print', params: { content } })
    return { exitCode, stdout: null }
  }

  async #onlineEngine(): Promise<Running> {
    if (this.#online) return this.#online
    const url = databaseUrl(this.#options.datasource)
    await checkConnection(url)
    this.#online = await this.#start(new MigrationDatabase(url))
    return this.#online
  }

  async #offlineEngine(): Promise<Running> {
    this.#offline ??= await this.#start(new OfflineDatabase())
    return this.#offline
  }

  async #start(database: EngineDatabase): Promise<Running> {
    this.#engine ??= loadEngine((reason) => this.panic(reason))
    const Engine = await this.#engine
    const files = this.#options.datamodels
    const read = await Promise.all(
      files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'utf8')]),
    )
    const datamodels = read.length > 0 ? read : undefined
    const factory = bindMigrationAwareSqlAdapterFactory(database)
    const engine = await Engine.new({ datamodels }, (line: string) => this.#note(line), factory)
    return { engine, database, thrown: (id) => factory.errorRegistry.consumeError(id)?.error }
  }

  /** The engine's own log is the only place that says which migration it is applying. */
  #note(line: string): void {
    writeLogLine(line)
    const { span } = JSON.parse(line) as { span?: { name?: string; migration_name?: string } }
    if (span?.name === 'Applying migration') this.#applying = span.migration_name ?? ''
  }
}

function comparesFilesOnly(method: string, params: unknown): boolean {
  if (method !== 'diff') return false
  const { from, to } = params as DiffParams
  return [from, to].every(({ tag }) => tag === 'empty' || tag === 'schemaDatamodel')
}
