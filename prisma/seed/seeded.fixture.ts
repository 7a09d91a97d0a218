import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import type { Organisation } from './organisation.ts'
import { organisationsOf } from './seed-organisations.ts'

export const TODAY = '2026-11-20'
const run = promisify(execFile)

/** A database of the test file's own, filled by the seed as the launcher runs it; `first` and `second` are made here again. */
export class Seeded {
  #database: TestDatabase | undefined
  #owner: pg.Client | undefined
  readonly #organisations = organisationsOf(TODAY)

  constructor() {
    beforeAll(async () => {
      this.#database = await testDatabase()
      this.#owner = new pg.Client({ connectionString: this.#database.ownerUrl })
      await this.#owner.connect()
      await this.seed()
    }, 120_000)
    afterAll(async () => {
      await this.#owner?.end()
      await this.#database?.drop()
    })
  }

  get database(): TestDatabase {
    return present(this.#database)
  }

  get first(): Organisation {
    return present(this.#organisations[0])
  }

  get second(): Organisation {
    return present(this.#organisations[1])
  }

  /** Runs prisma/seed/demo.ts and gives what it printed. */
  async seed(): Promise<string> {
    const env = { ...process.env, DATABASE_OWNER_URL: this.database.ownerUrl, FIELDBACK_SEED_DAY: TODAY }
    const script = fileURLToPath(new URL('demo.ts', import.meta.url))
    return (await run(process.execPath, [script], { env })).stdout
  }

  /** Rows of an organisation, the first unless told. */
  async rows<T extends pg.QueryResultRow>(text: string, organisation = this.first): Promise<T[]> {
    const owner = present(this.#owner)
    await owner.query(`SELECT set_config('app.org', $1, false)`, [organisation.id])
    return (await owner.query<T>(text)).rows
  }

  async one<T extends pg.QueryResultRow>(text: string, organisation = this.first): Promise<T> {
    return present((await this.rows<T>(text, organisation))[0])
  }

  /** How many rows "FROM text" gives. */
  async count(text: string, organisation = this.first): Promise<number> {
    return (await this.one<{ n: number }>(`SELECT count(*)::int AS n FROM ${text}`, organisation)).n
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Not there')
  return value
}
