import { randomUUID } from 'node:crypto'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { Contests } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg
/** Of pyrenees, where two reps stand, and of france, where more than five do. */
let local: string
let national: string

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  for (const name of ['a', 'b', 'c'])
    await arrangePerson(world.sql, north.orgId, {
      name,
      role: 'rep',
      territoryId: north.territories.finistere,
    })
})
afterAll(() => world.close())

let count = 0
beforeEach(async () => {
  count += 1
  const question = (territoryId: string, key: string) =>
    arrangeField(world.sql, north, {
      territoryId,
      entity: 'report',
      key: `${key}_${count}`,
      spec: { type: 'yes_no' },
    })
  local = await question(north.territories.pyrenees, 'local')
  national = await question(north.territories.france, 'national')
})

type Open = Extract<Operation, { kind: 'contest.open' }>
const envelope = (entityId: string = randomUUID(), seq = 1) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})
const contest = (fieldId: string, body: Partial<Open['body']> = {}): Open => ({
  ...envelope(),
  kind: 'contest.open',
  body: { fieldId, version: 1, reason: 'useless', word: null, openly: false, ...body },
})
const withdrawal = (entityId: string, seq = 2) => ({
  ...envelope(entityId, seq),
  kind: 'contest.withdraw',
  body: {},
})
const send = async (operations: readonly unknown[], session: SessionIds = north.people.basqueRep) =>
  (
    await world
      .callerFor(session)
      .sync.push({ protocol: 1, membershipId: session.membershipId, operations: [...operations] })
  ).answers
const listOf = (who: keyof TestOrg['people'], place: keyof TestOrg['territories']) =>
  world.callerFor(north.people[who]).contest.list({ territoryId: north.territories[place] })
const waiting = async (fieldId: string, who: keyof TestOrg['people'] = 'local') =>
  (await listOf(who, 'pyrenees')).toAnswer.find((one) => one.fieldId === fieldId)
const held = async (session: SessionIds): Promise<Contests> => {
  await world.settled()
  const page = await world.callerFor(session).sync.pull({
    protocol: 1,
    membershipId: session.membershipId,
    cursor: null,
    frameTag: null,
    packAsOf: null,
  })
  if (!page.contests) throw new Error('no contests')
  return page.contests.held
}
const ofField = (fieldId: string) =>
  world.sql<{ id: string; withdrawn_at: Date | null; word: string | null }>(
    north.orgId,
    'SELECT id, withdrawn_at, word FROM contest WHERE field_id = $1 ORDER BY withdrawn_at NULLS LAST',
    [fieldId],
  )

