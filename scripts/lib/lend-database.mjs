import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSecrets, readState, requireWritableFolder } from './data-folder.mjs'
import { checkExternalDatabase } from './external-database.mjs'
import { Failure } from './failure.mjs'
import { LENT, lockFile } from './instance.mjs'
import { readLiveLock, releaseLock, takeLock, updateLock } from './lock.mjs'
import { startPostgres } from './postgres.mjs'
import { createProcesses, stopOrphans } from './processes.mjs'
import { createRoles, databaseUrls } from './roles.mjs'

// A start or another backup holds the folder for a while; longer than this it is stuck.
const PATIENCE_MS = 10 * 60_000

/**
 * Runs `work({ urls, processes })` on the database of a data folder, or on the one that the settings name. The embedded
 * one is started for it when nothing runs, and used as it is otherwise; `alone` refuses a folder that is in use and
 * makes a database where there is none. Whatever was started is stopped at the end, and when `stop` resolves.
 */
export async function lendDatabase({ root, settings, env, alone, stop }, work) {
  const { dataDir, external } = settings
  if (alone) requireWritableFolder(dataDir)
  else if (!external) requireCluster(dataDir)
  if (!alone && external) return await Promise.race([work({ urls: external }), stop])
  const lock = await takeFolder({ dataDir, alone })
  if (lock === null) {
    const urls = databaseUrls({ port: readState(dataDir).postgresPort, secrets: readSecrets(dataDir) })
    return await Promise.race([work({ urls }), stop])
  }
  const file = lockFile(dataDir)
  const processes = createProcesses({
    logDir: join(dataDir, 'logs'),
    onChange: (children) => updateLock(file, { children }),
  })
  try {
    await stopOrphans([...(lock.left?.children ?? [])].reverse())
    const lent = async () => work({ urls: await openDatabase({ root, settings, env, processes }), processes })
    return await Promise.race([lent(), stop])
  } finally {
    await processes.stopAll()
    releaseLock(file)
  }
}

function requireCluster(dataDir) {
  if (existsSync(join(dataDir, 'postgres')) || readState(dataDir).postgresFolder) return
  throw new Failure(
    `No database was made in ${dataDir} yet; set FIELDBACK_DATA to the folder of an installation.`,
  )
}

/** The lock of a folder that nobody uses; null for one that a running instance serves from. Throws a Failure. */
async function takeFolder({ dataDir, alone }) {
  const file = lockFile(dataDir)
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const holder = readLiveLock(file)
    if (holder?.state === 'serving' && !alone) return null
    if (!holder) {
      const lock = takeLock(file, { state: LENT })
      if (lock.taken) return lock
    } else if (alone || Date.now() > end) {
      throw new Failure(
        `Fieldback runs on ${dataDir} (process ${holder.owner.pid}); stop it, then run this again.`,
      )
    }
    await new Promise((done) => setTimeout(done, 200))
  }
}

async function openDatabase({ root, settings, env, processes }) {
  const { dataDir, external } = settings
  if (external) {
    await checkExternalDatabase({ root, external })
    return external
  }
  const secrets = readSecrets(dataDir)
  const { port, superuserUrl } = await startPostgres({
    root,
    dataDir,
    password: secrets.superuser,
    processes,
    env,
  })
  await createRoles({ root, superuserUrl, secrets })
  return databaseUrls({ port, secrets })
}
