import { join } from 'node:path'
import { commandEnv } from './child-env.mjs'
import { readState, writeState } from './data-folder.mjs'
import { urlEnv } from './database-steps.mjs'
import { loadPg } from './workspace-require.mjs'

/** Seeds the demonstration organisation once into each database. Answers whether it did. */
export async function seedDemo({ root, dataDir, processes, env, urls }) {
  const database = await identifyDatabase(root, urls.owner)
  const { seeded = [] } = readState(dataDir)
  if (seeded.includes(database)) return false
  await processes.run({
    name: 'seed',
    command: process.execPath,
    args: [join(root, 'prisma', 'seed', 'demo.ts')],
    env: commandEnv(env, { ...urlEnv(urls), FIELDBACK_DATA: dataDir }),
    cwd: root,
    sentence: 'The demonstration organisation could not be created',
  })
  writeState(dataDir, { seeded: [...seeded, database] })
  return true
}

/** Notes that a database has what it needs: the demonstration is then never added to it. */
export async function noteSeeded({ root, dataDir, urls }) {
  const database = await identifyDatabase(root, urls.owner)
  const { seeded = [] } = readState(dataDir)
  if (!seeded.includes(database)) writeState(dataDir, { seeded: [...seeded, database] })
}

// A database that was dropped and made again has another number, and is seeded again.
async function identifyDatabase(root, url) {
  const client = new (loadPg(root).Client)({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || oid AS id
       FROM pg_database WHERE datname = current_database()`,
    )
    return rows[0].id
  } finally {
    await client.end()
  }
}
