import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { commandEnv } from './child-env.mjs'
import { urlEnv } from './database-steps.mjs'
import { Failure } from './failure.mjs'

/**
 * Runs prisma/seed/load.ts on a database of this release. What it says goes to `out`, a stream's number or "inherit";
 * `stop` ends it when it rejects. Throws a Failure when it did not come to its end.
 */
export async function generateOrganisation({ root, env, urls, args, stop, out = 'inherit' }) {
  const child = spawn(process.execPath, [join(root, 'prisma', 'seed', 'load.ts'), ...args], {
    cwd: root,
    env: commandEnv(env, { ...urlEnv(urls), ...pick(env, 'FIELDBACK_SEED_DAY') }),
    stdio: ['ignore', out, 'inherit'],
  })
  stop?.catch(() => child.kill('SIGTERM'))
  const code = await new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (status) => done(status))
  })
  if (code !== 0) throw new Failure('The organisation was not generated.')
}

const pick = (env, name) => (env[name] ? { [name]: env[name] } : {})
