// Prints a one-time link that founds a further organisation: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeFailure } from './lib/failure.mjs'
import { FOUNDING_DAYS, makeFoundingLink } from './lib/founding-link.mjs'
import { explainOwner, findOwner } from './lib/owner.mjs'
import { webAddress } from './lib/servers.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

async function main(env) {
  const { settings, running, ownerUrl } = findOwner(root, env, 'npm run organisation')
  const site = env.NEXTAUTH_URL || webAddress({ port: running?.port ?? settings.port })
  const link = await makeFoundingLink({ root, ownerUrl, site }).catch((error) => {
    throw explainOwner(error)
  })
  process.stdout.write(
    `\nOpen this link to create an organisation and become its administrator:\n  ${link}\nIt serves once, within ${FOUNDING_DAYS} days.\n\n`,
  )
}

main(process.env).then(
  () => process.exit(0),
  (error) => {
    process.stderr.write(`\n${describeFailure(error)}\n`)
    process.exit(1)
  },
)
