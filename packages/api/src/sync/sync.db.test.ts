import { randomUUID } from 'node:crypto'
import type { Operation } from '@fieldback/domain/sync/operation'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import type { SessionIds } from '../context.ts'
import { arrangeAccount, arrangeField, arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'

let world: TestWorld
let competitor: string
let mood: string
let bearnField: string
beforeAll(async () => {
  world = await openTestWorld()
  const { north, sql } = world
  const options = ['aucun', 'frimat'].map((id) => ({ id, label: { fr: id } }))
  competitor = await arrangeField(sql, north, {
    territoryId: north.territories.aquitaine,
    entity: 'report',
    key: 'concurrent',
    slot: 't01',
    spec: { type: 'single_choice', options, reportable: true },
  })
  mood = await arrangeField(sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'humeur',
    spec: { type: 'yes_no', required: true },
  })
  bearnField = await arrangeField(sql, north, {
    territoryId: north.territories.bretagne,
    entity: 'report',
    key: 'breton',
    spec: { type: 'yes_no' },
  })
})
afterAll(() => world.close())

const envelope = () => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})

type Create = Extract<Operation, { kind: 'report.create' }>
const report = (
  over: Partial<Create['body']> = {},
  rest: Partial<ReturnType<typeof envelope>> = {},
): Create => ({
  ...envelope(),
  ...rest,
  kind: 'report.create',
  body: {
    accountId: world.north.accounts.basque.id,
    contactId: world.north.accounts.basque.contactId,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-20',
    note: 'Elle veut un four plus silencieux.',
    fieldSet: 'unknown',
    values: { [mood]: { v: 1, x: true } },
    seconds: { [mood]: 4 },
    durationSeconds: 30,
    ...over,
  },
})
const send = async (operations: readonly unknown[], session: SessionIds = world.north.people.basqueRep) =>
  (
    await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [...operations] })
  ).answers
/** Of the same rep, with operations of its own on every entity. */
const secondDevice = async (): Promise<SessionIds> => {
  const session = { ...world.north.people.basqueRep, deviceId: randomUUID() }
  await world.sql(
    session.orgId,
    'INSERT INTO device (org_id, id, membership_id, label) VALUES ($1, $2, $3, $4)',
    [session.orgId, session.deviceId, session.membershipId, 'test'],
  )
  return session
}
const stored = (id: string) =>
  world.sql<Record<string, unknown>>(world.north.orgId, 'SELECT * FROM report WHERE id = $1', [id])

