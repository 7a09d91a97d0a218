import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSecrets } from '../lib/data-folder.mjs'
import { migrateDatabase } from '../lib/database-steps.mjs'
import { portIsFree } from '../lib/ports.mjs'
import { startPostgres } from '../lib/postgres.mjs'
import { createProcesses } from '../lib/processes.mjs'
import { createRoles, databaseUrls } from '../lib/roles.mjs'
import { removeCluster } from '../lib/test-cluster.mjs'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const TEMPLATE = 'fieldback_template'

/**
 * A Postgres of a test's own, which it may kill, with the template that test worlds are cloned from: its addresses are in
 * this process' environment until it is stopped.
 */
export async function startOwnCluster(flags = []) {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldback-own-'))
  chmodSync(dataDir, 0o711)
  const { env } = process
  const secrets = readSecrets(dataDir)
  const processes = createProcesses({ logDir: join(dataDir, 'logs') })
  const start = () => startPostgres({ root, dataDir, password: secrets.superuser, processes, env, flags })
  const stop = async () => {
    await processes.stopAll()
    removeCluster(dataDir)
  }
  try {
    let running = await start()
    const { superuserUrl, port } = running
    await createRoles({ root, superuserUrl, secrets, database: TEMPLATE, cloning: true })
    const urls = databaseUrls({ port, secrets, database: TEMPLATE })
    await migrateDatabase({ root, processes, env, urls })
    env.TEST_DATABASE_OWNER_URL = urls.owner
    env.TEST_DATABASE_APP_URL = urls.app
    env.TEST_DATABASE_WORKER_URL = urls.worker
    /** kill -9 of the server, and a new start on what it left. */
    const killAndStart = async () => {
      process.kill(running.handle.pid, 'SIGKILL')
      await running.handle.exited
      // Its backends hold the port for as long as they have not noticed: another port would be another server.
      for (const end = Date.now() + 30_000; Date.now() < end && !(await portIsFree(running.port)); )
        await new Promise((done) => setTimeout(done, 100))
      running = await start()
    }
    return { dataDir, processes, superuserUrl, port, secrets, killAndStart, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
