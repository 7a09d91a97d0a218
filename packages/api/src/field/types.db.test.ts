import { randomUUID } from 'node:crypto'
import { type Answers, type AnswerValue, isText } from '@fieldback/domain/field/answer'
import { FIELD_TYPES, type FieldSpec, type FieldType } from '@fieldback/domain/field/field-spec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangeAccount, arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const ask = (
  type: FieldType,
  over: { at?: 'basque' | 'france'; slot?: string; spec?: Partial<FieldSpec> } = {},
): Promise<string> =>
  arrangeField(world.sql, world.north, {
    territoryId: world.north.territories[over.at ?? 'france'],
    entity: 'account',
    key: `${type}_${randomUUID().slice(0, 8)}`,
    ...(over.slot ? { slot: over.slot } : {}),
    spec: { type, reportable: !isText({ type }), ...over.spec },
  })

const account = () =>
  arrangeAccount(world.sql, world.north.orgId, world.north.territories.basque, `Compte ${randomUUID()}`)

const tell = async (accountId: string, given: Record<string, unknown>) => {
  const session = world.north.people.basqueRep
  const values = Object.fromEntries(
    Object.entries(given).map(([id, x]) => [id, { v: 1, x, d: '2026-11-20' }]),
  )
  const operation = {
    opId: randomUUID(),
    entityId: accountId,
    seq: 1,
    base: 1,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'account.update',
    body: { values },
  }
  const { answers } = await world
    .callerFor(session)
    .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [operation] })
  return answers[0]
}

type Row = { values: Answers; n01: number | null; n02: number | null; d01: string | null; version: number }
const stored = async (id: string): Promise<Row | undefined> =>
  (
    await world.sql<Row>(
      world.north.orgId,
      `SELECT "values", n01, n02, d01::text, version FROM account WHERE id = $1`,
      [id],
    )
  )[0]

it('what is typed to reach somebody is brought to its normal form beside what was typed, or kept as it is', async () => {
  const [phone, desk, email, web] = [
    await ask('phone'),
    await ask('phone'),
    await ask('email'),
    await ask('web_address'),
  ]
  const { id } = await account()
  const told = await tell(id, {
    [phone]: '06 12 34 56 78',
    [desk]: 'le poste de Maider',
    [email]: 'Maider@Exemple.FR',
    [web]: 'Exemple.fr/Carte',
  })
  expect(told).toMatchObject({ status: 'applied' })
  const d = '2026-11-20'
  expect((await stored(id))?.values).toEqual({
    [phone]: { v: 1, x: '+33612345678', r: '06 12 34 56 78', d },
    [desk]: { v: 1, x: 'le poste de Maider', d },
    [email]: { v: 1, x: 'maider@exemple.fr', r: 'Maider@Exemple.FR', d },
    [web]: { v: 1, x: 'https://exemple.fr/Carte', r: 'Exemple.fr/Carte', d },
  })
})

it('a normal form sent again changes nothing, whoever types it otherwise', async () => {
  const phone = await ask('phone')
  const { id } = await account()
  await world.sql(world.north.orgId, 'UPDATE account SET "values" = $2 WHERE id = $1', [
    id,
    JSON.stringify({ [phone]: { v: 1, x: '+33612345678', d: '2026-11-20' } }),
  ])
  await tell(id, { [phone]: '+33612345678' })
  expect((await stored(id))?.version).toBe(1)
})

it('amounts, durations and ratings fill columns of numbers, a date and time that of its day, moved or not', async () => {
  const amount = await ask('money', { slot: 'n01', spec: { currency: 'EUR' } })
  const note = await ask('rating', { slot: 'n02', spec: { min: 1, max: 5 } })
  const moment = await ask('date_time', { slot: 'd01' })
  const { id } = await account()
  const told = await tell(id, { [amount]: 1250.5, [note]: 4, [moment]: '2026-12-31T23:59' })
  expect(told).toMatchObject({ status: 'applied' })
  const columns = { n01: 1250.5, n02: 4, d01: '2026-12-31' }
  expect(await stored(id)).toMatchObject(columns)
  const { bearn } = world.north.territories
  await world.callerFor(world.north.people.local).account.move({ accountIds: [id], territoryId: bearn })
  expect(await stored(id)).toMatchObject(columns)
})

