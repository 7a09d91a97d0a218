import { randomUUID } from 'node:crypto'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { push } from '../sync/push.ts'
import {
  arrangeAccount,
  arrangeField,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { countChanges } from './count-change.job.ts'

let world: TestWorld
let north: TestOrg
let flour: string
let contacts: string[]

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  // A world of its own for each: questions of the test before would be in the way.
  await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE retired_at IS NULL')
  flour = await arrangeField(world.sql, north, {
    territoryId: north.territories.pyrenees,
    entity: 'contact',
    key: `Farine ${randomUUID()}`,
    spec: { type: 'short_text', reportable: false, label: { fr: 'Farine' } },
  })
  contacts = []
  for (const name of ['Fournil', 'Levain', 'Moulin', 'Épi'])
    contacts.push((await arrangeAccount(world.sql, north.orgId, north.territories.basque, name)).contactId)
})

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const spec: FieldSpec = {
  label: { fr: 'Farine' },
  why: { fr: 'Pour proposer la bonne' },
  type: 'single_choice',
  options: [
    { id: 'wheat', label: { fr: 'Blé' } },
    { id: 'rye', label: { fr: 'Seigle' } },
  ],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
}
type Request = Parameters<ReturnType<typeof as>['field']['retype']>[0]
const request = (more: Partial<Request> = {}): Request => ({
  fieldId: flour,
  version: 1,
  spec,
  way: { map: { 'ble tendre': 'wheat' }, steps: [] },
  ...more,
})
const retype = (more: Partial<Request> = {}, who: Who = 'local') => as(who).field.retype(request(more))

async function say(at: number, fieldId: string, x: string | boolean | null, d = '2026-11-01') {
  const session = north.people.basqueRep
  const contactId = contacts[at] ?? ''
  const [row] = await world.sql<{ version: number; seq: number }>(
    north.orgId,
    `SELECT c.version, coalesce((SELECT max(seq) FROM sync_receipt WHERE entity_id = c.id AND device_id = $2), 0) AS seq FROM contact c WHERE c.id = $1`,
    [contactId, session.deviceId],
  )
  const [answer] = await push(world.deps, session, [
    {
      opId: randomUUID(),
      entityId: contactId,
      seq: Number(row?.seq ?? 0) + 1,
      kind: 'contact.update',
      base: row?.version ?? 1,
      capturedAt: WORLD_NOW.toISOString(),
      clockOffset: 0,
      body: { values: { [fieldId]: { v: 1, x, d } } },
    },
  ])
  return answer?.status
}

const figures = (fieldId: string) =>
  as('hq').analytics.distribution({
    territoryId: north.territories.basque,
    fieldId,
    basis: 'today',
    period: { from: '2026-01', to: '2026-11' },
  })
const counts = async (fieldId: string) => {
  await countChanges(world.deps, north.orgId)
  await fold(world.deps, north.orgId)
  const { buckets, answered } = await figures(fieldId)
  return { answered, ...Object.fromEntries(buckets.map(({ bucket, n }) => [bucket, n])) }
}
const pull = async (cursor: string | null = null, frameTag: string | null = null) => {
  await world.settled()
  return as('basqueRep').sync.pull({ protocol: 1, membershipId: null, cursor, frameTag, packAsOf: null })
}
const asked = async () =>
  (await as('hq').field.effective({ territoryId: north.territories.basque })).map(({ id }) => id)
const answerAll = async () => {
  await say(0, flour, 'Blé tendre')
  await say(1, flour, ' SEIGLE ')
  await say(2, flour, 'de la bonne')
  await say(3, flour, 'blé')
}

