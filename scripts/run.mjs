#!/usr/bin/env node
// What npm starts, under whatever Node the machine has: Node's own modules only. It installs the pinned tools and
// packages, then goes on under the workspace's Node.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeFailure, Failure } from './lib/failure.mjs'
import { installIsCurrent, installPackages, workspaceNode } from './lib/install.mjs'
import { checkPlace } from './lib/instance.mjs'
import { isAlive, npmCallers } from './lib/npm-callers.mjs'
import { readSettings } from './lib/settings.mjs'
import { createSteps } from './lib/steps.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const SCRIPTS = {
  start: ['start.mjs'],
  dev: ['start.mjs', 'dev'],
  test: ['test.mjs'],
  organisation: ['organisation.mjs'],
  rollups: ['rollups.mjs'],
  backup: ['backup.mjs'],
  restore: ['restore.mjs'],
  generate: ['generate.mjs'],
  bench: ['bench.mjs'],
  faults: ['faults.mjs'],
}
/** Verbs that take the data folder and the port for themselves. */
const SERVING = ['start', 'dev']
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }

async function main([verb, ...rest]) {
  const script = SCRIPTS[verb]
  if (!script)
    throw new Failure(
      'Usage: npm start, npm test, or npm run dev, organisation, rollups, backup, restore, generate, bench or faults.',
    )
  requireNode()
  if (SERVING.includes(verb)) await checkPlace(readSettings(process.env, root))
  const step = createSteps(process.stdout)
  if (!installIsCurrent(root)) await step('Installing packages', () => installPackages(root))
  return handOver([join(root, 'scripts', script[0]), ...script.slice(1), ...rest])
}

function requireNode() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  throw new Failure(
    `This is Node ${process.versions.node}; install Node 20 or newer, then run the command again.`,
  )
}

/** Runs the script under the workspace's Node and answers its exit code. */
function handOver(args) {
  return new Promise((done, fail) => {
    // The channel lets the script notice that this process was killed.
    const child = spawn(workspaceNode(root), args, {
      cwd: root,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    child.once('error', (error) =>
      fail(new Failure(`Node of the workspace does not start: ${error.message}.`)),
    )
    child.once('exit', (code, signal) =>
      signal === 'SIGKILL' ? fail(killed()) : done(code ?? 128 + SIGNALS[signal]),
    )
    for (const signal of Object.keys(SIGNALS)) {
      process.removeAllListeners(signal)
      process.on(signal, () => child.kill(signal))
    }
    stopWithNpm(() => child.kill('SIGTERM'))
  })
}

function killed() {
  return new Failure('The launcher was killed; the next npm start first stops what it left running.')
}

// npm passes Ctrl-C and SIGTERM on; when npm itself is killed, only its absence can be seen.
function stopWithNpm(stop) {
  const callers = npmCallers(process.env)
  const watch = setInterval(() => {
    if (callers.every(isAlive)) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

// A closed terminal must not end this before the script has stopped what it started.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})
for (const [signal, number] of Object.entries(SIGNALS)) process.on(signal, () => process.exit(128 + number))
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(`\n${describeFailure(error)}\n`)
    process.exit(1)
  },
)
