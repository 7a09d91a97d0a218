import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import pg from 'pg'
import { afterAll } from 'vitest'
import { listOrganisations } from './organisations.ts'
import { type RestoreOptions, restoreBackup } from './restore-backup.ts'
import { listTables } from './tables.ts'
import { takeBackup } from './take-backup.ts'

/** A small installation of the release before: two organisations, every table with a row. */
export const SMALL = fileURLToPath(new URL('../upgrade/20261121230000_sign_in.tar.gz', import.meta.url))
const SCRIPTS = fileURLToPath(new URL('../../scripts', import.meta.url))

/** A folder and databases of the test file's own, gone after it. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'fieldback-backup-'))
  readonly #databases: TestDatabase[] = []

  constructor() {
    afterAll(async () => {
      for (const database of this.#databases) await database.drop()
      rmSync(this.folder, { recursive: true, force: true })
    })
  }

  path = (name: string): string => join(this.folder, name)

  async database(): Promise<TestDatabase> {
    const database = await testDatabase()
    this.#databases.push(database)
    return database
  }

  /** A database that holds the small installation. */
  async small(): Promise<TestDatabase> {
    const database = await this.database()
    await this.restore(SMALL, database)
    return database
  }

  async backup(database: TestDatabase, name: string, said: string[] = []): Promise<string> {
    const file = this.path(name)
    await takeBackup({
      ownerUrl: database.ownerUrl,
      file,
      filesDir: this.path('files'),
      version: '0.0.0',
      at: new Date('2026-11-20T10:00:00Z'),
      say: (line) => said.push(line),
    })
    return file
  }

  restore(file: string, database: TestDatabase, over: Partial<RestoreOptions> = {}): Promise<unknown> {
    return restoreBackup({
      file,
      ownerUrl: database.ownerUrl,
      roles: rolesOf(database),
      filesDir: this.path('restored-files'),
      replace: false,
      say: () => {},
      ...over,
    })
  }

  /** The archive with its content changed before it is packed again. */
  tampered(name: string, change: (tar: Buffer) => void): string {
    const tar = gunzipSync(readFileSync(SMALL))
    change(tar)
    writeFileSync(this.path(name), gzipSync(tar))
    return this.path(name)
  }
}

const roleOf = (url: string): string => decodeURIComponent(new URL(url).username)
const rolesOf = ({ appUrl, workerUrl }: TestDatabase): string[] => [roleOf(appUrl), roleOf(workerUrl)]

/** Runs a verb as run.mjs does, on a database and a data folder; `shell` comes before it in the same shell. */
export function runVerb(
  verb: 'backup' | 'restore',
  args: readonly string[],
  place: { database: TestDatabase; dataDir: string; shell?: string },
) {
  const { ownerUrl, appUrl, workerUrl } = place.database
  const command = `${place.shell ?? ''} exec "$0" "$@"`
  const child = spawn('/bin/sh', ['-c', command, process.execPath, join(SCRIPTS, `${verb}.mjs`), ...args], {
    env: {
      PATH: process.env.PATH,
      FIELDBACK_DATA: place.dataDir,
      DATABASE_OWNER_URL: ownerUrl,
      DATABASE_URL: appUrl,
      DATABASE_DIRECT_URL: workerUrl,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return { child, ended, said: () => said }
}

/**
 * Number and digest of the rows of every table, but for what a restore makes anew: epochs, the stamps of pull, and the line
 * of the journal that tells of it.
 */
export async function contentOf({ ownerUrl }: TestDatabase): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('BEGIN READ ONLY')
    const organisations = await listOrganisations(client)
    const content: Record<string, string> = {}
    for (const { name, tenant } of await listTables(client)) {
      for (const { id } of tenant === null ? [{ id: '' }] : organisations) {
        await client.query(`SELECT set_config('app.org', $1, true)`, [id])
        const own = tenant === null ? 'true' : `${tenant} = '${id}'`
        const where = name === 'audit_event' ? `${own} AND action <> 'org.restore'` : own
        const { rows } = await client.query<{ seen: string }>(
          `SELECT count(*) || ' ' || coalesce(md5(string_agg(line, '' ORDER BY line)), '') AS seen
             FROM (SELECT md5((to_jsonb(t) - ARRAY['epoch', 'sync_xid', 'sync_seq'])::text) AS line FROM ${name} t WHERE ${where}) AS lines`,
        )
        content[`${name} ${id}`.trim()] = rows[0]?.seen ?? ''
      }
    }
    return content
  } finally {
    await client.end()
  }
}

/** Rows of one organisation, read by the owner. */
export async function rowsOf<T extends pg.QueryResultRow>(
  { ownerUrl }: TestDatabase,
  organisation: string,
  text: string,
): Promise<T[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`SELECT set_config('app.org', $1, false)`, [organisation])
    return (await client.query<T>(text)).rows
  } finally {
    await client.end()
  }
}