describe('a report', () => {
  it('is written once with its history, receipt, ledger, fact and typed column', async () => {
    const values = { [mood]: { v: 1, x: true }, [competitor]: { v: 1, x: 'frimat' } }
    const operation = report({ values, seconds: { [mood]: 4, [competitor]: 3 } })
    const [answer] = await send([operation])
    expect(answer).toMatchObject({ status: 'applied', version: 1, reportStatus: 'accepted' })
    const [row] = await stored(operation.entityId)
    expect(row).toMatchObject({
      t01: 'frimat',
      status: 'accepted',
      territory_id: world.north.territories.basque,
      version: 1,
    })
    const org = world.north.orgId
    expect(
      await world.sql(org, 'SELECT 1 FROM change WHERE entity_id = $1', [operation.entityId]),
    ).toHaveLength(1)
    expect(
      await world.sql(org, 'SELECT 1 FROM sync_receipt WHERE op_id = $1', [operation.opId]),
    ).toHaveLength(1)
    const facts = await world.sql<{ fact: { answers: unknown } }>(
      org,
      `SELECT fact FROM rollup_outbox WHERE fact ->> 'of' = 'report' ORDER BY id DESC LIMIT 1`,
    )
    expect(facts[0]?.fact.answers).toEqual([[competitor, 'frimat', null]])
    const [account] = await world.sql<{ last_visit_day: Date }>(
      org,
      'SELECT last_visit_day FROM account WHERE id = $1',
      [operation.body.accountId],
    )
    expect(account?.last_visit_day).not.toBeNull()
    await fold({ db: world.db }, org)
    expect(
      await world.sql(org, 'SELECT answers, seconds FROM ledger_cell WHERE field_id = $1', [competitor]),
    ).toEqual([{ answers: 1, seconds: 3 }])
  })

  it('that leaves a required question empty is kept, to complete', async () => {
    const operation = report({ values: {} })
    const [answer] = await send([operation])
    expect(answer).toMatchObject({ status: 'applied', reportStatus: 'to_complete', missing: [mood] })
    expect(await stored(operation.entityId)).toMatchObject([{ status: 'to_complete', missing: [mood] }])
  })

  it('is accepted on an account that gave several answers to one question, which stay once', async () => {
    const { north, sql } = world
    const options = ['espelette', 'hasparren'].map((id) => ({ id, label: { fr: id } }))
    const fairs = await arrangeField(sql, north, {
      territoryId: north.territories.basque,
      entity: 'account',
      key: 'foires',
      spec: { type: 'multiple_choice', options, reportable: true },
    })
    const accountId = randomUUID()
    const [created] = await send([
      {
        ...envelope(),
        entityId: accountId,
        kind: 'account.create',
        body: {
          territoryId: north.territories.basque,
          kind: 'prospect',
          name: 'Fromagerie des foires',
          activity: null,
          street: null,
          postcode: null,
          city: null,
          latitude: null,
          longitude: null,
          phone: null,
          email: null,
          values: { [fairs]: { v: 1, x: ['espelette', 'hasparren'], d: '2026-11-20' } },
        },
      },
    ])
    expect(created).toMatchObject({ status: 'applied' })
    const [answer] = await send([report({ accountId, contactId: null })])
    expect(answer).toMatchObject({ status: 'applied' })
    expect(
      await sql(north.orgId, 'SELECT text FROM field_answer WHERE entity_id = $1 ORDER BY ordinal', [
        accountId,
      ]),
    ).toEqual([{ text: 'espelette' }, { text: 'hasparren' }])
  })

  it('is amended and withdrawn by its author with both sides in the history', async () => {
    const created = report({ values: {} })
    const amend = {
      ...envelope(),
      entityId: created.entityId,
      seq: 2,
      base: 1,
      kind: 'report.amend',
      body: { outcome: 'quote', values: { [mood]: { v: 1, x: false } } },
    }
    const withdraw = {
      ...envelope(),
      entityId: created.entityId,
      seq: 3,
      base: 2,
      kind: 'report.withdraw',
      body: { reason: 'Mauvais compte' },
    }
    const answers = await send([created, amend, withdraw])
    expect(answers.map((a) => [a.status, 'version' in a && a.version])).toEqual([
      ['applied', 1],
      ['applied', 2],
      ['applied', 3],
    ])
    expect(await stored(created.entityId)).toMatchObject([
      { status: 'withdrawn', outcome: 'quote', version: 3 },
    ])
    const changes = await world.sql<{ before: object; after: object }>(
      world.north.orgId,
      'SELECT before, after FROM change WHERE entity_id = $1 ORDER BY version',
      [created.entityId],
    )
    expect(changes[1]).toMatchObject({
      before: { outcome: 'order', status: 'to_complete' },
      after: { outcome: 'quote', status: 'accepted' },
    })
  })

  it('that is withdrawn is no longer the last visit; standing again, it is', async () => {
    const { id, contactId } = await arrangeAccount(
      world.sql,
      world.north.orgId,
      world.north.territories.basque,
      'Auberge Iratzia',
    )
    const seen = async () => {
      const [row] = await world.sql<{ day: string | null }>(
        world.north.orgId,
        'SELECT last_visit_day::text AS day FROM account WHERE id = $1',
        [id],
      )
      return row?.day
    }
    const first = report({ accountId: id, contactId, day: '2026-11-02' })
    const second = report({ accountId: id, contactId, day: '2026-11-19' })
    await send([first, second])
    expect(await seen()).toBe('2026-11-19')
    const after = (kind: string, seq: number, body: object) => ({
      ...envelope(),
      entityId: second.entityId,
      seq,
      base: seq - 1,
      kind,
      body,
    })
    await send([after('report.withdraw', 2, { reason: null })])
    expect(await seen()).toBe('2026-11-02')
    await send([after('report.amend', 3, {})])
    expect(await seen()).toBe('2026-11-19')
  })

  it('captured while a right was held is accepted after the right has ended', async () => {
    const { north, sql } = world
    const leaver = await arrangePerson(sql, north.orgId, {
      name: 'leaver',
      role: 'rep',
      territoryId: north.territories.basque,
    })
    await sql(north.orgId, 'UPDATE assignment SET valid_to = $2 WHERE membership_id = $1', [
      leaver.membershipId,
      '2026-11-18',
    ])
    const inTime = report({}, { capturedAt: '2026-11-18T15:00:00.000Z' })
    const tooLate = report({}, { capturedAt: '2026-11-19T15:00:00.000Z' })
    const answers = await send([inTime, tooLate], leaver)
    expect(answers.map((a) => a.status)).toEqual(['applied', 'quarantined'])
  })
})