describe('contesting a question', () => {
  it('is taken once, however often it is sent, and comes back to who wrote it', async () => {
    const sent = contest(local, { reason: 'asked_twice', word: 'Déjà sur la fiche' })
    expect(await send([sent])).toMatchObject([{ status: 'applied', version: 1 }])
    expect(await send([sent])).toMatchObject([{ status: 'duplicate' }])
    expect(await ofField(local)).toHaveLength(1)
    const { mine, fields } = await held(north.people.basqueRep)
    expect(mine.find(({ id }) => id === sent.entityId)).toEqual({
      id: sent.entityId,
      fieldId: local,
      fieldVersion: 1,
      reason: 'asked_twice',
      word: 'Déjà sur la fiche',
      wordShown: false,
      openedAt: '2026-11-20T10:00:00.000Z',
      answer: null,
    })
    expect(fields.find(({ fieldId }) => fieldId === local)).toEqual({ fieldId: local, open: 1, answer: null })
  })

  it('waits once a person, question and version: from another phone it takes the place of the first', async () => {
    const [first, second] = [contest(local), contest(local, { reason: 'too_precise' })]
    await send([first])
    expect(await send([second])).toMatchObject([{ status: 'applied' }])
    expect(await ofField(local)).toMatchObject([
      { id: first.entityId, withdrawn_at: expect.any(Date) },
      { id: second.entityId, withdrawn_at: null },
    ])
    expect(await waiting(local)).toMatchObject({ people: 1, reasons: [{ reason: 'too_precise', n: 1 }] })
  })

  it('from two phones at the same instant leaves one open, and both are told it was taken', async () => {
    const both = [contest(local), contest(local, { reason: 'too_precise' })]
    const answers = await Promise.all(both.map((one) => send([one])))
    expect(answers.flat().map(({ status }) => status)).toEqual(['applied', 'applied'])
    const rows = await ofField(local)
    expect(rows.filter(({ withdrawn_at }) => withdrawn_at === null)).toHaveLength(1)
    expect(rows).toHaveLength(2)
  })

  it('may be taken back, by whoever wrote it alone, and written again', async () => {
    const sent = contest(local)
    const again = contest(local)
    await send([sent])
    expect(await send([withdrawal(sent.entityId, 1)], north.people.bearnRep)).toMatchObject([
      { status: 'quarantined', code: 'OP_FORBIDDEN' },
    ])
    expect(await send([withdrawal(sent.entityId)])).toMatchObject([{ status: 'applied', version: 2 }])
    expect(await waiting(local)).toBeUndefined()
    expect((await held(north.people.basqueRep)).mine.map(({ id }) => id)).not.toContain(sent.entityId)
    expect(await send([again])).toMatchObject([{ status: 'applied' }])
    expect(await waiting(local)).toMatchObject({ people: 1 })
  })

  it('is refused where the question is not asked, of another organisation, and of a version that never was', async () => {
    const foreign = await arrangeField(world.sql, world.other, {
      territoryId: world.other.territories.france,
      entity: 'report',
      key: `foreign_${count}`,
      spec: { type: 'yes_no' },
    })
    const answers = await send([contest(foreign), contest(local, { version: 2 })])
    expect(answers).toMatchObject([
      { status: 'quarantined', code: 'OP_FIELD_UNKNOWN' },
      { status: 'quarantined', code: 'OP_FIELD_UNKNOWN' },
    ])
    expect(await send([contest(local)], north.people.bretonRep)).toMatchObject([
      { status: 'quarantined', code: 'OP_FORBIDDEN' },
    ])
    expect(await send([contest(national)], north.people.hq)).toMatchObject([
      { status: 'quarantined', code: 'OP_FORBIDDEN' },
    ])
    expect(await ofField(local)).toEqual([])
  })

  it('of a version that was replaced, or of a question retired meanwhile, is taken: it was written before', async () => {
    await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [local])
    expect(await send([contest(local)])).toMatchObject([{ status: 'applied' }])
    expect(await waiting(local)).toMatchObject({ people: 1, retired: true })
  })

  it('keeps a hostile word as it was typed, without what no database holds', async () => {
    const word = '<img src=x onerror=alert(1)> \u202Erebours\u0000 {count, plural} ‘’'
    await send([contest(local, { word, openly: true })])
    expect((await waiting(local))?.words).toEqual([
      '<img src=x onerror=alert(1)> \u202Erebours {count, plural} ‘’',
    ])
  })
})

