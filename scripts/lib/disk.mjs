import { statfsSync } from 'node:fs'

/** With less than this a database takes no more rows, or is about to. */
const FREE_LEAST = 64 * 1024 * 1024

/**
 * A sentence when the disk of a folder is as good as full, which is then most likely why a command failed; null
 * otherwise, and where it cannot be seen. `look` answers `{ bavail, bsize }`.
 */
export function diskShortage(folder, look = statfsSync) {
  try {
    const { bavail, bsize } = look(folder)
    const free = bavail * bsize
    if (free >= FREE_LEAST) return null
    const left = Math.floor(free / 1024 / 1024)
    return `The disk that holds ${folder} is full (${left} MB left): free some space, then run the command again.`
  } catch {
    return null
  }
}