it('an answer kept from before a move never fills a column that the new branch uses for another question', async () => {
  const { north, sql } = world
  const spec = { type: 'yes_no', reportable: true } as const
  const { basque, bearn } = north.territories
  const old = await arrangeField(sql, north, {
    territoryId: bearn,
    entity: 'account',
    key: 'old',
    slot: 't06',
    spec,
  })
  const { id } = await arrangeAccount(sql, north.orgId, basque, 'Auberge déplacée')
  await sql(north.orgId, 'UPDATE account SET "values" = $2 WHERE id = $1', [
    id,
    JSON.stringify({ [old]: { v: 1, x: true } }),
  ])
  const update = { ...envelope(), entityId: id, base: 1, kind: 'account.update', body: { city: 'Espelette' } }
  expect(await send([update])).toMatchObject([{ status: 'applied' }])
  const [row] = await sql<{ t06: string | null; values: object }>(
    north.orgId,
    'SELECT t06, "values" FROM account WHERE id = $1',
    [id],
  )
  expect(row).toEqual({ t06: null, values: { [old]: { v: 1, x: true } } })
})

describe('bad input', () => {
  const quarantined = async () =>
    world.sql<{ code: string; operation: { opId?: string } }>(
      world.north.orgId,
      'SELECT code, operation FROM sync_quarantine',
    )

  it.each([
    [
      'an unknown field id',
      () => report({ values: { [randomUUID()]: { v: 1, x: true } } }),
      'OP_FIELD_UNKNOWN',
    ],
    [
      'a version that was never published',
      () => report({ values: { [mood]: { v: 9, x: true } } }),
      'OP_FIELD_UNKNOWN',
    ],
    [
      'a field of a branch that is not above the account',
      () => report({ values: { [bearnField]: { v: 1, x: true } } }),
      'OP_FIELD_UNKNOWN',
    ],
    [
      'a value of the wrong type',
      () => report({ values: { [mood]: { v: 1, x: 'oui' } } }),
      'OP_ANSWER_INVALID',
    ],
    [
      'an option of another field',
      () => report({ values: { [competitor]: { v: 1, x: 'gaz' } } }),
      'OP_ANSWER_INVALID',
    ],
    ['a note of 1 MB', () => report({ note: 'x'.repeat(1_000_000) }), 'OP_MALFORMED'],
    [
      'an account of another organisation',
      () => report({ accountId: world.other.accounts.basque.id, contactId: null }),
      'OP_TARGET_UNKNOWN',
    ],
    [
      'an account of another branch',
      () => report({ accountId: world.north.accounts.finistere.id, contactId: null }),
      'OP_FORBIDDEN',
    ],
    [
      'a contact of another account',
      () => report({ contactId: world.north.accounts.bearn.contactId }),
      'OP_TARGET_UNKNOWN',
    ],
    ['an operation of no known kind', () => ({ ...report(), kind: 'report.erase' }), 'OP_MALFORMED'],
    ['text instead of an operation', () => 'hello', 'OP_MALFORMED'],
  ])('%s is set aside whole and does not hold back its neighbour', async (_, make, code) => {
    const bad = make()
    const good = report()
    const answers = await send([bad, good])
    expect(answers[0]).toMatchObject({ status: 'quarantined', code })
    expect(answers[1]).toMatchObject({ status: 'applied' })
    const kept = await quarantined()
    if (typeof bad === 'object')
      expect(kept.some((row) => row.operation.opId === bad.opId && row.code === code)).toBe(true)
    expect(await stored(good.entityId)).toHaveLength(1)
  })

  it('what follows an unreadable operation on the same entity does not wait for ever, in its batch or after it', async () => {
    const accountId = world.north.accounts.basque.id
    const corrected = (seq: number, city: string) => ({
      ...envelope(),
      entityId: accountId,
      seq,
      base: 1,
      kind: 'account.update',
      body: { city },
    })
    const device = await secondDevice()
    const [bad, next, last] = [corrected(1, 'x'.repeat(500)), corrected(2, 'Sare'), corrected(3, 'Ainhoa')]
    const statuses = async (operations: readonly unknown[]) =>
      (await send(operations, device)).map(({ status }) => status)
    expect(await statuses([bad, next])).toEqual(['quarantined', 'applied'])
    expect(await statuses([bad, next, last])).toEqual(['duplicate', 'duplicate', 'applied'])
  })

  it('characters that the database cannot keep are taken out, and the report is accepted', async () => {
    const operation = report({ note: 'Devis\u0000 remis \ud800' })
    expect(await send([operation])).toMatchObject([{ status: 'applied' }])
    expect(await stored(operation.entityId)).toMatchObject([{ note: 'Devis remis \ufffd' }])
  })

  it('an operation nested without end is set aside and holds nothing back', async () => {
    const endless: unknown[] = []
    let inner = endless
    for (let depth = 0; depth < 50_000; depth++) {
      const next: unknown[] = []
      inner.push(next)
      inner = next
    }
    const answers = await send([endless, report()])
    expect(answers.map((answer) => answer.status)).toEqual(['quarantined', 'applied'])
  })

  it('somebody else cannot amend a report', async () => {
    const created = report()
    await send([created])
    const amend = {
      ...envelope(),
      entityId: created.entityId,
      base: 1,
      kind: 'report.amend',
      body: { outcome: 'none' },
    }
    const [answer] = await send([amend], world.north.people.local)
    expect(answer).toMatchObject({ status: 'quarantined', code: 'OP_FORBIDDEN' })
  })

  it('a caller without a session, with a revoked device or membership is told which', async () => {
    await expect(
      world.callerFor(null).sync.push({ protocol: 1, membershipId: randomUUID(), operations: [report()] }),
    ).rejects.toMatchObject({ message: 'UNAUTHENTICATED' })
    const { north, sql } = world
    const gone = await arrangePerson(sql, north.orgId, {
      name: 'gone',
      role: 'rep',
      territoryId: north.territories.basque,
    })
    await sql(north.orgId, 'UPDATE device SET revoked_at = now() WHERE id = $1', [gone.deviceId])
    await expect(send([report()], gone)).rejects.toMatchObject({ message: 'DEVICE_REVOKED' })
    await sql(north.orgId, 'UPDATE membership SET revoked_at = now() WHERE id = $1', [gone.membershipId])
    await expect(send([report()], gone)).rejects.toMatchObject({ message: 'MEMBERSHIP_REVOKED' })
  })

  it('another protocol is named, not guessed at', async () => {
    const { basqueRep } = world.north.people
    const call = world
      .callerFor(basqueRep)
      .sync.push({ protocol: 99, membershipId: basqueRep.membershipId, operations: [report()] })
    await expect(call).rejects.toMatchObject({ message: 'PROTOCOL_UNKNOWN' })
  })

  it('an outbox of somebody else is never sent under this session', async () => {
    const { basqueRep, bearnRep } = world.north.people
    const call = world
      .callerFor(basqueRep)
      .sync.push({ protocol: 1, membershipId: bearnRep.membershipId, operations: [report()] })
    await expect(call).rejects.toMatchObject({ message: 'MEMBERSHIP_OTHER' })
  })
})

