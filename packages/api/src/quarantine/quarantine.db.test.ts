import { randomUUID } from 'node:crypto'
import { BY_OUTCOME } from '@fieldback/db/analytics/outcome-columns'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import type { SessionIds } from '../context.ts'
import {
  arrangeAccount,
  arrangeAside,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { exportAside } from './export.ts'

let world: TestWorld
let north: TestOrg
let choice: string
let words: string
/** Asked in Béarn alone, of its own free words. */
let local: string
/** One more manager of pyrenees. */
let second: SessionIds
let basque: { id: string; contactId: string }
let bearn: { id: string; contactId: string }

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const options = ['aucun', 'frimat'].map((id) => ({ id, label: { fr: id } }))
  const question = (territoryId: string, key: string, spec: Parameters<typeof arrangeField>[2]['spec']) =>
    arrangeField(world.sql, north, { territoryId, entity: 'report', key, spec })
  choice = await arrangeField(world.sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'concurrent',
    slot: 't01',
    spec: { type: 'single_choice', options, reportable: true },
  })
  words = await question(north.territories.france, 'mots', { type: 'short_text', shared: true })
  local = await question(north.territories.bearn, 'secret', { type: 'short_text' })
  second = await arrangePerson(world.sql, north.orgId, {
    name: 'Second',
    role: 'manager',
    territoryId: north.territories.pyrenees,
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  basque = await arrangeAccount(world.sql, north.orgId, north.territories.basque, 'Fromagerie')
  bearn = await arrangeAccount(world.sql, north.orgId, north.territories.bearn, 'Cave')
})

const envelope = (entityId: string = randomUUID(), seq = 1) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})
const report = (over: object = {}, ids = envelope()) => ({
  ...ids,
  kind: 'report.create',
  body: {
    accountId: basque.id,
    contactId: basque.contactId,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-20',
    note: 'Elle veut un four plus silencieux.',
    fieldSet: 'unknown',
    values: { [choice]: { v: 1, x: 'frimat' }, [words]: { v: 1, x: 'Deux fours' } } as Record<
      string,
      unknown
    >,
    seconds: { [choice]: 4 },
    durationSeconds: 30,
    ...over,
  },
})
const send = async (operation: unknown, session = north.people.basqueRep) =>
  (
    await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [operation] })
  ).answers[0]
const as = (session: SessionIds) => world.callerFor(session).quarantine
const waiting = async (session = north.people.local, place: keyof TestOrg['territories'] = 'pyrenees') =>
  (await as(session).list({ territoryId: north.territories[place], limit: 100 })).items
/** Sends what will be put aside; the id it waits under. */
const putAside = async (operation: { opId: string }, session = north.people.basqueRep): Promise<string> => {
  expect(await send(operation, session)).toMatchObject({ status: 'quarantined' })
  const rows = await sql<{ id: string }>(
    'SELECT id FROM sync_quarantine WHERE op_id = $1 ORDER BY received_at DESC',
    [operation.opId],
  )
  return rows[0]?.id ?? ''
}
const sql = <T = Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
  world.sql<T>(north.orgId, text, values)
const reportOf = async (id: string) =>
  (
    await sql(
      `SELECT account_id, contact_id, territory_id, author_id, kind, outcome, day::text, note, "values", t01, status, missing, duration_seconds,
              version, to_char(captured_at AT TIME ZONE 'UTC', 'HH24:MI') AS captured FROM report WHERE id = $1`,
      [id],
    )
  )[0]
const settledOf = async (itemId: string) => (await as(north.people.local).get({ itemId })).settled

