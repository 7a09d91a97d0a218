import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'

/** Runs the current script again, with the Node of the workspace: the one at hand does not read TypeScript. */
export function runWithPinnedNode() {
  const require = createRequire(import.meta.url)
  const node = path.join(path.dirname(require.resolve('node/package.json')), 'bin', 'node')
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`Node 24 is needed and could not be started: ${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code) => process.exit(code ?? 1))
}
