import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDb } from './client.ts'
import { type TestDatabase, testDatabase } from './test-database.ts'

describe('a pool of connections', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database?.drop())

  /** How many statements one connection has prepared by name after a query was asked twice. */
  async function preparedStatements(namedStatements: boolean): Promise<number> {
    const db = openDb({ url: database.appUrl, max: 1, namedStatements })
    try {
      const ask = () =>
        db.prisma.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_prepared_statements`
      await ask()
      return (await ask())[0]?.n ?? -1
    } finally {
      await db.close()
    }
  }

  it('prepares statements by name, which spares planning them again', async () => {
    expect(await preparedStatements(true)).toBeGreaterThan(0)
  })
  it('prepares none when told so, for a pooler that would lose them', async () => {
    expect(await preparedStatements(false)).toBe(0)
  })
})
