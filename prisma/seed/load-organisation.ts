import { hash } from '@node-rs/argon2'
import type pg from 'pg'
import { insertRows, type Row } from './insert-rows.ts'
import { writeCounts } from './load-counts.ts'
import { intoEmpty, isAlone } from './load-empty.ts'
import type { LoadMember, LoadPlan } from './load-plan.ts'
import { within, writeAccounts, writeMonth } from './load-rows.ts'
import { stage } from './load-stage.ts'
import { LEVEL_NAMES } from './organisation.ts'

export const LOAD_PASSWORD = 'fieldback-load'
const NAME = 'Charge'
/** Until the last row is there: a run that was killed leaves its trace, and is not taken for a whole one. */
const UNFINISHED = 'Charge (inachevée)'
/** argon2id: memory in KiB, passes, lanes. */
const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const REPS_WHO_SIGN_IN = 8
/** Everything that rows were written to. */
const TABLES =
  'person, membership, device, territory, assignment, field_definition, field_version, field_set, account, account_home, contact, report, rollup_cell, rollup_day, rollup_person, rollup_presence, rollup_headcount, stock_cell, ledger_cell, field_seconds'

export type Found = 'none' | 'whole' | 'unfinished' | 'foreign'

/** What stands under a slug: nothing, an organisation made here, one that was left half made, or somebody's own. */
export async function findLoaded(client: pg.ClientBase, { slug, orgId }: LoadPlan): Promise<Found> {
  const name = await within(client, orgId, async () => {
    const { rows } = await client.query<{ name: string }>('SELECT name FROM organisation WHERE id = $1', [
      orgId,
    ])
    return rows[0]?.name
  })
  if (name !== undefined) return name === UNFINISHED ? 'unfinished' : 'whole'
  // An organisation of other rows is invisible from here; its slug is not.
  await client.query('BEGIN')
  try {
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    await client.query(INSERT_ORGANISATION, organisationValues({ orgId, slug }))
    return 'none'
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') return 'foreign'
    throw error
  } finally {
    await client.query('ROLLBACK')
  }
}

const INSERT_ORGANISATION =
  'INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, $2, $3, $4, $5)'
const organisationValues = ({ orgId, slug }: { orgId: string; slug: string }): string[] => [
  orgId,
  UNFINISHED,
  slug,
  JSON.stringify(LEVEL_NAMES),
  crypto.randomUUID(),
]

/** Who the printed password lets in: the first reps, head office and the administrator. */
export const signingIn = ({ members, reps }: LoadPlan): LoadMember[] => [
  ...reps.slice(0, REPS_WHO_SIGN_IN),
  ...members.filter(({ role }) => role === 'headquarters' || role === 'administrator'),
]

/** Writes the organisation, as the owner of the schema; `tell` is called with what has been done. */
export async function writeOrganisation(
  client: pg.ClientBase,
  plan: LoadPlan,
  tell: (done: string) => void,
): Promise<void> {
  await holdOffCounting(client, plan.orgId)
  await writeFrame(client, plan)
  await stage(client, plan)
  await writeAccounts(client, plan)
  // The planner knows nothing of an organisation that has just come, and would look up each row by reading all.
  await client.query('ANALYZE territory, account, contact')
  tell(`${plan.accounts} accounts`)
  const whole = await isAlone(client)
  const writeReports = async (): Promise<void> => {
    for (const month of plan.months) {
      await writeMonth(client, plan, month, { whole })
      tell(`${month.to} reports`)
    }
  }
  if (whole) {
    await intoEmpty(client, plan.orgId, writeReports)
    tell('indexes')
  } else await writeReports()
  await writeCounts(client, plan)
  tell('counts')
  await within(client, plan.orgId, () =>
    client.query('UPDATE organisation SET name = $2 WHERE id = $1', [plan.orgId, NAME]),
  )
  // Plans made for empty tables would make the first screens wait.
  await client.query(`VACUUM (ANALYZE) ${TABLES}`)
}

/** As long as this connection lasts: a worker that compared figures with the reports would find half of them, and count for itself. */
async function holdOffCounting(client: pg.ClientBase, orgId: string): Promise<void> {
  await client.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [`rebuild:${orgId}`])
}

/** People, tree, questions: thousands of rows at most, in one transaction. */
async function writeFrame(client: pg.ClientBase, plan: LoadPlan): Promise<void> {
  const { orgId, members, territories, definitions, fieldSets } = plan
  const founded = '2024-09-02T06:00:00Z'
  const add = (table: string, rows: readonly Row[]) =>
    insertRows(
      client,
      table,
      rows.map((row) => ({ org_id: orgId, ...row })),
    )
  const password = await hash(LOAD_PASSWORD, ARGON)
  const known = signingIn(plan)
  await within(client, orgId, async () => {
    await client.query(INSERT_ORGANISATION, organisationValues(plan))
    const persons = await writePeople(client, plan, password)
    await add(
      'membership',
      members.map((member) => ({
        id: member.membershipId,
        person_id: persons.get(member.email) ?? member.personId,
        display_name: member.name,
        created_at: founded,
      })),
    )
    await add(
      'device',
      known.map((member) => ({
        id: crypto.randomUUID(),
        membership_id: member.membershipId,
        label: 'Générateur',
      })),
    )
    await add(
      'territory',
      territories.map(({ id, parentId, rank, name, code, path }) => ({
        id,
        parent_id: parentId,
        rank,
        name,
        code,
        path,
        created_at: founded,
      })),
    )
    await add(
      'assignment',
      members.map((member) => ({
        id: member.assignmentId,
        membership_id: member.membershipId,
        territory_id: member.territory.id,
        role: member.role,
        valid_from: '2022-01-01',
      })),
    )
    await add(
      'field_definition',
      definitions.map(({ id, territoryId, entity, key, version, slot }) => ({
        id,
        territory_id: territoryId,
        entity,
        key,
        current_version: version,
        slot,
        created_at: founded,
      })),
    )
    await add(
      'field_version',
      definitions.map(({ id, version, spec }) => ({
        field_id: id,
        version,
        spec: JSON.stringify(spec),
        published_at: founded,
      })),
    )
    await add(
      'field_set',
      [...fieldSets].map(([name, asked]) => ({
        hash: name,
        members: JSON.stringify(asked),
        created_at: founded,
      })),
    )
  })
}

/** Person ids by address. Somebody who is there already keeps his password. */
async function writePeople(
  client: pg.ClientBase,
  plan: LoadPlan,
  password: string,
): Promise<Map<string, string>> {
  const emails = plan.members.map(({ email }) => email)
  const known = new Set(signingIn(plan).map(({ email }) => email))
  await client.query(
    `INSERT INTO person (id, email, password_hash) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]) ON CONFLICT (email) DO NOTHING`,
    [
      plan.members.map(({ personId }) => personId),
      emails,
      emails.map((email) => (known.has(email) ? password : null)),
    ],
  )
  const { rows } = await client.query<{ id: string; email: string }>(
    'SELECT id, email FROM person WHERE email = ANY ($1)',
    [emails],
  )
  return new Map(rows.map(({ id, email }) => [email, id]))
}
