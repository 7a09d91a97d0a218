import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeFailureIn, Failure } from './failure.mjs'
import { dataFolder } from './settings.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/**
 * Runs a command to its end and leaves with its code. `main(stop)` gets a promise that rejects when the person, or the
 * death of run.mjs, asks to stop.
 */
export function runCommand(main) {
  let code = 1
  // A closed terminal or pipe must not take the command down before it has put away what it started.
  process.stdout.on('error', () => {})
  process.stderr.on('error', () => {})
  const stop = new Promise((_, fail) => {
    for (const [signal, number] of Object.entries(SIGNALS))
      process.on(signal, () => {
        code = number
        fail(new Failure('Stopped.'))
      })
    process.once('disconnect', () => fail(new Failure('Stopped.')))
  })
  stop.catch(() => {})
  main(stop).then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`\n${describeFailureIn(dataFolder(process.env, root), error)}\n`)
      process.exit(code)
    },
  )
}

/** Values of `--name value` and the presence of `--flag`; anything else is answered with the usage. */
export function readOptions(args, { values = [], flags = [], usage }) {
  const found = {}
  const rest = args.flatMap((arg) => (arg.startsWith('--') && arg.includes('=') ? splitOnce(arg) : [arg]))
  while (rest.length > 0) {
    const name = rest.shift().replace(/^--/, '')
    if (flags.includes(name)) found[name] = true
    else if (values.includes(name) && rest[0] && !rest[0].startsWith('--')) found[name] = rest.shift()
    else throw new Failure(usage)
  }
  return found
}

const splitOnce = (arg) => [arg.slice(0, arg.indexOf('=')), arg.slice(arg.indexOf('=') + 1)]

/** A path as the person meant it: npm runs scripts at the root and says where it was called. */
export const callerPath = (path, env) => resolve(env.INIT_CWD || process.cwd(), path)

/** A refusal of the backup's own is a sentence for the person, like any Failure. */
export function asFailure(error, Refusal) {
  return error instanceof Refusal ? new Failure(error.message) : error
}
