import { randomUUID } from 'node:crypto'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { ReportRow } from '@fieldback/domain/sync/pull'
import { pathIds } from '@fieldback/domain/territory/path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { loadMonthly } from '../giveback/monthly.repo.ts'
import { loadPack } from '../giveback/pack.repo.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import { hiddenTextFields, type ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { loadFrame } from './frame.repo.ts'
import { loadPushContext, lockBatch } from './load-context.ts'
import { findHorizon, type PulledRow, pullHistory, pullRows, pullVisited, START } from './pull.repo.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let accountId = ''

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  await inOrg(db, org, async (tx) => {
    place = await tx.territory.findFirstOrThrow({
      where: { orgId: org, rank: 3 },
      select: { id: true, path: true },
    })
    accountId = (
      await tx.account.findFirstOrThrow({
        where: { orgId: org, territoryId: place.id },
        select: { id: true },
      })
    ).id
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const span = {
  after: START,
  horizon: '9000000000',
  homesFrom: '0',
  since: '2025-11-20',
  limit: 2_000,
  assignees: [randomUUID()],
}
const grants = () => [{ assignmentId: '', role: 'rep', territoryId: place.id, path: place.path }] as const
const envelope = () => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})
/** One operation on each kind of row, by turns. */
const operation = (_: unknown, at: number): Operation => {
  const turns: readonly [Operation, ...Operation[]] = [
    { ...envelope(), kind: 'report.amend', body: { contactId: randomUUID() } },
    { ...envelope(), kind: 'account.update', body: {} },
    { ...envelope(), kind: 'contact.update', body: {} },
    { ...envelope(), kind: 'callback.done', body: {} },
  ]
  return turns[at % turns.length] ?? turns[0]
}

/** What a phone makes the server read, and for each table the columns its index must be entered by. */
const READS: readonly (readonly [string, (sdb: ScopedDb) => Promise<unknown>, Record<string, RegExp>])[] = [
  [
    'a first page of a rep',
    (sdb) => pullRows(sdb, span, (_, values) => values),
    { territory: /path/, account: /territory_id/, contact: /account_id/, report: /account_id/ },
  ],
  [
    'a later page, from a cursor',
    (sdb) => pullRows(sdb, { ...span, after: { xid: '8999999999', seq: '1' } }, (_, values) => values),
    { territory: /path/ },
  ],
  [
    'the accounts that reports of a page visited',
    (sdb) => {
      const row = { accountId } as ReportRow
      const report: PulledRow = { of: 'report', at: { xid: '1', seq: '1' }, row }
      return pullVisited(sdb, { page: [report], homesFrom: '0' }, (_, values) => values)
    },
    { account: /\bid =/ },
  ],
  [
    'the history of accounts that entered',
    (sdb) => pullHistory(sdb, [accountId], span, (_, values) => values),
    { contact: /account_id/, report: /account_id/ },
  ],
  ['the forms of a scope', (sdb) => loadFrame(sdb), { field_definition: /territory_id/ }],
  [
    'the return pack',
    async (sdb) => loadPack(sdb, await loadFrame(sdb), '2025-11-01', '2026-11-20T10:00:00Z'),
    { rollup_day: /territory_id/ },
  ],
  [
    'the months above a trend',
    (sdb) => {
      const trend = { id: randomUUID(), entity: 'report', spec: { givebacks: [{ kind: 'trend' }] } }
      return loadMonthly(sdb, {
        fields: [trend as unknown as FieldDefinition],
        above: pathIds(place.path).slice(0, -1),
        asked: () => true,
        since: '2025-11-01',
      })
    },
    { rollup_cell: /field_id/, rollup_person: /territory_id/ },
  ],
  ['the horizon', (sdb) => findHorizon(sdb), {}],
  [
    'what a batch refers to',
    async ({ tx, scope }) => {
      const batch = Array.from({ length: 100 }, operation)
      return loadPushContext(
        tx,
        { ...scope, assignments: [{ ...grants()[0], validFrom: '2026-01-01', validTo: null }] },
        batch,
        {
          localDay: () => '2026-11-20',
          phone: () => null,
          hash: () => '',
          fields: new Map(),
          locked: await lockBatch(tx, scope, batch, []),
        },
      )
    },
    { report: /\bid\b/, contact: /\bid\b/, account: /\bid\b/, callback: /\bid\b/ },
  ],
]

describe('what a phone asks for, as the application under row-level security', () => {
  it.each(READS)('%s: every table of size is entered by its index', async (_name, read, entered) => {
    const plans: Plan[] = []
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: grants() }
    await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
    expect(plans.length).toBeGreaterThan(0)
    expect(readsWhole(plans)).toEqual([])
    for (const [table, columns] of Object.entries(entered)) {
      // A bitmap names its index alone, which begins with the table's name.
      const conditions = plans
        .flatMap(planNodes)
        .filter((node) => node['Relation Name'] === table || node['Index Name']?.startsWith(`${table}_`))
        .flatMap((node) => node['Index Cond'] ?? [])
      expect(
        conditions.some((condition) => columns.test(condition)),
        `${table}: ${conditions}`,
      ).toBe(true)
    }
  })

  it('hidden texts are looked for among the questions of the organisation alone', async () => {
    const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: grants() }
    expect((await inOrg(db, org, (tx) => hiddenTextFields({ tx, scope }))).size).toBe(0)
  })
})
