import { once } from 'node:events'
import pg from 'pg'
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams'
import { damaged, readParts, verifyBackup } from './archive-reader.ts'
import { emptyDatabase } from './empty-database.ts'
import { placeFiles, stageFiles } from './kept-files.ts'
import type { Manifest, TableEntry } from './manifest.ts'
import {
  applyMigrations,
  MIGRATIONS_TABLE,
  type Migration,
  planMigrations,
  readMigrations,
} from './migrations.ts'
import { describeContent, describeNames, setOrganisation } from './organisations.ts'
import { databaseRefusal, Refusal } from './refusal.ts'
import { advanceSequences, listTables, STAMP_TRIGGER, type Table } from './tables.ts'
import { identifySource } from './take-backup.ts'
import { prepareQueue, replaceJobs } from './waiting-jobs.ts'

export type RestoreOptions = {
  readonly file: string
  readonly ownerUrl: string
  /** Roles of the application and the worker: none of them may be connected. */
  readonly roles: readonly string[]
  readonly filesDir: string
  /** Overwrites a database that holds organisations. */
  readonly replace: boolean
  readonly say: (line: string) => void
  /** Another folder of migrations, for tests. */
  readonly migrations?: string
}

/**
 * Puts a backup in the place of what a database holds, in one transaction: until its end, whatever interrupts leaves
 * the database as it was. Each organisation gets a new epoch, so that phones fetch everything again and send what this
 * copy does not know. Rights are prepared afterwards (prisma/prepare.ts). Refuses in one sentence.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { file, say } = options
  const manifest = await verifyBackup(file)
  const plan = planMigrations(await readMigrations(options.migrations), manifest, file)
  say(`${describeNames(manifest.organisations.map(({ name }) => name))}, kept on ${manifest.takenAt}`)
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'fieldback-restore' })
  client.on('error', () => {})
  try {
    await client.connect()
    await requireFree(client, options, manifest)
    await prepareQueue(options.ownerUrl)
    const staged = await stageFiles(file, options.filesDir)
    try {
      await client.query(
        `BEGIN; SET LOCAL lock_timeout = '15s'; SET LOCAL statement_timeout = 0; SET LOCAL timezone = 'UTC';
         SET LOCAL datestyle = 'ISO'; SET LOCAL idle_in_transaction_session_timeout = 0`,
      )
      const transaction = await transactionId(client)
      await rebuild(client, options, manifest, plan)
      await noteRestored(client, manifest)
      // A migration that ended the transaction would leave half a database to whoever stops us.
      if ((await transactionId(client)) !== transaction)
        throw new Error('a migration ends its own transaction')
      await placeFiles(staged)
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      await staged.discard()
      throw error
    }
    await staged.finish()
    for (const { name } of await listTables(client))
      await client.query(`ANALYZE ${pg.escapeIdentifier(name)}`)
    return manifest
  } catch (error) {
    throw databaseRefusal(error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** One restore at a time, nobody of ours connected, and nothing overwritten that was not meant to be. */
async function requireFree(client: pg.Client, options: RestoreOptions, manifest: Manifest): Promise<void> {
  const { rows: lock } = await client.query<{ taken: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('fieldback'), hashtext('restore')) AS taken`,
  )
  if (!lock[0]?.taken) throw new Refusal('Another restore runs on this database; wait for its end.')
  const { rows: busy } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY ($1::text[])`,
    [options.roles],
  )
  if (busy[0]?.n) {
    throw new Refusal(
      `The application is connected to this database (${busy[0].n} connections); stop it, then restore.`,
    )
  }
  await client.query('BEGIN READ ONLY')
  const content = await describeContent(client).finally(() => client.query('COMMIT'))
  if (content === null) return
  if (options.replace) {
    const foreign = (await identifySource(client)) !== manifest.source
    options.say(`Replacing ${content}${foreign ? ', with the backup of another installation' : ''}`)
    return
  }
  throw new Refusal(
    `The database holds ${content}. Nothing was changed; to replace all of it by the backup, add --replace.`,
  )
}

