import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * What distinguishes a process from a later one that got the same number: its start time.
 * Null when no such process runs. A zombie does not run: in a container nothing may ever reap it.
 */
export function processIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

function fromProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command name may hold spaces and parentheses: fields are counted after the last ')'.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : `${bootId()}:${fields[19]}`
  } catch {
    return null
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}

function fromPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' || line.startsWith('Z') ? null : line.replace(/^\S+\s+/, '')
  } catch {
    return null
  }
}

/** A process as written to disk, to be recognised later. */
export function describeProcess(pid) {
  return { pid, identity: processIdentity(pid) }
}

/** True when the very process described still runs. */
export function stillRuns(described) {
  if (!described?.identity) return false
  return processIdentity(described.pid) === described.identity
}
