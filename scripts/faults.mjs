// Plays the fault campaign and says what it found: run under the workspace's Node by run.mjs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './lib/command.mjs'
import { generateClient } from './lib/database-steps.mjs'
import { Failure } from './lib/failure.mjs'
import { createProcesses } from './lib/processes.mjs'
import { runFaults } from './lib/run-faults.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

runCommand(async (stop) => {
  const logDir = mkdtempSync(join(tmpdir(), 'fieldback-faults-'))
  const processes = createProcesses({ logDir })
  const { env } = process
  try {
    await generateClient({ root, processes, env })
    const args = process.argv.slice(2)
    const { exit, log } = await Promise.race([runFaults({ root, processes, env, args }), stop])
    process.stdout.write(readFileSync(log.file))
    if (exit.code !== 0) throw new Failure('The campaign found what must not be.')
  } finally {
    await processes.stopAll()
    rmSync(logDir, { recursive: true, force: true })
  }
})
