import { randomUUID } from 'node:crypto'
import { readAccountLine } from '@fieldback/domain/import/account-line'
import { indexTerritories } from '@fieldback/domain/import/find-territory'
import type { StagedLine } from '@fieldback/domain/import/line'
import { readContactLine } from '@fieldback/domain/import/plan-contacts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, type OrgTx, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { accountsAround } from './accounts.repo.ts'
import { contactsAround } from './contacts.repo.ts'
import { findLines } from './import.repo.ts'
import { accountsToUndo, contactsToUndo } from './undo.repo.ts'
import { countRows, type DoneLine, takeDoneLines, takeLines, type Work } from './work.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [orgId = ''] = orgs
const importId = randomUUID()
let accountIds: string[] = []
let contactIds: string[] = []

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.workerUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query('BEGIN')
  await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
  await owner.query(
    `UPDATE account SET phone = '+335' || name_key, postcode = substr(id::text, 1, 4) WHERE org_id = $1`,
    [orgId],
  )
  for (const id of [importId, randomUUID()])
    await owner.query(
      `INSERT INTO import_line (org_id, import_id, line, cells, outcome, match_key, record_id, effect, name_key, name_sketch, postcode, phone, email)
       SELECT $1::uuid, $2::uuid, n, '[]', CASE WHEN n % 50 = 0 THEN 'refused' ELSE 'create' END, 'key' || n, gen_random_uuid(), '{"created":true,"version":1}',
              'nom ' || n, 'nm ' || n, n::text, '06' || n, 'a' || n || '@b.fr'
         FROM generate_series(1, 20000) n`,
      [orgId, id],
    )
  await owner.query('COMMIT')
  await owner.query('ANALYZE import_line, account')
  await owner.end()
  await inOrg(db, orgId, async (tx) => {
    const few = { where: { orgId }, select: { id: true }, take: 500 } as const
    accountIds = (await tx.account.findMany(few)).map(({ id }) => id)
    contactIds = (await tx.contact.findMany(few)).map(({ id }) => id)
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const work = (): Work =>
  ({ orgId, id: importId, lease: importId, kind: 'accounts', state: 'importing' }) as Work
const staged: StagedLine[] = Array.from({ length: 1_000 }, (_, i) => ({
  line: 10_000 + i,
  cells: [`R${i}`, `Nom ${i}`, `${1_000 + i}`, `06${String(i).padStart(8, '0')}`, `a${i}@b.fr`],
}))
const mapping = { ref: 0, name: 1, postcode: 2, phone: 3, email: 4 }
const reading = { mapping, columns: 5, territories: indexTerritories([]), phone: (raw: string) => raw }
const accounts = staged.map((line) => readAccountLine(line, reading))
const contacts = staged.map((line) =>
  readContactLine(line, {
    mapping: { accountRef: 0, account: 1, lastName: 2 },
    columns: 5,
    phone: () => null,
  }),
)
const nameless = staged.map((line) =>
  readContactLine(line, {
    mapping: { account: 1, accountPostcode: 2, lastName: 2 },
    columns: 5,
    phone: () => null,
  }),
)
const done = (ids: readonly string[]): DoneLine[] =>
  ids.map((recordId, line) => ({ line, recordId, effect: { created: true, version: 1 } }))
const wanted = { outcomes: ['refused', 'duplicate'], kept: false, after: 0, limit: 500 } as const

const READS: readonly (readonly [string, (tx: OrgTx) => Promise<unknown>])[] = [
  [
    'the accounts a batch may be about',
    (tx) =>
      accountsAround(tx, work(), accounts, { lock: true, read: (line) => readAccountLine(line, reading) }),
  ],
  ['the people a batch may be about', (tx) => contactsAround(tx, work(), contacts, { lock: true })],
  [
    'the accounts that people without a number may be at',
    (tx) => contactsAround(tx, work(), nameless, { lock: true }),
  ],
  ['the next lines', (tx) => takeLines(tx, work(), 9_000, 1_000)],
  ['the next lines that did something', (tx) => takeDoneLines(tx, work(), 9_000, 500)],
  ['accounts to take back', (tx) => accountsToUndo(tx, work(), done(accountIds))],
  ['contacts to take back', (tx) => contactsToUndo(tx, work(), done(contactIds))],
  ['lines that did not get in', (tx) => findLines({ tx, scope: { orgId } }, importId, wanted)],
  [
    'lines of one outcome',
    (tx) => findLines({ tx, scope: { orgId } }, importId, { ...wanted, outcomes: ['refused'] }),
  ],
  [
    'lines that were kept',
    (tx) => findLines({ tx, scope: { orgId } }, importId, { ...wanted, outcomes: null, kept: true }),
  ],
]

describe('what a batch of an import reads, as the worker under row-level security', () => {
  it.each(READS)('%s: every table of size is entered by its index', async (_name, read) => {
    const plans: Plan[] = []
    const scope = { orgId, membershipId: orgId, deviceId: orgId, day: '2026-11-20', grants: [] }
    await inOrg(db, orgId, (tx) => read(explaining(tx, plans, scope).tx), { timeout: 20_000 })
    expect(plans.length).toBeGreaterThan(0)
    expect(readsWhole(plans)).toEqual([])
    const lines = plans.flatMap(planNodes).filter((node) => node['Relation Name'] === 'import_line')
    expect(lines.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
  })
})

it('the worker, who owns no table, has the planner told of the rows that an import looks up', async () => {
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const counted = async () => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT analyze_count::int AS n FROM pg_stat_user_tables
        WHERE relname IN ('account', 'account_home', 'import_line') ORDER BY relname`,
    )
    return rows.map(({ n }) => n)
  }
  try {
    const before = await counted()
    // A table that Postgres itself is looking through is left for the next time.
    const again = async () => {
      await countRows(db)
      return (await counted()).map((n, at) => n > (before[at] ?? 0))
    }
    await expect.poll(again).toEqual([true, true, true])
  } finally {
    await owner.end()
  }
})
