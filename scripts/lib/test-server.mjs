import { chmodSync, cpSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { commandEnv } from './child-env.mjs'
import { lockFile } from './instance.mjs'
import { readLock } from './lock.mjs'
import { findFreePort } from './ports.mjs'
import { processFailure } from './processes.mjs'
import { removeCluster, TEST_FOLDER_PREFIX } from './test-cluster.mjs'

/**
 * Starts the whole application as `npm start` does, on a free port and a data folder of its own, and answers
 * `{ url, dataDir, stop }` once it serves. `stop` removes the folder.
 */
export async function startTestServer({ root, processes, env, name }) {
  const dataDir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX))
  chmodSync(dataDir, 0o711)
  const port = await findFreePort()
  const handle = processes.start({
    name,
    kind: 'launcher',
    command: process.execPath,
    args: [join(root, 'scripts', 'start.mjs')],
    env: commandEnv(env, { PORT: String(port), FIELDBACK_DATA: dataDir, FIELDBACK_SEED: 'demo' }),
    cwd: root,
  })
  const stop = async () => {
    await processes.stop(handle)
    // What the servers wrote is needed when a journey failed.
    if (existsSync(join(dataDir, 'logs')))
      cpSync(join(dataDir, 'logs'), join(dirname(handle.log.file), `${name}-logs`), { recursive: true })
    removeCluster(dataDir)
  }
  try {
    await untilServing(handle, lockFile(dataDir))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `http://localhost:${port}`, dataDir, stop }
}

// The launcher gives up by itself when a step takes too long, so its end is the only other outcome.
async function untilServing(handle, lock) {
  let exit = null
  handle.exited.then((how) => {
    exit = how
  })
  while (readLock(lock)?.state !== 'serving') {
    if (exit) throw processFailure(handle, exit, 'The application did not start for the browser tests')
    await new Promise((done) => setTimeout(done, 200))
  }
}