describe('a question of another type', () => {
  it('reads what was answered before it as its own, and counts it at once', async () => {
    await answerAll()
    const { fieldId, undoUntil } = await retype()
    expect(undoUntil).toBe('2026-12-20')
    const now = await asked()
    expect([now.includes(fieldId), now.includes(flour)]).toEqual([true, false])
    expect(await counts(fieldId)).toEqual({ answered: 3, wheat: 2, rye: 1 })
  })

  it('is known on phones where its answer converts, and the old one stays readable where it does not', async () => {
    await answerAll()
    const before = await pull()
    const { fieldId } = await retype()
    const page = await pull(before.cursor, before.frameTag)
    expect(page.reset).toBe(true)
    const said = contacts.map((id) => page.contacts.find((one) => one.id === id)?.values ?? {})
    expect(said.map((values) => values[fieldId]?.x)).toEqual(['wheat', 'rye', undefined, 'wheat'])
    expect(said[0]?.[fieldId]).toEqual({ v: 1, x: 'wheat', d: '2026-11-01', of: flour })
    expect(said[2]?.[flour]?.x).toBe('de la bonne')
    expect(page.frame?.pastFields.map(({ id }) => id)).toContain(flour)
    // What was typed travels with the document alone, not with the question.
    expect(JSON.stringify(page.frame)).not.toContain('ble tendre')
    expect((await pull(page.cursor, page.frameTag)).reset).toBe(false)
  })

  it('hears phones that still ask the old one, reads the later word, and counts each document once', async () => {
    await say(0, flour, 'blé', '2026-10-01')
    const { fieldId } = await retype()
    expect(await say(0, fieldId, 'rye', '2026-11-01')).toBe('applied')
    expect(await counts(fieldId)).toEqual({ answered: 1, wheat: 0, rye: 1 })
    expect(await say(0, flour, 'Blé tendre', '2026-11-15')).toBe('applied')
    expect(await say(1, flour, 'seigle', '2026-11-15')).toBe('applied')
    expect(await say(2, flour, 'inconnue', '2026-11-15')).toBe('applied')
    expect(await counts(fieldId)).toEqual({ answered: 2, wheat: 1, rye: 1 })
  })

  it('taken back, asks and counts what was before, and keeps what was answered meanwhile', async () => {
    await answerAll()
    const { fieldId } = await retype()
    await say(0, fieldId, 'rye', '2026-11-15')
    await as('local').field.undoPromotion({ fieldId })
    expect([(await asked()).includes(flour), (await asked()).includes(fieldId)]).toEqual([true, false])
    expect(await counts(fieldId)).toEqual({ answered: 1, wheat: 0, rye: 1 })
    const values = (await pull()).contacts.find(({ id }) => id === contacts[1])?.values
    expect(values?.[fieldId]).toBeUndefined()
    expect(values?.[flour]?.x).toBe(' SEIGLE ')
    // And again, otherwise.
    const again = await retype({ way: { map: {}, steps: [] } })
    expect(await counts(again.fieldId)).toEqual({ answered: 2, wheat: 1, rye: 1 })
  })

  it('changes again, and what was said first is still read', async () => {
    await answerAll()
    const choice = await retype()
    const flag = await as('local').field.retype({
      fieldId: choice.fieldId,
      version: 1,
      spec: { ...spec, type: 'yes_no', options: [] },
      way: { map: { wheat: 'true', rye: 'false' }, steps: [] },
    })
    expect(await counts(flag.fieldId)).toEqual({ answered: 3, true: 2, false: 1 })
    expect(await say(2, flour, 'seigle', '2026-11-15')).toBe('applied')
    expect(await counts(flag.fieldId)).toEqual({ answered: 4, true: 2, false: 2 })
  })

  it('is shown beforehand on real answers: what converts, what does not, and what each becomes', async () => {
    await answerAll()
    const preview = await as('local').field.previewRetype(request())
    expect(preview).toMatchObject({
      fault: null,
      hidden: false,
      answers: { answered: 4, converted: 3, left: 1, unknown: 0 },
      undoUntil: '2026-12-20',
    })
    expect(preview.values).toContainEqual({ key: 'ble tendre', said: 'Blé tendre', n: 1, becomes: 'wheat' })
    expect(preview.left).toEqual([{ key: 'de la bonne', said: 'de la bonne', n: 1, becomes: null }])
  })

  it('shows no free text to who stands above, only how much converts', async () => {
    await answerAll()
    const preview = await as('regional').field.previewRetype(request())
    expect(preview).toMatchObject({
      hidden: true,
      values: [],
      left: [],
      answers: { answered: 4, converted: 3 },
    })
  })

  it('is refused while another hangs on the question, without a working return, and for types that do not go', async () => {
    const held = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: `Pourquoi ${randomUUID()}`,
      spec: {
        type: 'yes_no',
        label: { fr: 'Pourquoi cette farine' },
        shownIf: { all: [{ field: flour, op: 'answered' }] },
      },
    })
    expect(await refusal(retype())).toMatchObject({
      code: 'RETYPE_HELD',
      params: { question: 'Pourquoi cette farine' },
    })
    await as('local').field.retire({ fieldId: held })
    expect(await refusal(retype({ spec: { ...spec, givebacks: [] } }))).toMatchObject({
      code: 'GIVEBACK_MISSING',
    })
    expect(await refusal(retype({ spec: { ...spec, type: 'position', options: [] } }))).toMatchObject({
      code: 'RETYPE_TYPE',
    })
    expect(await refusal(retype({ way: { map: { ble: 'gone' }, steps: [] } }))).toMatchObject({
      code: 'RETYPE_MAP',
    })
    expect(await refusal(retype({ version: 2 }))).toMatchObject({ code: 'CONFLICT' })
    expect(await refusal(retype({}, 'basqueRep'))).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('is one when two people change it at once, and counts what is pushed meanwhile once', async () => {
    await say(0, flour, 'blé')
    const outcomes = await Promise.all([
      refusal(retype()),
      say(1, flour, 'seigle'),
      refusal(retype()),
      say(2, flour, 'blé'),
    ])
    expect(
      outcomes
        .filter((one) => typeof one === 'object')
        .map(({ code }) => code)
        .sort(),
    ).toEqual(['CONFLICT', 'accepted'])
    const fieldId = (await asked()).find((id) => id !== flour) ?? ''
    expect(await counts(fieldId)).toEqual({ answered: 3, wheat: 2, rye: 1 })
  })

  it('leaves a line in the journal, with what it was and what it is', async () => {
    await answerAll()
    const { fieldId } = await retype()
    const [line] = await world.sql<{ detail: Record<string, unknown> }>(
      north.orgId,
      `SELECT detail FROM audit_event WHERE subject_id = $1 AND action = 'field.retype'`,
      [fieldId],
    )
    expect(line?.detail).toMatchObject({
      before: { fieldId: flour, version: 1, type: 'short_text' },
      after: { fieldId, version: 1, type: 'single_choice' },
    })
  })

  it('is under way for everybody until what was answered is counted, and then says what was found', async () => {
    await answerAll()
    const { fieldId } = await retype()
    const told = async (who: Who) =>
      (await as(who).field.promotions({ territoryId: north.territories.pyrenees })).find(
        (one) => one.fieldId === fieldId,
      )
    expect(await told('regional')).toMatchObject({ counting: { done: 0 }, found: null })
    expect(await figures(fieldId)).toMatchObject({ answered: 0, counting: { done: 0, of: 0 } })
    await countChanges(world.deps, north.orgId)
    expect(await figures(fieldId)).toMatchObject({ answered: 3, counting: null })
    expect(await told('regional')).toMatchObject({ counting: null, found: { answered: 4, converted: 3 } })
    expect(await countChanges(world.deps, north.orgId)).toEqual({ batches: 0, done: true })
  })

  it('is counted once where documents change before their turn comes, and while the change is counted twice at once', async () => {
    await say(0, flour, 'blé')
    await say(1, flour, 'seigle')
    const { fieldId } = await retype()
    // Not counted yet: what they say when their turn comes is.
    expect(await say(0, fieldId, 'rye', '2026-11-15')).toBe('applied')
    expect(await say(1, flour, 'Blé tendre', '2026-11-15')).toBe('applied')
    expect(await say(2, flour, 'seigle', '2026-11-15')).toBe('applied')
    await Promise.all([
      countChanges(world.deps, north.orgId),
      countChanges(world.deps, north.orgId),
      say(3, flour, 'blé', '2026-11-15'),
    ])
    expect(await counts(fieldId)).toEqual({ answered: 4, wheat: 2, rye: 2 })
    expect(await say(3, flour, 'seigle', '2026-11-16')).toBe('applied')
    expect(await counts(fieldId)).toEqual({ answered: 4, wheat: 1, rye: 3 })
  })

  it('goes with its account to another home, and its answer is counted there', async () => {
    await say(0, flour, 'blé')
    const { fieldId } = await retype()
    await fold(world.deps, north.orgId)
    const [row] = await world.sql<{ id: string }>(
      north.orgId,
      'SELECT account_id AS id FROM contact WHERE id = $1',
      [contacts[0]],
    )
    await as('regional').account.move({ accountIds: [row?.id ?? ''], territoryId: north.territories.bearn })
    expect(await counts(fieldId)).toEqual({ answered: 0, wheat: 0, rye: 0 })
  })
})
