import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { Failure } from './failure.mjs'

const REASONS = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  ENOENT: 'no folder can be made there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file stands where a folder is needed',
  EEXIST: 'a file stands where a folder is needed',
}

/** Creates the data folder if needed and proves that a file can be written in it; throws a Failure. */
export function requireWritableFolder(folder) {
  try {
    const fresh = !existsSync(folder)
    makeFolder(folder)
    // Postgres runs as another user when the launcher is root, and must be able to pass through.
    if (fresh) chmodSync(folder, process.getuid?.() === 0 ? 0o711 : 0o700)
    if (!existsSync(join(folder, 'logs'))) mkdirSync(join(folder, 'logs'), { mode: 0o700 })
    const probe = join(folder, `.probe-${process.pid}`)
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (error) {
    const reason = REASONS[error.code] ?? error.message
    throw new Failure(`Cannot write in ${folder}: ${reason}; set FIELDBACK_DATA to a folder of your own.`)
  }
}

// One level at a time: Node's recursive mkdir never returns on a file system that refuses new folders, such as /proc.
function makeFolder(folder) {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder)
}

/** The random passwords of this installation, created on first use and readable by its owner only. */
export function readSecrets(folder) {
  const file = join(folder, 'secrets.json')
  if (!existsSync(file)) {
    const made = Object.fromEntries(
      ['superuser', 'owner', 'app', 'worker', 'session'].map((name) => [
        name,
        randomBytes(32).toString('hex'),
      ]),
    )
    writeOnce(file, `${JSON.stringify(made, null, 2)}\n`)
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Failure(`${file} cannot be read; put it back from a copy, or choose another FIELDBACK_DATA.`)
  }
}

// Never replaces secrets that another process has just written: the database was created with them.
function writeOnce(file, text) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Small facts kept between starts: the port of the embedded Postgres, where its files are, what was seeded. */
export function readState(folder) {
  try {
    return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8'))
  } catch {
    return {}
  }
}

/** Merges `patch` into the state, in one rename so that kill -9 never leaves half a file. */
export function writeState(folder, patch) {
  const file = join(folder, 'state.json')
  writeFileSync(`${file}.new`, `${JSON.stringify({ ...readState(folder), ...patch }, null, 2)}\n`)
  renameSync(`${file}.new`, file)
}
