import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { totalmem } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { readState, writeState } from './data-folder.mjs'
import { Failure } from './failure.mjs'
import { findFreePort, portIsFree } from './ports.mjs'
import { canEnter, postgresUser, reachableBinaries, SHARED_FOLDER } from './postgres-binaries.mjs'
import { describeProcess, processIdentity } from './process-identity.mjs'
import { lastLines, processFailure, stopOrphans } from './processes.mjs'
import { loadPg } from './workspace-require.mjs'

const MAJOR = '18'
const READY_MS = 60_000
// A killed postmaster's backends take a moment to notice; until then a new one is refused.
const STILL_IN_USE = /shared memory block .* is still in use|lock file "postmaster.pid" already exists/
const RETRIES = 20

/**
 * Starts the embedded Postgres of a data folder, creating its cluster on first use, and answers
 * `{ handle, port, socket, superuserUrl }` once it accepts connections. The npm wrapper's own class is not used: it
 * stops Postgres as soon as a signal arrives, before the servers that still write to it.
 */
export async function startPostgres({ root, dataDir, password, processes, env, flags = [] }) {
  const place = choosePlace(root, dataDir)
  await clearLeftPostmaster(place.folder)
  if (!existsSync(join(place.folder, 'PG_VERSION')))
    await createCluster({ ...place, password, processes, env })
  requireVersion(place.folder)
  const port = await choosePort(dataDir)
  const superuserUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`
  const socket = socketFolder(place.folder, port)
  const options = { ...place, port, socket, processes, env, flags }
  for (let attempt = 0; ; attempt++) {
    const handle = launch(options)
    const problem = await waitUntilReady(root, handle, superuserUrl)
    if (!problem) return { handle, port, socket, superuserUrl }
    if (attempt === RETRIES || !STILL_IN_USE.test(lastLines(handle.log).join('\n'))) throw problem
    await new Promise((done) => setTimeout(done, 500))
  }
}

// The cluster lies in the data folder unless the user that Postgres must run as cannot come in.
function choosePlace(root, dataDir) {
  const { postgresFolder } = readState(dataDir)
  const usual = join(dataDir, 'postgres')
  const ids = postgresUser(postgresFolder ?? usual)
  const binaries = reachableBinaries(root, ids)
  if (postgresFolder) return { folder: postgresFolder, ids, binaries }
  if (canEnter(dataDir, ids)) return { folder: usual, ids, binaries }
  const elsewhere = join(SHARED_FOLDER, randomUUID(), 'postgres')
  mkdirSync(dirname(elsewhere), { recursive: true })
  // Whatever the umask: the user that Postgres runs as must pass through both.
  chmodSync(SHARED_FOLDER, 0o755)
  chmodSync(dirname(elsewhere), 0o711)
  writeState(dataDir, { postgresFolder: elsewhere })
  return { folder: elsewhere, ids, binaries }
}

// initdb works beside the final place and is renamed into it: a cluster is whole or absent, whatever interrupts.
async function createCluster({ folder, ids, binaries, password, processes, env }) {
  const draft = `${folder}.new`
  const passwordFile = `${folder}.password`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (ids.uid !== undefined) for (const path of [draft, passwordFile]) chownSync(path, ids.uid, ids.gid)
  try {
    await processes.run({
      name: 'postgres-init',
      command: binaries.initdb,
      args: [
        `--pgdata=${draft}`,
        '--username=postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      env: postgresEnv(env),
      cwd: '/',
      ids,
      sentence: 'The embedded Postgres could not create its files',
    })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(draft, folder)
}

const MB = 1024 * 1024

/**
 * Settings of Postgres that a machine of so many bytes of memory bears: its own keep 128 MB of rows and indexes at hand,
 * which a hundred thousand reports outgrow, and write each page whole again after every checkpoint, each five minutes.
 */
export function sizedFor(bytes) {
  const shared = Math.min(2_048, Math.max(128, Math.floor(bytes / 8 / MB)))
  return [`shared_buffers=${shared}MB`, 'checkpoint_timeout=15min', 'max_wal_size=2GB']
}

/** A container is given less than its machine has. */
function memory() {
  const lent = process.constrainedMemory()
  return lent > 0 ? Math.min(lent, totalmem()) : totalmem()
}

function launch({ folder, ids, binaries, port, socket, processes, env, flags }) {
  const settings = [
    'listen_addresses=127.0.0.1',
    // Quoted, since a list is read.
    `unix_socket_directories=${socket ? `"${socket}"` : ''}`,
    'timezone=UTC',
    'log_timezone=UTC',
    'log_checkpoints=off',
    'max_connections=100',
    ...sizedFor(memory()),
    ...flags,
  ]
  return processes.start({
    name: 'postgres',
    kind: 'postgres',
    command: binaries.postgres,
    args: ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    env: postgresEnv(env),
    cwd: '/',
    ids,
  })
}

function postgresEnv(env) {
  return { PATH: env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
}

function requireVersion(folder) {
  const found = readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  if (found === MAJOR) return
  throw new Failure(
    `The database in ${folder} was written by Postgres ${found} and this release runs ${MAJOR}; choose another FIELDBACK_DATA or move its content over.`,
  )
}

/** What a system takes for the path of a socket, in bytes, the zero at its end included: 104 on a Mac, more elsewhere. */
const SOCKET_PATH_MOST = 104

/** Where the socket of a cluster lies: in its own folder, which nobody else may enter; null where the path is too long. */
export function socketFolder(folder, port) {
  const length = Buffer.byteLength(join(folder, `.s.PGSQL.${port}`))
  return process.platform !== 'win32' && length < SOCKET_PATH_MOST && !folder.includes('"') ? folder : null
}

async function choosePort(dataDir) {
  const { postgresPort } = readState(dataDir)
  if (postgresPort && (await portIsFree(postgresPort))) return postgresPort
  const port = await findFreePort()
  writeState(dataDir, { postgresPort: port })
  return port
}

/** Waits for the first connection; answers null, or the Failure that tells why there will be none. */
async function waitUntilReady(root, handle, url) {
  const { Client } = loadPg(root)
  const end = Date.now() + READY_MS
  let exit = null
  handle.exited.then((how) => {
    exit = how
  })
  while (Date.now() < end) {
    if (exit) return processFailure(handle, exit, 'The embedded Postgres did not start')
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return null
    } catch (error) {
      await client.end().catch(() => {})
      if (error.code === '28P01') return passwordFailure(handle)
    }
    await new Promise((done) => setTimeout(done, 40))
  }
  return new Failure(
    `The embedded Postgres did not answer within ${READY_MS / 1000} s.`,
    lastLines(handle.log),
  )
}

function passwordFailure(handle) {
  return new Failure(
    `The database does not accept the password in secrets.json; put back the secrets.json it was created with (log: ${handle.log.file}).`,
  )
}

/**
 * Deals with the postmaster.pid of a launcher that was killed: stops the postmaster if it still serves this folder;
 * removes the file if its number now belongs to another program, which Postgres itself would take for a postmaster.
 */
async function clearLeftPostmaster(folder) {
  const file = join(folder, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!processIdentity(pid)) return
  const command = commandOf(pid)
  if (servesFolder(command, folder)) await stopOrphans([{ kind: 'postgres', ...describeProcess(pid) }])
  else if (process.platform === 'linux' || !isPostgres(command)) rmSync(file, { force: true })
}

/** The words of a running command; where the system only gives one line, that line. */
function commandOf(pid) {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  return [execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()]
}

function isPostgres([program]) {
  return basename(program.split(' -')[0]).startsWith('postgres')
}

function servesFolder(command, folder) {
  if (!isPostgres(command)) return false
  if (command.length === 1) return command[0].includes(` -D ${folder} `)
  const served = command[command.indexOf('-D') + 1]
  return existsSync(served) && realpathSync(served) === realpathSync(folder)
}
