import { createCipheriv, createECDH, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { BATCH_MAX } from '@fieldback/domain/sync/operation'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { openPhoto } from '../media/open-photo.ts'
import { announce } from '../media/receive.ts'
import {
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { handOver, knowPhone } from './hand-over.ts'
import type { PhoneKeys } from './phone-keys.ts'

const DAY = 86_400_000
const PHOTO = '019a8c1e-7b00-7abc-8000-0123456789ab'

let world: TestWorld
let north: TestOrg
let rep: SessionIds
let keys: PhoneKeys
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  rep = north.people.basqueRep
})
afterAll(() => world.close())
beforeEach(async () => {
  await withdraw(null)
  keys = await world.callerFor(rep).sync.keys()
})

const withdraw = (at: Date | null, table = 'device', id = rep.deviceId) =>
  world.sql(north.orgId, `UPDATE ${table} SET revoked_at = $2 WHERE id = $1`, [id, at])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: Error) => (error.name === 'ZodError' ? 'malformed' : error.message),
  )
const report = (note = 'Il veut une remise de 5 %.') => ({
  opId: randomUUID(),
  entityId: randomUUID(),
  seq: 1,
  base: 0,
  kind: 'report.create',
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
  body: { accountId: north.accounts.basque.id, note },
})
const give = async (over: object, credential = keys.credential, deps = world.deps) =>
  handOver(deps, await knowPhone(world.deps, credential), {
    protocol: 1,
    operations: [],
    drafts: [],
    ...over,
  })
const inQuarantine = () =>
  world.sql<{
    code: string
    operation: Record<string, unknown>
    membership_id: string
    territory_id: string
  }>(
    north.orgId,
    'SELECT code, operation, membership_id, territory_id FROM sync_quarantine WHERE device_id = $1 ORDER BY received_at',
    [rep.deviceId],
  )

// As the phone does it: apps/web/src/mobile/lock/seal-key.ts.
function seal(key: Buffer, value: Buffer, name: string): Buffer {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(name))
  return Buffer.concat([iv, cipher.update(value), cipher.final(), cipher.getAuthTag()])
}
function sealKey(key: Buffer, membershipId = rep.membershipId, publicKey = keys.publicKey): string {
  const own = createECDH('prime256v1')
  own.generateKeys()
  const shared = own.computeSecret(Buffer.from(publicKey, 'base64url'))
  const point = own.getPublicKey()
  const wrap = Buffer.from(hkdfSync('sha256', shared, point, `fieldback phone key ${membershipId}`, 32))
  return Buffer.concat([point, seal(wrap, key, '')]).toString('base64url')
}
const sealJson = (key: Buffer, value: unknown, name: string) => ({
  sealed: seal(key, Buffer.from(JSON.stringify(value)), name).toString('base64url'),
})

