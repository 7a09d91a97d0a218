import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readState } from './data-folder.mjs'
import { FOUNDING_DAYS, foundingLinkIfEmpty } from './founding-link.mjs'
import { caughtMailFolder, webAddress } from './servers.mjs'

/** What the person sees once the application serves: where, as whom, where mail goes, how to stop. */
export async function announce({ root, settings, env, urls }) {
  const lines = ['', `Fieldback is ready: ${webAddress(settings)}`, '']
  if (settings.seed === 'demo') lines.push(...(await describeAccounts(root)), '')
  else lines.push(...(await describeFounding({ root, settings, env, urls })))
  const mail = caughtMailFolder(settings, env)
  if (mail) lines.push(`Mail is not sent: each message is a file in ${mail}`)
  const { postgresFolder } = readState(settings.dataDir)
  if (postgresFolder) {
    lines.push(`The database is in ${postgresFolder}, since its user may not enter ${settings.dataDir}`)
  }
  lines.push(`Logs are in ${join(settings.dataDir, 'logs')}`, 'Ctrl-C stops everything.', '')
  return `${lines.join('\n')}\n`
}

/** How the first organisation is made, until there is one. */
async function describeFounding({ root, settings, env, urls }) {
  const site = env.NEXTAUTH_URL || webAddress(settings)
  const link = await foundingLinkIfEmpty({ root, ownerUrl: urls.owner, site })
  if (!link) return []
  return [
    'There is no organisation yet. Open this link to create yours and become its administrator:',
    `  ${link}`,
    `It serves once, within ${FOUNDING_DAYS} days; each start makes a new one until then.`,
    '',
  ]
}

async function describeAccounts(root) {
  const { demoAccounts } = await import(pathToFileURL(join(root, 'prisma', 'seed', 'demo-accounts.ts')).href)
  const width = Math.max(...demoAccounts.map(({ email }) => email.length)) + 2
  const accounts = demoAccounts.map(({ email, role, place }) => `  ${email.padEnd(width)}${role}, ${place}`)
  const passwords = new Set(demoAccounts.map(({ password }) => password))
  return [`Demonstration accounts, password ${[...passwords].join(' or ')}:`, ...accounts]
}
