import { createHash, randomBytes } from 'node:crypto'
import type { FieldbackError } from '@fieldback/domain/errors'
import { CHUNK_BYTES, chunkBounds, chunksOf, MEDIA_A_DAY } from '@fieldback/domain/media/media'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { exportReports } from '../report/export.ts'
import { reportQuery } from '../report/search.ts'
import { arrangeField, arrangeReport, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { openPhoto } from './open-photo.ts'
import { announce, takeChunk } from './receive.ts'

let world: TestWorld
let north: TestOrg
let shelf: string
let shared: string
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const asked = (key: string, spec: object) =>
    arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'report',
      key,
      spec: { type: 'photo', max: 3, ...spec },
    })
  shelf = await asked('rayon', {})
  shared = await asked('devanture', { shared: true })
})
afterAll(() => world.close())

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const newPhoto = () =>
  `019a8c1e-7b00-7${randomBytes(2).toString('hex').slice(1)}-8000-${randomBytes(6).toString('hex')}`
/** What begins as a JPEG, three chunks long. */
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, ...randomBytes(CHUNK_BYTES * 2 + 1_000)])
const as = (session: SessionIds | null) => ({ deps: world.deps, session })
const rep = () => as(north.people.basqueRep)
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: FieldbackError) => error.code,
  )

type Sent = { id: string; reportId: string; fieldId: string; bytes: Uint8Array }
const headOf = ({ reportId, fieldId, bytes }: Sent, session = north.people.basqueRep) => ({
  membershipId: session.membershipId,
  reportId,
  fieldId,
  bytes: bytes.byteLength,
  sha256: hash(bytes),
})
const say = (sent: Sent, context = rep()) =>
  announce(context, sent.id, headOf(sent, context.session ?? undefined))
function chunk({ id, bytes }: Sent, at: number, context = rep()) {
  const { from, to } = chunkBounds(bytes.byteLength, at)
  const body = bytes.slice(from, to)
  return takeChunk(context, id, { chunk: at, sha256: hash(body), body })
}
async function sendAll(sent: Sent) {
  let state = await say(sent)
  while (!state.kept) state = await chunk(sent, state.received)
  return state
}
async function read(session: SessionIds, id: string): Promise<string> {
  const { body } = await openPhoto(as(session), id)
  const parts: Uint8Array[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts).subarray(3).toString('utf8')
}

let sent: Sent
const arranged = async (fieldId = shelf, ids = [newPhoto()], bytes = JPEG): Promise<Sent> => {
  const reportId = await arrangeReport(world.sql, north, {
    at: 'basque',
    by: 'basqueRep',
    values: { [fieldId]: { v: 1, x: ids } },
  })
  return { id: ids[0] ?? '', reportId, fieldId, bytes }
}
beforeEach(async () => {
  sent = await arranged()
})

