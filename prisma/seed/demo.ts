/**
 * Creates the demonstration organisation and a small second one. Run by the owner of the schema after the migrations;
 * does nothing when they are there. FIELDBACK_SEED_DAY (YYYY-MM-DD) says which day is today, for tests and screenshots;
 * twelve months of reports end the day before.
 */
import pg from 'pg'
import { isSeeded, organisationsOf, seedOrganisations } from './seed-organisations.ts'
import { readToday } from './today.ts'

const url = process.env.DATABASE_OWNER_URL
if (!url) throw new Error('DATABASE_OWNER_URL is not set')
const today = readToday(process.env.FIELDBACK_SEED_DAY)
const started = performance.now()
const client = new pg.Client({ connectionString: url })
await client.connect()
try {
  if (await isSeeded(client)) console.log('The demonstration organisation is already there.')
  else await seed()
} finally {
  await client.end()
}

async function seed(): Promise<void> {
  const organisations = organisationsOf(today)
  await seedOrganisations(client, organisations)
  // What stands out is there as soon as a worker is, and not some minutes later.
  for (const { id } of organisations)
    await client.query(
      `SELECT enqueue_job('find_insights', json_build_object('orgId', $1::text), 'find_insights:' || $1)`,
      [id],
    )
  for (const { name, territories, members, accounts, reports } of organisations)
    console.log(
      `${name}: ${territories.length} territories, ${members.length} people, ${accounts.length} accounts, ${reports.length} reports`,
    )
  console.log(`Seeded for ${today} in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
}
