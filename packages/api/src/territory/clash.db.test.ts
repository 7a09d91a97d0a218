import { randomUUID } from 'node:crypto'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { FieldDefinition, FieldSpec } from '@fieldback/domain/field/field-spec'
import { readAs } from '@fieldback/domain/field/read-as'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { rollups, truth } from '../analytics/rollup-truth.ts'
import { countChanges } from '../field/count-change.job.ts'
import { push } from '../sync/push.ts'
import { arrangeAccount, arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
let org: string
/** The same question, of the sector that is merged and of the one that takes it. */
let own: string
let near: string
let merged: readonly string[] = []

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  org = north.orgId
  // Two visits each, so that a badge gives something back there.
  const any = await arrangeField(world.sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'any',
    spec: { type: 'yes_no', reportable: true },
  })
  for (const who of ['basqueRep', 'basqueRep', 'bearnRep', 'bearnRep'] as const) await file(who, any, true)
})
afterAll(() => world.close())
const forget = () => world.sql(org, 'UPDATE field_definition SET retired_at = now() WHERE retired_at IS NULL')
beforeEach(forget)

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
type Choice = NonNullable<Parameters<ReturnType<typeof as>['territory']['merge']>[0]['clashes']>[number]

const options = (...ids: string[]) => ids.map((id) => ({ id, label: { fr: id } }))
const choice = { type: 'single_choice', options: options('calme', 'vif', 'tendu') } as const
/** Both sectors ask it; each world of a test has its own words. */
async function arrange(
  ofOwn: Partial<FieldSpec> & Pick<FieldSpec, 'type'>,
  ofNear: Partial<FieldSpec> & Pick<FieldSpec, 'type'>,
): Promise<void> {
  const word = `Ambiance ${randomUUID().slice(0, 8)}`
  const add = (territoryId: string, spec: typeof ofOwn) =>
    arrangeField(world.sql, north, {
      territoryId,
      entity: 'report',
      key: word.toLowerCase().replaceAll(/[ -]/g, '_'),
      spec: { reportable: true, label: { fr: word }, ...spec },
    })
  own = await add(north.territories.basque, ofOwn)
  near = await add(north.territories.bearn, ofNear)
}

/** A report of a rep on a day that answers one question. */
async function file(
  who: 'basqueRep' | 'bearnRep' | 'bretonRep',
  fieldId: string,
  x: string | boolean | number | string[],
  accountId = north.accounts[who === 'basqueRep' ? 'basque' : 'bearn'].id,
): Promise<void> {
  const members = [[fieldId, 1]] as const
  const fieldSet = fieldSetHash(members)
  await world.sql(
    org,
    'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [org, fieldSet, JSON.stringify(members)],
  )
  const [answer] = await push(world.deps, north.people[who], [
    {
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      kind: 'report.create',
      capturedAt: '2026-11-20T09:00:00.000Z',
      clockOffset: 0,
      body: {
        accountId,
        contactId: null,
        kind: 'visit',
        outcome: 'order',
        day: '2026-11-19',
        note: null,
        fieldSet,
        values: { [fieldId]: { v: 1, x } },
        seconds: {},
        durationSeconds: 20,
      },
    },
  ])
  expect(answer?.status).toBe('applied')
}

const pair = () => ({ territoryId: north.territories.basque, intoId: north.territories.bearn })
const preview = (clashes: Choice[] = [], who: Who = 'local') =>
  as(who).territory.mergePreview({ ...pair(), clashes })
