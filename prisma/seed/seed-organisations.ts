import type { Day } from '@fieldback/domain/agenda/day'
import { hash } from '@node-rs/argon2'
import pg from 'pg'
import { delmas } from './delmas.ts'
import { DEMO_ACCOUNTS, demoAccounts } from './demo-accounts.ts'
import { insertRows, type Row } from './insert-rows.ts'
import { mercier } from './mercier.ts'
import type { Organisation } from './organisation.ts'
import { Random } from './random.ts'
import { tablesOf } from './rows.ts'
import { FOUNDED, frenchInstant } from './working-days.ts'

/** argon2id: memory in KiB, passes, lanes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Both organisations of a day; one person manages in each. */
export function organisationsOf(today: Day): Organisation[] {
  const first = delmas(today)
  const shared = first.members.find(({ email }) => email === DEMO_ACCOUNTS.regional.email)
  if (!shared) throw new Error('Nobody belongs to both organisations')
  return [first, mercier(today, shared.personId)]
}

/** People are reached without a tenant, so they tell whether the seed was here. */
export async function isSeeded(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM person WHERE email = ANY ($1)) AS found',
    [demoAccounts.map(({ email }) => email)],
  )
  return rows[0]?.found ?? false
}

/** Writes organisations as the owner of the schema, all or nothing: a seed that is killed leaves no half behind. */
export async function seedOrganisations(
  client: pg.ClientBase,
  organisations: readonly Organisation[],
): Promise<void> {
  const written = new Set<string>()
  const add = async (table: string, rows: readonly Row[]): Promise<void> => {
    await insertRows(client, table, rows)
    written.add(table)
  }
  const people = await personRows(organisations)
  await client.query('BEGIN')
  try {
    await add('person', people)
    for (const organisation of organisations) {
      await client.query(`SELECT set_config('app.org', $1, true)`, [organisation.id])
      for (const [table, rows] of tablesOf(organisation, new Random(`${organisation.slug}/changes`)))
        await add(table, rows)
    }
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
  // Without statistics the first screens would wait for plans made for empty tables.
  for (const table of written) await client.query(`ANALYZE ${pg.escapeIdentifier(table)}`)
}

async function personRows(organisations: readonly Organisation[]): Promise<Row[]> {
  const hashes = new Map(
    await Promise.all(
      demoAccounts.map(async ({ email, password }) => [email, await hash(password, ARGON)] as const),
    ),
  )
  const people = new Map(
    organisations.flatMap(({ members }) => members.map(({ personId, email }) => [personId, email])),
  )
  return [...people].map(([id, email]) => ({
    id,
    email,
    password_hash: hashes.get(email) ?? null,
    created_at: frenchInstant(FOUNDED, 480),
  }))
}