describe('a retry', () => {
  it('of the same body is a duplicate with the first answer', async () => {
    const operation = report()
    const [first] = await send([operation])
    const [second] = await send([operation])
    expect(second).toEqual({ status: 'duplicate', opId: operation.opId, first })
    expect(await stored(operation.entityId)).toHaveLength(1)
  })

  it('of the same id with another body is refused and kept', async () => {
    const operation = report()
    await send([operation])
    const [answer] = await send([{ ...operation, body: { ...operation.body, outcome: 'none' } }])
    expect(answer).toMatchObject({ status: 'quarantined', code: 'OP_REUSED' })
    expect(await stored(operation.entityId)).toMatchObject([{ outcome: 'order' }])
    const kept = await world.sql(
      world.north.orgId,
      `SELECT 1 FROM sync_quarantine WHERE op_id = $1 AND code = 'OP_REUSED'`,
      [operation.opId],
    )
    expect(kept).toHaveLength(1)
  })

  it('while the first is still under way leaves one report and one answer', async () => {
    const operation = report()
    const answers = await Promise.all([send([operation]), send([operation]), send([operation])])
    const statuses = answers.flat().map((answer) => answer.status)
    expect(statuses.filter((status) => status === 'applied')).toHaveLength(1)
    expect(await stored(operation.entityId)).toHaveLength(1)
  })

  it('waits for a predecessor that has not arrived', async () => {
    const created = report()
    const amend = {
      ...envelope(),
      entityId: created.entityId,
      seq: 2,
      base: 1,
      kind: 'report.amend',
      body: { outcome: 'none' },
    }
    expect(await send([amend])).toEqual([{ status: 'waiting', opId: amend.opId }])
    const answers = await send([created, amend])
    expect(answers.map((answer) => answer.status)).toEqual(['applied', 'applied'])
  })
})

