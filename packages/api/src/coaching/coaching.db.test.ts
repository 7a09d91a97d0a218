import { randomUUID } from 'node:crypto'
import { COACHING_TEXT_MAX, type CoachingMark } from '@fieldback/domain/coaching/note'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import {
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'

let world: TestWorld
let north: TestOrg
let now = WORLD_NOW

beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  now = WORLD_NOW
  await world.sql(north.orgId, 'DELETE FROM coaching_note')
})
const later = (minutes: number): void => {
  now = new Date(WORLD_NOW.getTime() + minutes * 60_000)
}

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
type About = { readonly kind: 'account' | 'report' | 'field'; readonly id: string }
const write = (
  over: {
    readonly to?: Who
    readonly about?: About
    readonly text?: string
    readonly at?: keyof TestOrg['territories']
  } = {},
  who: Who = 'local',
) => {
  const { to = 'basqueRep', about = null, text = 'Bravo pour hier', at = 'pyrenees' } = over
  const memberId = north.people[to].membershipId
  return as(who).coaching.write({ territoryId: north.territories[at], memberId, about, text })
}
const listed = async (who: Who = 'local', at: keyof TestOrg['territories'] = 'pyrenees') =>
  (await as(who).coaching.notes({ territoryId: north.territories[at] })).notes
type Held = { readonly cursor: string | null; readonly packAsOf: string | null }
const pullOf = async (who: Who, held: Held = { cursor: null, packAsOf: null }): Promise<PullPage> => {
  await world.settled()
  const session: SessionIds = north.people[who]
  return world
    .callerFor(session)
    .sync.pull({ protocol: 1, membershipId: session.membershipId, frameTag: null, ...held })
}
const onPhone = async (who: Who = 'basqueRep') => (await pullOf(who)).pack?.notes ?? []
const answer = async (noteId: string, text: string | null, mark: CoachingMark, who: Who = 'basqueRep') => {
  const { membershipId } = north.people[who]
  const operation = {
    opId: randomUUID(),
    entityId: noteId,
    seq: 1,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'coaching.answer',
    body: { text, mark },
  }
  return (await as(who).sync.push({ protocol: 1, membershipId, operations: [operation] })).answers
}