describe('who reads what of a contest', () => {
  it('nobody reads who wrote it: not its owner, not a level above, not another phone', async () => {
    await send([contest(local, { word: 'mots', openly: true }), contest(national, { word: 'mots' })])
    const { membershipId } = north.people.basqueRep
    const reads = [
      await listOf('local', 'pyrenees'),
      await listOf('regional', 'pyrenees'),
      await listOf('hq', 'france'),
      await listOf('admin', 'france'),
      await held(north.people.bearnRep),
    ]
    for (const read of reads) {
      const told = JSON.stringify(read)
      expect(told).not.toContain(membershipId)
      expect(told).not.toContain('basqueRep')
    }
    expect((await held(north.people.bearnRep)).mine).toEqual([])
    expect((await held(north.people.bearnRep)).fields).toContainEqual({
      fieldId: local,
      open: 1,
      answer: null,
    })
    expect((await held(north.people.bretonRep)).fields.map(({ fieldId }) => fieldId)).not.toContain(local)
  })

  it('a word is kept back while fewer than five could have written it, unless its writer said otherwise', async () => {
    await send([contest(local, { word: 'au hasard' }), contest(national, { word: 'un parmi six' })])
    expect(await waiting(local)).toMatchObject({ words: [], wordsKept: 1, people: 1 })
    const above = (await listOf('local', 'pyrenees')).above.find(({ fieldId }) => fieldId === national)
    expect(above).toMatchObject({ words: ['un parmi six'], wordsKept: 0, contestIds: [] })
    await send([contest(local, { word: 'je signe', openly: true })])
    expect(await waiting(local)).toMatchObject({ words: ['je signe'], wordsKept: 0 })
    expect((await held(north.people.basqueRep)).mine).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ word: 'je signe', wordShown: true })]),
    )
  })

  it('a level above reads counts of a local question, never its words', async () => {
    await send([contest(local, { word: 'secret', openly: true })])
    expect(await waiting(local, 'regional')).toMatchObject({ people: 1, words: [], wordsKept: 0 })
    expect((await waiting(local, 'local'))?.words).toEqual(['secret'])
  })

  it('the level above is shown what waits after fourteen days, with its age', async () => {
    const sent = contest(local, { word: 'long', openly: true })
    await send([sent])
    const late = async () =>
      (await listOf('regional', 'aquitaine')).late.find(({ fieldId }) => fieldId === local)
    const opened = (day: string) =>
      world.sql(north.orgId, 'UPDATE contest SET opened_at = $2 WHERE id = $1', [sent.entityId, day])
    await opened('2026-11-07T09:00:00Z')
    expect(await late()).toBeUndefined()
    await opened('2026-11-06T09:00:00Z')
    expect(await late()).toMatchObject({ days: 14, people: 1, words: [], owner: { name: 'pyrenees' } })
    const top = await listOf('hq', 'france')
    expect([...top.toAnswer, ...top.above, ...top.late].map(({ fieldId }) => fieldId)).not.toContain(local)
  })

  it('is not read without the right to the territory', async () => {
    await expect(listOf('local', 'aquitaine')).rejects.toMatchObject({ message: 'FORBIDDEN' })
    await expect(listOf('bretonRep', 'pyrenees')).rejects.toMatchObject({ message: 'FORBIDDEN' })
  })
})

