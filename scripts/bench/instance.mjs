import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandEnv } from '../lib/child-env.mjs'
import { readSecrets, readState } from '../lib/data-folder.mjs'
import { Failure } from '../lib/failure.mjs'
import { lockFile } from '../lib/instance.mjs'
import { readLock } from '../lib/lock.mjs'
import { findFreePort } from '../lib/ports.mjs'
import { createProcesses, processFailure } from '../lib/processes.mjs'
import { databaseUrls } from '../lib/roles.mjs'
import { removeCluster, TEST_FOLDER_PREFIX } from '../lib/test-cluster.mjs'
import { loadPg } from '../lib/workspace-require.mjs'

/**
 * The whole application as `npm start` brings it up, empty, on a port and in a folder of its own: embedded Postgres,
 * production build, web server and worker. Answers `{ url, urls, stop }`; `stop` removes the folder.
 */
export async function startInstance({ root, env }) {
  const dataDir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX))
  chmodSync(dataDir, 0o711)
  const processes = createProcesses({ logDir: join(dataDir, 'bench-logs') })
  const port = await findFreePort()
  const handle = processes.start({
    name: 'server',
    kind: 'launcher',
    command: process.execPath,
    args: [join(root, 'scripts', 'start.mjs')],
    env: commandEnv(env, {
      PORT: String(port),
      FIELDBACK_DATA: dataDir,
      FIELDBACK_SEED: 'none',
      LOG_LEVEL: 'info',
    }),
    cwd: root,
  })
  const stop = async () => {
    await processes.stopAll()
    removeCluster(dataDir)
  }
  try {
    await untilServing(handle, lockFile(dataDir))
    const urls = databaseUrls({ port: readState(dataDir).postgresPort, secrets: readSecrets(dataDir) })
    await requireDurable(root, urls.owner)
    return { url: `http://localhost:${port}`, urls, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function untilServing(handle, lock) {
  let exit = null
  handle.exited.then((how) => {
    exit = how
  })
  while (readLock(lock)?.state !== 'serving') {
    if (exit) throw processFailure(handle, exit, 'The application did not start for the bench')
    await new Promise((done) => setTimeout(done, 200))
  }
}

/** Figures of a database that may lose what it said it kept are worth nothing. */
async function requireDurable(root, url) {
  const client = new (loadPg(root).Client)({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(
      `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting <> 'on'`,
    )
    if (rows.length > 0) throw new Failure(`The database runs with ${rows[0].name} ${rows[0].setting}.`)
  } finally {
    await client.end()
  }
}
