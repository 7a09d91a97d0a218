import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'

// Moves are written by the clock of the database: what is "before" is captured on the day of the world, which is past.
const BEFORE = '2026-11-20T09:00:00.000Z'

let world: TestWorld
let north: TestOrg
/** Of Nouvelle-Aquitaine alone. */
let regionalRep: SessionIds
let manager: SessionIds
let asked: string
let account: { id: string; contactId: string }

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  regionalRep = await arrangePerson(world.sql, north.orgId, {
    name: 'of the region',
    role: 'rep',
    territoryId: north.territories.aquitaine,
  })
  manager = await arrangePerson(world.sql, north.orgId, {
    name: 'of the country',
    role: 'manager',
    territoryId: north.territories.france,
  })
  asked = await arrangeField(world.sql, north, {
    territoryId: north.territories.aquitaine,
    entity: 'report',
    key: 'concurrent',
    spec: { type: 'yes_no' },
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  account = await arrangeAccount(world.sql, north.orgId, north.territories.basque, 'Fromagerie')
})

const admin = () => world.callerFor(north.people.admin)
const mover = () => world.callerFor(manager)
const moveBranch = (territory: keyof TestOrg['territories'], parent: keyof TestOrg['territories']) =>
  admin().territory.move({
    territoryId: north.territories[territory],
    parentId: north.territories[parent],
  })
const envelope = (capturedAt: string) => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt,
  clockOffset: 0,
})
const report = (capturedAt: string, values: Record<string, unknown> = {}) => ({
  ...envelope(capturedAt),
  kind: 'report.create',
  body: {
    accountId: account.id,
    contactId: account.contactId,
    kind: 'visit',
    outcome: 'none',
    day: '2026-11-20',
    note: null,
    fieldSet: 'unknown',
    values,
    seconds: {},
    durationSeconds: 30,
  },
})
const send = async (operation: object, session = regionalRep) => {
  const { answers } = await world
    .callerFor(session)
    .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [operation] })
  return answers[0]
}
const territoryOf = async (reportId: string) =>
  (
    await world.sql<{ id: string }>(north.orgId, 'SELECT territory_id AS id FROM report WHERE id = $1', [
      reportId,
    ])
  )[0]?.id

describe('work captured before a branch was moved', () => {
  it('is taken from whoever held its old line, with the answers that line asked for', async () => {
    await moveBranch('pyrenees', 'bretagne')
    const operation = report(BEFORE, { [asked]: { v: 1, x: true } })
    expect(await send(operation)).toMatchObject({ status: 'applied' })
    const update = {
      ...envelope(BEFORE),
      entityId: account.id,
      base: 1,
      kind: 'account.update',
      body: { activity: 'Fromager' },
    }
    expect(await send(update)).toMatchObject({ status: 'applied' })
    await moveBranch('pyrenees', 'aquitaine')
  })

  it('is taken from whoever went with the branch, with the answers that its old line asked for', async () => {
    await moveBranch('pyrenees', 'bretagne')
    const operation = report(BEFORE, { [asked]: { v: 1, x: true } })
    expect(await send(operation, north.people.basqueRep)).toMatchObject({ status: 'applied' })
    await moveBranch('pyrenees', 'aquitaine')
  })

  it('is taken through several moves, and when the branch is back', async () => {
    await moveBranch('pyrenees', 'bretagne')
    await moveBranch('basque', 'finistere')
    expect(await send(report(BEFORE))).toMatchObject({ status: 'applied' })
    await moveBranch('basque', 'pyrenees')
    await moveBranch('pyrenees', 'aquitaine')
    expect(await send(report(BEFORE))).toMatchObject({ status: 'applied' })
  })

  it('gives no right to who held neither line then', async () => {
    await moveBranch('pyrenees', 'bretagne')
    const { bearnRep } = north.people
    expect(await send(report(BEFORE), bearnRep)).toMatchObject({ code: 'OP_FORBIDDEN' })
    await moveBranch('pyrenees', 'aquitaine')
  })
})

describe('work captured after a branch was moved', () => {
  it('is put aside when only its old line was held', async () => {
    await moveBranch('pyrenees', 'bretagne')
    const captured = new Date(Date.now() + 1_000)
    const { now } = world.deps
    const [moved] = await world.sql<{ n: number }>(
      north.orgId,
      'SELECT count(*)::int AS n FROM branch_move WHERE at < $1',
      [captured],
    )
    expect(moved?.n).toBeGreaterThan(0)
    Object.assign(world.deps, { now: () => new Date(captured.getTime() + 1_000) })
    expect(await send(report(captured.toISOString()))).toMatchObject({ code: 'OP_FORBIDDEN' })
    Object.assign(world.deps, { now })
    await moveBranch('pyrenees', 'aquitaine')
  })
})

describe('work captured before an account was moved', () => {
  const moveAccount = () =>
    mover().account.move({ accountIds: [account.id], territoryId: north.territories.finistere })

  it('is taken from whoever held its old home, and belongs to it', async () => {
    await moveAccount()
    const operation = report(BEFORE)
    expect(await send(operation, north.people.basqueRep)).toMatchObject({ status: 'applied' })
    expect(await territoryOf(operation.entityId)).toBe(north.territories.basque)
  })

  it('is taken from whoever holds its new home, and gives others nothing', async () => {
    await moveAccount()
    expect(await send(report(BEFORE), north.people.bretonRep)).toMatchObject({ status: 'applied' })
    expect(await send(report(BEFORE), north.people.bearnRep)).toMatchObject({ code: 'OP_FORBIDDEN' })
  })

  it('is put aside when the old home was left before it', async () => {
    await world.sql(
      north.orgId,
      `UPDATE account_home SET from_at = '2026-10-01', to_at = '2026-11-01' WHERE account_id = $1`,
      [account.id],
    )
    await world.sql(
      north.orgId,
      `INSERT INTO account_home (org_id, account_id, from_at, territory_id) VALUES ($1, $2, '2026-11-01', $3)`,
      [north.orgId, account.id, north.territories.finistere],
    )
    await world.sql(north.orgId, 'UPDATE account SET territory_id = $2 WHERE id = $1', [
      account.id,
      north.territories.finistere,
    ])
    expect(await send(report(BEFORE), north.people.basqueRep)).toMatchObject({ code: 'OP_FORBIDDEN' })
  })
})
