import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { describeProcess, stillRuns } from './process-identity.mjs'

/** What the lock file says, or null: `{ owner, ...facts }`. */
export function readLock(file) {
  try {
    const lock = JSON.parse(readFileSync(file, 'utf8'))
    return lock && typeof lock === 'object' ? lock : null
  } catch {
    return null
  }
}

/** The lock when the process that took it still runs, else null. */
export function readLiveLock(file) {
  const lock = readLock(file)
  return stillRuns(lock?.owner) ? lock : null
}

/**
 * Takes the lock for this process. Answers `{ taken: true, left }`, where `left` is what a dead owner had written,
 * or `{ taken: false, holder }`. A link is atomic, so of two processes only one takes it.
 */
export function takeLock(file, facts = {}) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify({ owner: describeProcess(process.pid), ...facts }), { mode: 0o600 })
  try {
    for (let attempt = 0, left = null; attempt < 5; attempt++) {
      if (linkIfAbsent(draft, file)) return { taken: true, left }
      const holder = readLiveLock(file)
      if (holder) return { taken: false, holder }
      left = setAside(file) ?? left
    }
    return { taken: false, holder: readLock(file) }
  } finally {
    rmSync(draft, { force: true })
  }
}

// Moves a dead owner's lock away and answers what it said. If another process took the lock between our look
// and the move, its lock is put back.
function setAside(file) {
  const aside = `${file}.left-${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return null
  }
  const left = readLock(aside)
  if (stillRuns(left?.owner)) linkIfAbsent(aside, file)
  rmSync(aside, { force: true })
  return left
}

function linkIfAbsent(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Rewrites the facts of a lock that this process holds. A full disk takes no note: what runs must end all the same. */
export function updateLock(file, facts) {
  const next = { ...readLock(file), ...facts, owner: describeProcess(process.pid) }
  try {
    writeFileSync(`${file}.new`, JSON.stringify(next), { mode: 0o600 })
    renameSync(`${file}.new`, file)
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error
    rmSync(`${file}.new`, { force: true })
  }
}

/** Gives the lock back, if this process holds it. */
export function releaseLock(file) {
  if (readLock(file)?.owner?.pid === process.pid) rmSync(file, { force: true })
}

/** Runs `work` while holding the lock, waiting for whoever holds it. */
export async function withLock(file, work) {
  while (!takeLock(file).taken) await new Promise((done) => setTimeout(done, 200))
  try {
    return await work()
  } finally {
    releaseLock(file)
  }
}