describe('a photo on its way', () => {
  it('comes chunk by chunk, and what is kept was made anew', async () => {
    expect(chunksOf(JPEG.byteLength)).toBe(3)
    expect(await say(sent)).toMatchObject({ received: 0, kept: false })
    expect(await chunk(sent, 0)).toMatchObject({ received: 1, kept: false })
    expect(await chunk(sent, 1)).toMatchObject({ received: 2, kept: false })
    expect(await chunk(sent, 2)).toMatchObject({ received: 3, kept: true })
    expect(await read(north.people.basqueRep, sent.id)).toBe('anew')
    expect(await say(sent)).toMatchObject({ kept: true })
  })
  it('goes on where it was cut; a chunk twice does no harm, one too early is told what is awaited', async () => {
    await say(sent)
    await chunk(sent, 0)
    expect(await say(sent)).toMatchObject({ received: 1, kept: false })
    expect(await chunk(sent, 0)).toMatchObject({ received: 1 })
    expect(await chunk(sent, 2)).toMatchObject({ received: 1 })
    await Promise.all([chunk(sent, 1), chunk(sent, 1)])
    expect(await sendAll(sent)).toMatchObject({ kept: true })
  })
  it('whose server was killed before it was made anew is finished at the next word of it', async () => {
    await say(sent)
    await chunk(sent, 0)
    await chunk(sent, 1)
    const dies = { ...world.deps, images: { asPhoto: () => Promise.reject(new Error('killed')) } }
    await expect(chunk(sent, 2, { ...rep(), deps: dies })).rejects.toThrow('killed')
    expect(await say(sent)).toMatchObject({ kept: true })
  })
  it('of which a chunk was damaged is refused that chunk, and the whole once it is not what was announced', async () => {
    await say(sent)
    const body = JPEG.slice(0, CHUNK_BYTES)
    const broken = (over: object) =>
      refusal(takeChunk(rep(), sent.id, { chunk: 0, sha256: hash(body), body, ...over }))
    expect(await broken({ sha256: hash(new Uint8Array([1])) })).toBe('MEDIA_BROKEN')
    expect(await broken({ body: body.slice(1), sha256: hash(body.slice(1)) })).toBe('MEDIA_BROKEN')
    const other = { ...sent, bytes: new Uint8Array([...JPEG.slice(0, -1), (JPEG.at(-1) ?? 0) ^ 1]) }
    await chunk(sent, 0)
    await chunk(sent, 1)
    expect(await refusal(chunk(other, 2))).toBe('MEDIA_BROKEN')
    expect(await say(sent)).toMatchObject({ received: 0, kept: false })
    expect(await sendAll(sent)).toMatchObject({ kept: true })
  })
  it('that is no picture is refused, and stays refused', async () => {
    const script = await arranged(shelf, [newPhoto()], new TextEncoder().encode('<script>alert(1)</script>'))
    await say(script)
    expect(await refusal(chunk(script, 0))).toBe('MEDIA_UNREADABLE')
    expect(await refusal(say(script))).toBe('MEDIA_UNREADABLE')
    expect(await refusal(openPhoto(rep(), script.id))).toBe('NOT_FOUND')
  })
})

describe('who may send a photo', () => {
  it('its author alone, once a report of his that was received names it', async () => {
    expect(await refusal(say({ ...sent, id: newPhoto() }))).toBe('MEDIA_NOT_NAMED')
    expect(await refusal(say({ ...sent, fieldId: shared }))).toBe('MEDIA_NOT_NAMED')
    for (const who of ['bearnRep', 'local', 'hq'] as const)
      expect(await refusal(say(sent, as(north.people[who]))), who).toBe('MEDIA_NOT_NAMED')
    expect(await refusal(say(sent, as(world.other.people.basqueRep)))).toBe('MEDIA_NOT_NAMED')
    await say(sent)
    for (const context of [as(north.people.local), as(world.other.people.basqueRep)])
      expect(await refusal(chunk(sent, 0, context))).toBe('MEDIA_NOT_NAMED')
    expect(await refusal(chunk({ ...sent, id: newPhoto() }, 0))).toBe('MEDIA_NOT_NAMED')
  })
  it('nobody without a session, and no phone that another person uses now', async () => {
    expect(await refusal(announce(as(null), sent.id, headOf(sent)))).toBe('UNAUTHENTICATED')
    const local = as(north.people.local)
    expect(await refusal(announce(local, sent.id, headOf(sent)))).toBe('MEMBERSHIP_OTHER')
  })
  it('an item of a list that bears such an id is no photo', async () => {
    const list = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'report',
      key: 'produits',
      spec: { type: 'multiple_choice' },
    })
    expect(await refusal(say(await arranged(list)))).toBe('MEDIA_NOT_NAMED')
  })
  it('one who has sent as many as any day takes sends the others tomorrow', async () => {
    const author = north.people.bearnRep
    const ids = [newPhoto(), newPhoto()]
    const reportId = await arrangeReport(world.sql, north, {
      at: 'bearn',
      by: 'bearnRep',
      values: { [shelf]: { v: 1, x: ids } },
    })
    await world.sql(
      north.orgId,
      `INSERT INTO media (org_id, id, membership_id, report_id, field_id, bytes, sha256, storage_key, created_at)
       SELECT $1, gen_random_uuid(), $2, $3, $4, 1, 'x', 'x', $5 FROM generate_series(1, $6)`,
      [north.orgId, author.membershipId, reportId, shelf, world.deps.now(), MEDIA_A_DAY - 1],
    )
    const many = (id: string) => say({ id, reportId, fieldId: shelf, bytes: JPEG }, as(author))
    // Rows are stamped by the database: as if they had been made on the day of the test.
    await many(ids[0] ?? '')
    await world.sql(north.orgId, 'UPDATE media SET created_at = $2 WHERE membership_id = $1', [
      author.membershipId,
      world.deps.now(),
    ])
    expect(await refusal(many(ids[1] ?? ''))).toBe('MEDIA_TOO_MANY')
    expect(await refusal(many(ids[0] ?? ''))).toBe('accepted')
  })
})

