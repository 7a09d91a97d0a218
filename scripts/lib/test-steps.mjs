import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { BROWSER_FLAGS, findBrowser } from './browser.mjs'
import { buildWeb } from './build.mjs'
import { commandEnv, toolEnv } from './child-env.mjs'
import { generateClient } from './database-steps.mjs'
import { Failure } from './failure.mjs'
import { pnpmCommand } from './pnpm.mjs'
import { lastLines } from './processes.mjs'
import { startTestCluster } from './test-cluster.mjs'
import { countPlaywright, countVitest } from './test-counts.mjs'
import { startTestServer } from './test-server.mjs'
import { UNFINISHED } from './unfinished-tests.mjs'

const SOURCES = ['apps', 'packages', 'prisma', 'e2e']
const OUTPUT_LINES = 80

/** Each check of the sources counts as one test: `[name, label, command]`. */
export function staticChecks({ root, env }) {
  const bin = (...path) => ({ command: process.execPath, args: [join(root, 'node_modules', ...path)] })
  const withArgs = (program, args) => ({ ...program, args: [...program.args, ...args] })
  return [
    [
      'biome',
      'Format and lint',
      withArgs(bin('@biomejs', 'biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']),
    ],
    [
      'typecheck',
      'Types',
      pnpmCommand(
        root,
        ['exec', 'turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only'],
        env,
      ),
    ],
    [
      'depcruise',
      'Import directions',
      withArgs(bin('dependency-cruiser', 'bin', 'dependency-cruise.mjs'), [
        '--config',
        '.dependency-cruiser.cjs',
        ...SOURCES,
      ]),
    ],
    ['knip', 'Unused code', bin('knip', 'bin', 'knip.js')],
  ]
}

/** Runs a command to its end; one passed or one failed, with the end of its output. */
export async function runCheck({ root, processes, env }, [name, , command]) {
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  const handle = processes.start({ name, kind: 'step', ...command, env: toolEnv(env, quiet), cwd: root })
  const exit = await handle.exited
  if (exit.code === 0) return { passed: 1, failed: 0, problems: [] }
  return { passed: 0, failed: 1, problems: lastLines(handle.log, OUTPUT_LINES) }
}

/** Generates the database client that types, tests and the build read. Counts only when it fails. */
export async function runGenerate(context) {
  await generateClient(context)
  return { passed: 0, failed: 0, problems: [] }
}

/** A test has half a minute, a hook one: whoever says nothing for so long never will. */
const SILENCE_MS = 5 * 60_000

/** Unit tests, database tests, or both, in one run of Vitest. `projects` begins their names; `files` narrows the run. */
export async function runVitest({ root, processes, env }, projects, files) {
  const cluster = projects.includes('db') ? await startTestCluster({ root, env }) : null
  try {
    const report = join(root, '.cache', 'vitest.json')
    for (const file of [report, UNFINISHED]) rmSync(file, { force: true })
    const handle = processes.start({
      name: 'vitest',
      kind: 'step',
      command: process.execPath,
      args: [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        `--reporter=${join(root, 'scripts', 'lib', 'unfinished-tests.mjs')}`,
        ...projects.flatMap((project) => ['--project', `${project}*`]),
        ...files,
      ],
      env: toolEnv(env, { ...cluster?.env }),
      cwd: root,
    })
    const silent = await fallsSilent(handle, () => processes.stop(handle))
    if (silent) return { passed: 0, failed: 1, problems: [sayUnfinished()] }
    return readReport({ report, count: countVitest, exit: await handle.exited, log: handle.log })
  } finally {
    await cluster?.stop()
  }
}

/** Waits for the end of a run, or stops one whose file of unfinished tests has long not changed: a test that spins holds no timer. */
async function fallsSilent(handle, stop) {
  const start = Date.now()
  const heard = () => (existsSync(UNFINISHED) ? statSync(UNFINISHED).mtimeMs : start)
  let silent = false
  const watch = setInterval(() => {
    if (silent || Date.now() - heard() < SILENCE_MS) return
    silent = true
    stop()
  }, 5_000)
  await handle.exited
  clearInterval(watch)
  return silent
}

function sayUnfinished() {
  const names = existsSync(UNFINISHED) ? JSON.parse(readFileSync(UNFINISHED, 'utf8')) : []
  return [`Nothing was heard for ${SILENCE_MS / 60_000} minutes; not finished:`, ...names].join('\n  ')
}

export async function runBuild(context) {
  await buildWeb(context)
  return { passed: 1, failed: 0, problems: [] }
}

/** Three on two processors took as long as two, sixteen minutes, and what a person taps came late. */
const AT_A_TIME = availableParallelism()

/**
 * The journeys of e2e/, in a browser, several at a time, each on a server of its own with the demonstration
 * organisation. `files` narrows the run.
 */
export async function runBrowserTests(context, files) {
  const { root, env } = context
  if (!hasSpecs(join(root, 'e2e'))) throw new Failure('e2e/ holds no *.spec.ts: the journeys are not tested.')
  const browser = await findBrowser({ root, env })
  const servers = []
  try {
    const wanted = Math.min(files.length || AT_A_TIME, AT_A_TIME)
    // One after the other: each looks first whether the build is still that of the sources.
    while (servers.length < wanted)
      servers.push(await startTestServer({ ...context, name: `server-${servers.length + 1}` }))
    return await runJourneys({ ...context, browser, servers, files })
  } finally {
    for (const server of servers) await server.stop()
  }
}

async function runJourneys({ root, processes, env, browser, servers, files }) {
  const report = join(root, '.cache', 'playwright.json')
  rmSync(report, { force: true })
  const handle = processes.start({
    name: 'playwright',
    kind: 'step',
    command: process.execPath,
    args: [
      join(root, 'e2e', 'node_modules', '@playwright', 'test', 'cli.js'),
      'test',
      '--config',
      join(root, 'e2e', 'playwright.config.ts'),
      '--reporter=line,json',
      ...files,
    ],
    env: commandEnv(env, {
      ...browser.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      E2E_BROWSER: browser.path,
      E2E_BROWSER_FLAGS: BROWSER_FLAGS.join(' '),
      E2E_SERVERS: JSON.stringify(servers.map(({ url, dataDir }) => ({ url, dataDir }))),
    }),
    cwd: join(root, 'e2e'),
  })
  return readReport({ report, count: countPlaywright, exit: await handle.exited, log: handle.log })
}

function hasSpecs(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.some(
    (entry) => entry.name.endsWith('.spec.ts') && !entry.parentPath.includes('node_modules'),
  )
}

/** The counts of a report; a run that ended badly without a failed test in it counts as one failure. */
function readReport({ report, count, exit, log }) {
  const counts = existsSync(report)
    ? count(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, problems: [] }
  const silent = counts.failed === 0 && (exit.code !== 0 || counts.passed === 0)
  if (!silent) return counts
  return { ...counts, failed: 1, problems: lastLines(log, OUTPUT_LINES) }
}
