import { randomUUID } from 'node:crypto'
import type { FieldSpec, TighteningSpec } from '@fieldback/domain/field/field-spec'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
let bread: string
let years: string
const option = (id: string) => ({ id, label: { fr: id } })

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  const add = (key: string, spec: Pick<FieldSpec, 'type'> & Partial<FieldSpec>) =>
    arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity: 'report',
      key: `${key} ${randomUUID()}`,
      spec: { reportable: true, ...spec },
    })
  bread = await add('bread', { type: 'single_choice', options: ['white', 'rye', 'other'].map(option) })
  years = await add('years', { type: 'integer', min: 0, max: 40 })
})

type Place = keyof TestOrg['territories']
const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who])
const say = (
  who: keyof TestOrg['people'],
  place: Place,
  fieldId: string,
  spec: Partial<TighteningSpec>,
  baseVersion: number | null = null,
) => as(who).field.tighten({ territoryId: north.territories[place], fieldId, baseVersion, spec })
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const askedAt = async (place: Place, fieldId: string): Promise<EffectiveField | undefined> =>
  (await as('hq').field.effective({ territoryId: north.territories[place] })).find(({ id }) => id === fieldId)
const offered = async (place: Place) =>
  (await askedAt(place, bread))?.spec.options.filter(({ retired }) => !retired).map(({ id }) => id)

describe('a level that tightens what it inherits', () => {
  it('changes the question in its branch alone, and the journal tells it', async () => {
    expect(await say('regional', 'aquitaine', years, { min: 2, required: true })).toEqual({ version: 1 })
    expect((await askedAt('basque', years))?.spec).toMatchObject({ min: 2, max: 40, required: true })
    expect((await askedAt('finistere', years))?.spec).toMatchObject({ min: 0, required: false })
    const [line] = await world.sql<object>(
      north.orgId,
      `SELECT action, detail ->> 'version' AS version FROM audit_event WHERE subject_id = $1`,
      [years],
    )
    expect(line).toEqual({ action: 'field.tighten', version: '1' })
  })
  it('adds an answer that stands behind the one it counts as, and stays readable when it is taken back', async () => {
    const own = { ...option('corn'), countsAs: 'other' }
    await say('local', 'pyrenees', bread, { options: [own], without: ['other'] })
    expect(await offered('basque')).toEqual(['white', 'rye', 'corn'])
    expect(await offered('finistere')).toEqual(['white', 'rye', 'other'])
    await say('local', 'pyrenees', bread, {}, 1)
    expect(await offered('basque')).toEqual(['white', 'rye', 'other'])
    const known = (await askedAt('finistere', bread))?.spec.options.find(({ id }) => id === 'corn')
    expect(known).toMatchObject({ retired: true, countsAs: 'other', label: { fr: 'corn' } })
  })
  it('never loosens, and is told what is in the way', async () => {
    expect(await refusal(say('regional', 'aquitaine', years, { min: -1 }))).toMatchObject({
      code: 'FIELD_LOOSER',
      params: { aspect: 'bounds' },
    })
    await say('regional', 'aquitaine', years, { max: 20, locks: ['required'] })
    expect(await refusal(say('local', 'pyrenees', years, { max: 30 }))).toMatchObject({
      code: 'FIELD_LOOSER',
    })
    expect(await refusal(say('local', 'pyrenees', years, { min: 20 }))).toMatchObject({
      code: 'FIELD_BOUNDS',
    })
    expect(await refusal(say('local', 'pyrenees', years, { required: true }))).toMatchObject({
      code: 'FIELD_LOCKED',
      params: { aspect: 'required', territory: 'aquitaine' },
    })
    expect(await refusal(say('hq', 'france', years, { required: true }))).toMatchObject({ code: 'FIELD_OWN' })
    expect(await refusal(say('local', 'pyrenees', bread, { without: ['brown'] }))).toMatchObject({
      code: 'FIELD_OPTION_UNKNOWN',
    })
    expect(await refusal(say('local', 'pyrenees', bread, { without: ['white', 'rye'] }))).toMatchObject({
      code: 'FIELD_OPTIONS_REQUIRED',
    })
  })
  it('gives no answer a name that another level of the organisation uses', async () => {
    const own = { ...option('corn'), countsAs: 'other' }
    await say('local', 'pyrenees', bread, { options: [own] })
    for (const options of [[own], [{ ...option('corn2'), label: { fr: 'RYE' }, countsAs: 'other' }]])
      expect(await refusal(say('hq', 'bretagne', bread, { options }))).toMatchObject({
        code: 'FIELD_OPTION_TWICE',
      })
  })
  it('of two who publish at once, the second is told', async () => {
    await say('local', 'pyrenees', years, { min: 1 })
    expect(await refusal(say('local', 'pyrenees', years, { min: 2 }))).toMatchObject({ code: 'CONFLICT' })
    expect(await say('local', 'pyrenees', years, { min: 2 }, 1)).toEqual({ version: 2 })
  })
  it('that a lock from above overtakes is told so, and its branch is asked as above', async () => {
    await say('local', 'pyrenees', years, { required: true })
    await say('regional', 'aquitaine', years, { locks: ['required'] })
    const asked = await askedAt('basque', years)
    expect(asked?.spec.required).toBe(false)
    expect(asked?.touched.map(({ setAside }) => setAside)).toEqual([[], ['required']])
  })
  it('keeps what a lock overtook beside what it says anew, and it counts again when the lock goes', async () => {
    await say('local', 'pyrenees', years, { min: 2 })
    await say('regional', 'aquitaine', years, { locks: ['bounds'] })
    expect(await say('local', 'pyrenees', years, { min: 2, required: true }, 1)).toEqual({ version: 2 })
    expect((await askedAt('basque', years))?.spec).toMatchObject({ min: 0, required: true })
    await say('regional', 'aquitaine', years, {}, 1)
    expect((await askedAt('basque', years))?.spec).toMatchObject({ min: 2, required: true })
  })
})

