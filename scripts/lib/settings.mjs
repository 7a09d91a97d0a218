import { resolve } from 'node:path'
import { Failure } from './failure.mjs'

const DATABASE_KEYS = ['DATABASE_URL', 'DATABASE_OWNER_URL', 'DATABASE_DIRECT_URL']
const SEEDS = ['demo', 'none']

/**
 * Reads the settings of `npm start` from the environment; an empty variable counts as absent.
 * `external` holds the three addresses of an existing Postgres, or null for the embedded one.
 * Throws a Failure whose sentence names the variable.
 */
export function readSettings(env, root) {
  return {
    root,
    port: readPort(env.PORT),
    dataDir: dataFolder(env, root),
    seed: readSeed(env.FIELDBACK_SEED),
    external: readExternal(env),
  }
}

/** Where everything is kept that an instance writes. */
export function dataFolder(env, root) {
  return resolve(root, env.FIELDBACK_DATA || '.data')
}

function readPort(value) {
  if (!value) return 3000
  const port = Number(value)
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port
  throw new Failure(`PORT is "${value}"; give a number from 1 to 65535.`)
}

function readSeed(value) {
  if (!value) return 'demo'
  if (SEEDS.includes(value)) return value
  throw new Failure(`FIELDBACK_SEED is "${value}"; give demo or none.`)
}

function readExternal(env) {
  const missing = DATABASE_KEYS.filter((key) => !env[key])
  if (missing.length === DATABASE_KEYS.length) return null
  if (missing.length > 0) {
    throw new Failure(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing; set all of ${DATABASE_KEYS.join(', ')}, or none to use the embedded Postgres.`,
    )
  }
  for (const key of DATABASE_KEYS) checkAddress(key, env[key])
  return { app: env.DATABASE_URL, owner: env.DATABASE_OWNER_URL, worker: env.DATABASE_DIRECT_URL }
}

// The value itself is never repeated: it holds a password.
function checkAddress(key, value) {
  const url = URL.canParse(value) ? new URL(value) : null
  const complete = url?.hostname && url.username && url.pathname.length > 1
  if (complete && ['postgres:', 'postgresql:'].includes(url.protocol)) return
  throw new Failure(
    `${key} is not a Postgres address; write it as postgresql://user:password@host:5432/database.`,
  )
}
