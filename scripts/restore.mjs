// Puts a backup in the place of what an installation holds: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../prisma/backup/refusal.ts'
import { restoreBackup } from '../prisma/backup/restore-backup.ts'
import { asFailure, callerPath, readOptions, runCommand } from './lib/command.mjs'
import { migrateDatabase } from './lib/database-steps.mjs'
import { Failure } from './lib/failure.mjs'
import { lendDatabase } from './lib/lend-database.mjs'
import { noteSeeded } from './lib/seed.mjs'
import { readSettings } from './lib/settings.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const USAGE = 'Usage: npm run restore -- --from FILE, and --replace to overwrite what is there.'

runCommand(async (stop) => {
  const { env } = process
  const { from, replace = false } = readOptions(process.argv.slice(2), {
    values: ['from'],
    flags: ['replace'],
    usage: USAGE,
  })
  if (!from) throw new Failure(USAGE)
  const settings = readSettings(env, root)
  const { dataDir } = settings
  const start = performance.now()
  await lendDatabase({ root, settings, env, alone: true, stop }, async ({ urls, processes }) => {
    await restoreBackup({
      file: callerPath(from, env),
      ownerUrl: urls.owner,
      roles: [urls.app, urls.worker].map((url) => decodeURIComponent(new URL(url).username)),
      filesDir: join(dataDir, 'files'),
      replace,
      say: (line) => process.stdout.write(`  ${line}\n`),
    })
    await migrateDatabase({ root, processes, env, urls })
    // A start must not add the demonstration to what was restored.
    await noteSeeded({ root, dataDir, urls })
  }).catch((error) => {
    throw asFailure(error, Refusal)
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stdout.write(
    `\nRestored in ${seconds} s. Start Fieldback: phones fetch everything again, and send what this copy does not know.\n`,
  )
})
