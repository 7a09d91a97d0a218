import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Db, inOrg, type OrgTx, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes } from '../large-organisation.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { branchesFacts, branchFacts } from './branch-facts.repo.ts'

let database: TestDatabase
let db: Db
const [org, other] = [randomUUID(), randomUUID()]
const scope = { orgId: org, membershipId: org, deviceId: org, day: '2026-11-20', grants: [] }
const here = <T>(work: (tx: OrgTx) => Promise<T>) => inOrg(db, org, work, { timeout: 60_000 })
const placesAt = (tx: OrgTx, rank: number) =>
  tx.territory.findMany({ where: { orgId: org, rank }, select: { id: true, path: true } })

/** What makes accounts, people and reports differ; 10,000 accounts are left. */
const VARIED = [
  `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, deleted_at)
   SELECT $1::uuid, gen_random_uuid(), t.id, 'client', 'Compte', 'gone', now() FROM territory t WHERE t.org_id = $1::uuid AND t.rank = 3`,
  `INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key, phone)
   SELECT $1::uuid, gen_random_uuid(), a.id, 'A', 'B', 'b a', '+33' FROM account a WHERE a.org_id = $1::uuid`,
  `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, duration_seconds, captured_at)
   SELECT $1::uuid, gen_random_uuid(), a.id, a.territory_id, a.id, 'visit', 'order', '2026-11-20', 'accepted', 40, now()
     FROM account a WHERE a.org_id = $1::uuid AND a.deleted_at IS NOT NULL`,
  `UPDATE account SET phone = NULL WHERE org_id = $1::uuid AND substr(id::text, 1, 1) < '5'`,
  `UPDATE contact SET opted_out_at = now() WHERE org_id = $1::uuid AND substr(id::text, 1, 1) < '4'`,
  `UPDATE report SET status = 'withdrawn' WHERE org_id = $1::uuid AND substr(id::text, 1, 1) < '2'`,
  `UPDATE report SET day = '2026-09-21' WHERE org_id = $1::uuid AND substr(id::text, 1, 1) = '9'`,
  `UPDATE report r SET contact_id = c.id FROM contact c WHERE c.org_id = $1::uuid AND r.org_id = c.org_id
      AND c.account_id = r.account_id AND substr(r.id::text, 1, 1) > 'b'`,
]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, [org, other])
  await here(async (tx) => {
    for (const statement of VARIED) await tx.$executeRawUnsafe(statement, org)
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

describe('the facts of a branch', () => {
  it('are the same for the whole organisation as for its regions added up', async () => {
    const [root, regions] = await here(async (tx) => {
      const [whole] = await placesAt(tx, 0)
      if (!whole) throw new Error('no root')
      const parts = await branchesFacts({ tx, scope }, await placesAt(tx, 1))
      return [await branchFacts({ tx, scope }, whole), [...parts.values()]] as const
    })
    expect(regions).toHaveLength(10)
    const sum = (of: (facts: (typeof regions)[number]) => number) =>
      regions.reduce((total, facts) => total + of(facts), 0)
    expect(root).toEqual({
      reps: 0,
      repsBelow: 0,
      fieldReps: 0,
      territories: 610,
      accounts: 10_000,
      contacts: sum((facts) => facts.contacts),
      accountsReachable: sum((facts) => facts.accountsReachable),
      contactsReachable: sum((facts) => facts.contactsReachable),
      // Each account has an author of its own here.
      authorsLast60Days: sum((facts) => facts.authorsLast60Days),
      reportsLast60Days: sum((facts) => facts.reportsLast60Days),
      accountsMetLast60Days: sum((facts) => facts.accountsMetLast60Days),
      contactsMetLast60Days: sum((facts) => facts.contactsMetLast60Days),
      accountsSeenTwiceIn60Days: sum((facts) => facts.accountsSeenTwiceIn60Days),
    })
    expect(root.contactsMetLast60Days).toBeGreaterThan(1_000)
    expect(root.contactsReachable).toBeGreaterThan(1_000)
    expect(root.accountsSeenTwiceIn60Days).toBeGreaterThan(1_000)
  })

  it('are read once for the whole organisation, not once an account', async () => {
    const plans: Plan[] = []
    await here(async (tx) => {
      const [whole] = await placesAt(tx, 0)
      if (whole) await branchFacts(explaining(tx, plans, scope), whole)
    })
    const nodes = plans.flatMap(planNodes)
    expect(nodes.some((node) => node['Node Type'] === 'Hash Join')).toBe(true)
    const perAccount = nodes.filter(
      (node) =>
        ['report', 'contact'].includes(node['Relation Name'] ?? '') &&
        node['Index Cond']?.includes('account_id'),
    )
    expect(perAccount).toEqual([])
  })
})
