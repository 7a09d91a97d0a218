/** Something the person who typed the command can act on: one sentence. Anything else is a defect of ours. */
export class Refusal extends Error {}

/** The disk, a quota, or the largest file that this user may write. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG'])
const NOT_ALLOWED = new Set(['EACCES', 'EPERM', 'EROFS'])
/** SQLSTATE classes and codes of a server that is gone, going or refuses: 08, 57P and the socket's own. */
const DATABASE_GONE = /^(08|57P)|^ECONNRESET$|^ECONNREFUSED$|^EPIPE$/

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** The sentence for a file that could not be written; the error itself when it is none of the known ones. */
export function writeRefusal(error: unknown, place: string): unknown {
  const code = codeOf(error)
  if (NO_ROOM.has(code))
    return new Refusal(
      `There is no room for ${place}: the disk or a quota is full. Make room, then run it again.`,
    )
  if (NOT_ALLOWED.has(code)) return new Refusal(`This user may not write ${place}; choose another place.`)
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new Refusal(`There is no folder to write ${place} in; create it first.`)
  return error
}

/** The sentence for a database that stopped answering or refused; the error itself when it is none of the known ones. */
export function databaseRefusal(error: unknown): unknown {
  const code = codeOf(error)
  // 53100: the database server's own disk.
  if (code === '53100') return new Refusal('The disk of the database is full; make room, then run it again.')
  if (code === '55P03')
    return new Refusal('Another program uses the database; close it, then run the command again.')
  if (DATABASE_GONE.test(code) || /Connection terminated/.test(error instanceof Error ? error.message : ''))
    return new Refusal('The database stopped answering; start it, then run the command again.')
  return error
}
