import { randomUUID } from 'node:crypto'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import { readAs } from '@fieldback/domain/field/read-as'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import type { TRPCError } from '@trpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { rollups, truth } from '../analytics/rollup-truth.ts'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { publishDue } from './publish.job.ts'

let world: TestWorld
let org: TestOrg
let now = WORLD_NOW
/** A third sector, and the same question of each: two of them say yes or no, that of bearn sometimes. */
let soule: string
let q: Readonly<Record<'basque' | 'bearn' | 'soule', string>>

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
  soule = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
     SELECT org_id, $1::uuid, id, 3, 'soule', path || $1::text || '/' FROM territory WHERE id = $2`,
    [soule, org.territories.pyrenees],
  )
  q = { basque: await ask(org.territories.basque), bearn: await askSometimes(), soule: await ask(soule) }
  const rep = await arrangePerson(world.sql, org.orgId, { name: 'souletin', role: 'rep', territoryId: soule })
  const { id: account } = await arrangeAccount(world.sql, org.orgId, soule, 'Compte souletin')
  const { basqueRep, bearnRep } = org.people
  const { basque, bearn } = org.accounts
  await file(basqueRep, basque.id, { [q.basque]: true })
  await file(basqueRep, basque.id, { [q.basque]: false })
  for (const x of ['oui', 'oui', 'parfois']) await file(bearnRep, bearn.id, { [q.bearn]: x })
  for (const x of [true, true, false]) await file(rep, account, { [q.soule]: x })
  await fold(world.deps, org.orgId)
})
afterEach(() => world.close())

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(org.people[who])
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
type Choice = Parameters<ReturnType<typeof as>['scenario']['settleStep']>[0]['clashes'][number]
type Merge = Extract<TreeStep, { of: 'merge' }>

const label = { fr: 'Terrasse' }
const ask = (territoryId: string): Promise<string> =>
  arrangeField(world.sql, org, {
    territoryId,
    entity: 'report',
    key: 'terrasse',
    spec: { type: 'yes_no', reportable: true, label },
  })
const askSometimes = (): Promise<string> =>
  arrangeField(world.sql, org, {
    territoryId: org.territories.bearn,
    entity: 'report',
    key: 'terrasse',
    spec: {
      type: 'single_choice',
      reportable: true,
      label,
      options: ['oui', 'non', 'parfois'].map((id) => ({ id, label: { fr: id } })),
    },
  })

async function file(
  who: SessionIds,
  accountId: string,
  answers: Readonly<Record<string, boolean | string>>,
): Promise<void> {
  const members = Object.keys(answers).map((id) => [id, 1] as const)
  const fieldSet = fieldSetHash(members)
  await world.sql(
    org.orgId,
    'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [org.orgId, fieldSet, JSON.stringify(members)],
  )
  const body = {
    accountId,
    contactId: null,
    kind: 'visit',
    outcome: 'order',
    day: '2026-11-19',
    note: null,
    fieldSet,
    values: Object.fromEntries(Object.entries(answers).map(([id, x]) => [id, { v: 1, x }])),
    seconds: {},
    durationSeconds: 20,
  }
  const [answer] = await push(world.deps, who, [
    {
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      kind: 'report.create',
      capturedAt: '2026-11-20T09:00:00.000Z',
      clockOffset: 0,
      body,
    },
  ])
  expect(answer?.status).toBe('applied')
}

const merging = (territoryId: string, intoId: string, clashes: readonly Choice[] = []): Merge => ({
  of: 'merge',
  territoryId,
  intoId,
  clashes: [...clashes],
})
/** In the words of bearn. */
const making = (madeId?: string): Choice => ({
  how: 'one',
  fieldId: q.bearn,
  others: [q.basque],
  maps: { [q.basque]: { true: 'oui', false: 'non' } },
  ...(madeId ? { madeId } : {}),
})
/** In the words of soule, which know no "sometimes". */
const joining = (made: string, madeId: string): Choice => ({
  how: 'one',
  fieldId: q.soule,
  others: [made],
  maps: { [made]: { oui: 'true', non: 'false', parfois: null } },
  madeId,
})
const keep = (fieldId: string, ...others: string[]): Choice => ({ how: 'keep', fieldId, others })

/** A draft that merges basque with bearn, and both with soule. */
async function arrange(first: Choice[], second: Choice[] = [], who: Who = 'local') {
  const { pyrenees, basque, bearn } = org.territories
  const { id } = await as(who).scenario.create({
    territoryId: pyrenees,
    name: 'Chaîne',
    effectiveOn: null,
  })
  const one = await as(who).scenario.addGesture({
    scenarioId: id,
    known: 1,
    steps: [merging(basque, bearn, first)],
  })
  const two = await as(who).scenario.addGesture({
    scenarioId: id,
    known: one.version,
    steps: [merging(bearn, soule, second)],
  })
  const settle =
    (gestureId: string) =>
    (clashes: Choice[], known: Choice[], who: Who = 'local') =>
      as(who).scenario.settleStep({ scenarioId: id, gestureId, step: 0, clashes, known })
  const preview = (clashes: Choice[] = [], who: Who = 'local') =>
    as(who).scenario.previewStep({
      scenarioId: id,
      step: merging(bearn, soule, clashes),
      at: { gestureId: two.gestureId, step: 0 },
    })
  return {
    id,
    version: two.version,
    preview,
    settleFirst: settle(one.gestureId),
    settleSecond: settle(two.gestureId),
  }
}
const linesOf = async (scenarioId: string) =>
  (await as('local').scenario.get({ scenarioId })).gestures.map(({ meetings }) => meetings[0])
const publish = (scenarioId: string, known: number) => as('local').scenario.publish({ scenarioId, known })
const askedAt = async (territoryId: string) =>
  (await as('hq').field.effective({ territoryId })).map(({ id }) => id)
const figures = async (fieldId: string) => {
  await fold(world.deps, org.orgId)
  const { buckets, answered } = await as('hq').analytics.distribution({
    territoryId: org.territories.pyrenees,
    fieldId,
    basis: 'today',
    period: { from: '2026-01', to: '2026-11' },
  })
  const said = buckets.filter(({ n }) => n > 0).map(({ bucket, n }) => [bucket, n])
  return { answered, ...Object.fromEntries(said) }
}
const reports = () =>
  world.sql<{ values: Parameters<typeof readAs>[1] }>(
    org.orgId,
    'SELECT id, version, field_set, "values" FROM report WHERE org_id = $1 ORDER BY id',
    [org.orgId],
  )

/** Merges that stand, the last first. */
async function mergesMade(): Promise<string[]> {
  const merges = await world.sql<{ id: string }>(
    org.orgId,
    `SELECT id FROM audit_event m WHERE action = 'territory.merge' AND org_id = $1
        AND NOT EXISTS (SELECT FROM audit_event u WHERE u.org_id = m.org_id AND u.action = 'territory.undo' AND u.subject_id = m.id)
      ORDER BY subject_id = $2 DESC`,
    [org.orgId, org.territories.bearn],
  )
  return merges.map(({ id }) => id)
}
const undoAll = async () => as('local').territory.undo({ gestureIds: await mergesMade() })

describe('three sectors that ask the same, merged one after the other in a draft', () => {
  it('are read as one series once it is applied; no report is written again, and all is taken back', async () => {
    const [made, last] = [randomUUID(), randomUUID()]
    const { id, preview } = await arrange([making(made)])
    const shown = await preview([joining(made, last)])
    expect(shown).toMatchObject({ open: 0, clashes: [{ nameless: false }] })
    expect(shown.clashes[0]?.sides).toMatchObject([
      { fieldId: made, place: 'bearn', of: ['basque', 'bearn'], type: 'single_choice', answers: 5 },
      { fieldId: q.soule, place: 'soule', of: [], answers: 3 },
    ])
    expect(shown.clashes[0]?.outcome).toMatchObject({
      fault: null,
      left: [{ fieldId: made, answers: 1, options: [{ fr: 'parfois' }] }],
    })
    const chosen = await arrange([making(made)], [joining(made, last)])
    expect(await linesOf(chosen.id)).toMatchObject([
      { left: 0, stale: 0, chosen: [{ how: 'one', place: 'bearn' }] },
      { left: 0, stale: 0, chosen: [{ how: 'one', place: 'soule' }] },
    ])
    const before = await reports()
    await publish(chosen.id, chosen.version)
    await as('local').scenario.discard({ scenarioId: id, discarded: true })

    expect(await askedAt(soule)).toEqual([last])
    expect(await figures(last)).toEqual({ answered: 7, true: 5, false: 2 })
    expect(await figures(made)).toEqual({ answered: 5, oui: 3, non: 1, parfois: 1 })
    expect(await rollups(world, org.orgId)).toEqual(await truth(world, org.orgId))
    expect(await reports()).toEqual(before)
    const { definition } = await as('local').field.get({ fieldId: last })
    const read = before.flatMap(({ values }) => readAs(definition, values)?.x ?? [])
    expect(read.filter((x) => x === true)).toHaveLength(5)
    expect(read).toHaveLength(7)

    const [, first = ''] = await mergesMade()
    expect(await refused(as('local').territory.undo({ gestureIds: [first] }))).toMatchObject({
      code: 'CONFLICT',
    })
    await undoAll()
    const { basque, bearn } = org.territories
    expect([await askedAt(basque), await askedAt(bearn), await askedAt(soule)]).toEqual([
      [q.basque],
      [q.bearn],
      [q.soule],
    ])
    expect(await reports()).toEqual(before)
  })

  it.each([
    ['what the first merge makes', (made: string) => keep(made, q.soule), (made: string) => [made]],
    ['the third question', (made: string) => keep(q.soule, made), () => [q.soule]],
    [
      'both, under two names',
      (made: string): Choice => ({
        how: 'apart',
        fieldId: made,
        others: [q.soule],
        label: { fr: 'Terrasse du Béarn' },
      }),
      (made: string) => [made, q.soule],
    ],
  ])('keep %s', async (_, choose, asked) => {
    const made = randomUUID()
    const { id, version, preview } = await arrange([making(made)], [choose(made)])
    expect(await preview([choose(made)])).toMatchObject({ open: 0, clashes: [{ outcome: { fault: null } }] })
    await publish(id, version)
    expect(new Set(await askedAt(soule))).toEqual(new Set(asked(made)))
    await undoAll()
    expect([await askedAt(org.territories.bearn), await askedAt(soule)]).toEqual([[q.bearn], [q.soule]])
  })

  it('are read as one in other answers too: those of what the first merge makes are converted', async () => {
    const [made, last] = [randomUUID(), randomUUID()]
    await world.sql(
      org.orgId,
      `UPDATE field_version SET spec = jsonb_set(spec, '{type}', '"multiple_choice"') || $2::jsonb WHERE field_id = $1`,
      [q.soule, JSON.stringify({ options: ['oui', 'non'].map((id) => ({ id, label: { fr: id } })) })],
    )
    const choice: Choice = {
      how: 'one',
      fieldId: q.soule,
      others: [made],
      maps: { [made]: { oui: 'oui', non: 'non', parfois: '+' } },
      madeId: last,
    }
    const { id, version, preview } = await arrange([making(made)], [choice])
    expect((await preview([choice])).clashes[0]?.outcome).toMatchObject({ fault: null, left: [] })
    await publish(id, version)
    expect(await askedAt(soule)).toEqual([last])
  })

  it('are read as one too where two sectors move under a level that asks the same', async () => {
    const { aquitaine, basque, bearn } = org.territories
    const [landes, made, last] = [randomUUID(), randomUUID(), randomUUID()]
    await world.sql(
      org.orgId,
      `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
       SELECT org_id, $1::uuid, id, 2, 'landes', path || $1::text || '/' FROM territory WHERE id = $2`,
      [landes, aquitaine],
    )
    // Somebody works there already.
    await world.sql(
      org.orgId,
      `UPDATE territory t SET parent_id = p.id, path = p.path || t.id || '/' FROM territory p WHERE t.id = $1 AND p.id = $2`,
      [soule, landes],
    )
    await as('regional').field.retire({ fieldId: q.soule })
    const above = await ask(landes)
    const moving = (territoryId: string, clashes: Choice[]): TreeStep => ({
      of: 'move',
      territoryId,
      parentId: landes,
      clashes,
    })
    const one = (
      fieldId: string,
      other: string,
      maps: Record<string, string | null>,
      madeId: string,
    ): Choice => ({
      how: 'one',
      fieldId,
      others: [other],
      maps: { [other]: maps },
      madeId,
    })
    const { id } = await as('regional').scenario.create({
      territoryId: aquitaine,
      name: 'x',
      effectiveOn: null,
    })
    const { version } = await as('regional').scenario.addGesture({
      scenarioId: id,
      known: 1,
      steps: [
        moving(basque, [one(above, q.basque, { true: 'true', false: 'false' }, made)]),
        moving(bearn, [one(made, q.bearn, { oui: 'true', non: 'false', parfois: null }, last)]),
      ],
    })
    await as('regional').scenario.publish({ scenarioId: id, known: version })
    expect([await askedAt(basque), await askedAt(bearn), await askedAt(soule)]).toEqual([
      [last],
      [last],
      [last],
    ])
  })

  it('stay so on a day to come, whoever sees it', async () => {
    const [made, last] = [randomUUID(), randomUUID()]
    const { id, version } = await arrange([making(made)], [joining(made, last)])
    await as('local').scenario.plan({ scenarioId: id, day: '2026-12-01', known: version })
    expect(await as('local').scenario.hindrances({ scenarioId: id })).toMatchObject({ hindrances: [] })
    now = new Date('2026-12-01T08:00:00Z')
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
    expect(await askedAt(soule)).toEqual([last])
  })
})

describe('what names a question that an earlier step makes', () => {
  it('is stale once that choice is taken back or another; it is said, nothing is lost, and it holds again once that is put back', async () => {
    const [made, last] = [randomUUID(), randomUUID()]
    const { id, settleFirst } = await arrange([making(made)], [joining(made, last)])
    for (const [was, to, left] of [
      [[making(made)], [], 1],
      [[], [keep(q.bearn, q.basque)], 0],
      [[keep(q.bearn, q.basque)], [making(randomUUID())], 0],
    ] as const) {
      const { version } = await settleFirst([...to], [...was])
      expect(await linesOf(id)).toMatchObject([{ left }, { left: 1, stale: 1, chosen: [] }])
      expect(await refused(publish(id, version))).toMatchObject({ code: 'TERRITORY_FIELDS_MEET' })
      const back = to[0] === undefined ? [] : [...to]
      if (to[0]?.how === 'one') await settleFirst([making(made)], back)
    }
    expect(await linesOf(id)).toMatchObject([{ left: 0 }, { left: 0, stale: 0, chosen: [{ how: 'one' }] }])
  })

  it('cannot be chosen for one that was chosen before choices gave an id: it is said, and can be once it is kept again', async () => {
    const { id, preview, settleFirst, settleSecond } = await arrange([making()])
    expect(await preview()).toMatchObject({ open: 1, clashes: [{ nameless: true }] })
    await settleSecond([keep(q.soule, q.bearn)], [])
    expect(await linesOf(id)).toMatchObject([{ left: 0 }, { left: 1, stale: 1 }])
    const made = randomUUID()
    await settleFirst([making(made)], [making()])
    expect(await preview()).toMatchObject({ clashes: [{ nameless: false }] })
    const { version } = await settleSecond([keep(q.soule, made)], [keep(q.soule, q.bearn)])
    await publish(id, version)
    expect(await askedAt(soule)).toEqual([q.soule])
  })

  it('is only chosen by who may change it, there and where it is planned', async () => {
    const made = randomUUID()
    const { id, preview, settleSecond } = await arrange([making(made)])
    await as('local').scenario.share({ scenarioId: id, shared: true })
    const forbidden = { code: 'FORBIDDEN', params: { permission: 'field.define' } }
    for (const choice of [keep(q.soule, made), joining(made, randomUUID())]) {
      const shown = await preview([choice], 'admin')
      expect(shown.clashes[0]).toMatchObject({
        sides: [{ mayEdit: false }, { mayEdit: false }],
        outcome: { fault: forbidden },
      })
      expect(await refused(settleSecond([choice], [], 'admin'))).toMatchObject(forbidden)
    }
    expect(
      await refused(world.callerFor(world.other.people.local).scenario.get({ scenarioId: id })),
    ).toMatchObject({
      code: 'NOT_FOUND',
    })
    const { version } = await settleSecond([keep(q.soule, made)], [])
    const plan = { scenarioId: id, day: '2027-03-01', known: version }
    expect(await refused(as('admin').scenario.plan(plan))).toMatchObject(forbidden)
  })

  it('is copied with a name of its own', async () => {
    const [made, last] = [randomUUID(), randomUUID()]
    const { id, version } = await arrange([making(made)], [joining(made, last)])
    const copy = await as('local').scenario.copy({ scenarioId: id, name: 'Copie' })
    const lines = await linesOf(copy.id)
    expect(lines).toMatchObject([
      { left: 0, stale: 0 },
      { left: 0, stale: 0, chosen: [{ how: 'one' }] },
    ])
    expect(JSON.stringify(lines)).not.toMatch(new RegExp(`${made}|${last}`))
    await publish(id, version)
    await undoAll()
    const page = await as('local').scenario.get({ scenarioId: copy.id })
    await publish(copy.id, page.version)
    expect([made, last, q.soule]).not.toContain((await askedAt(soule))[0])
  })
})

describe('an id that is taken', () => {
  const taken = { code: 'CONFLICT', params: { what: 'field' } }

  it('by another question, asked or retired, or twice in one draft, is refused', async () => {
    const made = randomUUID()
    await as('local').field.retire({ fieldId: await ask(org.territories.pyrenees) })
    const [retired] = await world.sql<{ id: string }>(
      org.orgId,
      'SELECT id FROM field_definition WHERE org_id = $1 AND retired_at IS NOT NULL',
      [org.orgId],
    )
    const { id, settleFirst, settleSecond } = await arrange([making(made)])
    for (const other of [q.basque, q.soule, retired?.id ?? ''])
      expect(await refused(settleFirst([making(other)], [making(made)]))).toMatchObject(taken)
    expect(await refused(settleSecond([joining(made, made)], []))).toMatchObject(taken)
    expect(await linesOf(id)).toMatchObject([{ left: 0 }, { left: 1, stale: 0 }])
  })

  it('meanwhile, is a fault that is told: of a plan, and of a merge that is made at once', async () => {
    const made = randomUUID()
    const { id, version } = await arrange([making(made)], [keep(made, q.soule)])
    await as('local').scenario.plan({ scenarioId: id, day: '2026-12-01', known: version })
    await world.sql(
      org.orgId,
      `WITH d AS (INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version)
                  VALUES ($1, $2, $3, 'report', 'autre', 1) RETURNING org_id, id)
       INSERT INTO field_version (org_id, field_id, version, spec)
       SELECT d.org_id, d.id, 1, v.spec FROM d, field_version v WHERE v.org_id = $1 AND v.field_id = $4`,
      [org.orgId, made, org.territories.finistere, q.soule],
    )
    expect(await as('local').scenario.hindrances({ scenarioId: id })).toMatchObject({
      hindrances: [{ fault: taken }],
    })
    now = new Date('2026-12-01T08:00:00Z')
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 0, failed: 1 })
    const { basque, bearn } = org.territories
    const merge = { territoryId: basque, intoId: bearn, clashes: [making(made)] }
    expect(await refused(as('local').territory.merge(merge))).toMatchObject(taken)
    expect(await askedAt(bearn)).toEqual([q.bearn])
  })

  it('in another organisation is none of this one: both have theirs', async () => {
    const theirs = await arrangeField(world.sql, world.other, {
      territoryId: world.other.territories.bearn,
      entity: 'report',
      key: 'terrasse',
      spec: { type: 'yes_no', label },
    })
    const { basque, bearn } = org.territories
    await as('local').territory.merge({ territoryId: basque, intoId: bearn, clashes: [making(theirs)] })
    expect(await askedAt(bearn)).toEqual([theirs])
    const south = world.callerFor(world.other.people.local)
    expect((await south.field.get({ fieldId: theirs })).definition).toMatchObject({
      retired: false,
      spec: { type: 'yes_no' },
    })
  })
})