describe('what is put aside waits for a manager', () => {
  it('in the branch of its author, whose name, day, account and reason the list says', async () => {
    const operation = report({ accountId: bearn.id, contactId: null })
    const id = await putAside(operation)
    const [line] = (await waiting()).filter((one) => one.id === id)
    expect(line).toMatchObject({
      code: 'OP_FORBIDDEN',
      kind: 'report.create',
      author: { id: north.people.basqueRep.membershipId, name: 'north-basqueRep' },
      place: { id: north.territories.basque },
      capturedAt: operation.capturedAt,
      subject: 'Cave',
      settled: null,
    })
    expect((await waiting(north.people.regional, 'aquitaine')).map((one) => one.id)).toContain(id)
    expect((await waiting(north.people.hq, 'france')).map((one) => one.id)).toContain(id)
    expect((await waiting(north.people.hq, 'bretagne')).map((one) => one.id)).not.toContain(id)
  })

  it('at its account where its author held it, and names no account that the reader does not reach', async () => {
    const id = await putAside(report({ values: { [choice]: { v: 1, x: 'inconnu' } } }))
    expect((await waiting()).find((one) => one.id === id)?.place.id).toBe(north.territories.basque)
    const away = await putAside(report({ accountId: north.accounts.finistere.id, contactId: null }))
    expect((await waiting()).find((one) => one.id === away)?.subject).toBeNull()
    expect(await as(north.people.local).get({ itemId: away })).toMatchObject({
      account: { id: north.accounts.finistere.id, name: null },
    })
  })

  it('even when nothing of it could be read, and is shown as far as it can be', async () => {
    const id = await putAside({ opId: randomUUID(), entityId: randomUUID(), seq: 1 } as never)
    expect(await as(north.people.local).get({ itemId: id })).toMatchObject({
      kind: null,
      code: 'OP_MALFORMED',
      account: null,
      lines: [],
      answers: [],
    })
  })

  it('page by page, nothing twice and nothing skipped', async () => {
    for (let n = 0; n < 5; n += 1) await putAside(report({ accountId: bearn.id, contactId: null }))
    const all = (await waiting()).map(({ id }) => id)
    const paged: string[] = []
    let cursor: { at: string; id: string } | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof as>['list']>> = await as(north.people.local).list({
        territoryId: north.territories.pyrenees,
        limit: 2,
        cursor,
      })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(all)
    expect(await as(north.people.local).count({ territoryId: north.territories.pyrenees })).toEqual({
      waiting: all.length,
      more: false,
    })
  })

  it('but a contest is read by no manager: it has no name', async () => {
    const contest = {
      ...envelope(),
      kind: 'contest.open',
      body: { fieldId: randomUUID(), version: 1, reason: 'useless', word: 'Secret', openly: false },
    }
    const id = await putAside(contest)
    expect((await waiting()).map((one) => one.id)).not.toContain(id)
    await expect(as(north.people.local).get({ itemId: id })).rejects.toThrow('NOT_FOUND')
    await expect(as(north.people.local).return({ itemId: id, word: 'Non' })).rejects.toThrow('NOT_FOUND')
  })

  it('and a level above does not read the free words of a question below it, nor loses them by accepting', async () => {
    const answers = { [local]: { v: 1, x: 'PLANTED' }, [choice]: { v: 1, x: 'inconnu' } }
    const operation = report({ accountId: bearn.id, contactId: bearn.contactId, values: answers })
    const id = await putAside(operation, north.people.bearnRep)
    const told = await as(north.people.local).get({ itemId: id })
    expect(JSON.stringify(told)).not.toContain('PLANTED')
    expect(told.answers.find(({ key }) => key === local)).toMatchObject({ told: { state: 'kept' } })
    await as(north.people.local).accept({ itemId: id, repair: { values: { [choice]: null, [local]: null } } })
    expect((await reportOf(operation.entityId))?.values).toEqual({ [local]: { v: 1, x: 'PLANTED' } })
  })
})