async function merge(clashes: Choice[], who: Who = 'local'): Promise<void> {
  merged = (await as(who).territory.merge({ ...pair(), clashes })).gestureIds
}
const undo = (who: Who = 'local') => as(who).territory.undo({ gestureIds: [...merged] })
const counted = async () => {
  await countChanges(world.deps, org)
  await fold(world.deps, org)
}
/** Every cell equals what a group-by over the reports says; what conversions counted beside (`_read:`) is no answer of theirs. */
const exact = async () => {
  await counted()
  const seen = await rollups(world, org)
  const cells = seen.cells.filter((line) => !line.includes(' _read:'))
  expect({ ...seen, cells }).toEqual(await truth(world, org))
}
const figures = async (fieldId: string, place: keyof TestOrg['territories'] = 'pyrenees') => {
  await counted()
  const { buckets, answered } = await as('hq').analytics.distribution({
    territoryId: north.territories[place],
    fieldId,
    basis: 'today',
    period: { from: '2026-01', to: '2026-11' },
  })
  return {
    answered,
    ...Object.fromEntries(buckets.filter(({ n }) => n > 0).map(({ bucket, n }) => [bucket, n])),
  }
}
/** The same, of the reports themselves as the question reads them. */
async function documents(definition: FieldDefinition) {
  const reports = await world.sql<{ values: Parameters<typeof readAs>[1] }>(
    org,
    'SELECT "values" FROM report',
  )
  const read = reports.flatMap(({ values }) => {
    const answer = readAs(definition, values)
    return answer ? [String(answer.x)] : []
  })
  return {
    answered: read.length,
    ...Object.fromEntries([...new Set(read)].map((one) => [one, read.filter((x) => x === one).length])),
  }
}
const definitionOf = async (fieldId: string, who: Who = 'local') =>
  (await as(who).field.get({ fieldId })).definition
const askedAt = async (place: 'basque' | 'bearn') =>
  (await as('hq').field.effective({ territoryId: north.territories[place] })).map(({ id }) => id)
const ownMap = { calme: 'true', vif: 'true', tendu: null }
const oneOf = (fieldId: string, maps: Record<string, Record<string, string | null>>): Choice => ({
  how: 'one',
  fieldId,
  others: [fieldId === near ? own : near],
  maps,
})