describe('a withdrawn phone', () => {
  it('hands over what it holds for its manager, once each however often it says it, and does nothing else', async () => {
    await withdraw(WORLD_NOW)
    const sent = report()
    const draft = { id: `new:${north.accounts.basque.id}`, note: 'à moitié écrit' }
    for (let times = 0; times < 2; times++)
      expect(await give({ operations: [sent], drafts: [draft] })).toEqual({ standing: 'revoked', kept: 2 })
    const kept = await inQuarantine()
    expect(kept.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining([sent, { kind: 'draft', draft }]),
    )
    const waits = ['OP_HANDED_OVER', rep.membershipId, north.territories.basque]
    expect(kept.map((row) => [row.code, row.membership_id, row.territory_id])).toEqual([waits, waits])
    expect(await refusal(world.callerFor(rep).sync.keys())).toBe('DEVICE_REVOKED')
    const [none] = await world.sql<{ n: number }>(
      north.orgId,
      'SELECT count(*)::int AS n FROM report WHERE id = $1',
      [sent.entityId],
    )
    expect(none?.n).toBe(0)
  })

  it('is heard for thirty days, whether it or its person was withdrawn, and not after', async () => {
    await withdraw(new Date(WORLD_NOW.getTime() - 29 * DAY))
    expect((await give({})).standing).toBe('revoked')
    await withdraw(new Date(WORLD_NOW.getTime() - 30 * DAY))
    expect(await refusal(give({}))).toBe('DEVICE_REVOKED')
    await withdraw(null)
    await withdraw(WORLD_NOW, 'membership', rep.membershipId)
    expect((await give({})).standing).toBe('revoked')
    await withdraw(null, 'membership', rep.membershipId)
    expect((await give({})).standing).toBe('live')
  })

  it('does not hand over again what had been accepted before its answer was lost', async () => {
    const before = (await inQuarantine()).length
    const callback = {
      ...report(),
      kind: 'callback.set',
      body: {
        accountId: north.accounts.basque.id,
        contactId: null,
        reason: 'Devis',
        dueDay: '2026-12-01',
      },
    }
    const { answers } = await world
      .callerFor(rep)
      .sync.push({ protocol: 1, membershipId: rep.membershipId, operations: [callback] })
    expect(answers[0]?.status).toBe('applied')
    await withdraw(WORLD_NOW)
    expect(await give({ operations: [callback] })).toEqual({ standing: 'revoked', kept: 1 })
    expect(await inQuarantine()).toHaveLength(before)
  })

  it('that is locked hands over closed work, which is opened here', async () => {
    await withdraw(WORLD_NOW)
    const key = randomBytes(32)
    const plain = report('Sous code')
    const fieldId = randomUUID()
    Object.assign(plain.body, { values: { [fieldId]: { v: 1, x: [PHOTO] } } })
    const closed = { ...plain, body: sealJson(key, plain.body, plain.opId) }
    const draft = { id: 'new:x', ...sealJson(key, { id: 'new:x', note: 'brouillon' }, 'new:x') }
    const damaged = { ...report(), body: { sealed: 'AAAA' } }
    const sent = { sealedKey: sealKey(key), operations: [closed, damaged], drafts: [draft] }
    expect(await give(sent)).toEqual({ standing: 'revoked', kept: 3 })
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 1])
    const photo = { id: PHOTO }
    const sealedJpeg = seal(key, jpeg, PHOTO).toString('base64url')
    await give({ sealedKey: sealKey(key), photos: [{ ...photo, jpeg: sealedJpeg, sealed: true }] })
    const kept = (await inQuarantine()).map(({ operation }) => operation)
    expect(kept).toEqual(
      expect.arrayContaining([
        plain,
        { kind: 'draft', draft: { id: 'new:x', note: 'brouillon' } },
        { kind: 'photo', photo: { ...photo, fieldId, jpeg: jpeg.toString('base64url') } },
        // Kept as it came: nothing that was typed is refused.
        damaged,
      ]),
    )
    expect(await refusal(give({ sealedKey: sealKey(key, randomUUID()), operations: [closed] }))).toBe(
      'CONFLICT',
    )
  })
})

