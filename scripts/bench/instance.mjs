import { spawn } from 'node:child_process'
import { chmodSync, closeSync, mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandEnv } from '../lib/child-env.mjs'
import { readSecrets, readState } from '../lib/data-folder.mjs'
import { Failure } from '../lib/failure.mjs'
import { findFreePort } from '../lib/ports.mjs'
import { socketFolder } from '../lib/postgres.mjs'
import { lastLines } from '../lib/processes.mjs'
import { databaseUrls } from '../lib/roles.mjs'
import { removeCluster, TEST_FOLDER_PREFIX } from '../lib/test-cluster.mjs'
import { loadPg } from '../lib/workspace-require.mjs'

/**
 * The whole application as `npm start` brings it up, empty, on a port and in a folder of its own: embedded Postgres,
 * production build, web server and worker. Answers `{ url, urls, stop }`; `stop` removes the folder. It stops by itself
 * when this process is killed.
 */
export async function startInstance({ root, env }) {
  const dataDir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX))
  chmodSync(dataDir, 0o711)
  const port = await findFreePort()
  const log = { file: join(dataDir, 'start.log'), from: 0 }
  const child = launch({ root, env, dataDir, port, log })
  const ended = new Promise((done) => child.once('exit', done))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    removeCluster(dataDir)
  }
  try {
    const serving = new Promise((done) => child.once('message', () => done(true)))
    if ((await Promise.race([serving, ended])) !== true)
      throw new Failure('The application did not start for the bench.', lastLines(log))
    const { postgresPort, postgresFolder = join(dataDir, 'postgres') } = readState(dataDir)
    // As the servers reach it: what is measured beside them must not take a longer way.
    const socket = socketFolder(postgresFolder, postgresPort)
    const urls = databaseUrls({ port: postgresPort, secrets: readSecrets(dataDir), socket })
    await requireDurable(root, urls.owner)
    return { url: `http://localhost:${port}`, urls, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function launch({ root, env, dataDir, port, log }) {
  const out = openSync(log.file, 'w')
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    cwd: root,
    // In a group of its own: Ctrl-C reaches the bench alone, which then stops it.
    detached: true,
    env: commandEnv(env, {
      PORT: String(port),
      FIELDBACK_DATA: dataDir,
      FIELDBACK_SEED: 'none',
      LOG_LEVEL: 'info',
    }),
    stdio: ['ignore', out, out, 'ipc'],
  })
  closeSync(out)
  return child
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
