import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readSecrets, readState } from './data-folder.mjs'
import { generateClient, migrateDatabase } from './database-steps.mjs'
import { readLiveLock, readLock, takeLock, updateLock } from './lock.mjs'
import { startPostgres } from './postgres.mjs'
import { createProcesses, stopOrphans } from './processes.mjs'
import { createRoles, databaseUrls } from './roles.mjs'

export const TEST_FOLDER_PREFIX = 'fieldback-test-'
const TEMPLATE = 'fieldback_template'
const LOCK = 'launcher.json'
// Nothing in a test cluster has to outlive a power cut.
const FAST = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
  // To drop a database, of which there are many, is to look through all of it.
  'shared_buffers=256MB',
]

/**
 * Starts a Postgres for tests in a folder of its own, with the three roles and one migrated template database that
 * tests clone. Answers `{ env, stop }`: `env` holds the TEST_DATABASE_* addresses of the template.
 */
export async function startTestCluster({ root, env = process.env }) {
  await removeLeftClusters()
  const dataDir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX))
  chmodSync(dataDir, 0o711)
  takeLock(join(dataDir, LOCK))
  const processes = createProcesses({
    logDir: join(dataDir, 'logs'),
    onChange: (children) => updateLock(join(dataDir, LOCK), { children }),
  })
  const stop = async () => {
    await processes.stopAll()
    removeCluster(dataDir)
  }
  try {
    const secrets = readSecrets(dataDir)
    const password = secrets.superuser
    const { port, socket, superuserUrl } = await startPostgres({
      root,
      dataDir,
      password,
      processes,
      env,
      flags: FAST,
    })
    await createRoles({ root, superuserUrl, secrets, database: TEMPLATE, cloning: true })
    const urls = databaseUrls({ port, secrets, database: TEMPLATE, socket })
    await generateClient({ root, processes, env })
    await migrateDatabase({ root, processes, env, urls })
    return { env: testEnv(urls), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function testEnv(urls) {
  return {
    TEST_DATABASE_OWNER_URL: urls.owner,
    TEST_DATABASE_APP_URL: urls.app,
    TEST_DATABASE_WORKER_URL: urls.worker,
  }
}

/** Removes a test's data folder, wherever its database lies. */
export function removeCluster(dataDir) {
  const { postgresFolder } = readState(dataDir)
  if (postgresFolder) rmSync(dirname(postgresFolder), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
}

// Clusters of test runs that were killed.
async function removeLeftClusters() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(TEST_FOLDER_PREFIX))) {
    const dataDir = join(tmpdir(), name)
    const lock = readLock(join(dataDir, LOCK))
    if (!lock || readLiveLock(join(dataDir, LOCK))) continue
    await stopOrphans([...(lock.children ?? [])].reverse())
    removeCluster(dataDir)
  }
}
