import { join } from 'node:path'
import { requireWritableFolder } from './data-folder.mjs'
import { Failure } from './failure.mjs'
import { readLiveLock, readLock, takeLock, updateLock } from './lock.mjs'
import { requireFreePort } from './ports.mjs'
import { stopOrphans } from './processes.mjs'

// A launcher whose npm was killed needs a moment to notice; one that is stopping is waited for.
const NOTICE_MS = 2_000
const CLOSING_MS = 3_000
const STOPPING_MS = 75_000

/** State of a folder whose database a backup or a restore has started for itself. */
export const LENT = 'lent'

/** The file that says which launcher uses a data folder, and what it started. */
export function lockFile(dataDir) {
  return join(dataDir, 'launcher.json')
}

/**
 * What can be refused before anything is installed or started: an unusable data folder, a launcher that already
 * runs on it, a port that is taken. Throws a Failure.
 */
export async function checkPlace({ dataDir, port }) {
  requireWritableFolder(dataDir)
  const file = lockFile(dataDir)
  await waitForHolder(file)
  // After kill -9 the port may be held by what that launcher started; taking the folder over stops it first.
  if (!readLock(file)) await requireFreePort(port)
}

/** Takes the data folder for this process, stopping what a killed launcher left behind. Throws a Failure. */
export async function takePlace({ dataDir, port }) {
  requireWritableFolder(dataDir)
  const file = lockFile(dataDir)
  await waitForHolder(file)
  const lock = takeLock(file, { port, state: 'starting' })
  if (!lock.taken) throw inUse(lock.holder, dataDir)
  const left = lock.left?.children ?? []
  // Written again at once: until they have stopped, another kill -9 must not lose them.
  updateLock(file, { children: left })
  await stopOrphans([...left].reverse())
  await requireFreePort(port, left.length > 0 ? CLOSING_MS : 0)
}

async function waitForHolder(file) {
  const start = Date.now()
  for (;;) {
    const holder = readLiveLock(file)
    if (!holder || holder.owner.pid === process.pid) return
    const patience = holder.state === 'stopping' ? STOPPING_MS : NOTICE_MS
    if (Date.now() - start > patience) throw inUse(holder, join(file, '..'))
    await new Promise((done) => setTimeout(done, 100))
  }
}

function inUse(holder, dataDir) {
  if (holder?.state === LENT) {
    return new Failure(
      `A backup or a restore is using ${dataDir} (process ${holder.owner.pid}); try again when it has ended.`,
    )
  }
  return new Failure(
    `Fieldback already runs on ${dataDir} (process ${holder?.owner?.pid}, port ${holder?.port}); stop it, or set another FIELDBACK_DATA and PORT.`,
  )
}
