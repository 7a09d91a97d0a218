// Runs every check and test, whatever failed before, and sums them up: run under the workspace's Node by run.mjs.
import { mkdirSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeFailure, Failure } from './lib/failure.mjs'
import { releaseLock, takeLock, updateLock } from './lib/lock.mjs'
import { createProcesses, stopOrphans } from './lib/processes.mjs'
import { runBench } from './lib/run-bench.mjs'
import { testFaults } from './lib/run-faults.mjs'
import { createSteps } from './lib/steps.mjs'
import { sumCounts } from './lib/test-counts.mjs'
import {
  runBrowserTests,
  runBuild,
  runCheck,
  runGenerate,
  runVitest,
  staticChecks,
} from './lib/test-steps.mjs'
import { cacheFile } from './lib/workspace-cache.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const PARTS = ['static', 'unit', 'db', 'faults', 'browser', 'bench']
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

// A closed terminal or pipe must not take the run down before it has stopped what it started.
process.stdout.on('error', () => {})
process.stderr.on('error', () => {})

const lock = cacheFile(root, 'test.lock')
const logDir = join(root, '.cache', 'test-logs')
const processes = createProcesses({ logDir, onChange: (children) => updateLock(lock, { children }) })
let stopCode = null
const context = { root, processes, env: process.env }

/** The steps of the parts asked for, in order: `[label, work]`, where work answers counts. */
function chooseSteps([part, ...files]) {
  const parts = PARTS.includes(part) ? [part] : PARTS
  const projects = parts.filter((name) => name === 'unit' || name === 'db')
  const steps = [['Generating the database client', () => runGenerate(context)]]
  if (parts.includes('static')) {
    for (const check of staticChecks(context)) steps.push([check[1], () => runCheck(context, check)])
  }
  if (projects.length > 0)
    steps.push([`Tests: ${projects.join(', ')}`, () => runVitest(context, projects, files)])
  if (parts.includes('faults')) steps.push(['Fault campaign', () => testFaults(context)])
  if (parts.includes('browser')) {
    steps.push(['Production build', () => runBuild(context)])
    if (files.length === 0) steps.push(['Tests: container files', () => runVitest(context, ['built'], [])])
    steps.push(['Tests: browser', () => runBrowserTests(context, files)])
  }
  if (parts.includes('bench')) {
    if (!parts.includes('browser')) steps.push(['Production build', () => runBuild(context)])
    steps.push(['Bench: ratios and bytes', () => runBench(context)])
  }
  return steps
}

async function main(args) {
  if (args.length > 0 && !PARTS.includes(args[0])) {
    process.stderr.write(`Usage: npm test, or npm test -- ${PARTS.join('|')} [file...]\n`)
    return 2
  }
  await takeCheckout()
  const step = createSteps(process.stdout)
  const all = []
  for (const [label, work] of chooseSteps(args)) {
    all.push(await step(label, () => attempt(label, work), describeCounts))
    if (stopCode !== null) return stopCode
  }
  printProblems(all)
  const { passed, failed } = sumCounts(all)
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 && passed > 0 ? 0 : 1
}

// One run at a time in a checkout: reports and logs have one place. What a killed run left is stopped first.
async function takeCheckout() {
  const { taken, left, holder } = takeLock(lock)
  if (!taken) throw new Failure(`The tests already run in this checkout (process ${holder?.owner?.pid}).`)
  await stopOrphans([...(left?.children ?? [])].reverse())
  rmSync(logDir, { recursive: true, force: true })
  mkdirSync(logDir, { recursive: true })
}

// A step that cannot be run is a failure like another, and the next ones still run.
async function attempt(label, work) {
  try {
    return { label, ...(await work()) }
  } catch (error) {
    return { label, passed: 0, failed: 1, problems: describeFailure(error).split('\n') }
  }
}

function describeCounts({ passed, failed, said }) {
  if (passed + failed === 0) return ''
  return `, ${passed} passed${failed > 0 ? `, ${failed} FAILED` : ''}${said ? `, ${said}` : ''}`
}

function printProblems(all) {
  for (const { label, problems } of all.filter(({ failed }) => failed > 0)) {
    process.stdout.write(`\n-- ${label}\n${problems.join('\n').replaceAll(`${root}/`, '')}\n`)
  }
  process.stdout.write(`\nFull output of each step: ${relative(process.cwd(), logDir)}\n`)
}

// Stopping the processes makes the step at hand end, which then stops its own database or server.
function interrupt(code) {
  stopCode ??= code
  processes.stopAll()
}

for (const [signal, code] of Object.entries(SIGNALS)) process.on(signal, () => interrupt(code))
process.once('disconnect', () => interrupt(1))
main(process.argv.slice(2)).then(
  (code) => {
    releaseLock(lock)
    process.exit(code)
  },
  (error) => {
    process.stderr.write(`${describeFailure(error)}\n`)
    process.exit(1)
  },
)