describe('a note of a manager', () => {
  it('is on the phone of its rep as soon as he pulls, though his figures are fresh', async () => {
    const { cursor, pack } = await pullOf('basqueRep')
    const held = { cursor, packAsOf: pack?.asOf ?? '' }
    later(1)
    expect((await pullOf('basqueRep', held)).pack).toBeNull()
    const { id } = await write()
    expect((await pullOf('basqueRep', held)).pack?.notes).toEqual([
      {
        id,
        authorName: 'north-local',
        about: null,
        text: 'Bravo pour hier',
        writtenAt: '2026-11-20T10:01:00.000Z',
        earlier: [],
        withdrawnAt: null,
        mark: null,
        answers: [],
      },
    ])
  })

  it('is read by managers of the rep’s branch and by nobody else: not beside, not below, not by other reps', async () => {
    await write()
    expect((await listed('local')).map(({ own }) => own)).toEqual([true])
    expect((await listed('regional')).map(({ own }) => own)).toEqual([false])
    expect(await listed('local', 'bearn')).toEqual([])
    expect(await onPhone('bearnRep')).toEqual([])
    for (const who of ['hq', 'admin', 'basqueRep'] as const)
      await expect(listed(who)).rejects.toMatchObject({ message: 'FORBIDDEN' })
    await expect(listed('local', 'bretagne')).rejects.toMatchObject({ message: 'FORBIDDEN' })
  })

  it('a rep reads all that managers read of him', async () => {
    await write({ text: 'Un' })
    await write({ text: 'Deux' }, 'regional')
    const { id } = await write({ text: 'Trois' })
    await as('local').coaching.edit({ noteId: id, text: 'Quatre' })
    await as('local').coaching.withdraw({ noteId: id })
    const words = (notes: readonly { text: string; earlier: readonly { text: string }[] }[]) =>
      notes.flatMap((note) => [note.text, ...note.earlier.map(({ text }) => text)]).sort()
    expect(words(await onPhone())).toEqual(words(await listed('regional')))
    expect(words(await onPhone())).toEqual(['Deux', 'Quatre', 'Trois', 'Un'])
  })

  it('goes to reps of the branch, and not to oneself', async () => {
    for (const to of ['bretonRep', 'regional', 'local'] as const)
      await expect(write({ to })).rejects.toMatchObject({ message: 'NOT_FOUND' })
    await expect(write({ to: 'bretonRep', at: 'finistere' })).rejects.toMatchObject({ message: 'FORBIDDEN' })
    for (const who of ['basqueRep', 'hq', 'admin'] as const)
      await expect(write({}, who)).rejects.toMatchObject({ message: 'FORBIDDEN' })
  })

  it('is about what is the rep’s own, or about nothing', async () => {
    const report = async (at: 'basque' | 'bearn', by: 'basqueRep' | 'bearnRep'): Promise<About> => ({
      kind: 'report',
      id: await arrangeReport(world.sql, north, { at, by }),
    })
    const field = async (place: 'france' | 'bearn', key: string): Promise<About> => ({
      kind: 'field',
      id: await arrangeField(world.sql, north, {
        territoryId: north.territories[place],
        entity: 'report',
        key,
        spec: { type: 'yes_no' },
      }),
    })
    const own: About[] = [
      { kind: 'account', id: north.accounts.basque.id },
      await report('basque', 'basqueRep'),
      await field('france', 'asked_everywhere'),
    ]
    for (const about of own) await write({ about })
    expect((await listed()).map(({ about }) => about)).toEqual(expect.arrayContaining(own))
    expect((await listed()).find(({ about }) => about?.kind === 'account')).toMatchObject({
      accountName: 'Compte basque',
    })
    const others: About[] = [
      { kind: 'account', id: north.accounts.bearn.id },
      await report('bearn', 'bearnRep'),
      await report('basque', 'bearnRep'),
      await field('bearn', 'asked_elsewhere'),
    ]
    for (const about of others) await expect(write({ about })).rejects.toMatchObject({ message: 'NOT_FOUND' })
    const { finistere } = north.accounts
    await expect(write({ about: { kind: 'account', id: finistere.id } })).rejects.toMatchObject({
      message: 'FORBIDDEN',
    })
    expect(await listed()).toHaveLength(own.length)
  })

  it('keeps hostile words as they were typed, and refuses none and too many', async () => {
    const text = '<img src=x onerror=alert(1)> \u202Erebours\u0000 {count, plural} ‘’'
    await write({ text })
    expect((await onPhone())[0]?.text).toBe('<img src=x onerror=alert(1)> \u202Erebours {count, plural} ‘’')
    for (const wrong of ['', '  \u0000 ', 'x'.repeat(10_000), 'x'.repeat(COACHING_TEXT_MAX + 1)])
      await expect(write({ text: wrong })).rejects.toThrow()
    await write({ text: 'x'.repeat(COACHING_TEXT_MAX) })
    expect(await listed()).toHaveLength(2)
  })

  it('changed by its author, says what it said before and is to be read again; nobody else changes it', async () => {
    const { id } = await write()
    await answer(id, null, 'read')
    later(5)
    await as('local').coaching.edit({ noteId: id, text: 'Bravo pour mardi' })
    expect((await onPhone())[0]).toMatchObject({
      text: 'Bravo pour mardi',
      earlier: [{ text: 'Bravo pour hier', at: '2026-11-20T10:00:00.000Z' }],
      mark: null,
    })
    const forbidden = { message: 'FORBIDDEN' }
    await expect(as('regional').coaching.edit({ noteId: id, text: 'Non' })).rejects.toMatchObject(forbidden)
    await expect(as('regional').coaching.withdraw({ noteId: id })).rejects.toMatchObject(forbidden)
    expect((await listed())[0]).toMatchObject({ text: 'Bravo pour mardi' })
  })

  it('taken back, stays where it was read, marked so, and is changed no more', async () => {
    const { id } = await write()
    later(5)
    await as('local').coaching.withdraw({ noteId: id })
    await as('local').coaching.withdraw({ noteId: id })
    const withdrawn = { text: 'Bravo pour hier', withdrawnAt: '2026-11-20T10:05:00.000Z' }
    expect((await onPhone())[0]).toMatchObject(withdrawn)
    expect((await listed())[0]).toMatchObject(withdrawn)
    await expect(as('local').coaching.edit({ noteId: id, text: 'Non' })).rejects.toMatchObject({
      message: 'CONFLICT',
    })
  })

  it('leaves a line in the journal for each thing done, without its words', async () => {
    const { id } = await write({ text: 'secret' })
    await as('local').coaching.edit({ noteId: id, text: 'secret 2' })
    await as('local').coaching.withdraw({ noteId: id })
    const lines = await world.sql<{ action: string; detail: object }>(
      north.orgId,
      'SELECT action, detail FROM audit_event WHERE subject_id = $1 ORDER BY action',
      [id],
    )
    expect(lines.map(({ action }) => action)).toEqual([
      'coaching.edit',
      'coaching.withdraw',
      'coaching.write',
    ])
    const membershipId = north.people.basqueRep.membershipId
    for (const { detail } of lines)
      expect(detail).toEqual({ membershipId, territoryId: north.territories.basque })
  })
})

describe('what its rep makes of it', () => {
  it('is seen by the manager: read, done, and each of his answers', async () => {
    const { id } = await write()
    expect(await answer(id, 'Merci', 'read')).toMatchObject([{ status: 'applied', version: 2 }])
    later(5)
    await answer(id, 'Je le revois mardi', 'done')
    expect((await listed())[0]).toMatchObject({
      mark: 'done',
      answers: [
        { text: 'Merci', at: '2026-11-20T10:00:00.000Z' },
        { text: 'Je le revois mardi', at: '2026-11-20T10:05:00.000Z' },
      ],
    })
    await answer(id, null, 'read')
    expect((await listed())[0]).toMatchObject({ mark: 'done' })
  })

  it('is taken though the note was taken back meanwhile', async () => {
    const { id } = await write()
    await as('local').coaching.withdraw({ noteId: id })
    await answer(id, 'Trop tard ?', 'read')
    expect((await listed())[0]).toMatchObject({ answers: [{ text: 'Trop tard ?' }] })
  })

  it('of another’s note, or of none, is put aside for its author alone', async () => {
    const { id } = await write()
    const forbidden = [{ status: 'quarantined', code: 'OP_FORBIDDEN' }]
    expect(await answer(id, 'Non', 'done', 'bearnRep')).toMatchObject(forbidden)
    expect(await answer(randomUUID(), 'Non', 'done')).toMatchObject([
      { status: 'quarantined', code: 'OP_TARGET_UNKNOWN' },
    ])
    expect((await listed())[0]).toMatchObject({ mark: null, answers: [] })
    const rows = await world.sql<{ territory_id: string | null }>(
      north.orgId,
      `SELECT territory_id FROM sync_quarantine WHERE operation ->> 'kind' = 'coaching.answer'`,
    )
    expect(rows).toEqual([{ territory_id: null }, { territory_id: null }])
  })
})
