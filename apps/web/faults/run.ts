// Plays the fault campaign: run by scripts/faults.mjs, with the addresses of a test database when it is to use one.
import { parseArgs } from 'node:util'
import { installBrowser } from './browser.ts'
import { type Campaign, campaign, type Failure, openModel, shortest } from './campaign.ts'
import { dice } from './dice.ts'
import { modelGround } from './model-ground.ts'
import { MUTANTS } from './mutants.ts'

const MUTANT_SCHEDULES = 400
const TOLD = 3

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    postgres: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const onPostgres = Number(values.postgres)
const say = (text: string): void => void process.stdout.write(`${text}\n`)

// What a phone that was cut off still waited for is nobody's to hear of.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof DOMException) && !isStorageError(error)) throw error
})
const isStorageError = (error: unknown): boolean =>
  error instanceof Error && /^(Abort|InvalidState|TransactionInactive)Error$/.test(error.name)

async function describe(failure: Failure, asked: Omit<Campaign, 'schedules' | 'seed'>): Promise<void> {
  const { steps, wrong } = await shortest(failure, asked)
  say(`Seed ${failure.seed}: ${wrong[0]?.wrong}, ${wrong[0]?.text}`)
  for (const step of steps) say(`  ${step.do} on phone ${step.phone} (${step.dice})`)
}

async function runCampaign(): Promise<boolean> {
  const onModel = await campaign({ schedules: Number(values.schedules) - onPostgres, seed })
  const asked = onPostgres > 0 ? await openPostgres() : null
  const onReal = asked
    ? await campaign({ schedules: onPostgres, seed: seed + onModel.figures.schedules, open: asked.open })
    : null
  for (const failure of onModel.failures.slice(0, TOLD)) await describe(failure, { open: openModel })
  for (const failure of onReal?.failures.slice(0, TOLD) ?? [])
    if (asked) await describe(failure, { open: asked.open })
  await asked?.close()
  const figures = onReal ? sum(onModel.figures, onReal.figures) : onModel.figures
  if (values.json) say(JSON.stringify(figures))
  else for (const [name, figure] of Object.entries(figures)) say(`${name}: ${JSON.stringify(figure)}`)
  return onModel.failures.length + (onReal?.failures.length ?? 0) === 0
}

const sum = <T extends object>(a: T, b: T): T =>
  Object.fromEntries(
    Object.entries(a).map(([key, value]) => {
      const other = (b as Readonly<Record<string, unknown>>)[key]
      if (typeof value === 'object') return [key, sum(value, other as object)]
      return [key, Math.round((value + Number(other)) * 10) / 10]
    }),
  ) as T

async function openPostgres() {
  const { openTestWorld } = await import('@fieldback/api/test-world')
  const { postgresServer } = await import('./postgres-server.ts')
  const clock = { now: () => 0 }
  const world = await openTestWorld({ now: () => new Date(clock.now()) })
  const open: NonNullable<Campaign['open']> = async (seed, now) => {
    clock.now = now
    return postgresServer(world, modelGround(dice(seed).newId), crypto.randomUUID())
  }
  return { open, close: world.close }
}

/** Plays each seeded bug until it is seen; answers whether all were. */
async function runMutants(): Promise<boolean> {
  let missed = 0
  for (const { name, bugs } of MUTANTS) {
    let caught: Failure | undefined
    let tried = 0
    while (!caught && tried < MUTANT_SCHEDULES) {
      const { failures } = await campaign({ schedules: 1, seed: seed + tried, bugs: bugs() })
      caught = failures[0]
      tried += 1
    }
    if (!caught) missed += 1
    say(caught ? `caught    ${name} (schedule ${tried}: ${caught.wrong[0]?.wrong})` : `NOT SEEN  ${name}`)
  }
  say(`${MUTANTS.length - missed} of ${MUTANTS.length} mutants caught`)
  return missed === 0
}

installBrowser()
process.exit((await (values.mutants ? runMutants() : runCampaign())) ? 0 : 1)
