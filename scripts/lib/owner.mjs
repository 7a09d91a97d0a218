import { readSecrets, readState } from './data-folder.mjs'
import { Failure } from './failure.mjs'
import { lockFile } from './instance.mjs'
import { readLiveLock } from './lock.mjs'
import { databaseUrls } from './roles.mjs'
import { readSettings } from './settings.mjs'

/** Where an operator's `command` finds the owner's database: his own Postgres, or that of a running instance. */
export function findOwner(root, env, command) {
  // The owner's address is enough here, where a start wants all three.
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_OWNER_URL, ...rest } = env
  const settings = readSettings(rest, root)
  const running = readLiveLock(lockFile(settings.dataDir))
  return { settings, running, ownerUrl: DATABASE_OWNER_URL || embeddedOwner(settings, running, command) }
}

/** The owner's address of the Postgres that a running instance started. */
function embeddedOwner({ dataDir }, running, command) {
  const { postgresPort } = readState(dataDir)
  if (running?.state !== 'serving' || !postgresPort)
    throw new Failure(
      `Fieldback does not run on ${dataDir}; start it first with npm start, then run ${command} again.`,
    )
  return databaseUrls({ port: postgresPort, secrets: readSecrets(dataDir) }).owner
}

/** The address holds a password, so the driver's own words stay out of the sentence unless they are a code. */
export function explainOwner(error) {
  if (error instanceof Failure) return error
  if (['42883', '42P01'].includes(error.code))
    return new Failure('The database is of an earlier version; start Fieldback once, then try again.')
  return new Failure(`The database does not answer as its owner (${error.code ?? error.message}).`)
}