describe('a report filled in before the form changed', () => {
  it('is accepted, and says what is asked since rather than what was left out', async () => {
    const form = async (hash: string, members: readonly unknown[]) => {
      await world.sql(
        world.north.orgId,
        'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)',
        [world.north.orgId, hash, JSON.stringify(members)],
      )
      const [answer] = await send([report({ fieldSet: hash, values: {} })])
      return answer
    }
    const told = { status: 'applied', reportStatus: 'to_complete', missing: [mood] }
    expect(await form('before', [[competitor, 1]])).toMatchObject({ ...told, askedSince: [mood] })
    expect(await form('today', [[mood, 1]])).not.toHaveProperty('askedSince')
    const [unknown] = await send([report({ fieldSet: 'never kept', values: {} })])
    expect(unknown).toMatchObject(told)
    expect(unknown).not.toHaveProperty('askedSince')
  })
})

describe('work thrown away on the phone', () => {
  const thrownAway = ({ opId, entityId, seq }: Pick<Create, 'opId' | 'entityId' | 'seq'>) => ({
    ...envelope(),
    opId,
    entityId,
    seq,
    kind: 'operation.discard',
    body: {},
  })

  it('takes its place, so that what follows on the same entity is not kept waiting, and nothing of it arrives later', async () => {
    const filed = report()
    const again = { ...report(), entityId: filed.entityId, seq: 2 }
    const answers = await send([thrownAway(filed), again])
    expect(answers.map(({ status }) => status)).toEqual(['applied', 'applied'])
    const [late] = await send([filed])
    expect(late).toMatchObject({ status: 'duplicate', first: { status: 'applied', version: 0 } })
    const rows = await world.sql(world.north.orgId, 'SELECT id FROM sync_quarantine WHERE op_id = $1', [
      filed.opId,
    ])
    expect(rows).toEqual([])
  })

  it('that had arrived already stands, and the phone is told so', async () => {
    const filed = report()
    await send([filed])
    const [told] = await send([thrownAway(filed)])
    expect(told).toMatchObject({ status: 'duplicate', first: { status: 'applied', version: 1 } })
  })

  it('that had arrived already and is taken back is told as it stands: nothing is made or set aside twice', async () => {
    const filed = report()
    const met = {
      ...envelope(),
      kind: 'contact.create',
      body: {
        ...{ accountId: filed.body.accountId, firstName: 'Ada', lastName: 'Etche', jobTitle: null },
        ...{ phone: '05 59 00 00 01', email: null, values: {} },
      },
    }
    await send([filed, met])
    const corrected = { ...filed, ...envelope(), entityId: filed.entityId, seq: 2, base: 1 }
    await send([{ ...corrected, kind: 'report.amend', body: { note: 'Corrigé depuis' } }])
    const again = [filed, met].map((one) => ({ ...one, opId: randomUUID(), seq: 3 }))
    await send([thrownAway(met)])
    expect(await send([again[0], { ...again[1], seq: 2 }])).toMatchObject([
      { status: 'applied', version: 2, reportStatus: 'accepted' },
      { status: 'applied', version: 1 },
    ])
    const other = { ...again[0], opId: randomUUID(), seq: 4, body: { ...filed.body, note: 'Autre' } }
    expect(await send([other])).toMatchObject([{ status: 'quarantined', code: 'OP_EXISTS' }])
    const notes = await world.sql(world.north.orgId, 'SELECT note FROM report WHERE id = $1', [
      filed.entityId,
    ])
    expect(notes).toEqual([{ note: 'Corrigé depuis' }])
  })

  it('is so each time it was taken back and thrown away again', async () => {
    const filed = report()
    const again = { ...filed, opId: randomUUID(), seq: 2 }
    const answers = await send([thrownAway(filed), thrownAway(again), again])
    expect(answers).toMatchObject([
      { status: 'applied', version: 0 },
      { status: 'applied', version: 0 },
      { status: 'duplicate', first: { version: 0 } },
    ])
    const third = { ...filed, opId: randomUUID(), seq: 3 }
    expect(await send([third])).toMatchObject([{ status: 'applied', version: 1 }])
  })

  it('of another phone is not its own to throw away, and says nothing of what became of it', async () => {
    const filed = report()
    await send([filed])
    const [told] = await send([thrownAway(filed)], await secondDevice())
    expect(told).toMatchObject({ status: 'quarantined', code: 'OP_REUSED' })
  })
})

