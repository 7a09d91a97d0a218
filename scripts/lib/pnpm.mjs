import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure } from './failure.mjs'

const UNREACHABLE =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|META_FETCH_FAIL|fetch failed|network request .* failed|error sending request|tunneling socket/i
const REFUSED = /\bE40[13]\b|ERR_PNPM_FETCH_40[13]|Unauthorized|Forbidden/

/** How to run the pnpm that `packageManager` pins, through the npm that came with Node: `{ command, args }`. */
export function pnpmCommand(root, args, env = process.env) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const pinned = /^pnpm@[^+]+/.exec(packageManager ?? '')?.[0]
  if (!pinned)
    throw new Failure('package.json names no pnpm version in packageManager; put it back from git.')
  const exec = ['exec', '--yes', `--package=${pinned}`, '--', 'pnpm', ...args]
  // npm tells its scripts where it is; that spares a shell, and a look at a PATH that may lack it.
  const npmCli = env.npm_execpath
  return npmCli && basename(npmCli) === 'npm-cli.js'
    ? { command: process.execPath, args: [npmCli, ...exec] }
    : { command: 'npm', args: exec }
}

/** The sentence for an install that ended with another code than 0. */
export function installFailure(output, code, logFile) {
  const again = 'then run the command again'
  if (UNREACHABLE.test(output)) {
    return new Failure(
      `The package registry cannot be reached; check the network and npm's registry setting, ${again}.`,
    )
  }
  if (REFUSED.test(output)) {
    return new Failure(
      `The package registry refuses this machine; check npm's registry and token settings, ${again}.`,
    )
  }
  if (/OUTDATED_LOCKFILE/.test(output)) {
    return new Failure('pnpm-lock.yaml does not match a package.json; run pnpm install, or undo the change.')
  }
  if (/ENOSPC/.test(output)) return new Failure(`The disk is full; make room, ${again}.`)
  const end = output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8)
  return new Failure(`The packages could not be installed (exit code ${code}); the log is ${logFile}.`, end)
}
