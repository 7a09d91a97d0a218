import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toolEnv } from './child-env.mjs'
import { withLock } from './lock.mjs'
import { pnpmCommand } from './pnpm.mjs'
import { buildInputs, changedSince, stampMatches, writeStamp } from './stamps.mjs'
import { cacheFile } from './workspace-cache.mjs'

/** Builds the web application for production unless these very sources were built. Answers whether it built. */
export async function buildWeb({ root, processes, env }) {
  const output = join(root, 'apps', 'web', '.next')
  const stamp = join(output, 'built-from')
  const isCurrent = ({ hash }) => stampMatches(stamp, hash) && existsSync(join(output, 'BUILD_ID'))
  if (isCurrent(buildInputs(root, env))) return false
  return withLock(cacheFile(root, 'build.lock'), async () => {
    const inputs = buildInputs(root, env)
    if (isCurrent(inputs)) return false
    writeFileSync(cacheFile(root, 'build-reason.txt'), `${explain(changedSince(stamp, inputs.files))}\n`)
    const pnpm = pnpmCommand(root, ['--filter', '@fieldback/web', 'build'], env)
    await processes.run({
      name: 'build',
      ...pnpm,
      env: toolEnv(env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }),
      cwd: root,
      sentence: 'The web application could not be built',
    })
    writeStamp(stamp, inputs.hash, inputs.files)
    return true
  })
}

// Kept for whoever wonders why a start built again.
function explain(changed) {
  if (!changed) return 'no earlier build'
  return changed.length > 0 ? `changed:\n${changed.join('\n')}` : 'the build is incomplete'
}