const transactionId = async (client: pg.Client): Promise<string> =>
  (await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')).rows[0]?.id ?? ''

type Plan = { readonly before: readonly Migration[]; readonly after: readonly Migration[] }

/** The tables as the backup knew them, their rows, then what this release adds to them. */
async function rebuild(
  client: pg.Client,
  { file, say }: RestoreOptions,
  manifest: Manifest,
  { before, after }: Plan,
): Promise<void> {
  await emptyDatabase(client)
  await client.query(MIGRATIONS_TABLE)
  await applyMigrations(client, before)
  const tables = await listTables(client)
  for (const table of tables) await openTable(client, table)
  await loadTables(client, file, manifest, say)
  await client.query('UPDATE organisation SET epoch = gen_random_uuid()')
  await advanceSequences(client, manifest.sequences)
  await replaceJobs(client, manifest.jobs)
  for (const table of tables) await closeTable(client, table)
  if (after.length > 0) say(`Bringing it up to date: ${after.map(({ name }) => name).join(', ')}`)
  await applyMigrations(client, after)
}

/** A line in the journal of each organisation, with the present tables: an older copy has been brought up to date. */
async function noteRestored(client: pg.Client, { organisations, takenAt }: Manifest): Promise<void> {
  for (const { id } of organisations) {
    await setOrganisation(client, id)
    await client.query(
      `INSERT INTO audit_event (org_id, id, action, subject_id, detail)
       VALUES ($1, gen_random_uuid(), 'org.restore', $1, $2)`,
      [id, JSON.stringify({ takenAt })],
    )
  }
}

// Rows are copied as they were: row-level security and triggers are put aside for this transaction, but for the trigger
// that stamps rows with its number. What a trigger derives is in the backup itself.
async function openTable(client: pg.Client, { name, tenant, stamped }: Table): Promise<void> {
  const table = `ALTER TABLE ${pg.escapeIdentifier(name)}`
  if (tenant !== null) await client.query(`${table} NO FORCE ROW LEVEL SECURITY`)
  await client.query(`${table} DISABLE TRIGGER USER`)
  if (stamped) await client.query(`${table} ENABLE TRIGGER ${STAMP_TRIGGER}`)
}

async function closeTable(client: pg.Client, { name, tenant }: Table): Promise<void> {
  const table = `ALTER TABLE ${pg.escapeIdentifier(name)}`
  await client.query(`${table} ENABLE TRIGGER USER`)
  if (tenant !== null) await client.query(`${table} FORCE ROW LEVEL SECURITY`)
}

/** One COPY a table, over all its parts: a row may refer to another of its own table in a later part. */
async function loadTables(
  client: pg.Client,
  file: string,
  { tables, entries }: Manifest,
  say: RestoreOptions['say'],
): Promise<void> {
  const known = new Map(tables.map((table) => [table.name, table]))
  let loading = null as Loading | null
  for await (const { name: part, content } of readParts(file)) {
    const name = /^tables\/([^/.]+)/.exec(part)?.[1]
    const table = known.get(name ?? '')
    if (!table || !entries[part]) {
      for await (const _ of content);
      continue
    }
    if (loading?.table !== table) {
      if (loading) await endLoading(loading, file, say)
      loading = startLoading(client, table)
    }
    await feed(loading, content)
  }
  if (loading) await endLoading(loading, file, say)
}

type Loading = {
  readonly table: TableEntry
  readonly stream: CopyStreamQuery
  /** Rejects when the database refuses a row or goes away, whatever is waited for then. */
  readonly failed: Promise<never>
}

function startLoading(client: pg.Client, table: TableEntry): Loading {
  const columns = table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const stream = client.query(copyFrom(`COPY ${pg.escapeIdentifier(table.name)} (${columns}) FROM STDIN`))
  const failed = new Promise<never>((_, fail) => stream.once('error', fail))
  failed.catch(() => {})
  return { table, stream, failed }
}

async function feed({ stream, failed }: Loading, content: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of content)
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), failed])
}

async function endLoading(
  { table, stream, failed }: Loading,
  file: string,
  say: RestoreOptions['say'],
): Promise<void> {
  const ended = once(stream, 'finish')
  stream.end()
  await Promise.race([ended, failed])
  if (stream.rowCount !== table.rows) throw damaged(file, `tables/${table.name}`)
  say(`${table.name}: ${table.rows.toLocaleString('en')} rows`)
}