describe('whoever reads what a territory asks', () => {
  const listed = async (who: keyof TestOrg['people'], place: Place, fieldId: string) => {
    const list = await as(who).field.list({ territoryId: north.territories[place] })
    const field = list.owners.flatMap(({ fields }) => fields).find(({ id }) => id === fieldId)
    return { canDefine: list.canDefine, field }
  }
  it('is told what the levels from above down to it made of a question, and what is without effect', async () => {
    await say('local', 'pyrenees', years, { min: 1, required: true })
    await say('regional', 'aquitaine', years, { min: 2, locks: ['required'] })
    const { field, canDefine } = await listed('local', 'pyrenees', years)
    expect(canDefine).toBe(true)
    expect(field?.required).toBe(false)
    expect(
      field?.touches.map(({ node, aside }) => [
        node.name,
        aside.map((one) => `${one.aspect} ${one.why} ${one.by.name}`),
      ]),
    ).toEqual([
      ['aquitaine', []],
      ['pyrenees', ['required locked aquitaine', 'bounds stricter aquitaine']],
    ])
    expect(field?.locked).toMatchObject([{ aspect: 'required', by: { name: 'aquitaine' } }])
    // Where it is owned, and beside, nothing of it is told.
    expect((await listed('hq', 'france', years)).field?.touches).toEqual([])
    expect((await listed('hq', 'bretagne', years)).field?.touches).toEqual([])
  })
  it('sees the answers that are offered there, in the order of there', async () => {
    await say('local', 'pyrenees', bread, { without: ['rye'], position: 9_999 })
    const { owners } = await as('local').field.list({ territoryId: north.territories.pyrenees })
    expect(owners[0]?.fields.at(-1)).toMatchObject({ id: bread, options: [{ fr: 'white' }, { fr: 'other' }] })
  })
  it('may tighten only where he defines', async () => {
    const place = { territoryId: north.territories.basque, fieldId: years }
    expect((await listed('basqueRep', 'basque', years)).canDefine).toBe(false)
    expect((await as('basqueRep').field.inherited(place)).canDefine).toBe(false)
    expect((await as('local').field.inherited(place)).canDefine).toBe(true)
    expect(await refusal(as('basqueRep').field.affected(place))).toMatchObject({ code: 'FORBIDDEN' })
  })
  it('and defines there is told whom a question concerns in the branch, and of no question that is not asked there', async () => {
    const told = await as('local').field.affected({ territoryId: north.territories.pyrenees, fieldId: years })
    expect(told.affected.reps).toBeGreaterThan(0)
    const elsewhere = await arrangeField(world.sql, north, {
      territoryId: north.territories.bretagne,
      entity: 'report',
      key: `elsewhere ${randomUUID()}`,
      spec: { type: 'yes_no' },
    })
    const asked = { territoryId: north.territories.pyrenees, fieldId: elsewhere }
    expect(await refusal(as('local').field.affected(asked))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a phone', () => {
  const { protocol } = { protocol: 1 }
  const filed = (values: object) => ({
    opId: randomUUID(),
    entityId: randomUUID(),
    seq: 1,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'report.create',
    body: {
      accountId: north.accounts.basque.id,
      contactId: null,
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
  const push = async (operation: object) => {
    const { membershipId } = north.people.basqueRep
    return (await as('basqueRep').sync.push({ protocol, membershipId, operations: [operation] })).answers[0]
  }

  it('is told what its line made of a question, and nothing of what other branches did', async () => {
    await say('regional', 'aquitaine', years, { min: 2 })
    await say('hq', 'bretagne', years, { min: 3 })
    const { frame } = await as('basqueRep').sync.pull({
      protocol,
      membershipId: north.people.basqueRep.membershipId,
      cursor: null,
      frameTag: null,
      packAsOf: null,
    })
    const told = frame?.fields.find(({ id }) => id === years)?.tightenings
    expect(told).toMatchObject([{ territoryId: north.territories.aquitaine, spec: { min: 2 } }])
  })
  it('that leaves empty what a level made required is heard, to complete', async () => {
    await say('regional', 'aquitaine', years, { required: true })
    expect(await push(filed({}))).toMatchObject({
      status: 'applied',
      missing: expect.arrayContaining([years]),
    })
    await say('regional', 'aquitaine', years, {}, 1)
  })
  it("gives a level's own answer, which is counted as the one above", async () => {
    await say('local', 'pyrenees', bread, { options: [{ ...option('corn'), countsAs: 'other' }] })
    expect(await push(filed({ [bread]: { v: 1, x: 'corn' } }))).toMatchObject({ status: 'applied' })
    await fold({ db: world.db }, north.orgId)
    const cells = await world.sql<{ bucket: string }>(
      north.orgId,
      `SELECT DISTINCT bucket FROM rollup_cell WHERE field_id = $1 AND left(bucket, 1) <> '_'`,
      [bread],
    )
    expect(cells).toEqual([{ bucket: 'other' }])
  })
})