it('without a column, they are in the child table as numbers and days', async () => {
  const [length, moment] = [await ask('duration'), await ask('date_time')]
  const { id } = await account()
  await tell(id, { [length]: 90, [moment]: '2026-12-31T23:59' })
  const rows = await world.sql<{ number: number | null; day: string | null; text: string | null }>(
    world.north.orgId,
    'SELECT number, day::text, text FROM field_answer WHERE entity_id = $1 ORDER BY number NULLS LAST',
    [id],
  )
  expect(rows).toEqual([
    { number: 90, day: null, text: null },
    { number: null, day: '2026-12-31', text: null },
  ])
})

it('an answer of another kind than its question is put aside whole, with the reason', async () => {
  const position = await ask('position')
  const amount = await ask('money', { spec: { currency: 'EUR' } })
  for (const [field, x] of [
    [position, { latitude: 91, longitude: 0, accuracy: 1 }],
    [amount, '12 €'],
  ] as const) {
    const { id } = await account()
    expect(await tell(id, { [field]: x })).toMatchObject({ status: 'quarantined', code: 'OP_ANSWER_INVALID' })
  }
})

it('nobody slips in a raw text of his own', async () => {
  const amount = await ask('money', { spec: { currency: 'EUR' } })
  const { id } = await account()
  const session = world.north.people.basqueRep
  await world.callerFor(session).sync.push({
    protocol: 1,
    membershipId: session.membershipId,
    operations: [
      {
        opId: randomUUID(),
        entityId: id,
        seq: 1,
        base: 1,
        capturedAt: '2026-11-20T09:00:00.000Z',
        clockOffset: 0,
        kind: 'account.update',
        body: { values: { [amount]: { v: 1, x: 3, d: '2026-11-20', r: 'hidden' } } },
      },
    ],
  })
  expect((await stored(id))?.values).toEqual({ [amount]: { v: 1, x: 3, d: '2026-11-20' } })
})

/** A secret of each kind that is told in words: what was planted, and what of it must be found nowhere above. */
const REFERRED = '019a8c1e-7b00-7000-8000-0000000000ee'
const TAKEN = '019a8c1e-7b00-7000-8000-0000000000ef'
const SECRETS: Readonly<Partial<Record<FieldType, readonly [AnswerValue, string]>>> = {
  short_text: ['planted-short', 'planted-short'],
  long_text: ['planted-long', 'planted-long'],
  phone: ['06 98 76 54 32', '98 76 54 32'],
  email: ['Planted@Exemple.fr', 'planted@exemple.fr'],
  web_address: ['planted.exemple.fr', 'https://planted.exemple.fr'],
  postal_address: [{ street: 'planted-street', postcode: '', city: '', country: '' }, 'planted-street'],
  position: [{ latitude: 43.987654, longitude: -1.123456, accuracy: 4 }, '43.987654'],
  account_reference: [REFERRED, REFERRED],
  contact_reference: [REFERRED, REFERRED],
  photo: [[TAKEN], TAKEN],
}

it('of a local question told in words, a level above pulls neither the answer nor what was typed, unless it is shared', async () => {
  const types = FIELD_TYPES.filter((type) => isText({ type }))
  expect(Object.keys(SECRETS).sort()).toEqual([...types].sort())
  const { id } = await account()
  const planted: Record<string, unknown> = {}
  for (const type of types) planted[await ask(type, { at: 'basque' })] = SECRETS[type]?.[0]
  const shared = await ask('phone', { at: 'basque', spec: { shared: true } })
  expect(await tell(id, { ...planted, [shared]: '06 11 22 33 44' })).toMatchObject({ status: 'applied' })
  const { basqueRep, regional } = world.north.people
  const [rep, manager] = [await pulled(basqueRep), await pulled(regional)]
  for (const [, secret] of Object.values(SECRETS)) {
    expect(rep).toContain(secret)
    expect(manager).not.toContain(secret)
  }
  expect(manager).toContain('+33611223344')
})

async function pulled(session: SessionIds): Promise<string> {
  await world.settled()
  const pages: string[] = []
  let cursor: string | null = null
  let more = true
  while (more) {
    const page: { cursor: string; more: boolean } = await world.callerFor(session).sync.pull({
      protocol: 1,
      membershipId: session.membershipId,
      cursor,
      frameTag: null,
      packAsOf: null,
    })
    pages.push(JSON.stringify(page))
    cursor = page.cursor
    more = page.more
  }
  return pages.join()
}
