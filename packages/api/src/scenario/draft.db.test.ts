import { randomUUID } from 'node:crypto'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrangeAccount,
  arrangeField,
  arrangeReport,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { arrangeScenario } from './arrange-scenario.fixture.ts'

let world: TestWorld
let org: TestOrg

beforeAll(async () => {
  world = await openTestWorld()
  org = world.north
  const { basque } = org.territories
  for (const [name, city] of [
    ['Harispe', 'Bayonne'],
    ['Etchegaray', 'BAYONNE'],
    ['Goyhenetche', 'Mauléon'],
  ] as const) {
    const { id } = await arrangeAccount(world.sql, org.orgId, basque, name)
    await world.sql(org.orgId, 'UPDATE account SET city = $2, last_visit_day = $3 WHERE id = $1', [
      id,
      city,
      city === 'Mauléon' ? '2026-11-19' : null,
    ])
  }
  await arrangeReport(world.sql, org, { at: 'basque', by: 'basqueRep' })
})
afterAll(() => world.close())

const as = (person: keyof TestOrg['people']) => world.callerFor(org.people[person]).scenario
const begin = (
  by: keyof TestOrg['people'] = 'local',
  territoryId = org.territories.pyrenees,
  effectiveOn: string | null = '2027-03-01',
) => as(by).create({ territoryId, name: 'Printemps 2027', effectiveOn })
const create = (name: string, parentId = org.territories.pyrenees): Extract<TreeStep, { of: 'create' }> => ({
  of: 'create',
  id: randomUUID(),
  parentId,
  rank: 3,
  name,
  code: null,
})
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: Error) => error.message,
  )

