import { randomUUID } from 'node:crypto'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'

const WRITERS = 24
const ROUNDS = 6

let world: TestWorld
let clients: Client[]
beforeAll(async () => {
  world = await openTestWorld()
  clients = Array.from(
    { length: WRITERS + 1 },
    () => new Client({ connectionString: world.database.ownerUrl }),
  )
  await Promise.all(clients.map((client) => client.connect()))
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()))
  await world.close()
})

/** Each adds an account and leaves its transaction open until others, begun later, have committed: the odd ones end last. */
async function write(client: Client, turn: () => Promise<void>): Promise<string> {
  const { north } = world
  const id = randomUUID()
  await client.query('BEGIN')
  await client.query(`SELECT set_config('app.org', $1, true)`, [north.orgId])
  await client.query(
    `INSERT INTO account (org_id, id, territory_id, kind, name, name_key) VALUES ($1, $2, $3, 'client', 'Maison', 'maison')`,
    [north.orgId, id, north.territories.basque],
  )
  await turn()
  await client.query('COMMIT')
  return id
}

it('a phone that pulls while 24 transactions stay open misses no row; by the plain sequence it would', async () => {
  const { north } = world
  const session = north.people.basqueRep
  const [reader, ...writers] = clients as [Client, ...Client[]]
  const [pulled, plain] = [new Set<string>(), new Set<string>()]
  let page: PullPage | null = null
  let last = 0n
  const look = async (): Promise<void> => {
    do {
      page = await world.callerFor(session).sync.pull({
        protocol: 1,
        membershipId: session.membershipId,
        cursor: page?.cursor ?? null,
        frameTag: page?.frameTag ?? null,
        packAsOf: null,
      })
      for (const { id } of page.accounts) pulled.add(id)
    } while (page.more)
    await reader.query('BEGIN')
    await reader.query(`SELECT set_config('app.org', $1, true)`, [north.orgId])
    const { rows } = await reader.query<{ id: string; seq: string }>(
      'SELECT id, sync_seq AS seq FROM account WHERE sync_seq > $1 ORDER BY sync_seq',
      [last],
    )
    await reader.query('COMMIT')
    for (const { id, seq } of rows) {
      plain.add(id)
      last = BigInt(seq)
    }
  }

  const written: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    let ended = 0
    let goOn = (): void => {}
    const looked = new Promise<void>((done) => {
      goOn = done
    })
    const early = writers.filter((_, at) => at % 2 === 1)
    const all = writers.map((client, at) =>
      write(client, async () => {
        if (at % 2 === 0) await looked
      }).then((id) => {
        if (at % 2 === 1) ended += 1
        return id
      }),
    )
    await expect.poll(() => ended).toBe(early.length)
    // Half have committed, with the other half open around them.
    await look()
    goOn()
    written.push(...(await Promise.all(all)))
    await look()
  }
  await world.settled()
  await look()
  expect(written).toHaveLength(WRITERS * ROUNDS)
  expect(written.filter((id) => !pulled.has(id))).toEqual([])
  expect(written.filter((id) => !plain.has(id)).length).toBeGreaterThan(0)
})
