import { randomUUID } from 'node:crypto'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import type { TRPCError } from '@trpc/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  arrangeField,
  arrangeReport,
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

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
  // Two visits each, so that a badge gives something back there.
  for (const [by, at] of [
    ['basqueRep', 'basque'],
    ['basqueRep', 'basque'],
    ['bearnRep', 'bearn'],
    ['bearnRep', 'bearn'],
  ] as const)
    await arrangeReport(world.sql, org, { by, at })
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

const ask = (territoryId: string, key = 'terrasse'): Promise<string> =>
  arrangeField(world.sql, org, {
    territoryId,
    entity: 'report',
    key,
    spec: { type: 'yes_no', reportable: true, label: { fr: 'Terrasse' } },
  })
const begin = (who: Who = 'local', territoryId = org.territories.pyrenees) =>
  as(who).scenario.create({ territoryId, name: 'Printemps 2027', effectiveOn: null })
const page = (scenarioId: string, who: Who = 'local') => as(who).scenario.get({ scenarioId })
const askedAt = async (territoryId: string) =>
  (await as('hq').field.effective({ territoryId })).map(({ id }) => id)
const keep = (fieldId: string, ...others: string[]): Choice => ({ how: 'keep', fieldId, others })
const same = { true: 'true', false: 'false' }

const merging = (): Merge => ({
  of: 'merge',
  territoryId: org.territories.basque,
  intoId: org.territories.bearn,
})

/** Both sectors ask the same; a draft merges them. */
async function arrange(clashes?: Choice[]) {
  const { basque, bearn } = org.territories
  const [own, near] = [await ask(basque), await ask(bearn)]
  const { id } = await begin()
  const step = { ...merging(), ...(clashes ? { clashes } : {}) }
  const { gestureId, version } = await as('local').scenario.addGesture({
    scenarioId: id,
    known: 1,
    steps: [step],
  })
  const settle = (chosen: Choice[], known: Choice[] = [], who: Who = 'local') =>
    as(who).scenario.settleStep({ scenarioId: id, gestureId, step: 0, clashes: chosen, known })
  return { id, gestureId, version, own, near, settle }
}
const lineOf = async (id: string, who: Who = 'local') => (await page(id, who)).gestures[0]?.meetings

describe('a draft that merges sectors which ask the same', () => {
  it('holds what nothing is chosen for yet, says so, and is not applied before it is', async () => {
    const { id, gestureId, version, own, near, settle } = await arrange()
    expect(await lineOf(id)).toMatchObject([
      { at: 0, chosen: [], left: 1, open: [{ fr: 'Terrasse' }], stale: 0 },
    ])
    expect(await refused(as('local').scenario.publish({ scenarioId: id, known: version }))).toMatchObject({
      code: 'TERRITORY_FIELDS_MEET',
    })
    const settled = await settle([keep(near, own)])
    expect(await lineOf(id)).toMatchObject([
      { chosen: [{ how: 'keep', question: { fr: 'Terrasse' }, place: 'bearn' }], left: 0, stale: 0 },
    ])
    expect((await page(id)).gestures[0]?.id).toBe(gestureId)
    await as('local').scenario.publish({ scenarioId: id, known: settled.version })
    expect(await askedAt(org.territories.bearn)).toEqual([near])
  })

  it('shows both side by side with what a choice would do, of a step that is made and of one that is there', async () => {
    const { id, gestureId, own, near } = await arrange()
    const at = { gestureId, step: 0 }
    const step = { ...merging(), clashes: [keep(own, near)] }
    const there = await as('local').scenario.previewStep({ scenarioId: id, step, at })
    expect(there).toMatchObject({ open: 0, clashes: [{ nameless: false, outcome: { fault: null } }] })
    expect(there.clashes[0]?.sides.map(({ fieldId, place, mayEdit }) => [fieldId, place, mayEdit])).toEqual([
      [own, 'basque', true],
      [near, 'bearn', true],
    ])
    const other = await begin()
    const fresh = await as('local').scenario.previewStep({ scenarioId: other.id, step: merging() })
    expect(fresh).toMatchObject({ open: 1, clashes: [{ outcome: null }] })
    expect((await page(other.id)).gestures).toEqual([])
  })

  it('carries a choice made with the step; the merge that publishing makes of it is undone with its questions', async () => {
    const { basque, bearn } = org.territories
    const [own, near] = [await ask(basque), await ask(bearn)]
    const { id } = await begin()
    const clashes: Choice[] = [{ how: 'one', fieldId: near, others: [own], maps: { [own]: same } }]
    const { version } = await as('local').scenario.addGesture({
      scenarioId: id,
      known: 1,
      steps: [{ ...merging(), clashes }],
    })
    await as('local').scenario.publish({ scenarioId: id, known: version })
    const [one, ...more] = await askedAt(bearn)
    expect([own, near]).not.toContain(one)
    expect(more).toEqual([])
    const [journal] = await world.sql<{ id: string }>(
      org.orgId,
      `SELECT id FROM audit_event WHERE action = 'territory.merge' AND org_id = $1`,
      [org.orgId],
    )
    await as('local').territory.undo({ gestureIds: [journal?.id ?? ''] })
    expect([await askedAt(basque), await askedAt(bearn)]).toEqual([[own], [near]])
  })

  it('is applied on its day with what was chosen', async () => {
    const { id, own, near, settle } = await arrange()
    const { version } = await settle([
      { how: 'apart', fieldId: own, others: [near], label: { fr: 'Véranda' } },
    ])
    await as('local').scenario.plan({ scenarioId: id, day: '2026-12-01', known: version })
    now = new Date('2026-12-01T08:00:00Z')
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
    expect(new Set(await askedAt(org.territories.bearn))).toEqual(new Set([own, near]))
    expect((await as('local').field.get({ fieldId: own })).definition.spec.label.fr).toBe('Véranda')
  })
})

