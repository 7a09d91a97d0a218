import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { Failure } from './failure.mjs'
import { describeProcess, stillRuns } from './process-identity.mjs'

const LOG_LIMIT_BYTES = 10_000_000
const TAIL_LINES = 12

/** How a kind of process is asked to stop: each signal in turn, with the milliseconds it is given. */
const STOP = {
  service: {
    group: true,
    signals: [
      ['SIGTERM', 12_000],
      ['SIGKILL', 2_000],
    ],
  },
  step: {
    group: true,
    signals: [
      ['SIGTERM', 5_000],
      ['SIGKILL', 2_000],
    ],
  },
  // A launcher stops its own children, which are in groups of theirs, and its database may need time.
  launcher: {
    group: false,
    signals: [
      ['SIGTERM', 90_000],
      ['SIGKILL', 2_000],
    ],
  },
  // SIGINT is Postgres' fast shutdown; SIGQUIT leaves recovery to the next start. Its children are its own affair.
  postgres: {
    group: false,
    signals: [
      ['SIGINT', 60_000],
      ['SIGQUIT', 5_000],
      ['SIGKILL', 2_000],
    ],
  },
}

/**
 * Starts and stops the children of one launcher. Each writes to `<logDir>/<name>.log`, sits in a process group of
 * its own so that Ctrl-C reaches the launcher alone, and is told to `onChange` for the recovery after kill -9.
 */
export function createProcesses({ logDir, onChange = () => {} }) {
  mkdirSync(logDir, { recursive: true })
  const running = []
  let closing = false

  function start({ name, command, args, env, cwd, ids = {}, kind = 'service' }) {
    if (closing) throw new Failure('Stopped.')
    const log = openLog(logDir, name)
    const child = spawn(command, args, {
      cwd,
      env,
      ...ids,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    closeSync(log.fd)
    const handle = { name, kind, pid: child.pid, log, child, stopping: false }
    handle.exited = new Promise((done) => {
      child.once('error', (error) => done({ code: null, signal: null, error }))
      child.once('exit', (code, signal) => done({ code, signal }))
    }).then((exit) => {
      running.splice(running.indexOf(handle), 1)
      announce()
      return exit
    })
    running.push(handle)
    announce()
    return handle
  }

  /** Runs a step to its end; throws a Failure with the end of its log when it does not end with 0. */
  async function run(options) {
    const handle = start({ kind: 'step', ...options })
    const exit = await handle.exited
    if (exit.code !== 0) throw processFailure(handle, exit, options.sentence)
    return handle
  }

  /** Stops everything, the last started first. */
  async function stopAll() {
    closing = true
    for (const handle of [...running].reverse()) await stop(handle)
  }

  function announce() {
    onChange(
      running.filter((h) => h.pid).map((h) => ({ name: h.name, kind: h.kind, ...describeProcess(h.pid) })),
    )
  }

  return { start, run, stop, stopAll }
}

/** Stops one child of ours and waits until it has gone. */
async function stop(handle) {
  handle.stopping = true
  const { group, signals } = STOP[handle.kind]
  for (const [signal, patience] of signals) {
    send(handle.pid, signal, group)
    if (await within(patience, handle.exited)) break
  }
  // What the leader left behind in its group, such as the workers of a build.
  if (group) send(handle.pid, 'SIGKILL', true)
}

/** Stops processes that a dead launcher left, in the order given; they are not our children, so we look at them. */
export async function stopOrphans(described) {
  for (const orphan of described.filter(stillRuns)) {
    const { group, signals } = STOP[orphan.kind] ?? STOP.service
    for (const [signal, patience] of signals) {
      send(orphan.pid, signal, group)
      if (await goneWithin(patience, orphan)) break
    }
  }
}

function send(pid, signal, group) {
  if (!pid) return
  try {
    process.kill(group ? -pid : pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error
  }
}

async function within(milliseconds, promise) {
  let timer
  const late = new Promise((done) => {
    timer = setTimeout(done, milliseconds, null)
  })
  const first = await Promise.race([promise, late])
  clearTimeout(timer)
  return first !== null
}

async function goneWithin(milliseconds, described) {
  const end = Date.now() + milliseconds
  while (Date.now() < end) {
    if (!stillRuns(described)) return true
    await new Promise((done) => setTimeout(done, 50))
  }
  return !stillRuns(described)
}

/** The Failure for a child that ended by itself: what ended, how, and the end of what it wrote. */
export function processFailure(handle, exit, sentence) {
  const how = exit.error?.message ?? (exit.signal ? `signal ${exit.signal}` : `exit code ${exit.code}`)
  const said = sentence ?? `The ${handle.name} process stopped by itself`
  const lines = handle.kind === 'step' ? firstTrouble(handle.log) : lastLines(handle.log)
  return new Failure(`${said} (${how}); its log is ${handle.log.file}.`, lines)
}

function openLog(logDir, name) {
  const file = join(logDir, `${name}.log`)
  const size = sizeOf(file)
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`)
  return { file, fd: openSync(file, 'a', 0o600), from: size > LOG_LIMIT_BYTES ? 0 : size }
}

function sizeOf(file) {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

// Tools end with a stack or a summary: what a step failed on is where it first speaks of an error.
function firstTrouble(log) {
  const lines = lastLines(log, Number.POSITIVE_INFINITY)
  const from = lines.findIndex((line) => /\b(error|fatal)\b.*:|failed/i.test(line))
  return from < 0 ? lines.slice(-TAIL_LINES) : lines.slice(from, from + TAIL_LINES)
}

/** The last lines that this run of the process wrote. */
export function lastLines(log, count = TAIL_LINES) {
  const text = readFileSync(log.file).subarray(log.from).toString('utf8')
  return stripVTControlCharacters(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count)
}
