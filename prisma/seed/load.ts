/**
 * Fills an organisation of its own with as many plausible reports as asked, for measuring. Run by the owner of the schema
 * after the migrations (`npm run generate`). FIELDBACK_SEED_DAY (YYYY-MM-DD) says which day is today.
 */
import pg from 'pg'
import { type LoadOptions, Refused, readLoadArguments } from './load-arguments.ts'
import { findLoaded, LOAD_PASSWORD, signingIn, writeOrganisation } from './load-organisation.ts'
import { type LoadPlan, planLoad } from './load-plan.ts'
import { removeOrganisation } from './load-removal.ts'
import { readToday } from './today.ts'

const started = performance.now()
const seconds = (): number => (performance.now() - started) / 1_000
const number = (value: number): string => Math.round(value).toLocaleString('en')

try {
  await generate(readLoadArguments(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof Refused)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

async function generate(options: LoadOptions): Promise<void> {
  const url = process.env.DATABASE_OWNER_URL
  if (!url) throw new Error('DATABASE_OWNER_URL is not set')
  const plan = planLoad(options, readToday(process.env.FIELDBACK_SEED_DAY))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    if (!(await makeRoom(client, plan))) return
    await writeOrganisation(client, plan, (done) =>
      console.log(`${seconds().toFixed(1).padStart(7)} s  ${done}`),
    )
    report(plan)
  } finally {
    await client.end()
  }
}

/** Answers whether there is something to do. */
async function makeRoom(client: pg.ClientBase, plan: LoadPlan): Promise<boolean> {
  const { slug, orgId, replace } = plan
  const found = await findLoaded(client, plan)
  if (found === 'none') return true
  if (found === 'foreign')
    throw new Refused(`An organisation "${slug}" is there that was not generated; choose another --org.`)
  if (replace) {
    await removeOrganisation(client, orgId)
    console.log(`${seconds().toFixed(1).padStart(7)} s  the organisation "${slug}" removed`)
    return true
  }
  if (found === 'unfinished')
    throw new Refused(`The organisation "${slug}" was left half made; run this again with --replace.`)
  console.log(`The organisation "${slug}" is already there; --replace makes it again.`)
  return false
}

function report(plan: LoadPlan): void {
  const [rep] = plan.reps
  const hq = signingIn(plan).find(({ role }) => role === 'headquarters')
  console.log(
    `${number(plan.reports)} reports, ${number(plan.accounts)} accounts, ${number(plan.reps.length)} reps, ` +
      `${number(plan.territories.length)} territories, ${plan.months.length} months in ${seconds().toFixed(1)} s: ` +
      `${number(plan.reports / seconds())} reports a second.`,
  )
  console.log(`Sign in as ${rep?.email} or ${hq?.email}, password ${LOAD_PASSWORD}.`)
}
