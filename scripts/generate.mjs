// Fills an organisation with as many reports as asked, for measuring: run under the workspace's Node by run.mjs.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refused, readLoadArguments } from '../prisma/seed/load-arguments.ts'
import { asFailure, runCommand } from './lib/command.mjs'
import { generateOrganisation } from './lib/generate-organisation.mjs'
import { lendDatabase } from './lib/lend-database.mjs'
import { readSettings } from './lib/settings.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

runCommand(async (stop) => {
  const { env } = process
  const args = process.argv.slice(2)
  try {
    readLoadArguments(args)
  } catch (error) {
    throw asFailure(error, Refused)
  }
  const settings = readSettings(env, root)
  await lendDatabase({ root, settings, env, alone: false, stop }, ({ urls }) =>
    generateOrganisation({ root, env, urls, args, stop }),
  )
})