describe('accepting', () => {
  it('files a report of an account that its author did not hold, exactly as one that came well', async () => {
    const operation = report({ accountId: bearn.id, contactId: bearn.contactId })
    const id = await putAside(operation)
    const twin = report({ accountId: bearn.id, contactId: bearn.contactId })
    expect(await send(twin, north.people.bearnRep)).toMatchObject({ status: 'applied' })
    await fold({ db: world.db }, north.orgId)
    const cells = () =>
      sql(
        `SELECT basis, territory_id, bucket, outcome, n FROM rollup_cell c ${BY_OUTCOME} WHERE field_id = $1 AND n <> 0 ORDER BY 1, 2, 3, 4`,
        [choice],
      )
    const before = await cells()
    expect(await as(north.people.local).accept({ itemId: id })).toEqual({
      status: 'accepted',
      reportId: operation.entityId,
    })
    await fold({ db: world.db }, north.orgId)
    const [told, like] = [await reportOf(operation.entityId), await reportOf(twin.entityId)]
    expect(told).toEqual({ ...like, author_id: north.people.basqueRep.membershipId })
    const after = await cells()
    expect(after.length).toBe(before.length)
    const grown = after.filter((cell, n) => cell.n !== before[n]?.n)
    expect(grown.map(({ territory_id }) => territory_id)).toContain(north.territories.bearn)
    expect(
      await sql('SELECT answers, seconds FROM ledger_cell WHERE membership_id = $1 AND field_id = $2', [
        north.people.basqueRep.membershipId,
        choice,
      ]),
    ).toEqual([{ answers: expect.any(Number), seconds: expect.any(Number) }])
    expect(await sql('SELECT status, entity_id, device_id FROM sync_receipt WHERE op_id = $1', [id])).toEqual(
      [{ status: 'applied', entity_id: operation.entityId, device_id: north.people.basqueRep.deviceId }],
    )
    expect(
      await sql('SELECT membership_id, kind FROM change WHERE entity_id = $1', [operation.entityId]),
    ).toEqual([{ membership_id: north.people.basqueRep.membershipId, kind: 'report.create' }])
    expect((await waiting()).map((one) => one.id)).not.toContain(id)
    expect(await settledOf(id)).toMatchObject({ kind: 'accepted', by: { name: 'north-local' } })
  })

  it('keeps what came as it came, and leaves a line in the journal that quotes nothing', async () => {
    const operation = report({ accountId: bearn.id, contactId: null })
    const id = await putAside(operation)
    await as(north.people.local).accept({
      itemId: id,
      repair: { accountId: basque.id, contactId: basque.contactId },
    })
    expect(await reportOf(operation.entityId)).toMatchObject({ account_id: basque.id })
    const [kept] = await sql<{ operation: unknown }>('SELECT operation FROM sync_quarantine WHERE id = $1', [
      id,
    ])
    expect(kept?.operation).toEqual(operation)
    const [line] = await sql<{ action: string; detail: object }>(
      'SELECT action, detail FROM audit_event WHERE subject_id = $1',
      [id],
    )
    expect(line).toEqual({
      action: 'quarantine.accept',
      detail: {
        membershipId: north.people.basqueRep.membershipId,
        territoryId: north.territories.basque,
        code: 'OP_FORBIDDEN',
        count: 1,
        mended: ['account'],
      },
    })
  })

  it('asks for the contact when the other account has not that one', async () => {
    const id = await putAside(report({ accountId: randomUUID() }))
    const refused = await as(north.people.local).accept({ itemId: id, repair: { accountId: bearn.id } })
    expect(refused).toEqual({ status: 'refused', code: 'OP_TARGET_UNKNOWN', fault: { of: 'contact' } })
    expect(await settledOf(id)).toBeNull()
    const repair = { accountId: bearn.id, contactId: bearn.contactId }
    expect(await as(north.people.local).accept({ itemId: id, repair })).toMatchObject({ status: 'accepted' })
  })

  it('drops or changes the answers that could not be read, and touches no other', async () => {
    const values = {
      [choice]: { v: 1, x: 'inconnu' },
      [words]: { v: 1, x: 'Deux fours' },
      [randomUUID()]: { v: 1, x: true },
    }
    const [unknown = ''] = Object.keys(values).filter((key) => key !== choice && key !== words)
    const operation = report({ values })
    const id = await putAside(operation)
    const refused = await as(north.people.local).accept({
      itemId: id,
      repair: { values: { [choice]: { v: 1, x: 'aucun' } } },
    })
    expect(refused).toMatchObject({ status: 'refused', fault: { of: 'answer', key: unknown } })
    const accepted = await as(north.people.local).accept({
      itemId: id,
      repair: {
        values: { [choice]: { v: 1, x: 'aucun' }, [unknown]: null, [words]: { v: 1, x: 'Autre chose' } },
        accountId: bearn.id,
      },
    })
    expect(accepted).toMatchObject({ status: 'accepted' })
    expect(await reportOf(operation.entityId)).toMatchObject({
      account_id: basque.id,
      t01: 'aucun',
      values: { [choice]: { v: 1, x: 'aucun' }, [words]: { v: 1, x: 'Deux fours' } },
    })
  })

  it('repairs an envelope and an answer that were of no known shape', async () => {
    const operation = report({ values: { [choice]: { x: 'frimat' }, [words]: { v: 1, x: 'Deux fours' } } })
    const id = await putAside({ ...operation, capturedAt: 'hier', clockOffset: null } as never)
    expect(await as(north.people.local).get({ itemId: id })).toMatchObject({
      code: 'OP_MALFORMED',
      answers: expect.arrayContaining([
        expect.objectContaining({ key: choice, told: { state: 'unreadable' }, typed: 'frimat' }),
      ]),
    })
    const repair = { values: { [choice]: { v: 1, x: 'frimat' } } }
    expect(await as(north.people.local).accept({ itemId: id, repair })).toMatchObject({ status: 'accepted' })
    expect(await reportOf(operation.entityId)).toMatchObject({
      t01: 'frimat',
      author_id: north.people.basqueRep.membershipId,
    })
  })

  it('makes a prospect in the territory given, and corrects the account given', async () => {
    const body = {
      territoryId: north.territories.finistere,
      kind: 'prospect',
      name: 'Nouveau',
      activity: null,
      phone: '05 59 00 00 01',
      email: null,
      street: null,
      postcode: null,
      city: null,
      latitude: null,
      longitude: null,
      values: {},
    }
    const made = { ...envelope(), kind: 'account.create', body }
    const id = await putAside(made)
    await expect(
      as(north.people.local).accept({ itemId: id, repair: { territoryId: north.territories.bretagne } }),
    ).resolves.toMatchObject({ status: 'refused', fault: { of: 'territory' } })
    await as(north.people.local).accept({ itemId: id, repair: { territoryId: north.territories.bearn } })
    expect(await sql('SELECT territory_id, phone FROM account WHERE id = $1', [made.entityId])).toEqual([
      { territory_id: north.territories.bearn, phone: '+33559000001' },
    ])
    const update = { ...envelope(bearn.id), kind: 'account.update', body: { activity: 'Cave' } }
    const correction = await putAside(update)
    await as(north.people.local).accept({ itemId: correction })
    expect(await sql('SELECT activity FROM account WHERE id = $1', [bearn.id])).toEqual([
      { activity: 'Cave' },
    ])
  })

  it('files what took the id of another under an id of its own', async () => {
    const first = report()
    await send(first)
    const again = report({ note: 'Une autre visite', durationSeconds: 55 }, envelope(first.entityId))
    const id = await putAside(again)
    expect(await as(north.people.local).accept({ itemId: id })).toEqual({ status: 'accepted', reportId: id })
    expect(await reportOf(id)).toMatchObject({ note: 'Une autre visite' })
    expect(await reportOf(first.entityId)).toMatchObject({ note: 'Elle veut un four plus silencieux.' })
  })

  const typed = { phone: null, email: null, values: {} }
  const prospect = (territoryId: string) => ({
    ...{ territoryId, kind: 'prospect', name: 'Cidrerie', activity: null, street: null, postcode: null },
    ...{ city: null, latitude: null, longitude: null, ...typed },
  })
  const person = { firstName: 'Ada', lastName: 'Etche', jobTitle: null, ...typed }
  const makings = (account: { id: string }, territoryId: string) => [
    report({ accountId: account.id, contactId: null }),
    { ...envelope(), kind: 'account.create', body: prospect(territoryId) },
    { ...envelope(), kind: 'contact.create', body: { ...person, accountId: account.id } },
  ]
  const versionOf = async ({ kind, entityId }: { kind: string; entityId: string }) =>
    (await sql(`SELECT version FROM ${kind.split('.')[0]} WHERE id = $1`, [entityId]))[0]?.version

  it('makes no second of what had arrived before it was thrown away and taken back, as an earlier release set it aside', async () => {
    for (const first of makings(basque, north.territories.basque)) {
      await send(first)
      const id = randomUUID()
      await sql(
        `INSERT INTO sync_quarantine (org_id, id, op_id, body_hash, device_id, membership_id, code, detail, operation, territory_id)
         VALUES ($1, $2::uuid, $3, $2::text, $4, $5, 'OP_EXISTS', '{"path": ["entityId"]}', $6, $7)`,
        [
          ...[north.orgId, id, randomUUID(), north.people.basqueRep.deviceId],
          ...[north.people.basqueRep.membershipId, { ...first, opId: randomUUID(), seq: 3 }],
          north.territories.basque,
        ],
      )
      const reportId = first.kind === 'report.create' ? first.entityId : null
      expect(await as(north.people.local).accept({ itemId: id })).toEqual({ status: 'accepted', reportId })
      expect(await as(north.people.local).accept({ itemId: id })).toEqual({ status: 'accepted', reportId })
      expect(await versionOf({ ...first, entityId: id })).toBeUndefined()
      expect(await versionOf(first)).toBe(1)
    }
  })

  it('makes no second of what was set aside twice, whatever is given for the second', async () => {
    for (const first of makings(bearn, north.territories.bretagne)) {
      const again = { ...first, opId: randomUUID(), seq: 2 }
      const ids = [await putAside(first), await putAside(again)]
      for (const itemId of ids)
        expect(
          await as(north.people.local).accept({
            itemId,
            repair: { territoryId: north.territories.bearn, accountId: basque.id },
          }),
        ).toMatchObject({ status: 'accepted' })
      expect(await versionOf(first)).toBe(1)
      for (const entityId of ids) expect(await versionOf({ ...first, entityId })).toBeUndefined()
      const late = await send({ ...first, opId: randomUUID(), seq: 3 })
      expect(late).toMatchObject({ status: 'applied', version: 1 })
    }
  })

  it('then takes the correction that waited for it', async () => {
    const created = report({ accountId: bearn.id, contactId: null })
    const id = await putAside(created)
    const amend = {
      ...envelope(created.entityId, 2),
      kind: 'report.amend',
      body: { note: 'Corrigé' },
    }
    const correction = await putAside(amend)
    expect((await waiting()).find((one) => one.id === correction)?.subject).toBe('Cave')
    expect(await as(north.people.local).accept({ itemId: correction })).toMatchObject({ status: 'refused' })
    await as(north.people.local).accept({ itemId: id })
    await as(north.people.local).accept({ itemId: correction })
    expect(await reportOf(created.entityId)).toMatchObject({ note: 'Corrigé', version: 2 })
  })

  it('files nothing on an account that the manager does not reach, whoever held it', async () => {
    const id = await putAside(report({ accountId: randomUUID(), contactId: null }))
    for (const accountId of [north.accounts.finistere.id, world.other.accounts.basque.id])
      expect(await as(north.people.local).accept({ itemId: id, repair: { accountId } })).toMatchObject({
        status: 'refused',
      })
    const holds = await arrangePerson(world.sql, north.orgId, {
      name: 'Deux secteurs',
      role: 'rep',
      territoryId: north.territories.basque,
    })
    await sql(
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, 'rep', '2025-06-01')`,
      [north.orgId, randomUUID(), holds.membershipId, north.territories.finistere],
    )
    const both = await putAside(report({ accountId: randomUUID(), contactId: null }), holds)
    const elsewhere = north.accounts.finistere.id
    await expect(
      as(north.people.local).accept({ itemId: both, repair: { accountId: elsewhere } }),
    ).rejects.toThrow('FORBIDDEN')
    expect(await settledOf(id)).toBeNull()
  })
})

describe('two managers', () => {
  it('at once: one settles it, the other is told by whom, and it is filed once', async () => {
    const operation = report({ accountId: bearn.id, contactId: null })
    const id = await putAside(operation)
    const outcomes = await Promise.allSettled([
      as(north.people.local).accept({ itemId: id }),
      as(second).return({ itemId: id, word: 'Pas chez nous' }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const [refused] = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []))
    expect(refused?.message).toBe('QUARANTINE_SETTLED')
    expect(await sql('SELECT 1 FROM quarantine_settlement WHERE item_id = $1', [id])).toHaveLength(1)
    const filed = await sql('SELECT 1 FROM report WHERE id = $1', [operation.entityId])
    expect(filed).toHaveLength(outcomes[0]?.status === 'fulfilled' ? 1 : 0)
  })

  it('the same act sent again answers as the first time and changes nothing', async () => {
    const operation = report({ accountId: bearn.id, contactId: null })
    const id = await putAside(operation)
    const accept = () => as(north.people.local).accept({ itemId: id })
    const twice = await Promise.all([accept(), accept()])
    expect(twice[0]).toEqual(twice[1])
    expect(await sql('SELECT 1 FROM audit_event WHERE subject_id = $1', [id])).toHaveLength(1)
    await expect(as(second).accept({ itemId: id })).rejects.toThrow('QUARANTINE_SETTLED')
    await expect(as(north.people.local).return({ itemId: id, word: 'Non' })).rejects.toThrow(
      'QUARANTINE_SETTLED',
    )
    const back = await putAside(report({ accountId: bearn.id, contactId: null }))
    const word = 'Refaites-le sur la bonne cave.'
    await as(second).return({ itemId: back, word })
    expect(await as(second).return({ itemId: back, word })).toEqual({ returned: true })
    expect(await settledOf(back)).toMatchObject({ kind: 'returned', word, by: { name: 'Second' } })
  })
})

describe('what the phone is told', () => {
  it('of its own person alone: what was accepted with its answer, what was returned with its sentence', async () => {
    const [kept, back, open] = [1, 2, 3].map(() => report({ accountId: bearn.id, contactId: null }))
    if (!kept || !back || !open) throw new Error('three')
    const ids = [await putAside(kept), await putAside(back), await putAside(open)]
    await as(north.people.local).accept({ itemId: ids[0] ?? '' })
    await as(north.people.local).return({ itemId: ids[1] ?? '', word: 'À refaire' })
    const opIds = [kept, back, open].map(({ opId }) => opId)
    expect((await as(north.people.basqueRep).told({ opIds })).settled).toEqual([
      {
        opId: kept.opId,
        kind: 'accepted',
        by: 'north-local',
        at: expect.any(String),
        word: null,
        answer: { status: 'applied', opId: ids[0], version: 1, reportStatus: 'accepted' },
      },
      {
        opId: back.opId,
        kind: 'returned',
        by: 'north-local',
        at: expect.any(String),
        word: 'À refaire',
        answer: null,
      },
    ])
    expect((await as(north.people.bearnRep).told({ opIds })).settled).toEqual([])
    expect(await send(kept)).toMatchObject({ status: 'duplicate', first: { status: 'quarantined' } })
  })
})

describe('a draft that a withdrawn phone handed over', () => {
  it('is read as far as its reader may, and is no report', async () => {
    const draft = {
      id: 'new',
      accountId: bearn.id,
      kind: 'visit',
      note: 'À moitié',
      answers: { [local]: 'PLANTED', [choice]: 'frimat' },
    }
    const id = await arrangeAside(world.sql, north, {
      at: 'bearn',
      by: 'bearnRep',
      operation: { kind: 'draft', draft },
    })
    const told = await as(north.people.local).get({ itemId: id })
    expect(told).toMatchObject({ kind: 'draft', account: { name: 'Cave' } })
    expect(told.lines).toContainEqual({ key: 'note', value: 'À moitié' })
    expect(told.answers.find(({ key }) => key === choice)).toMatchObject({ told: { state: 'said' } })
    expect(JSON.stringify(told)).not.toContain('PLANTED')
    expect((await waiting()).find((one) => one.id === id)).toMatchObject({ kind: 'draft', subject: 'Cave' })
    expect(await as(north.people.local).accept({ itemId: id })).toMatchObject({
      status: 'refused',
      fault: { of: 'none' },
    })
  })
})

describe('what its author takes back on the phone', () => {
  it("waits for no manager any more, unless one was there before, and is nobody else's to take", async () => {
    const [mine, settled] = [1, 2].map(() => report({ accountId: bearn.id, contactId: null }))
    if (!mine || !settled) throw new Error('two')
    const ids = [await putAside(mine), await putAside(settled)]
    await as(north.people.local).return({ itemId: ids[1] ?? '', word: 'À refaire' })
    const takenBack = [mine.opId, settled.opId]
    expect((await as(north.people.bearnRep).told({ opIds: [], takenBack })).settled).toEqual([])
    expect(await settledOf(ids[0] ?? '')).toBeNull()
    const { settled: told } = await as(north.people.basqueRep).told({ opIds: [], takenBack })
    expect(told.map(({ kind }) => kind).sort()).toEqual(['returned', 'taken_back'])
    expect(await settledOf(ids[0] ?? '')).toMatchObject({
      kind: 'taken_back',
      by: { name: 'north-basqueRep' },
    })
    await expect(as(north.people.local).accept({ itemId: ids[0] ?? '' })).rejects.toThrow(
      'QUARANTINE_SETTLED',
    )
  })
})

describe('the file of what was put aside', () => {
  const read = async (session: SessionIds, place: keyof TestOrg['territories']) => {
    const { chunks } = await exportAside({ deps: world.deps, session }, north.territories[place], 'fr')
    let text = ''
    for await (const chunk of chunks) text += chunk
    return text
  }

  it('holds each as it came, settled or not, says so in the journal, and none of what a reader must not read', async () => {
    const operation = report({ note: 'AS IT CAME', accountId: bearn.id, contactId: null })
    const id = await putAside(operation)
    const hidden = report({
      accountId: bearn.id,
      contactId: bearn.contactId,
      values: { [local]: { v: 1, x: 'PLANTED' }, [choice]: { v: 1, x: 'inconnu' } },
    })
    await putAside(hidden, north.people.bearnRep)
    const draft = { kind: 'draft', draft: { answers: { [local]: 'PLANTED' } } }
    await arrangeAside(world.sql, north, { at: 'bearn', by: 'bearnRep', operation: draft })
    await as(north.people.local).return({ itemId: id, word: '=cmd' })
    const text = await read(north.people.local, 'pyrenees')
    expect(text).toContain('AS IT CAME')
    expect(text).toContain("'=cmd")
    expect(text).toContain('inconnu')
    expect(text).not.toContain('PLANTED')
    expect(
      await sql("SELECT 1 FROM audit_event WHERE action = 'quarantine.export' AND subject_id = $1", [
        north.territories.pyrenees,
      ]),
    ).toHaveLength(1)
    await expect(read(north.people.local, 'finistere')).rejects.toThrow('FORBIDDEN')
    await expect(read(north.people.basqueRep, 'basque')).rejects.toThrow('FORBIDDEN')
    await expect(read(world.other.people.local, 'pyrenees')).rejects.toThrow('NOT_FOUND')
  })
})