describe('two sectors that ask the same, merged', () => {
  it('show both side by side, and are not merged before something is chosen for each', async () => {
    await arrange(choice, { type: 'yes_no' })
    await file('basqueRep', own, 'calme')
    await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'report',
      key: 'pourquoi',
      spec: {
        type: 'short_text',
        label: { fr: 'Pourquoi' },
        shownIf: { all: [{ field: own, op: 'is', value: 'tendu' }] },
      },
    })
    await counted()
    const kept = await preview([{ how: 'keep', fieldId: near, others: [own] }])
    expect(kept.clashes[0]?.outcome?.hanging).toEqual([{ fr: 'Pourquoi' }])
    const { clashes, twice } = await preview()
    expect(clashes).toHaveLength(1)
    expect(clashes[0]?.sides).toMatchObject([
      { fieldId: own, type: 'single_choice', place: 'basque', answers: 1, mayEdit: true },
      { fieldId: near, type: 'yes_no', place: 'bearn', answers: 0, mayEdit: true },
    ])
    expect(twice).toHaveLength(1)
    expect(await refused(merge([]))).toMatchObject({ code: 'TERRITORY_FIELDS_MEET' })
  })

  it('keep the question that was chosen; the other is retired with its answers and figures, and asked again by the undo', async () => {
    await arrange(choice, { type: 'yes_no' })
    await file('basqueRep', own, 'calme')
    await file('bearnRep', near, true)
    const keep: Choice = { how: 'keep', fieldId: near, others: [own] }
    expect(await preview([keep])).toMatchObject({
      twice: [],
      clashes: [{ outcome: { fault: null, left: [] } }],
    })
    await merge([keep])
    expect(await askedAt('bearn')).toEqual([near])
    expect((await definitionOf(own)).retired).toBe(true)
    expect(await figures(own, 'bearn')).toEqual({ answered: 1, calme: 1 })
    expect(await figures(near)).toEqual({ answered: 1, true: 1 })
    await exact()
    await undo()
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
    await exact()
  })

  it('keep the question that comes, too: the one there is retired', async () => {
    await arrange(choice, { type: 'yes_no' })
    await merge([{ how: 'keep', fieldId: own, others: [near] }])
    expect(await askedAt('bearn')).toEqual([own])
    await undo()
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
  })

  it('keep both under distinct names, and take the names back', async () => {
    await arrange(choice, { type: 'yes_no' })
    const before = await definitionOf(own)
    const apart = (fr: string): Choice => ({ how: 'apart', fieldId: own, others: [near], label: { fr } })
    expect((await preview([apart(before.spec.label.fr)])).twice).toHaveLength(1)
    await merge([apart('Humeur du rendez-vous')])
    expect(new Set(await askedAt('bearn'))).toEqual(new Set([own, near]))
    const after = await definitionOf(own)
    expect(after).toMatchObject({ key: 'humeur_du_rendez_vous', version: 2 })
    await undo()
    expect(await definitionOf(own)).toMatchObject({
      key: before.key,
      spec: { label: before.spec.label },
      version: 3,
    })
  })

  it('are read as one: what was answered to each is in its figures, what has no counterpart stays on the old one', async () => {
    await arrange(choice, { type: 'yes_no' })
    for (const x of ['calme', 'vif', 'tendu']) await file('basqueRep', own, x)
    await file('bearnRep', near, false)
    await counted()
    const chosen = oneOf(near, { [own]: ownMap })
    const { clashes, twice } = await preview([chosen])
    expect(twice).toEqual([])
    expect(clashes[0]?.outcome).toEqual({
      fault: null,
      left: [{ fieldId: own, answers: 1, options: [{ fr: 'tendu' }] }],
      hanging: [],
      undoUntil: '2026-12-20',
    })
    await merge([chosen])
    const [one = ''] = await askedAt('bearn')
    expect([own, near]).not.toContain(one)
    expect(await figures(one)).toEqual({ answered: 3, true: 2, false: 1 })
    expect(await documents(await definitionOf(one))).toEqual(await figures(one))
    expect(await figures(own)).toEqual({ answered: 3, calme: 1, vif: 1, tendu: 1 })
    await file('bearnRep', one, true)
    expect(await figures(one, 'bearn')).toEqual({ answered: 4, true: 3, false: 1 })
    await exact()

    expect(await refused(as('local').field.undoPromotion({ fieldId: one }))).toMatchObject({
      code: 'FIELD_KEY_TAKEN',
    })
    await undo()
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
    await exact()
  })

  it('are read as one of another type, where the answers convert', async () => {
    await arrange({ type: 'multiple_choice', options: options('oui', 'non') }, { type: 'yes_no' })
    await file('basqueRep', own, ['oui'])
    await file('basqueRep', own, ['oui', 'non'])
    await file('bearnRep', near, false)
    await counted()
    const chosen = oneOf(near, { [own]: { oui: 'true', non: 'false' } })
    const { clashes } = await preview([chosen])
    expect(clashes[0]?.outcome).toMatchObject({
      fault: null,
      left: [{ fieldId: own, answers: 1, options: [] }],
    })
    await merge([chosen])
    const [one = ''] = await askedAt('bearn')
    expect(await figures(one)).toEqual({ answered: 2, true: 1, false: 1 })
    expect((await figures(own)).answered).toBe(2)
    await undo()
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
    expect(await figures(own)).toEqual({ answered: 2, oui: 2, non: 1 })
  })

  it('offer what had no counterpart too, where that was chosen: several choices are read as one without losing any', async () => {
    await arrange(
      { type: 'multiple_choice', options: options('pain', 'four') },
      { type: 'multiple_choice', options: [{ id: 'pain', label: { fr: 'Le pain' } }, ...options('sucre')] },
    )
    await file('basqueRep', own, ['pain', 'four'])
    await file('bearnRep', near, ['pain', 'sucre'])
    const left = oneOf(near, { [own]: { pain: 'pain', four: null } })
    expect((await preview([left])).clashes[0]?.outcome?.fault).toMatchObject({ code: 'PROMOTION_MAP' })
    const added = oneOf(near, { [own]: { pain: '+', four: '+' } })
    expect((await preview([added])).clashes[0]?.outcome).toMatchObject({ fault: null, left: [] })
    await merge([added])
    const [one = ''] = await askedAt('bearn')
    expect((await definitionOf(one)).spec.options.map(({ id, label }) => [id, label.fr])).toEqual([
      ['pain', 'Le pain'],
      ['sucre', 'sucre'],
      ['pain_2', 'pain'],
      ['four', 'four'],
    ])
    expect(await figures(one)).toEqual({ answered: 2, pain: 1, sucre: 1, pain_2: 1, four: 1 })
    await undo()
    await exact()
  })

  it('that cannot be read as one say why: other measures, an answer without a place', async () => {
    await arrange({ type: 'integer', unit: 'kg' }, { type: 'date' })
    const faultOf = async (chosen: Choice) => (await preview([chosen])).clashes[0]?.outcome?.fault
    expect(await faultOf(oneOf(near, {}))).toMatchObject({ code: 'RETYPE_TYPE' })
    await forget()
    await arrange(choice, { type: 'yes_no' })
    expect(await faultOf(oneOf(near, { [own]: { calme: 'true' } }))).toMatchObject({ code: 'PROMOTION_MAP' })
    expect(await refused(merge([oneOf(near, { [own]: { calme: 'true' } })]))).toMatchObject({
      code: 'PROMOTION_MAP',
    })
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
  })

  it('are chosen for by who may change their questions: an administrator merges, and is told whose they are', async () => {
    await arrange(choice, { type: 'yes_no' })
    for (const chosen of [
      { how: 'keep', fieldId: near, others: [own] },
      { how: 'apart', fieldId: own, others: [near], label: { fr: 'Autre' } },
      oneOf(near, { [own]: ownMap }),
    ] satisfies Choice[]) {
      const told = await preview([chosen], 'admin')
      expect(told.clashes[0]?.sides.map(({ mayEdit }) => mayEdit)).toEqual([false, false])
      expect(told.clashes[0]?.outcome?.fault).toMatchObject({ code: 'FORBIDDEN' })
      expect(await refused(merge([chosen], 'admin'))).toMatchObject({
        code: 'FORBIDDEN',
        params: { permission: 'field.define' },
      })
    }
    expect([await askedAt('basque'), await askedAt('bearn')]).toEqual([[own], [near]])
  })

  it('carry what was chosen to a day to come, and a choice whose question changed meanwhile does nothing', async () => {
    await arrange(choice, { type: 'yes_no' })
    const keep: Choice = { how: 'keep', fieldId: near, others: [own] }
    await as('local').field.retire({ fieldId: own })
    await merge([keep])
    expect(await askedAt('bearn')).toEqual([near])
    await undo()
    expect((await definitionOf(own)).retired).toBe(true)
  })
})

