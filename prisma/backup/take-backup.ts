import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { verifyBackup } from './archive-reader.ts'
import { type ArchiveWriter, exists, makeFolder, openArchive } from './archive-writer.ts'
import { FORMAT, HEADER, MANIFEST, type Manifest, type TableEntry } from './manifest.ts'
import { describeNames, listOrganisations, type Organisation, setOrganisation } from './organisations.ts'
import { databaseRefusal, Refusal } from './refusal.ts'
import { listTables, readSequences, type Table } from './tables.ts'
import { readJobs } from './waiting-jobs.ts'

export type BackupOptions = {
  readonly ownerUrl: string
  /** Where the backup goes: a name that is free. */
  readonly file: string
  /** Kept files of the installation; nothing there is fine. */
  readonly filesDir: string
  readonly version: string
  readonly at: Date
  readonly say: (line: string) => void
}

/** Held in memory at once, and the size of a part of a table. */
const PART_BYTES = 8 * 1024 * 1024
const NEWLINE = 0x0a

/**
 * Writes everything of a database as one instant saw it, with the kept files, into a new file, and reads it again before
 * giving it its name. Disturbs no writer. Refuses in one sentence; nothing is left behind then.
 */
export async function takeBackup(options: BackupOptions): Promise<Manifest> {
  const { file, at, say } = options
  if (await stat(file).catch(() => null)) throw exists(file)
  await makeFolder(dirname(file))
  const archive = await openArchive(file, at)
  try {
    const header = {
      product: 'fieldback',
      format: FORMAT,
      version: options.version,
      takenAt: at.toISOString(),
    } as const
    await archive.add(HEADER, Buffer.from(`${JSON.stringify(header, null, 2)}\n`))
    const database = await readDatabase(options, archive)
    const kept = await addFiles(archive, options.filesDir)
    if (kept > 0) say(`${kept} kept files`)
    const { [HEADER]: _, ...entries } = archive.entries
    const manifest: Manifest = { ...header, ...database, entries }
    await archive.add(MANIFEST, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
    const partial = await archive.close()
    say('Reading it again')
    await verifyBackup(partial)
    await archive.publish()
    return manifest
  } catch (error) {
    await archive.discard()
    throw databaseRefusal(error)
  }
}

type Database = Pick<Manifest, 'source' | 'migrations' | 'organisations' | 'tables' | 'sequences' | 'jobs'>

/** One read-only transaction: a single snapshot, which holds no phone's pull back since it writes nothing. */
async function readDatabase(options: BackupOptions, archive: ArchiveWriter): Promise<Database> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'fieldback-backup' })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query(
      `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
       SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '60s'; SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO';
       SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL extra_float_digits = 3`,
    )
    const migrations = await appliedMigrations(client)
    const tables = await listTables(client)
    // Held to the end, so that no other version of the product changes the tables under the copy.
    await client.query(
      `LOCK TABLE ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')} IN ACCESS SHARE MODE`,
    )
    const organisations = await listOrganisations(client)
    options.say(describeNames(organisations.map(({ name }) => name)))
    const written: TableEntry[] = []
    for (const table of tables) {
      const rows = await copyTable(client, archive, table, organisations)
      if (rows > 0) options.say(`${table.name}: ${rows.toLocaleString('en')} rows`)
      written.push({ name: table.name, columns: table.columns, rows })
    }
    const sequences = await readSequences(client)
    const jobs = await readJobs(client)
    const source = await identifySource(client)
    await client.query('COMMIT')
    return { source, migrations, organisations, tables: written, sequences, jobs }
  } finally {
    await client.end().catch(() => {})
  }
}

async function appliedMigrations(client: pg.Client): Promise<Manifest['migrations']> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS there`,
  )
  if (!rows[0]?.there) throw new Refusal('The database holds no Fieldback yet: there is nothing to keep.')
  const applied = await client.query<{ name: string; sha256: string; done: boolean }>(
    `SELECT migration_name AS name, checksum AS sha256, finished_at IS NOT NULL AS done FROM _prisma_migrations
      WHERE rolled_back_at IS NULL ORDER BY 1`,
  )
  const open = applied.rows.find(({ done }) => !done)
  if (open)
    throw new Refusal(`The migration ${open.name} was not finished; start Fieldback once, then back it up.`)
  return applied.rows.map(({ name, sha256 }) => ({ name, sha256 }))
}

/** Tells one database from another, for as long as it is not made again. */
export async function identifySource(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid AS id
       FROM pg_database WHERE datname = current_database()`,
  )
  return rows[0]?.id ?? ''
}

/** Copies one table, organisation by organisation where rows belong to one. Answers the number of rows. */
async function copyTable(
  client: pg.Client,
  archive: ArchiveWriter,
  table: Table,
  organisations: readonly Organisation[],
): Promise<number> {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const from = `SELECT ${columns} FROM ${pg.escapeIdentifier(table.name)}`
  if (table.tenant === null) return copyRows(client, archive, from, `tables/${table.name}`)
  let rows = 0
  for (const { id } of organisations) {
    await setOrganisation(client, id)
    const where = `${from} WHERE ${table.tenant} = ${pg.escapeLiteral(id)}`
    rows += await copyRows(client, archive, where, `tables/${table.name}/${id}`)
  }
  return rows
}

/** Lines of COPY's text format: one a row, since it writes a line break inside a value as \n. */
async function copyRows(
  client: pg.Client,
  archive: ArchiveWriter,
  query: string,
  name: string,
): Promise<number> {
  let held: Buffer[] = []
  let bytes = 0
  let rows = 0
  let part = 0
  const write = async (content: Buffer): Promise<void> => {
    if (content.length === 0) return
    part += 1
    for (let at = content.indexOf(NEWLINE); at >= 0; at = content.indexOf(NEWLINE, at + 1)) rows += 1
    await archive.add(`${name}.${String(part).padStart(5, '0')}.tsv`, content)
  }
  const stream = client.query(copyTo(`COPY (${query}) TO STDOUT`))
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    held.push(chunk)
    bytes += chunk.length
    if (bytes < PART_BYTES) continue
    const all = Buffer.concat(held)
    const cut = all.lastIndexOf(NEWLINE) + 1
    held = [all.subarray(cut)]
    bytes = all.length - cut
    await write(all.subarray(0, cut))
  }
  await write(Buffer.concat(held))
  return rows
}

/** The kept files, as they are now: what a row of the snapshot names is there, or was removed on purpose since. */
async function addFiles(archive: ArchiveWriter, folder: string): Promise<number> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let kept = 0
  for (const entry of found.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name)
    const handle = await open(path, 'r').catch(() => null)
    if (!handle) continue
    try {
      const { size } = await handle.stat()
      const name = `files/${relative(folder, path).split(sep).join('/')}`
      await archive.addStream(
        name,
        size,
        createReadStream(path, { fd: handle, autoClose: false }) as AsyncIterable<Buffer>,
      )
      kept += 1
    } finally {
      await handle.close()
    }
  }
  return kept
}
