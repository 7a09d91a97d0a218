// Keeps a whole installation in one file, whether it runs or not: run under the workspace's Node by run.mjs.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../prisma/backup/refusal.ts'
import { takeBackup } from '../prisma/backup/take-backup.ts'
import { asFailure, callerPath, readOptions, runCommand } from './lib/command.mjs'
import { lendDatabase } from './lib/lend-database.mjs'
import { readSettings } from './lib/settings.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const USAGE = 'Usage: npm run backup, or npm run backup -- --to FILE.'

runCommand(async (stop) => {
  const { env } = process
  const { to } = readOptions(process.argv.slice(2), { values: ['to'], usage: USAGE })
  const settings = readBackupSettings(env)
  const at = new Date()
  const file = chooseFile(to && callerPath(to, env), settings, at)
  const start = performance.now()
  const manifest = await lendDatabase({ root, settings, env, alone: false, stop }, ({ urls }) =>
    takeBackup({
      ownerUrl: urls.owner,
      file,
      filesDir: join(settings.dataDir, 'files'),
      version: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
      at,
      say: (line) => process.stdout.write(`  ${line}\n`),
    }),
  ).catch((error) => {
    throw asFailure(error, Refusal)
  })
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const size = (statSync(file).size / 1e6).toFixed(1)
  process.stdout.write(
    `\nBackup: ${file}\n${size} MB, ${rows.toLocaleString('en')} rows, ${seconds} s, read again and found whole. Keep a copy on another machine.\n`,
  )
})

/** Of an external database the owner's address is enough. */
function readBackupSettings({ DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_OWNER_URL, ...rest }) {
  const owner = DATABASE_OWNER_URL
  const all = owner ? { DATABASE_URL: owner, DATABASE_DIRECT_URL: owner, DATABASE_OWNER_URL: owner } : {}
  return readSettings({ ...rest, ...all }, root)
}

/** The file asked for, or one named after the moment, in the folder asked for or in the data folder. */
function chooseFile(asked, { dataDir }, at) {
  if (asked && !(existsSync(asked) && statSync(asked).isDirectory())) return asked
  const moment = at.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')
  const name = (turn) => join(asked ?? join(dataDir, 'backups'), `fieldback-${moment}${turn}.tar.gz`)
  // Two at the same second are told apart by their process.
  return existsSync(name('')) ? name(`-${process.pid}`) : name('')
}
