// Brings the whole application up, and down again: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { announce } from './lib/announce.mjs'
import { buildWeb } from './lib/build.mjs'
import { readSecrets } from './lib/data-folder.mjs'
import { generateClient, migrateDatabase } from './lib/database-steps.mjs'
import { checkExternalDatabase } from './lib/external-database.mjs'
import { describeFailureIn } from './lib/failure.mjs'
import { lockFile, takePlace } from './lib/instance.mjs'
import { releaseLock, updateLock } from './lib/lock.mjs'
import { startPostgres } from './lib/postgres.mjs'
import { createProcesses } from './lib/processes.mjs'
import { createRoles, databaseUrls } from './lib/roles.mjs'
import { seedDemo } from './lib/seed.mjs'
import { rejectWhenOneEnds, startServers, waitUntilHealthy } from './lib/servers.mjs'
import { dataFolder, readSettings } from './lib/settings.mjs'
import { createSteps } from './lib/steps.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const mode = process.argv[2] === 'dev' ? 'dev' : 'start'
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

// A closed terminal or pipe must not take the launcher down before it has stopped what it started.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

let serving = false
const stopRequested = new Promise((stop) => {
  for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => stop(serving ? 0 : code))
  // run.mjs was killed: nobody is left to pass Ctrl-C on.
  process.once('disconnect', () => stop(1))
})

async function main() {
  const settings = readSettings(process.env, root)
  await takePlace(settings)
  const lock = lockFile(settings.dataDir)
  const processes = createProcesses({
    logDir: join(settings.dataDir, 'logs'),
    onChange: (children) => updateLock(lock, { children }),
  })
  const life = bringUp(settings, processes).then(({ broken }) => broken)
  life.catch(() => {})
  try {
    return await Promise.race([life, stopRequested])
  } finally {
    updateLock(lock, { state: 'stopping' })
    const others = settings.external ? ' and the worker' : ', the worker and the database'
    if (serving) process.stdout.write(`\nStopping the web server${others}.\n`)
    await processes.stopAll()
    releaseLock(lock)
  }
}

async function bringUp(settings, processes) {
  const { dataDir } = settings
  const step = createSteps(process.stdout)
  const env = process.env
  const secrets = readSecrets(dataDir)
  const context = { root, dataDir, settings, processes, env, secrets, mode }
  const { urls, handles } = await step(
    settings.external ? 'Checking the database' : 'Starting the database',
    () => openDatabase(context),
  )
  const withUrls = { ...context, urls }
  await step('Generating the database client', () => generateClient(withUrls))
  await step('Applying migrations', () => migrateDatabase(withUrls))
  if (settings.seed === 'demo')
    await step('Creating the demonstration organisation', () => seedDemo(withUrls))
  if (mode === 'start') await step('Building the web application', () => buildWeb(withUrls))
  const servers = await step('Starting the web server and the worker', async () => {
    const started = await startServers(withUrls)
    const broken = rejectWhenOneEnds([...handles, ...started])
    broken.catch(() => {})
    await Promise.race([waitUntilHealthy({ port: settings.port, web: started[1] }), broken])
    return { broken }
  })
  const announcement = await announce({ root, settings, env, urls })
  serving = true
  updateLock(lockFile(dataDir), { state: 'serving' })
  process.stdout.write(announcement)
  process.send?.({ serving: true })
  return servers
}

/** The three addresses, of the given Postgres or of the embedded one, and what must keep running for them. */
async function openDatabase({ root, dataDir, settings, processes, env, secrets }) {
  if (settings.external) {
    await checkExternalDatabase({ root, external: settings.external })
    return { urls: settings.external, handles: [] }
  }
  const password = secrets.superuser
  const { handle, port, socket, superuserUrl } = await startPostgres({
    root,
    dataDir,
    password,
    processes,
    env,
  })
  await createRoles({ root, superuserUrl, secrets })
  return { urls: databaseUrls({ port, secrets, socket }), handles: [handle] }
}

main().then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`\n${describeFailureIn(dataFolder(process.env, root), error)}\n`)
    process.exit(1)
  },
)