describe('two people changing one account', () => {
  it('merge by field; the same field is kept from the last to arrive and both are told and kept', async () => {
    const entityId = world.north.accounts.basque.id
    const update = (body: object, base: number) => ({
      ...envelope(),
      entityId,
      base,
      kind: 'account.update',
      body,
    })
    const [first] = await send([update({ phone: '05 36 49 12 08', city: 'Itxassou' }, 1)])
    const version = first?.status === 'applied' ? first.version : 0
    const [second] = await send(
      [update({ phone: '05 36 49 00 00', activity: 'Fromagerie' }, 1)],
      world.north.people.local,
    )
    expect(second).toMatchObject({ status: 'applied', version: version + 1 })
    expect(second?.status === 'applied' && second.merges?.map((merge) => merge.field).sort()).toEqual([
      'phone',
      'phoneRaw',
    ])
    expect(second?.status === 'applied' && second.merges?.[0]?.by).toEqual({
      membershipId: world.north.people.basqueRep.membershipId,
      name: expect.any(String),
    })
    const [row] = await world.sql(
      world.north.orgId,
      'SELECT phone, city, activity FROM account WHERE id = $1',
      [entityId],
    )
    expect(row).toEqual({ phone: '+33536490000', city: 'Itxassou', activity: 'Fromagerie' })
  })

  it('a second correction before the first has returned is no conflict with oneself', async () => {
    const entityId = world.north.accounts.basque.id
    const update = (seq: number, base: number, body: object) => ({
      ...envelope(),
      entityId,
      seq,
      base,
      kind: 'account.update',
      body,
    })
    const before = await world.sql(
      world.north.orgId,
      `SELECT max(seq)::int AS seq FROM sync_receipt WHERE entity_id = $1 AND device_id = $2`,
      [entityId, world.north.people.basqueRep.deviceId],
    )
    const seq = Number(before[0]?.seq ?? 0) + 1
    const [row] = await world.sql(world.north.orgId, 'SELECT version FROM account WHERE id = $1', [entityId])
    const base = Number(row?.version)
    const [first] = await send([update(seq, base, { city: 'Cambo' })])
    const [second] = await send([update(seq + 1, base, { city: 'Larressore' })])
    expect(first).toMatchObject({ status: 'applied' })
    expect(second).toEqual({ status: 'applied', opId: second?.opId, version: base + 2 })
  })

  it('a prospect, its contact and a call-back are made in one batch', async () => {
    const account = {
      ...envelope(),
      kind: 'account.create',
      body: {
        territoryId: world.north.territories.basque,
        kind: 'prospect',
        name: 'Boulangerie Etchegaray',
        activity: null,
        phone: '0536491208',
        email: 'Contact@Example.test',
        street: null,
        postcode: '64250',
        city: 'Espelette',
        latitude: null,
        longitude: null,
        values: {},
      },
    }
    const contact = {
      ...envelope(),
      kind: 'contact.create',
      body: {
        accountId: account.entityId,
        firstName: 'Maite',
        lastName: 'Etchegaray',
        jobTitle: null,
        phone: 'après 17 h',
        email: null,
        values: {},
      },
    }
    const callback = {
      ...envelope(),
      kind: 'callback.set',
      body: {
        accountId: account.entityId,
        contactId: contact.entityId,
        dueDay: '2026-11-25',
        reason: 'Devis',
      },
    }
    const answers = await send([account, contact, callback])
    expect(answers.map((answer) => answer.status)).toEqual(['applied', 'applied', 'applied'])
    const [row] = await world.sql(
      world.north.orgId,
      'SELECT phone, email, name_key FROM account WHERE id = $1',
      [account.entityId],
    )
    expect(row).toEqual({
      phone: '+33536491208',
      email: 'contact@example.test',
      name_key: 'boulangerie etchegaray',
    })
    const [person] = await world.sql(
      world.north.orgId,
      'SELECT phone, phone_raw FROM contact WHERE id = $1',
      [contact.entityId],
    )
    expect(person).toEqual({ phone: null, phone_raw: 'après 17 h' })
  })

  it('a prospect of a phone that was not told its territory yet is its author’s', async () => {
    const account = {
      ...envelope(),
      kind: 'account.create',
      body: {
        territoryId: '',
        kind: 'prospect',
        name: 'Conserverie Larralde',
        activity: null,
        phone: null,
        email: null,
        street: null,
        postcode: null,
        city: null,
        latitude: null,
        longitude: null,
        values: {},
      },
    }
    expect(await send([account])).toMatchObject([{ status: 'applied' }])
    const where = 'SELECT territory_id AS id FROM account WHERE id = $1'
    expect(await world.sql(world.north.orgId, where, [account.entityId])).toEqual([
      { id: world.north.territories.basque },
    ])
    const told = `SELECT after ->> 'territoryId' AS id FROM change WHERE entity_id = $1`
    expect(await world.sql(world.north.orgId, told, [account.entityId])).toEqual([
      { id: world.north.territories.basque },
    ])
  })
})