describe('a draft', () => {
  it('splits a sub-sector by towns beside the live tree, and says what it would do', async () => {
    const { id } = await begin()
    const coast = create('La côte')
    await as('local').addGesture({
      scenarioId: id,
      known: 1,
      steps: [
        coast,
        {
          of: 'rehome',
          fromId: org.territories.basque,
          toId: coast.id,
          rule: { by: 'towns', towns: ['Bayonne'] },
        },
        {
          of: 'assign',
          id: randomUUID(),
          membershipId: org.people.bearnRep.membershipId,
          territoryId: coast.id,
          role: 'rep',
          validFrom: '2026-11-20',
          validTo: null,
        },
      ],
    })
    const page = await as('local').get({ scenarioId: id })
    expect(page.gestures[0]).toMatchObject({ outcome: { kind: 'applies', accounts: 2 }, by: 'north-local' })
    expect(page.gestures[0]?.told[1]).toMatchObject({ of: 'rehome', from: 'basque', to: 'La côte' })
    const place = (name: string) => page.places.find(({ after }) => after?.name === name)
    expect(place('La côte')).toMatchObject({
      change: 'new',
      before: null,
      after: { load: { accounts: 2, visitsDue: 2, reports: 0, names: ['north-bearnRep'] } },
    })
    expect(place('basque')).toMatchObject({
      before: { load: { accounts: 4 } },
      after: { load: { accounts: 2 } },
    })
    expect(page.figures).toMatchObject({ accounts: 5, changing: 2, heaviest: { before: 4, after: 3 } })
    expect(
      page.followed.rights.map(({ name, gained, lost }) => [name, gained.accounts, lost.accounts]),
    ).toEqual([
      ['north-basqueRep', 0, 2],
      ['north-bearnRep', 2, 0],
    ])
    const { nodes } = await world
      .callerFor(org.people.local)
      .territory.tree({ open: [org.territories.pyrenees] })
    expect(nodes.map(({ name }) => name)).not.toContain('La côte')
  })

  it('says which questions are gained and lost where accounts would go', async () => {
    const spec = { type: 'yes_no' } as const
    const entity = 'report'
    const { basque, bearn } = org.territories
    await arrangeField(world.sql, org, { territoryId: basque, entity, key: 'surf', spec })
    await arrangeField(world.sql, org, { territoryId: bearn, entity, key: 'ski', spec })
    const { id } = await begin()
    await as('local').addGesture({
      scenarioId: id,
      known: 1,
      steps: [{ of: 'rehome', fromId: basque, toId: bearn, rule: { by: 'all' } }],
    })
    const { followed } = await as('local').get({ scenarioId: id })
    expect(
      followed.questions.map(({ kind, label, accounts, places }) => [kind, label.fr, accounts, places]),
    ).toEqual([
      ['lost', 'surf', 4, ['bearn']],
      ['gained', 'ski', 4, ['bearn']],
    ])
  })

  it.each<[string, string, (at: TestOrg['territories']) => TreeStep[]]>([
    [
      'a circle',
      'TERRITORY_CYCLE',
      ({ pyrenees, basque }) => [{ of: 'move', territoryId: pyrenees, parentId: basque }],
    ],
    [
      'a territory without a parent',
      'TERRITORY_NOT_EMPTY',
      ({ pyrenees }) => [{ of: 'close', territoryId: pyrenees }],
    ],
    [
      'two moves of one territory',
      'TERRITORY_MOVED_TWICE',
      ({ basque, aquitaine, pyrenees }) => [
        { of: 'move', territoryId: basque, parentId: aquitaine },
        { of: 'move', territoryId: basque, parentId: pyrenees },
      ],
    ],
    ['a name that is taken', 'TERRITORY_NAME_TAKEN', () => [create('Béarn')]],
    [
      'closing what still holds accounts',
      'TERRITORY_NOT_EMPTY',
      ({ bearn }) => [{ of: 'close', territoryId: bearn }],
    ],
    [
      'what lies beyond the branch',
      'TERRITORY_OUTSIDE_BRANCH',
      ({ basque, aquitaine }) => [{ of: 'move', territoryId: basque, parentId: aquitaine }],
    ],
  ])('refuses %s, and stays as it was', async (what, code, steps) => {
    const branch = what === 'what lies beyond the branch' ? 'pyrenees' : 'aquitaine'
    // Without a day it would hold from today.
    const { id } = await begin('admin', org.territories[branch], null)
    const added = as('admin').addGesture({ scenarioId: id, known: 1, steps: steps(org.territories) })
    expect(await codeOf(added)).toBe(code)
    expect((await as('admin').get({ scenarioId: id })).gestures).toEqual([])
  })

  it('a manager drafts sub-sectors and homes, not levels above; what undoes the live tree is no gesture', async () => {
    const { id } = await begin()
    const { pyrenees, basque, bearn } = org.territories
    const add = (step: TreeStep) =>
      codeOf(as('local').addGesture({ scenarioId: id, known: 1, steps: [step] }))
    expect(await add({ of: 'rename', territoryId: pyrenees, name: 'Gascogne' })).toBe('TERRITORY_RANK')
    expect(await add({ of: 'rename', territoryId: basque, name: 'Labourd' })).toBe('none')
    const back: TreeStep = { of: 'rehang', fromId: basque, toId: bearn, hung: {} }
    await expect(as('local').addGesture({ scenarioId: id, known: 1, steps: [back] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })

  it('a date in the past is refused, and one that is years away', async () => {
    const past = as('local').create({
      territoryId: org.territories.pyrenees,
      name: 'Hier',
      effectiveOn: '2026-11-19',
    })
    expect(await codeOf(past)).toBe('SCENARIO_PAST')
    const { id } = await begin()
    expect(await codeOf(as('local').setDay({ scenarioId: id, day: '2026-11-19' }))).toBe('SCENARIO_PAST')
    expect(await codeOf(as('local').setDay({ scenarioId: id, day: '2029-11-21' }))).toBe('SCENARIO_FAR')
    await as('local').setDay({ scenarioId: id, day: '2029-11-20' })
  })

  it('is undone gesture by gesture, and what was taken out goes back to its place', async () => {
    const { id } = await begin()
    const names = ['Un', 'Deux', 'Trois']
    for (const name of names)
      await as('local').addGesture({ scenarioId: id, known: 1, steps: [create(name)] })
    const told = async () =>
      (await as('local').get({ scenarioId: id })).gestures.map(({ told: [first] }) =>
        first?.of === 'create' ? first.name : '',
      )
    const second = (await as('local').get({ scenarioId: id })).gestures[1]?.id ?? ''
    const removed = await as('local').removeGesture({ scenarioId: id, gestureId: second })
    expect(await told()).toEqual(['Un', 'Trois'])
    expect(await as('local').removeGesture({ scenarioId: id, gestureId: second })).toBeNull()
    await as('local').addGesture({
      scenarioId: id,
      known: 1,
      steps: [...(removed?.steps ?? [])],
      at: removed?.at,
    })
    expect(await told()).toEqual(names)
    const order = (await as('local').get({ scenarioId: id })).gestures
      .map((gesture) => gesture.id)
      .toReversed()
    await as('local').reorder({ scenarioId: id, order })
    expect(await told()).toEqual(names.toReversed())
  })
})

describe('two people on one scenario', () => {
  it('is its author’s until he has it read, then whoever holds the right on the branch sees it', async () => {
    const { id } = await begin()
    expect(await codeOf(as('regional').get({ scenarioId: id }))).toBe('NOT_FOUND')
    await as('local').share({ scenarioId: id, shared: true })
    expect((await as('regional').get({ scenarioId: id })).can.edit).toBe(true)
    await as('hq').remark({ scenarioId: id, text: 'Et Mauléon ?' })
    const page = await as('hq').get({ scenarioId: id })
    expect([page.can.edit, page.mine, page.remarks[0]]).toMatchObject([
      false,
      false,
      { author: 'north-hq', text: 'Et Mauléon ?' },
    ])
    expect((await as('hq').list({})).scenarios.map((line) => line.id)).toContain(id)
    expect(await codeOf(as('hq').addGesture({ scenarioId: id, known: 1, steps: [create('Non')] }))).toBe(
      'FORBIDDEN',
    )
  })

  it('a gesture of the second is laid over that of the first, and he is told; one that no longer fits is refused', async () => {
    const { id } = await begin()
    await as('local').share({ scenarioId: id, shared: true })
    const { version } = await as('local').get({ scenarioId: id })
    await as('local').addGesture({ scenarioId: id, known: version, steps: [create('Soule')] })
    const second = await as('regional').addGesture({
      scenarioId: id,
      known: version,
      steps: [create('Labourd')],
    })
    expect(second).toMatchObject({ meanwhile: true })
    const clash = as('regional').addGesture({ scenarioId: id, known: version, steps: [create('soule')] })
    expect(await codeOf(clash)).toBe('TERRITORY_NAME_TAKEN')
    expect((await as('local').get({ scenarioId: id })).gestures).toHaveLength(2)
  })

  it('a name, a day and an order that somebody else has changed are not written over', async () => {
    const { id } = await begin()
    const { gestureId } = await as('local').addGesture({ scenarioId: id, known: 1, steps: [create('Soule')] })
    await as('local').rename({ scenarioId: id, name: 'Été', known: 'Printemps 2027' })
    const rename = as('local').rename({ scenarioId: id, name: 'Hiver', known: 'Printemps 2027' })
    expect(await codeOf(rename)).toBe('CHANGED_MEANWHILE')
    const day = as('local').setDay({ scenarioId: id, day: '2027-05-01', known: null })
    expect(await codeOf(day)).toBe('CHANGED_MEANWHILE')
    const order = as('local').reorder({ scenarioId: id, order: [gestureId, randomUUID()] })
    expect(await codeOf(order)).toBe('CHANGED_MEANWHILE')
  })

  it('two scenarios are compared over the places that either touches; of two branches they are not', async () => {
    const { basque, bearn, aquitaine } = org.territories
    const a = await begin()
    const b = await begin()
    await as('local').addGesture({
      scenarioId: a.id,
      known: 1,
      steps: [{ of: 'merge', territoryId: bearn, intoId: basque }],
    })
    const [first, second] = await as('local').compare({ scenarioId: a.id, otherId: b.id })
    const after = ({ places }: typeof first) =>
      places.find((place) => place.id === bearn)?.after?.load.accounts
    expect([after(first), after(second)]).toEqual([undefined, 1])
    expect(first.figures.changing).toBeGreaterThan(0)
    const wide = await arrangeScenario(world.sql, org, { territoryId: aquitaine, by: 'regional' })
    expect(await codeOf(as('regional').compare({ scenarioId: a.id, otherId: wide }))).toBe('NOT_FOUND')
    await as('local').share({ scenarioId: a.id, shared: true })
    expect(await codeOf(as('regional').compare({ scenarioId: a.id, otherId: wide }))).toBe('CONFLICT')
  })

  it('a copy makes territories of its own, so that both may be applied', async () => {
    const { id } = await begin()
    const soule = create('Soule')
    const rehome: TreeStep = {
      of: 'rehome',
      fromId: org.territories.basque,
      toId: soule.id,
      rule: { by: 'all' },
    }
    await as('local').addGesture({ scenarioId: id, known: 1, steps: [soule, rehome] })
    const copied = await as('local').copy({ scenarioId: id, name: 'Variante' })
    const [row] = await world.sql<{ steps: { steps: [{ id: string }, { toId: string }] }[] }>(
      org.orgId,
      'SELECT steps FROM scenario WHERE id = $1',
      [copied.id],
    )
    const [made, passed] = row?.steps[0]?.steps ?? []
    expect(made?.id).not.toBe(soule.id)
    expect(passed?.toId).toBe(made?.id)
    expect((await as('local').get({ scenarioId: copied.id })).gestures[0]?.outcome.kind).toBe('applies')
  })
})

describe('a draft made stale by the live tree', () => {
  it('shows what still applies, what does not with the reason, and what is there already', async () => {
    const { pyrenees, basque, bearn } = org.territories
    const id = await arrangeScenario(world.sql, org, {
      territoryId: pyrenees,
      steps: [
        { of: 'rename', territoryId: basque, name: 'Labourd' },
        create('Soule', pyrenees),
        { of: 'rename', territoryId: bearn, name: 'Gave' },
      ],
    })
    const territory = world.callerFor(org.people.local).territory
    await territory.rename({ territoryId: basque, name: 'Labourd' })
    const live = await territory.createSubSector({ parentId: pyrenees, name: 'Soule' })
    const { gestures } = await as('local').get({ scenarioId: id })
    expect(
      gestures.map(({ outcome }) => (outcome.kind === 'stuck' ? outcome.fault.code : outcome.kind)),
    ).toEqual(['already', 'TERRITORY_NAME_TAKEN', 'applies'])
    await territory.rename({ territoryId: basque, name: 'basque' })
    await territory.close({ territoryId: live.id })
  })
})

describe('what a split may choose by', () => {
  it('the territories just below as the draft has them: a region that is split gives its departments away', async () => {
    const { france, aquitaine, pyrenees } = org.territories
    const id = await arrangeScenario(world.sql, org, { territoryId: france, by: 'admin' })
    const adour = { ...create('Adour', france), rank: 1 as const }
    const below = async (territoryId: string) =>
      (await as('admin').holdings({ scenarioId: id, territoryId })).below.map((place) => place.id)
    expect(await below(aquitaine)).toContain(pyrenees)
    await as('admin').addGesture({
      scenarioId: id,
      known: 1,
      steps: [adour, { of: 'move', territoryId: pyrenees, parentId: adour.id }],
    })
    expect(await below(aquitaine)).not.toContain(pyrenees)
    expect(await below(adour.id)).toEqual([pyrenees])
  })

  it('towns with their accounts, whatever their case, and answers of accounts by a choice', async () => {
    const { basque } = org.territories
    const fieldId = await arrangeField(world.sql, org, {
      territoryId: basque,
      entity: 'account',
      key: 'parking',
      spec: { type: 'yes_no' },
    })
    await world.sql(org.orgId, `UPDATE account SET "values" = $2 WHERE name = $1`, [
      'Harispe',
      JSON.stringify({ [fieldId]: { v: 1, x: true } }),
    ])
    const { id } = await begin()
    const held = await as('local').holdings({ scenarioId: id, territoryId: basque })
    expect(held.towns).toEqual([
      { town: expect.stringMatching(/^bayonne$/i), accounts: 2 },
      { town: 'Mauléon', accounts: 1 },
    ])
    expect(held.answers).toEqual([
      { fieldId, label: { fr: 'parking' }, options: [{ option: 'true', label: null, accounts: 1 }] },
    ])
    expect(held.people).toMatchObject([{ name: 'north-basqueRep', role: 'rep' }])
    const named = await as('local').accounts({ scenarioId: id, territoryId: basque, search: 'mauleon' })
    expect(named.accounts.map(({ name }) => name)).toEqual(['Goyhenetche'])
    const wide = await arrangeScenario(world.sql, org, { territoryId: org.territories.pyrenees })
    expect(await codeOf(as('admin').accounts({ scenarioId: wide, territoryId: basque, search: '' }))).toBe(
      'FORBIDDEN',
    )
  })
})
