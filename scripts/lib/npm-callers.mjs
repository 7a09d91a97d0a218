import { execFileSync } from 'node:child_process'
import { processIdentity } from './process-identity.mjs'

const SHELL = /(^|\/|-)(sh|bash|dash|zsh|ash|busybox)$/

/** The numbers of the processes through which npm runs this script: npm, and the shell between if there is one. */
export function npmCallers(env) {
  if (!env.npm_lifecycle_event || process.platform === 'win32') return []
  const parent = describe(process.ppid)
  return SHELL.test(parent.command) ? [process.ppid, parent.ppid] : [process.ppid]
}

function describe(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    const [, ppid, command] = /^(\d+)\s+(.*)$/.exec(line)
    return { ppid: Number(ppid), command }
  } catch {
    return { ppid: pid, command: '' }
  }
}

/** Asked twice a second, so without starting a program; a zombie does not count as alive where that can be seen. */
export function isAlive(pid) {
  if (process.platform === 'linux') return processIdentity(pid) !== null
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