describe('restored data', () => {
  it('takes nothing from a phone that was filled from other data, until that phone has read it', async () => {
    const session = world.north.people.basqueRep
    const caller = world.callerFor(session)
    const { membershipId } = session
    const asked = { protocol: 1, membershipId, cursor: null, frameTag: null, packAsOf: null }
    const { epoch } = await caller.sync.pull(asked)
    const operation = report()
    const push = (name: string) =>
      caller.sync.push({ protocol: 1, membershipId, epoch: name, operations: [operation] })
    await expect(push(randomUUID())).rejects.toMatchObject({ message: 'EPOCH_CHANGED' })
    expect(await stored(operation.entityId)).toEqual([])
    expect((await push(epoch)).answers).toMatchObject([{ status: 'applied' }])
  })

  it('answers "duplicate" to what it has and applies what it lacks, each once, when all is sent again', async () => {
    const kept = report()
    const later = { ...envelope(), entityId: kept.entityId, seq: 2, base: 1, kind: 'report.amend' } as const
    const amended = { ...later, body: { note: 'Corrigé' } }
    await send([kept])
    // What a backup of this moment would not know: the second operation was never received here.
    expect((await send([kept, amended])).map(({ status }) => status)).toEqual(['duplicate', 'applied'])
    expect((await send([kept, amended])).map(({ status }) => status)).toEqual(['duplicate', 'duplicate'])
    expect(await stored(kept.entityId)).toMatchObject([{ note: 'Corrigé', version: 2 }])
  })
})
