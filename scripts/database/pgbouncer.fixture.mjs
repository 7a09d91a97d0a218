import { spawnSync } from 'node:child_process'
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { Failure } from '../lib/failure.mjs'
import { withLock } from '../lib/lock.mjs'
import { findFreePort } from '../lib/ports.mjs'
import { postgresUser } from '../lib/postgres-binaries.mjs'
import { cacheFile } from '../lib/workspace-cache.mjs'
import { loadPg } from '../lib/workspace-require.mjs'

/** The package and, of what it needs, that which a bare Debian lacks: names changed from one release to the next. */
const PACKAGES = [['pgbouncer'], ['libc-ares2', 'libcares2'], ['libevent-2.1-7', 'libevent-2.1-7t64']]

/**
 * A PgBouncer that runs here, `{ path, env, version }`: the one that is installed, else the one of Debian's packages, fetched
 * by apt once and unpacked beside the checkout. Throws a Failure when there is none: nothing else stands for it.
 */
async function findPgBouncer(root, env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/sbin']
  const installed = folders.map((folder) => join(folder, 'pgbouncer')).find((path) => existsSync(path))
  const found = asked(installed, {}) ?? asked(...(await unpackOnce(root)))
  if (found) return found
  throw new Failure(
    'No PgBouncer runs here, and apt cannot fetch it; install one, such as with apt-get install pgbouncer, then run the tests again.',
  )
}

function asked(path, env) {
  if (!path) return null
  const said = spawnSync(path, ['--version'], { env, encoding: 'utf8' })
  const version = /^PgBouncer (\d+)\.(\d+)/m.exec(said.stdout ?? '')
  return version ? { path, env, version: [Number(version[1]), Number(version[2])] } : null
}

async function unpackOnce(root) {
  const folder = cacheFile(root, 'pgbouncer')
  await withLock(cacheFile(root, 'pgbouncer.lock'), () => {
    if (!existsSync(folder)) unpack(folder)
  })
  const libraries = ['x86_64', 'aarch64'].map((machine) => join(folder, 'usr', 'lib', `${machine}-linux-gnu`))
  return [join(folder, 'usr', 'sbin', 'pgbouncer'), { LD_LIBRARY_PATH: libraries.join(':') }]
}

function unpack(folder) {
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft)
  const run = (command, args) => spawnSync(command, args, { cwd: draft, encoding: 'utf8' }).status === 0
  const fetched = () => PACKAGES.every((names) => names.some((name) => run('apt-get', ['download', name])))
  // A bare machine knows of no package before.
  if (!fetched() && !(run('apt-get', ['update']) && fetched())) return
  for (const file of readdirSync(draft).filter((name) => name.endsWith('.deb')))
    if (!run('dpkg-deb', ['-x', file, draft])) return
  renameSync(draft, folder)
}

/** A pooler in transaction mode before a Postgres, with so many connections to it. Answers `{ port, version }`. */
export async function startPgBouncer({ root, cluster, users, size }) {
  const { path, env, version } = await findPgBouncer(root)
  const ids = postgresUser(join(cluster.dataDir, 'postgres'))
  const folder = join(cluster.dataDir, 'pgbouncer')
  // The user that it runs as may not come into the checkout.
  mkdirSync(folder)
  cpSync(path, join(folder, 'pgbouncer'))
  const libraries = (env.LD_LIBRARY_PATH ?? '').split(':').filter((one) => one && existsSync(one))
  for (const library of libraries)
    cpSync(library, join(folder, 'lib'), { recursive: true, verbatimSymlinks: true })
  const port = await findFreePort()
  writeFileSync(join(folder, 'users.txt'), users.map(([name, word]) => `"${name}" "${word}"\n`).join(''))
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=127.0.0.1 port=${cluster.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${size}
${version[0] > 1 || version[1] >= 21 ? 'max_prepared_statements = 200' : ''}
`,
  )
  if (ids.uid !== undefined)
    for (const name of ['.', 'pgbouncer', 'users.txt', 'pgbouncer.ini'])
      chownSync(join(folder, name), ids.uid, ids.gid)
  const handle = cluster.processes.start({
    name: 'pgbouncer',
    command: join(folder, 'pgbouncer'),
    args: [join(folder, 'pgbouncer.ini')],
    env: { LD_LIBRARY_PATH: join(folder, 'lib') },
    cwd: '/',
    ids,
  })
  const [[user, password]] = users
  await answers(root, `postgresql://${user}:${password}@127.0.0.1:${port}/postgres`, handle)
  return { port, version }
}

async function answers(root, url, handle) {
  const end = Date.now() + 20_000
  let ended = false
  handle.exited.then(() => {
    ended = true
  })
  while (Date.now() < end && !ended) {
    const client = new (loadPg(root).Client)({ connectionString: url, connectionTimeoutMillis: 2_000 })
    client.on('error', () => {})
    const said = await client.connect().then(
      () => null,
      (error) => error,
    )
    await client.end().catch(() => {})
    // Refused by Postgres behind it: it is there.
    if (said === null || said.code === '42501') return
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Failure(`PgBouncer does not answer; its log is ${handle.log.file}.`)
}