describe('what was chosen in a draft', () => {
  it('no longer holds when the questions are others by then: it is said, and asked for again', async () => {
    const { id, own, near, settle } = await arrange()
    const { version } = await settle([keep(own, near)])
    await as('local').field.retire({ fieldId: near })
    expect(await lineOf(id)).toMatchObject([{ chosen: [], left: 0, stale: 1 }])
    const again = await ask(org.territories.bearn, 'terrasse_bis')
    expect(await lineOf(id)).toMatchObject([{ chosen: [], left: 1, stale: 1 }])
    expect(await refused(as('local').scenario.publish({ scenarioId: id, known: version }))).toMatchObject({
      code: 'TERRITORY_FIELDS_MEET',
    })
    const settled = await settle([keep(again, own)], [keep(own, near)])
    expect(await lineOf(id)).toMatchObject([{ left: 0, stale: 0 }])
    await as('local').scenario.publish({ scenarioId: id, known: settled.version })
    expect(await askedAt(org.territories.bearn)).toEqual([again])
  })

  it('is not written over by who has not seen it, nor kept for a step that is gone', async () => {
    const { id, gestureId, own, near, settle } = await arrange()
    await settle([keep(own, near)])
    expect((await refused(settle([keep(near, own)]))).code).toBe('CHANGED_MEANWHILE')
    await settle([keep(near, own)], [keep(own, near)])
    await as('local').scenario.removeGesture({ scenarioId: id, gestureId })
    expect((await refused(settle([], [keep(near, own)]))).code).toBe('CHANGED_MEANWHILE')
  })

  it('is only what its maker may do: who defines no question of theirs is refused, and so are his publication and his plan', async () => {
    const { id, gestureId, own, near, settle } = await arrange()
    await as('local').scenario.share({ scenarioId: id, shared: true })
    const forbidden = { code: 'FORBIDDEN', params: { permission: 'field.define' } }
    const step = { ...merging(), clashes: [keep(near, own)] }
    const shown = await as('admin').scenario.previewStep({
      scenarioId: id,
      step,
      at: { gestureId, step: 0 },
    })
    expect(shown.clashes[0]?.outcome?.fault).toMatchObject(forbidden)
    expect(await refused(settle(step.clashes, [], 'admin'))).toMatchObject(forbidden)
    const { id: mine } = await begin('admin')
    const add = as('admin').scenario.addGesture({ scenarioId: mine, known: 1, steps: [step] })
    expect(await refused(add)).toMatchObject(forbidden)
    expect(await lineOf(id)).toMatchObject([{ left: 1 }])
    await settle(step.clashes)
    const plan = { scenarioId: id, day: '2027-03-01', known: (await page(id)).version }
    expect(await refused(as('admin').scenario.plan(plan))).toMatchObject(forbidden)
    const { version } = await page(id, 'admin')
    expect(await refused(as('admin').scenario.publish({ scenarioId: id, known: version }))).toMatchObject(
      forbidden,
    )
    expect(await askedAt(org.territories.bearn)).toEqual([near])
  })
})

