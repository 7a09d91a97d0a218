import { join } from 'node:path'
import { JUDGED, judge } from '../bench/judge.mjs'
import { commandEnv } from './child-env.mjs'
import { lastLines } from './processes.mjs'

const OUTPUT_LINES = 40

/** The short form of the bench, of which only ratios, bytes and counts are judged: `{ passed, failed, problems }`. */
export async function runBench({ root, processes, env }) {
  const handle = processes.start({
    name: 'bench',
    kind: 'launcher',
    command: process.execPath,
    args: [join(root, 'scripts', 'bench.mjs'), '--json', ...JUDGED.flatMap((name) => ['--only', name])],
    env: commandEnv(env),
    cwd: root,
  })
  const { code } = await handle.exited
  const said = lastLines(handle.log, Number.POSITIVE_INFINITY)
  const told = judge(said.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)))
  if (told.failed > 0 || code !== 0) told.problems.push(...said.slice(-OUTPUT_LINES))
  return { ...told, failed: Math.max(told.failed, code === 0 ? 0 : 1) }
}