describe('what is let go', () => {
  it('a month later, photos that a correction took away and those that never came whole; the others stay', async () => {
    const [kept, taken, unfinished] = [sent, await arranged(), await arranged()]
    await sendAll(kept)
    await sendAll(taken)
    await say(unfinished)
    await chunk(unfinished, 0)
    await world.sql(north.orgId, `UPDATE report SET "values" = '{}' WHERE id = $1`, [taken.reportId])
    const ids = [kept.id, taken.id, unfinished.id]
    const left = async () => {
      await say(await arranged())
      const rows = await world.sql<{ id: string }>(north.orgId, 'SELECT id FROM media WHERE id = ANY ($1)', [
        ids,
      ])
      return ids.filter((id) => rows.some((row) => row.id === id))
    }
    expect(await left()).toEqual(ids)
    await world.sql(north.orgId, `UPDATE media SET created_at = '2026-10-01' WHERE id = ANY ($1)`, [ids])
    const keys = await world.sql<{ storage_key: string }>(
      north.orgId,
      'SELECT storage_key FROM media WHERE id = ANY ($1)',
      [[taken.id, unfinished.id]],
    )
    expect(await left()).toEqual([kept.id])
    for (const { storage_key: key } of keys)
      for (const part of ['photo', 'part-0'])
        expect(await world.deps.storage.exists(`${key}/${part}`), part).toBe(false)
    expect(await read(north.people.basqueRep, kept.id)).toBe('anew')
  })
})

describe('who may see a photo', () => {
  it('who may read the report and the answers of its question; it does not exist for the others', async () => {
    await sendAll(sent)
    const open = await arranged(shared)
    await sendAll(open)
    const seen = async (id: string) => {
      const people = { ...north.people, elsewhere: world.other.people.hq }
      const all = await Promise.all(
        Object.entries(people).map(async ([who, session]) =>
          (await refusal(openPhoto(as(session), id))) === 'accepted' ? who : null,
        ),
      )
      return all.filter((who) => who !== null)
    }
    // The question is the sector's: levels above see that there is a photo, unless the sector shares it.
    expect(await seen(sent.id)).toEqual(['basqueRep'])
    expect(await seen(open.id)).toEqual(['basqueRep', 'local', 'regional', 'hq'])
    expect(await refusal(openPhoto(as(north.people.bretonRep), open.id))).toBe('NOT_FOUND')
    expect(await refusal(openPhoto(as(north.people.admin), open.id))).toBe('FORBIDDEN')
    expect(await refusal(openPhoto(as(null), open.id))).toBe('UNAUTHENTICATED')
  })
  it('nobody once a correction took it away, or before it has come', async () => {
    expect(await refusal(openPhoto(rep(), sent.id))).toBe('NOT_FOUND')
    await sendAll(sent)
    await world.sql(north.orgId, `UPDATE report SET "values" = '{}' WHERE id = $1`, [sent.reportId])
    expect(await refusal(openPhoto(rep(), sent.id))).toBe('NOT_FOUND')
  })
  it('a report says which of its photos have come, and its file where they are', async () => {
    const two = [newPhoto(), newPhoto()]
    const open = await arranged(shared, two)
    await sendAll(open)
    const told = await world.callerFor(north.people.local).report.get({ reportId: open.reportId })
    expect(told.photos).toEqual([two[0]])
    expect(told.questions.find(({ fieldId }) => fieldId === shared)?.told).toEqual({
      state: 'said',
      parts: { kind: 'photos', ids: two },
    })
    const query = reportQuery.parse({ territoryId: north.territories.pyrenees })
    const { chunks } = await exportReports(as(north.people.local), query, { locale: 'fr', format: 'csv' })
    let csv = ''
    for await (const part of chunks) csv += part
    expect(csv).toContain(two.map((id) => `https://fieldback.test/api/media/${id}`).join(' | '))
    expect(csv).not.toContain(sent.id)
  })
})
