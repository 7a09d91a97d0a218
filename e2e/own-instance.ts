import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const SCRIPTS = join(dirname(fileURLToPath(import.meta.url)), '..', 'scripts')

type Surroundings = Readonly<Record<string, string>>

/** One of the operator's programs, under way or over. */
export type Program = {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  readonly said: () => string
}

/** A folder and a port that no other journey knows, and the operator's programs on them, without npm around them. */
export type OwnInstance = {
  readonly dataDir: string
  readonly port: number
  start(changed?: Surroundings): Program
  command(script: string, args?: readonly string[]): Program
  /** Once all is stopped. */
  remove(): void
}

export async function ownInstance(seed: 'none' | 'demo'): Promise<OwnInstance> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fieldback-own-'))
  chmodSync(dataDir, 0o711)
  const port = await freePort()
  const run = (script: string, args: readonly string[], env: Surroundings): Program => {
    const { PATH, HOME } = process.env
    const child = spawn(process.execPath, [join(SCRIPTS, script), ...args], {
      env: { PATH, HOME, FIELDBACK_DATA: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        text += chunk
      })
    const ended = once(child, 'close').then(([code]): number | null => code)
    return { child, ended, said: () => text }
  }
  return {
    dataDir,
    port,
    start: (changed) => run('start.mjs', [], { PORT: String(port), FIELDBACK_SEED: seed, ...changed }),
    command: (script, args = []) => run(script, args, {}),
    remove() {
      const state = join(dataDir, 'state.json')
      const { postgresFolder } = existsSync(state) ? JSON.parse(readFileSync(state, 'utf8')) : {}
      if (postgresFolder) rmSync(dirname(postgresFolder), { recursive: true, force: true })
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