/** A second department of the region. */
async function addLandes(): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
     SELECT org_id, $1::uuid, id, 2, 'landes', path || $1::text || '/' FROM territory WHERE id = $2`,
    [id, org.territories.aquitaine],
  )
  return id
}

describe('a draft that moves a sector under a level which asks the same', () => {
  it('waits for a choice, is compared so, and is applied and taken back with it', async () => {
    const { aquitaine, pyrenees, basque } = org.territories
    const landes = await addLandes()
    const [own, above] = [await ask(basque), await ask(landes)]
    const [{ id }, { id: otherId }] = [await begin('regional', aquitaine), await begin('regional', aquitaine)]
    const { gestureId } = await as('regional').scenario.addGesture({
      scenarioId: id,
      known: 1,
      steps: [{ of: 'move', territoryId: basque, parentId: landes }],
    })
    const compared = await as('regional').scenario.compare({ scenarioId: id, otherId })
    expect(compared.map(({ stuck, waiting }) => [stuck, waiting])).toEqual([
      [0, 1],
      [0, 0],
    ])
    const { version } = await as('regional').scenario.settleStep({
      scenarioId: id,
      gestureId,
      step: 0,
      clashes: [keep(above, own)],
      known: [],
    })
    await as('regional').scenario.publish({ scenarioId: id, known: version })
    expect(await askedAt(basque)).toEqual([above])
    const [journal] = await world.sql<{ id: string }>(
      org.orgId,
      `SELECT id FROM audit_event WHERE action = 'territory.move' AND org_id = $1`,
      [org.orgId],
    )
    await as('regional').territory.undo({ gestureIds: [journal?.id ?? ''] })
    expect([await askedAt(basque), await askedAt(pyrenees)]).toEqual([[own], []])
  })
})

describe('a step of a draft over what steps before it make', () => {
  it('meets the questions of the levels above a territory that is not there yet', async () => {
    const { aquitaine, basque } = org.territories
    const [landes, soule] = [await addLandes(), randomUUID()]
    const [own, above] = [await ask(basque), await ask(landes)]
    const { id } = await begin('regional', aquitaine)
    const { version } = await as('regional').scenario.addGesture({
      scenarioId: id,
      known: 1,
      steps: [{ of: 'create', id: soule, parentId: landes, rank: 3, name: 'Soule', code: null }],
    })
    const step: Merge = { of: 'merge', territoryId: basque, intoId: soule }
    const clashes = [keep(above, own)]
    const one: Choice = { how: 'one', fieldId: above, others: [own], maps: { [own]: same } }
    const preview = (chosen: Choice[]) =>
      as('regional').scenario.previewStep({ scenarioId: id, step: { ...step, clashes: chosen } })
    expect(await preview([])).toMatchObject({ open: 1, clashes: [{ outcome: null }] })
    // Nobody works there yet, where the one would be asked.
    expect(await preview([one])).toMatchObject({
      clashes: [{ outcome: { fault: { code: 'GIVEBACK_NOT_WORKING' } } }],
    })
    expect(await preview(clashes)).toMatchObject({ open: 0, clashes: [{ outcome: { fault: null } }] })
    const added = await as('regional').scenario.addGesture({
      scenarioId: id,
      known: version,
      steps: [{ ...step, clashes }],
    })
    await as('regional').scenario.publish({ scenarioId: id, known: added.version })
    expect(await askedAt(soule)).toEqual([above])
  })
})
