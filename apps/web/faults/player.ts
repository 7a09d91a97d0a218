// A thread of the campaign: plays what it is asked to, one thing after the other, and answers what came of it.
import { parentPort } from 'node:worker_threads'
import { installBrowser } from './browser.ts'
import { type Campaign, campaign, type Failure, openModel, type Result, shortest } from './campaign.ts'
import { dice } from './dice.ts'
import { modelGround } from './model-ground.ts'
import { MUTANTS } from './mutants.ts'

export type Task =
  | { readonly do: 'play'; readonly seed: number; readonly schedules: number; readonly real: boolean }
  | { readonly do: 'shorten'; readonly failure: Failure; readonly real: boolean }
  | { readonly do: 'mutant'; readonly at: number; readonly seed: number }
  | { readonly do: 'close' }
export type Answers = {
  readonly play: Result
  readonly shorten: Failure
  /** After how many schedules it was seen, and as what; null when it was not. */
  readonly mutant: { readonly schedules: number; readonly wrong: string } | null
  readonly close: null
}

const MUTANT_SCHEDULES = 400

// What a phone that was cut off still waited for is nobody's to hear of.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof DOMException) && !isStorageError(error)) throw error
})
const isStorageError = (error: unknown): boolean =>
  error instanceof Error && /^(Abort|InvalidState|TransactionInactive)Error$/.test(error.name)

type Opened = { readonly open: NonNullable<Campaign['open']>; readonly close: () => Promise<void> }
let postgres: Promise<Opened> | null = null

/** One database for all schedules of a thread, each in an organisation of its own. */
async function openPostgres(): Promise<Opened> {
  const { openTestWorld } = await import('@fieldback/api/test-world')
  const { postgresServer } = await import('./postgres-server.ts')
  const clock = { now: () => 0 }
  const world = await openTestWorld({ now: () => new Date(clock.now()) })
  return {
    open: async (seed, now) => {
      clock.now = now
      return postgresServer(world, modelGround(dice(seed).newId), crypto.randomUUID())
    },
    close: world.close,
  }
}

async function opening(real: boolean): Promise<NonNullable<Campaign['open']>> {
  if (!real) return openModel
  postgres ??= openPostgres()
  return (await postgres).open
}

/** Plays a seeded bug until it is seen. */
async function hunt(at: number, first: number): Promise<Answers['mutant']> {
  const mutant = MUTANTS[at]
  if (!mutant) throw new Error(`There is no mutant ${at}.`)
  for (let tried = 0; tried < MUTANT_SCHEDULES; tried++) {
    const { failures } = await campaign({ schedules: 1, seed: first + tried, bugs: mutant.bugs() })
    if (failures[0]) return { schedules: tried + 1, wrong: failures[0].wrong[0]?.wrong ?? '' }
  }
  return null
}

async function answer(task: Task): Promise<Answers[Task['do']]> {
  switch (task.do) {
    case 'play':
      return campaign({ schedules: task.schedules, seed: task.seed, open: await opening(task.real) })
    case 'shorten':
      return shortest(task.failure, { open: await opening(task.real) })
    case 'mutant':
      return hunt(task.at, task.seed)
    case 'close':
      await (await postgres)?.close()
      return null
  }
}

installBrowser()
parentPort?.on('message', (task: Task) => {
  answer(task).then(
    (done) => parentPort?.postMessage({ done }),
    (error: unknown) =>
      parentPort?.postMessage({ failed: error instanceof Error ? error.stack : String(error) }),
  )
})
