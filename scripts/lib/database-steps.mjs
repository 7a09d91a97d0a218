import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandEnv } from './child-env.mjs'
import { withLock } from './lock.mjs'
import { clientHash, stampMatches, writeStamp } from './stamps.mjs'
import { cacheFile } from './workspace-cache.mjs'
import { loadPg } from './workspace-require.mjs'

/** Generates the database client unless it was generated from this very schema. Answers whether it worked. */
export async function generateClient({ root, processes, env }) {
  const output = join(root, 'packages', 'db', 'src', 'generated')
  const stamp = join(output, '.made-from')
  const hash = clientHash(root)
  if (stampMatches(stamp, hash)) return false
  return withLock(cacheFile(root, 'generate.lock'), async () => {
    if (stampMatches(stamp, hash)) return false
    await processes.run({
      name: 'prisma-generate',
      command: process.execPath,
      args: [join(root, 'prisma', 'engine', 'prisma.mjs'), 'generate'],
      // The schema is read, no database is: the address only has to be there.
      env: commandEnv(env, { DATABASE_OWNER_URL: 'postgresql://nobody:nothing@127.0.0.1:1/none' }),
      cwd: root,
      sentence: 'The database client could not be generated',
    })
    writeStamp(stamp, hash)
    return true
  })
}

/** Brings the database to this release's migrations, then prepares roles' rights and the job queue. */
export async function migrateDatabase({ root, processes, env, urls }) {
  if (!(await migrationsAreApplied(root, urls.owner))) {
    await processes.run({
      name: 'migrate',
      command: process.execPath,
      args: [join(root, 'prisma', 'engine', 'prisma.mjs'), 'migrate', 'deploy'],
      env: commandEnv(env, { DATABASE_OWNER_URL: urls.owner }),
      cwd: root,
      sentence: 'The database could not be brought up to date',
    })
  }
  await processes.run({
    name: 'prepare',
    command: process.execPath,
    args: [join(root, 'prisma', 'prepare.ts')],
    env: commandEnv(env, urlEnv(urls)),
    cwd: root,
    sentence: 'The rights and the job queue could not be prepared',
  })
}

/** The names under which a program of ours finds the three addresses. */
export function urlEnv(urls) {
  return { DATABASE_URL: urls.app, DATABASE_OWNER_URL: urls.owner, DATABASE_DIRECT_URL: urls.worker }
}

/**
 * True when every migration folder stands finished in Prisma's own table with the checksum of its file, and nothing
 * else does. Anything else is left to `migrate deploy`, which knows what to say. Spares its start-up each time.
 */
async function migrationsAreApplied(root, url) {
  const expected = migrationChecksums(join(root, 'prisma', 'migrations'))
  const { Client } = loadPg(root)
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL',
    )
    const matching = rows.filter(
      (row) => row.finished_at && expected.get(row.migration_name) === row.checksum,
    )
    return matching.length === rows.length && rows.length === expected.size
  } catch (error) {
    if (error.code === '42P01') return false
    throw error
  } finally {
    await client.end()
  }
}

function migrationChecksums(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const files = names
    .map((name) => [name, join(folder, name, 'migration.sql')])
    .filter(([, file]) => existsSync(file))
  return new Map(
    files.map(([name, file]) => [name, createHash('sha256').update(readFileSync(file)).digest('hex')]),
  )
}
