import { join } from 'node:path'
import { applicationEnv } from './child-env.mjs'
import { Failure } from './failure.mjs'
import { findFreePort } from './ports.mjs'
import { lastLines, processFailure } from './processes.mjs'

const HEALTHY_MS = 60_000

/** Starts the worker, then the web server: they are stopped the other way round. */
export async function startServers({ root, settings, processes, env, urls, secrets, mode }) {
  const shared = { ...serverEnv({ settings, env, secrets, mode }), ...(await mailEnv(settings, env)) }
  const worker = processes.start({
    name: 'worker',
    command: process.execPath,
    args: [join(root, 'apps', 'worker', 'src', 'main.ts')],
    env: { ...shared, DATABASE_DIRECT_URL: urls.worker },
    cwd: root,
  })
  const web = processes.start({
    name: 'web',
    command: process.execPath,
    args: [join(root, 'apps', 'web', 'src', 'serve.ts'), mode],
    env: { ...shared, PORT: String(settings.port), DATABASE_URL: urls.app },
    cwd: join(root, 'apps', 'web'),
  })
  return [worker, web]
}

// The owner's address stays with the launcher: no server of ours may change the schema.
function serverEnv({ settings, env, secrets, mode }) {
  return applicationEnv(env, {
    NODE_ENV: mode === 'dev' ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXTAUTH_URL: env.NEXTAUTH_URL || webAddress(settings),
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || secrets.session,
    FIELDBACK_DATA: settings.dataDir,
  })
}

/** Where caught mail lies when no mail server is given: the worker then keeps each message as a file. */
export function caughtMailFolder({ dataDir }, env) {
  return env.SMTP_URL ? null : join(dataDir, 'mail')
}

async function mailEnv(settings, env) {
  const folder = caughtMailFolder(settings, env)
  if (!folder) return {}
  const port = String(await findFreePort())
  return { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_CATCH_PORT: port, MAIL_CATCH_DIR: folder }
}

/** Where a browser on this machine finds the application. */
export function webAddress({ port }) {
  return `http://localhost:${port}`
}

/** Waits until the application says that it is healthy. Throws a Failure with what it said last. */
export async function waitUntilHealthy({ port, web }) {
  const end = Date.now() + HEALTHY_MS
  let said = 'no answer'
  while (Date.now() < end) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/api/health`, {
        signal: AbortSignal.timeout(5_000),
      })
      if (answer.status === 200) return
      said = `${answer.status} ${(await answer.text()).slice(0, 300)}`
    } catch (error) {
      said = error.cause?.code ?? error.message
    }
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Failure(
    `The application is not healthy after ${HEALTHY_MS / 1000} s (${said}); its log is ${web.log.file}.`,
    lastLines(web.log),
  )
}

/** Rejects with a Failure as soon as one of the processes ends by itself. */
export function rejectWhenOneEnds(handles) {
  const ends = handles.map(async (handle) => {
    const exit = await handle.exited
    if (handle.stopping) return new Promise(() => {})
    throw processFailure(handle, exit, `The ${handle.name} process stopped by itself`)
  })
  return Promise.race(ends)
}