describe('a photo whose report had been accepted before its phone was withdrawn', () => {
  const key = randomBytes(32)
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 1])
  const photosKept = () =>
    world.sql(north.orgId, 'SELECT report_id, field_id, bytes, state FROM media WHERE id = $1', [photo])
  const handed = (over: object = {}, deps = world.deps) =>
    give(
      {
        sealedKey: sealKey(key),
        photos: [{ id: photo, jpeg: seal(key, jpeg, photo).toString('base64url'), sealed: true, ...over }],
      },
      keys.credential,
      deps,
    )
  let photo: string
  let fieldId: string
  let reportId: string
  beforeAll(async () => {
    const spec = { type: 'photo', max: 3 } as const
    const territoryId = north.territories.pyrenees
    fieldId = await arrangeField(world.sql, north, { territoryId, entity: 'report', key: 'rayon', spec })
  })
  beforeEach(async () => {
    photo = `019a8c1e-7b00-7abc-8000-${randomBytes(6).toString('hex')}`
    await world.sql(north.orgId, 'DELETE FROM sync_quarantine WHERE device_id = $1', [rep.deviceId])
    const values = { [fieldId]: { v: 1, x: [photo] } }
    reportId = await arrangeReport(world.sql, north, { at: 'basque', by: 'basqueRep', values })
  })

  it('joins it, once however often it is handed over, and its manager sees it there', async () => {
    await withdraw(WORLD_NOW)
    for (let times = 0; times < 2; times++) expect(await handed()).toEqual({ standing: 'revoked', kept: 1 })
    expect(await photosKept()).toEqual([
      { report_id: reportId, field_id: fieldId, bytes: jpeg.length, state: 'kept' },
    ])
    expect(await inQuarantine()).toEqual([])
    const seen = await openPhoto({ deps: world.deps, session: north.people.local }, photo)
    expect(seen).toHaveProperty('body')
  })
  it('joins it too where it was on its way', async () => {
    const { membershipId } = rep
    const head = { membershipId, reportId, fieldId, bytes: 600_000, sha256: 'a'.repeat(64) }
    await announce({ deps: world.deps, session: rep }, photo, head)
    await withdraw(WORLD_NOW)
    await handed()
    expect(await photosKept()).toMatchObject([{ report_id: reportId, state: 'kept' }])
  })
  it('leaves no file that nothing names when the server is killed as soon as it lies there', async () => {
    await withdraw(WORLD_NOW)
    const lying: string[] = []
    const put: typeof world.deps.storage.put = async (at, body, options) => {
      await world.deps.storage.put(at, body, options)
      lying.push(at)
      throw new Error('killed')
    }
    await handed({}, { ...world.deps, storage: { ...world.deps.storage, put } }).catch(() => {})
    const [named] = await world.sql<{ storage_key: string; state: string }>(
      north.orgId,
      'SELECT storage_key, state FROM media WHERE id = $1',
      [photo],
    )
    expect([lying, named?.state]).toEqual([[`${named?.storage_key}/photo`], 'receiving'])
    expect(await handed()).toEqual({ standing: 'revoked', kept: 1 })
    expect(await photosKept()).toMatchObject([{ state: 'kept' }])
  })
  it('that is no picture, or that a colleague’s report names, is put aside and joins nothing', async () => {
    await withdraw(WORLD_NOW)
    await handed({ jpeg: Buffer.from('<script>').toString('base64url'), sealed: false })
    await world.sql(north.orgId, 'UPDATE report SET author_id = $2 WHERE id = $1', [
      reportId,
      north.people.bearnRep.membershipId,
    ])
    await handed()
    expect(await photosKept()).toEqual([])
    expect(await inQuarantine()).toHaveLength(2)
  })
})

describe('a credential', () => {
  it('that we did not give opens nothing', async () => {
    const [org, member, device, proof] = keys.credential.split('.')
    const other = await world.callerFor(north.people.bearnRep).sync.keys()
    for (const forged of [
      '',
      'nonsense',
      `${org}.${member}.${device}.${'A'.repeat(43)}`,
      `${org}.${member}.${north.people.bearnRep.deviceId}.${proof}`,
      `${world.other.orgId}.${member}.${device}.${proof}`,
      `${org}.${member}.${device}.${other.credential.split('.')[3]}`,
      `${'x'.repeat(36)}.${member}.${device}.${proof}`,
      `${'-'.repeat(36)}.${member}.${device}.${proof}`,
      `${org}.${'-'.repeat(36)}.${device}.${proof}`,
    ])
      expect(await refusal(knowPhone(world.deps, forged)), forged).toBe('UNAUTHENTICATED')
  })
  it('takes no bad word: another protocol, no list, too many', async () => {
    expect(await refusal(give({ protocol: 2 }))).toBe('PROTOCOL_UNKNOWN')
    expect(await refusal(give({ operations: 'all' }))).toBe('malformed')
    expect(await refusal(give({ operations: Array.from({ length: BATCH_MAX + 1 }, report) }))).toBe(
      'malformed',
    )
  })
})

describe('the key of a locked phone', () => {
  const key = randomBytes(32)
  const recover = (age: number, sealedKey = sealKey(key)) => {
    const proof = { way: 'password', at: WORLD_NOW.getTime() - age } as const
    const session = { ...rep, proof }
    return world.callerFor(session).sync.recoverKey({ membershipId: rep.membershipId, sealedKey })
  }
  it('is given back to who has just signed in, and to no session that was lying open', async () => {
    expect(await recover(60_000)).toBe(key.toString('base64url'))
    expect(await refusal(recover(11 * 60_000))).toBe('UNAUTHENTICATED')
  })
  it('closed for a colleague is not opened', async () => {
    expect(await refusal(recover(0, sealKey(key, north.people.bearnRep.membershipId)))).toBe('CONFLICT')
    expect(await refusal(recover(0, 'AAAA'))).toBe('CONFLICT')
  })
})
