// Plays the fault campaign: run by scripts/faults.mjs, with the addresses of a test database when it is to use one.
import { parseArgs } from 'node:util'
import { type Failure, type Result, sumOf } from './campaign.ts'
import { MUTANTS } from './mutants.ts'
import { openPlayers, type Player, shareOut } from './players.ts'

const TOLD = 3
/** Few enough that all threads end together. */
const SCHEDULES_AT_A_TIME = 10

const { values } = parseArgs({
  options: {
    schedules: { type: 'string', default: '10000' },
    postgres: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    /** After which no further schedule is begun. */
    seconds: { type: 'string', default: 'Infinity' },
    json: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
})
const seed = Number(values.seed)
const end = Number(values.seconds) * 1_000
const say = (text: string): void => void process.stdout.write(`${text}\n`)

type Part = { readonly seed: number; readonly schedules: number; readonly real: boolean }

/** Some schedules at a time, until all are given out or the time is over. */
function partsOf({ seed: first, schedules, real }: Part): () => Part | null {
  let given = 0
  return () => {
    if (given >= schedules || performance.now() > end) return null
    const part = { seed: first + given, schedules: Math.min(SCHEDULES_AT_A_TIME, schedules - given), real }
    given += part.schedules
    return part
  }
}

async function runCampaign(players: readonly Player[]): Promise<boolean> {
  const real = Number(values.postgres)
  const onModel = Number(values.schedules) - real
  const results: Result[] = []
  let postgres = 0
  const failures: { readonly failure: Failure; readonly real: boolean }[] = []
  const play = async (player: Player, part: Part): Promise<void> => {
    const result = await player.ask({ do: 'play', ...part })
    results.push(result)
    if (part.real) postgres += part.schedules
    failures.push(...result.failures.map((failure) => ({ failure, real: part.real })))
  }
  const next = partsOf({ seed, schedules: onModel, real: false })
  const nextReal = partsOf({ seed: seed + onModel, schedules: real, real: true })
  // One thread alone is on Postgres: what one schedule holds open there holds back the pulls of every other.
  const [first, ...others] = players
  await Promise.all([
    first && shareOut([first], () => nextReal() ?? next(), play),
    shareOut(others, next, play),
  ])
  for (const { failure, real: onPostgres } of failures.slice(0, TOLD))
    if (first) await describe(first, failure, onPostgres)
  const seconds = Math.round(performance.now() / 100) / 10
  const figures = { ...sumOf(results), postgres, seconds }
  if (values.json) say(JSON.stringify(figures))
  else for (const [name, figure] of Object.entries(figures)) say(`${name}: ${JSON.stringify(figure)}`)
  return failures.length === 0
}

async function describe(player: Player, failure: Failure, real: boolean): Promise<void> {
  const { steps, wrong } = await player.ask({ do: 'shorten', failure, real })
  say(`${wrong[0]?.wrong}: ${wrong[0]?.text}`)
  for (const step of steps) say(`  ${step.do} on phone ${step.phone} (${step.dice})`)
  say(`again: npm run faults -- --schedules 1${real ? ' --postgres 1' : ''} --seed ${failure.seed}`)
}

/** Plays each seeded bug until it is seen; answers whether all were. */
async function runMutants(players: readonly Player[]): Promise<boolean> {
  const told: string[] = []
  let given = 0
  let missed = 0
  await shareOut(
    players,
    () => (given < MUTANTS.length ? given++ : null),
    async (player, at) => {
      const caught = await player.ask({ do: 'mutant', at, seed })
      const name = MUTANTS[at]?.name
      if (!caught) missed += 1
      told[at] = caught
        ? `caught    ${name} (schedule ${caught.schedules}: ${caught.wrong})`
        : `NOT SEEN  ${name}`
    },
  )
  for (const line of told) say(line)
  say(`${MUTANTS.length - missed} of ${MUTANTS.length} mutants caught`)
  return missed === 0
}

const { players, close } = openPlayers()
const isWell = await (values.mutants ? runMutants(players) : runCampaign(players))
await close()
process.exit(isWell ? 0 : 1)
