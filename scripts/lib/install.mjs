import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { installFailure, pnpmCommand } from './pnpm.mjs'
import { installHash, stampMatches, writeStamp } from './stamps.mjs'
import { cacheFile } from './workspace-cache.mjs'

// npm waits over a minute before it gives up on a registry; a person should know sooner.
const PATIENCE = {
  npm_config_fetch_retries: '2',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_fetch_retry_maxtimeout: '5000',
}

/** The Node that the workspace pins, as installed by npm. */
export function workspaceNode(root) {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  return join(root, 'node_modules', 'node', 'bin', name)
}

/** True when node_modules was installed from these very manifests and this lockfile. */
export function installIsCurrent(root) {
  return stampMatches(stampFile(root), installHash(root)) && existsSync(workspaceNode(root))
}

/** Installs the workspace's packages, one install at a time in a checkout. Throws a Failure. */
export function installPackages(root) {
  return withLock(cacheFile(root, 'install.lock'), async () => {
    if (installIsCurrent(root)) return false
    const hash = installHash(root)
    const log = cacheFile(root, 'install.log')
    const { output, code } = await runPnpm(root, ['install', '--frozen-lockfile', '--reporter=append-only'])
    writeFileSync(log, output)
    if (code !== 0) throw installFailure(output, code, log)
    if (!existsSync(workspaceNode(root))) {
      throw new Failure(
        `The installed packages lack Node ${readPin(root)}; delete node_modules and run the command again.`,
      )
    }
    writeStamp(stampFile(root), hash)
    return true
  })
}

function stampFile(root) {
  return join(root, 'node_modules', '.fieldback-install')
}

function readPin(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies?.node ?? ''
}

function runPnpm(root, args) {
  const pnpm = pnpmCommand(root, args)
  return new Promise((done, fail) => {
    const child = spawn(pnpm.command, pnpm.args, {
      cwd: root,
      env: { ...PATIENCE, ...process.env, CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.once('error', () =>
      fail(new Failure('npm was not found; install Node with its npm, then run the command again.')),
    )
    child.once('close', (code) => done({ output, code }))
    process.once('exit', () => child.kill())
  })
}
