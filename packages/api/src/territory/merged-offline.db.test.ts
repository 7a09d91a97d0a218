import { randomUUID } from 'node:crypto'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import { arrangeAccount, arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg
let question: string
let fieldSet: string

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  question = await arrangeField(world.sql, north, {
    territoryId: north.territories.basque,
    entity: 'report',
    key: 'pelote',
    spec: { type: 'yes_no', label: { fr: 'Pelote' } },
  })
  const members = [[question, 1]] as const
  fieldSet = fieldSetHash(members)
  await world.sql(north.orgId, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    north.orgId,
    fieldSet,
    JSON.stringify(members),
  ])
})
afterAll(() => world.close())

const local = () => world.callerFor(north.people.local).territory
const pull = async (session: SessionIds, from: PullPage | null) => {
  await world.settled()
  return world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor: from?.cursor ?? null,
    frameTag: from?.frameTag ?? null,
    packAsOf: null,
  })
}

/** A report on the account of Pays Basque, captured without network; answers where it was filed and its status. */
async function arrives(session: SessionIds, capturedAt: string, accountId = north.accounts.basque.id) {
  const id = randomUUID()
  const [answer] = await push(world.deps, session, [
    {
      opId: randomUUID(),
      entityId: id,
      seq: 1,
      base: 0,
      capturedAt,
      clockOffset: 0,
      kind: 'report.create',
      body: {
        accountId,
        contactId: null,
        kind: 'visit',
        outcome: 'order',
        day: capturedAt.slice(0, 10),
        note: null,
        fieldSet,
        values: { [question]: { v: 1, x: true } },
        seconds: {},
        durationSeconds: 20,
      },
    },
  ])
  const [row] = await world.sql<{ territory: string; values: object }>(
    north.orgId,
    'SELECT territory_id AS territory, "values" FROM report WHERE id = $1',
    [id],
  )
  return { status: answer?.status, ...row }
}

describe('a phone that was offline while its territory was merged', () => {
  let basque: PullPage
  let bearn: PullPage
  let gestureIds: string[]
  beforeAll(async () => {
    basque = await pull(north.people.basqueRep, null)
    bearn = await pull(north.people.bearnRep, null)
    const both = { territoryId: north.territories.basque, intoId: north.territories.bearn }
    gestureIds = [...(await local().merge(both)).gestureIds]
  })

  it('is heard, with the answers that were asked there: a report belongs to the home of its capture', async () => {
    const asked = { [question]: { v: 1, x: true } }
    for (const at of ['2026-11-19T09:00:00.000Z', '2026-11-12T09:00:00.000Z'])
      expect(await arrives(north.people.basqueRep, at)).toMatchObject({ status: 'applied', values: asked })
    expect(await arrives(north.people.basqueRep, '2026-11-20T08:00:00.000Z')).toMatchObject({
      status: 'applied',
    })
    // What is captured by a colleague of the new home is heard too.
    expect(await arrives(north.people.bearnRep, '2026-11-20T09:59:00.000Z')).toMatchObject({
      status: 'applied',
    })
  })
  it('is told where it stands now, and keeps its accounts', async () => {
    const own = await pull(north.people.basqueRep, basque)
    expect(own.frame?.territories.map(({ name }) => name)).toContain('bearn')
    expect(own.frame?.fields.map(({ key }) => key)).toContain('pelote')
    expect(own.accounts.map(({ id }) => id)).toEqual(
      expect.arrayContaining([north.accounts.basque.id, north.accounts.bearn.id]),
    )
    const other = await pull(north.people.bearnRep, bearn)
    expect(other.accounts.map(({ id }) => id)).toContain(north.accounts.basque.id)
    expect(other.frame?.fields.map(({ key }) => key)).toContain('pelote')
  })
  it('is heard when it is taken back, and its accounts are its own again', async () => {
    const before = await pull(north.people.bearnRep, null)
    await local().undo({ gestureIds })
    expect(await arrives(north.people.basqueRep, '2026-11-20T08:30:00.000Z')).toMatchObject({
      status: 'applied',
    })
    const own = await pull(north.people.basqueRep, null)
    expect(own.accounts.map(({ id }) => id)).toEqual([north.accounts.basque.id])
    const other = await pull(north.people.bearnRep, before)
    const left = other.reset
      ? !other.accounts.some(({ id }) => id === north.accounts.basque.id)
      : JSON.stringify(other).includes(north.accounts.basque.id)
    expect(left).toBe(true)
  })
})

it('a report captured in a territory that was closed meanwhile is filed there', async () => {
  const { id } = await local().createSubSector({ parentId: north.territories.pyrenees, name: 'Soule' })
  const account = await arrangeAccount(world.sql, north.orgId, id, 'Zuberoa')
  await world.sql(north.orgId, 'UPDATE territory SET closed_at = now() WHERE id = $1', [id])
  const filed = await arrives(north.people.local, '2026-11-20T09:00:00.000Z', account.id)
  expect(filed).toMatchObject({ status: 'applied', territory: id })
})
