// Prints a one-time link that founds a further organisation: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSecrets, readState } from './lib/data-folder.mjs'
import { describeFailure, Failure } from './lib/failure.mjs'
import { FOUNDING_DAYS, makeFoundingLink } from './lib/founding-link.mjs'
import { lockFile } from './lib/instance.mjs'
import { readLiveLock } from './lib/lock.mjs'
import { databaseUrls } from './lib/roles.mjs'
import { webAddress } from './lib/servers.mjs'
import { readSettings } from './lib/settings.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

async function main(env) {
  // The owner's address is enough here, where a start wants all three.
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_OWNER_URL, ...rest } = env
  const settings = readSettings(rest, root)
  const running = readLiveLock(lockFile(settings.dataDir))
  const ownerUrl = DATABASE_OWNER_URL || embeddedOwner(settings, running)
  const site = env.NEXTAUTH_URL || webAddress({ port: running?.port ?? settings.port })
  const link = await makeFoundingLink({ root, ownerUrl, site }).catch((error) => {
    throw explain(error)
  })
  process.stdout.write(
    `\nOpen this link to create an organisation and become its administrator:\n  ${link}\nIt serves once, within ${FOUNDING_DAYS} days.\n\n`,
  )
}

/** The owner's address of the Postgres that a running instance started. */
function embeddedOwner({ dataDir }, running) {
  const { postgresPort } = readState(dataDir)
  if (running?.state !== 'serving' || !postgresPort)
    throw new Failure(
      `Fieldback does not run on ${dataDir}; start it first with npm start, then run npm run organisation again.`,
    )
  return databaseUrls({ port: postgresPort, secrets: readSecrets(dataDir) }).owner
}

/** The address holds a password, so the driver's own words stay out of the sentence unless they are a code. */
function explain(error) {
  if (error.code === '42883')
    return new Failure('The database is of an earlier version; start Fieldback once, then try again.')
  return new Failure(`The database does not answer as its owner (${error.code ?? error.message}).`)
}

main(process.env).then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`\n${describeFailure(error)}\n`)
    process.exit(1)
  },
)
