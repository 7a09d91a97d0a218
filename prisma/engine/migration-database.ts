import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { createShadowDatabase, dropShadowDatabase, openPool, schemaName } from './database.ts'

const { CHAR, TEXT } = pg.types.builtins

/** A script that the server refused, and its words. */
export type Refusal = { script: string; error: pg.DatabaseError }

/** A database for the engine, and what the session needs of it besides. */
export interface EngineDatabase extends SqlMigrationAwareDriverAdapterFactory {
  refusal: Refusal | undefined
  close(): Promise<void>
}

/** What the engine works on: adapter-pg, with its three gaps for migrations filled. */
export class MigrationDatabase implements EngineDatabase {
  readonly provider = 'postgres'
  readonly adapterName = '@prisma/adapter-pg'
  refusal: Refusal | undefined
  readonly #url: URL
  readonly #main = new Set<pg.Pool>()
  readonly #shadows = new Map<URL, pg.Pool>()

  constructor(url: URL) {
    this.#url = url
  }

  async connect(): Promise<SqlDriverAdapter> {
    const pool = openPool(this.#url)
    this.#main.add(pool)
    return this.#adapt(pool, async () => {
      if (this.#main.delete(pool)) await pool.end()
    })
  }

  /** adapter-pg's own keeps the database of the connection string, and so would replay migrations on the main one. */
  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const shadow = await createShadowDatabase(this.#url)
    const pool = openPool(shadow)
    this.#shadows.set(shadow, pool)
    return this.#adapt(pool, () => this.#dropShadow(shadow, pool))
  }

  /** Also drops the shadow databases of a request that was given up. */
  async close(): Promise<void> {
    for (const [shadow, pool] of this.#shadows) await this.#dropShadow(shadow, pool)
    for (const pool of this.#main) await pool.end()
    this.#main.clear()
  }

  async #dropShadow(shadow: URL, pool: pg.Pool): Promise<void> {
    if (!this.#shadows.delete(shadow)) return
    // The pool ends when its statement does; dropping the database ends that statement.
    const ended = pool.end()
    await dropShadowDatabase(this.#url, shadow)
    await ended
  }

  async #adapt(pool: pg.Pool, dispose: () => Promise<void>): Promise<SqlDriverAdapter> {
    const adapter = await new PrismaPg(pool, { schema: schemaName(this.#url) }).connect()
    readCatalogueCharacters(pool, adapter)
    adapter.executeScript = (script) => this.#runScript(pool, script)
    adapter.dispose = dispose
    return adapter
  }

  /** In one message, as the native engine does: adapter-pg cuts at each `;`, also within a `$$` body. */
  async #runScript(pool: pg.Pool, script: string): Promise<void> {
    try {
      await pool.query(script)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error
      this.refusal = { script, error }
      const { code = 'N/A', severity = 'ERROR', message, detail, column, hint } = error
      throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint })
    }
  }
}

/** adapter-pg refuses the internal type "char", which columns of the catalogue have and the engine reads as a character. */
function readCatalogueCharacters(pool: pg.Pool, adapter: SqlDriverAdapter): void {
  const characterColumns = new WeakMap<unknown[], number[]>()
  const query = pool.query.bind(pool) as (request: unknown) => Promise<pg.QueryArrayResult>
  const querying = async (request: unknown) => {
    const result = await query(request)
    const fields = [...(result.fields ?? []).entries()].filter(([, field]) => field.dataTypeID === CHAR)
    for (const [, field] of fields) field.dataTypeID = TEXT
    if (fields.length > 0)
      characterColumns.set(
        result.rows,
        fields.map(([column]) => column),
      )
    return result
  }
  pool.query = querying as typeof pool.query

  const queryRaw = adapter.queryRaw.bind(adapter)
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request)
    for (const column of characterColumns.get(result.rows) ?? [])
      result.columnTypes[column] = ColumnTypeEnum.Character
    return result
  }
}