describe('two departments that ask the same, merged by who administers and defines', () => {
  it('go on asking in a sub-sector what it had made stricter, or are not read as one', async () => {
    const { pyrenees, basque, finistere, france } = north.territories
    await world.sql(
      org,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, 'administrator', '2026-01-01')`,
      [org, randomUUID(), north.people.hq.membershipId, france],
    )
    const word = { type: 'yes_no', reportable: true, label: { fr: 'Marché couvert' } } as const
    const add = (territoryId: string, spec: Partial<FieldSpec>) =>
      arrangeField(world.sql, north, {
        territoryId,
        entity: 'account',
        key: randomUUID(),
        spec: { ...word, ...spec },
      })
    own = await add(pyrenees, {})
    near = await add(finistere, { locks: ['required'] })
    const stricter = { required: true as const, without: [], options: [], locks: [] }
    await as('local').field.tighten({ fieldId: own, territoryId: basque, baseVersion: null, spec: stricter })
    const both = { territoryId: pyrenees, intoId: finistere }
    const same = { true: 'true', false: 'false' }
    const locked = oneOf(near, { [own]: same })
    expect(await refused(as('hq').territory.merge({ ...both, clashes: [locked] }))).toMatchObject({
      code: 'PROMOTION_LOOSENS',
    })
    merged = (await as('hq').territory.merge({ ...both, clashes: [oneOf(own, { [near]: same })] })).gestureIds
    const requiredAt = async (place: 'basque' | 'bearn' | 'finistere') =>
      (await as('hq').field.effective({ territoryId: north.territories[place] })).map(
        ({ spec }) => spec.required,
      )
    expect(await requiredAt('basque')).toEqual([true])
    expect(await requiredAt('bearn')).toEqual([false])
    expect(await requiredAt('finistere')).toEqual([false])
    await undo('hq')
    expect(await requiredAt('basque')).toEqual([true])
  })

  it('are read as one at the highest place among them, with all that ask the same below', async () => {
    const { pyrenees, bretagne, finistere } = north.territories
    const sector = async (name: string) =>
      (await as('admin').territory.add({ parentId: finistere, rank: 3, name, code: null })).id
    const [one, other] = [await sector('Cornouaille'), await sector('Trégor')]
    const add = (territoryId: string) =>
      arrangeField(world.sql, north, {
        territoryId,
        entity: 'report',
        key: randomUUID(),
        spec: { type: 'yes_no', reportable: true, label: { fr: 'Devanture refaite' } },
      })
    own = await add(pyrenees)
    const below = [await add(one), await add(other)]
    await file('basqueRep', own, true)
    for (const [at, fieldId] of [
      [one, below[0]],
      [other, below[1]],
    ] as const) {
      const account = await arrangeAccount(world.sql, org, at, 'Criée')
      for (const x of [true, false]) await file('bretonRep', fieldId ?? '', x, account.id)
    }
    const same = { true: 'true', false: 'false' }
    const all = (fieldId: string, others: string[]): Choice => ({
      how: 'one',
      fieldId,
      others,
      maps: Object.fromEntries(others.map((id) => [id, same])),
    })
    const both = { territoryId: pyrenees, intoId: finistere }
    merged = (await as('hq').territory.merge({ ...both, clashes: [all(own, below)] })).gestureIds
    const place = async (fieldId: string) => (await as('hq').field.get({ fieldId })).owner.name
    const [asked = ''] = await askedAt('basque')
    expect(await place(asked)).toBe('finistere')
    expect(await figures(asked, 'finistere')).toEqual({ answered: 5, true: 3, false: 2 })
    expect(await documents(await definitionOf(asked, 'hq'))).toEqual(await figures(asked, 'finistere'))
    await undo('hq')
    expect(await askedAt('basque')).toEqual([own])

    for (const fieldId of below) await as('hq').field.retire({ fieldId })
    const above = await add(bretagne)
    const chosen = all(above, [own])
    merged = (await as('hq').territory.merge({ ...both, clashes: [chosen] })).gestureIds
    const [wide = ''] = await askedAt('basque')
    expect(await place(wide)).toBe('bretagne')
    expect(await figures(wide, 'bretagne')).toEqual({ answered: 1, true: 1 })
    await exact()
    await undo('hq')
    expect([await askedAt('basque'), await place(above)]).toEqual([[own], 'bretagne'])
  })

  it('are settled the same way when one moves under the other, and asked apart again when it moves back', async () => {
    const { basque, finistere } = north.territories
    const add = (territoryId: string) =>
      arrangeField(world.sql, north, {
        territoryId,
        entity: 'report',
        key: 'terrasse',
        spec: { type: 'yes_no', reportable: true, label: { fr: 'Terrasse' } },
      })
    own = await add(basque)
    near = await add(finistere)
    await file('basqueRep', own, true)
    await file('bretonRep', near, false, north.accounts.finistere.id)
    const under = { territoryId: basque, parentId: finistere }
    const same = { true: 'true', false: 'false' }
    for (const chosen of [
      { how: 'keep', fieldId: near, others: [own] },
      { how: 'apart', fieldId: own, others: [near], label: { fr: 'Terrasse au soleil' } },
      oneOf(near, { [own]: same }),
    ] satisfies Choice[]) {
      const told = await as('hq').territory.movePreview({ ...under, clashes: [chosen] })
      expect(told).toMatchObject({ twice: [], clashes: [{ outcome: { fault: null } }] })
      expect(await refused(as('hq').territory.move(under))).toMatchObject({ code: 'TERRITORY_FIELDS_MEET' })
      const { gestureIds } = await as('hq').territory.move({ ...under, clashes: [chosen] })
      merged = gestureIds
      const asked = await askedAt('basque')
      if (chosen.how === 'keep') expect(asked).toEqual([near])
      else if (chosen.how === 'apart') expect(new Set(asked)).toEqual(new Set([own, near]))
      else expect(await figures(asked[0] ?? '', 'finistere')).toEqual({ answered: 2, true: 1, false: 1 })
      await exact()
      await undo('hq')
      expect(await askedAt('basque')).toEqual([own])
      expect((await definitionOf(near, 'hq')).retired).toBe(false)
    }
    expect(
      await refused(as('admin').territory.move({ ...under, clashes: [oneOf(near, { [own]: same })] })),
    ).toMatchObject({
      code: 'FORBIDDEN',
    })
    await exact()
  })

  it('leave apart what stands below the one and below the other', async () => {
    const { pyrenees, basque, finistere } = north.territories
    const { id } = await as('admin').territory.add({ parentId: finistere, rank: 3, name: 'Léon', code: null })
    for (const territoryId of [basque, id])
      await arrangeField(world.sql, north, {
        territoryId,
        entity: 'account',
        key: 'port_de_peche',
        spec: { type: 'yes_no', label: { fr: 'Port de pêche' } },
      })
    merged = (await as('admin').territory.merge({ territoryId: pyrenees, intoId: finistere })).gestureIds
    await undo('admin')
  })
})
