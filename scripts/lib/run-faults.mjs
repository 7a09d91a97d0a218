import { join } from 'node:path'
import { toolEnv } from './child-env.mjs'
import { lastLines } from './processes.mjs'
import { startTestCluster } from './test-cluster.mjs'

/** Of a test run, from the same seed each time; fewer only where a quarter of an hour is not enough for them. */
const IN_TESTS = '--schedules 10000 --postgres 1000 --seed 104000 --seconds 900 --json'.split(' ')

/**
 * Plays the fault campaign (apps/web/faults/run.ts) on a model of the server and, where `--postgres` asks for it, on a
 * database of its own. Answers how it ended, with its output in `log`.
 */
export async function runFaults({ root, processes, env, args }) {
  const cluster = args.includes('--postgres') ? await startTestCluster({ root, env }) : null
  try {
    const handle = processes.start({
      name: 'faults',
      kind: 'step',
      command: process.execPath,
      // Every processor plays: what collects garbage beside takes it from one that does.
      args: ['--single-threaded-gc', join(root, 'apps', 'web', 'faults', 'run.ts'), ...args],
      env: toolEnv(env, { ...cluster?.env }),
      cwd: root,
    })
    return { exit: await handle.exited, log: handle.log }
  } finally {
    await cluster?.stop()
  }
}

/** The campaign, then its mutants, as two tests. */
export async function testFaults(context) {
  const counts = { passed: 0, failed: 0, problems: [] }
  for (const args of [IN_TESTS, ['--mutants']]) {
    const { exit, log } = await runFaults({ ...context, args })
    const lines = lastLines(log, 80)
    counts.said ??= playedIn(lines.at(-1))
    if (exit.code === 0) counts.passed += 1
    else {
      counts.failed += 1
      counts.problems.push(...lines)
    }
  }
  return counts
}

/** How much was played, from the line that a campaign ends with. */
function playedIn(line = '') {
  const [, seed, schedules] = /"seed":(\d+),"schedules":(\d+)/.exec(line) ?? []
  const [, postgres] = /"postgres":(\d+)/.exec(line) ?? []
  return seed && `${schedules} schedules from seed ${seed} on, ${postgres} on Postgres`
}