describe("the owner's answer", () => {
  const answer = (
    who: keyof TestOrg['people'],
    fieldId: string,
    more: { contestIds: readonly string[]; kind: 'keep' | 'change' | 'retire'; reason?: string },
  ) =>
    world
      .callerFor(north.people[who])
      .contest.answer({ fieldId, ...more } as Parameters<
        ReturnType<TestWorld['callerFor']>['contest']['answer']
      >[0])

  it('goes to all who contested until then, back to their phones and into the journal, without a name', async () => {
    const [mine, other] = [contest(local), contest(local)]
    await send([mine])
    await send([other], north.people.bearnRep)
    const later = contest(local)
    const seen = (await waiting(local))?.contestIds ?? []
    expect(new Set(seen)).toEqual(new Set([mine.entityId, other.entityId]))
    const newcomer = await arrangePerson(world.sql, north.orgId, {
      name: `new-${count}`,
      role: 'rep',
      territoryId: north.territories.basque,
    })
    await send([later], newcomer)
    const told = { contestIds: [...seen], kind: 'keep', reason: 'Le tarif en dépend.' } as const
    expect(await answer('local', local, told)).toEqual({ people: 2 })
    expect((await waiting(local))?.contestIds).toEqual([later.entityId])
    const phone = await held(north.people.basqueRep)
    const expected = {
      kind: 'keep',
      reason: 'Le tarif en dépend.',
      answeredAt: '2026-11-20T10:00:00.000Z',
      fieldVersion: 1,
    }
    expect(phone.mine.find(({ id }) => id === mine.entityId)?.answer).toEqual(expected)
    expect(phone.fields).toContainEqual({ fieldId: local, open: 1, answer: expected })
    expect((await listOf('bearnRep', 'bearn')).answered[0]).toMatchObject({
      kind: 'keep',
      reason: 'Le tarif en dépend.',
      people: 2,
      day: '2026-11-20',
    })
    const [line] = await world.sql<{ detail: object }>(
      north.orgId,
      "SELECT detail FROM audit_event WHERE action = 'contest.answer' AND subject_id = $1",
      [local],
    )
    expect(line?.detail).toMatchObject({ to: 'keep', count: 2, territoryId: north.territories.pyrenees })
    expect(JSON.stringify(line)).not.toContain(north.people.basqueRep.membershipId)
  })

  it('that keeps the question says why', async () => {
    const sent = contest(local)
    await send([sent])
    for (const reason of [undefined, '', '   '])
      await expect(
        answer('local', local, {
          contestIds: [sent.entityId],
          kind: 'keep',
          ...(reason === undefined ? {} : { reason }),
        }),
      ).rejects.toMatchObject({ message: expect.stringContaining('reason') })
    expect(await waiting(local)).toMatchObject({ people: 1 })
  })

  it('that retires the question retires it, with its line in the journal', async () => {
    const sent = contest(local)
    await send([sent])
    await answer('local', local, { contestIds: [sent.entityId], kind: 'retire' })
    const rows = await world.sql(
      north.orgId,
      'SELECT 1 FROM field_definition WHERE id = $1 AND retired_at IS NOT NULL',
      [local],
    )
    expect(rows).toHaveLength(1)
    const lines = await world.sql(
      north.orgId,
      "SELECT 1 FROM audit_event WHERE action = 'field.retire' AND subject_id = $1",
      [local],
    )
    expect(lines).toHaveLength(1)
    const phone = await held(north.people.basqueRep)
    expect(phone.mine.find(({ id }) => id === sent.entityId)?.answer).toMatchObject({ kind: 'retire' })
  })

  it('is given once: a second one, and one to what was taken back, finds nothing that waits', async () => {
    const [sent, gone] = [contest(local), contest(national)]
    await send([sent, gone])
    await send([withdrawal(gone.entityId)])
    const told = { contestIds: [sent.entityId], kind: 'change' } as const
    await answer('local', local, { ...told, contestIds: [...told.contestIds] })
    const refused = { message: 'CONFLICT' }
    await expect(answer('local', local, { ...told, contestIds: [sent.entityId] })).rejects.toMatchObject(
      refused,
    )
    await expect(
      answer('hq', national, { contestIds: [gone.entityId], kind: 'retire' }),
    ).rejects.toMatchObject(refused)
    const live = await world.sql(
      north.orgId,
      'SELECT 1 FROM field_definition WHERE id = $1 AND retired_at IS NULL',
      [national],
    )
    expect(live).toHaveLength(1)
    expect(await send([withdrawal(sent.entityId)])).toMatchObject([{ status: 'applied' }])
    expect(await ofField(local)).toMatchObject([{ withdrawn_at: null }])
  })

  it('is refused to who may not define where the question is owned, contests of another question apart', async () => {
    const [sent, other] = [contest(national), contest(local)]
    await send([sent, other])
    const told = { contestIds: [sent.entityId], kind: 'change' } as const
    for (const who of ['local', 'basqueRep', 'admin'] as const)
      await expect(answer(who, national, { ...told, contestIds: [sent.entityId] })).rejects.toMatchObject({
        message: 'FORBIDDEN',
      })
    await expect(
      answer('local', local, { contestIds: [sent.entityId], kind: 'change' }),
    ).rejects.toMatchObject({ message: 'CONFLICT' })
  })
})

it('contests are sent again only when something changed', async () => {
  const session = north.people.basqueRep
  await world.settled()
  const asked = {
    protocol: 1,
    membershipId: session.membershipId,
    cursor: null,
    frameTag: null,
    packAsOf: null,
  }
  const page = await world.callerFor(session).sync.pull(asked)
  const contestsTag = page.contests?.tag ?? null
  expect((await world.callerFor(session).sync.pull({ ...asked, contestsTag })).contests).toBeNull()
  await send([contest(local)])
  expect(
    (await world.callerFor(session).sync.pull({ ...asked, contestsTag })).contests?.held.mine,
  ).not.toEqual([])
})
