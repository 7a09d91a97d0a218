import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, openDb } from '../client.ts'
import { inOrgSql } from '../org-sql.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { waitingFacts } from './recount.repo.ts'

let database: TestDatabase
let db: Db

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

it('hands over each waiting fact once, also where its number gains a digit', async () => {
  const orgId = randomUUID()
  const handedOver = await inOrgSql(db, orgId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO rollup_outbox (id, org_id, fact) OVERRIDING SYSTEM VALUE
      SELECT n, ${orgId}::uuid, jsonb_build_object('number', n) FROM generate_series(99991, 100010) AS n`
    const numbers: unknown[] = []
    let after: string | null = '0'
    while (after !== null) {
      const page: Awaited<ReturnType<typeof waitingFacts>> = await waitingFacts(tx, orgId, {
        after,
        limit: 3,
      })
      numbers.push(...page.facts.map((fact) => (fact as unknown as { number: number }).number))
      after = page.last
    }
    return numbers
  })
  expect(handedOver).toEqual(Array.from({ length: 20 }, (_, n) => 99_991 + n))
})
