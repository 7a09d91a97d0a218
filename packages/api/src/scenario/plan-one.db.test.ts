import { randomUUID } from 'node:crypto'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  arrangeAccount,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { arrangeScenario } from './arrange-scenario.fixture.ts'
import { publishDue } from './publish.job.ts'

const DAY = '2027-03-01'
let world: TestWorld
let org: TestOrg
let now = WORLD_NOW

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
})
afterEach(() => world.close())

type Person = keyof TestOrg['people']
const as = (person: Person) => world.callerFor(org.people[person])
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: Error) => error.message,
  )
const plan = (person: Person, steps: TreeStep[], name = 'Un changement', day = DAY) =>
  as(person).scenario.planOne({ steps, day, name })
const publish = () => {
  now = new Date(`${DAY}T08:00:00Z`)
  return publishDue(world.deps, org.orgId)
}
const sectors = async () => {
  const { nodes } = await as('regional').territory.tree({ open: Object.values(org.territories) })
  return nodes.filter(({ rank }) => rank === 3).map(({ name }) => name)
}
/** A second local territory of the regional manager's. */
const addLandes = async (): Promise<string> => {
  const added = { parentId: org.territories.aquitaine, rank: 2, name: 'landes', code: null } as const
  return (await as('admin').territory.add(added)).id
}
const create = (parentId: string, name: string, code: string | null = null): TreeStep => ({
  of: 'create',
  id: randomUUID(),
  parentId,
  rank: 3,
  name,
  code,
})

describe('a single change on a day to come', () => {
  it('is a planned scenario of one gesture over the smallest branch that holds it', async () => {
    const { basque, finistere, bearn } = org.territories
    const { id } = await plan('admin', [{ of: 'move', territoryId: basque, parentId: finistere }])
    const page = await as('admin').scenario.get({ scenarioId: id })
    expect([page.territory.name, page.state, page.gestures.length]).toEqual(['france', 'planned', 1])
    const merged = await plan('local', [{ of: 'merge', territoryId: basque, intoId: bearn }])
    expect((await as('local').scenario.get({ scenarioId: merged.id })).territory.name).toBe('pyrenees')
    await as('local').scenario.discard({ scenarioId: merged.id, discarded: true })
    expect(await publish()).toEqual({ published: 1, failed: 0 })
  })

  it('is any gesture that a manager may make today: a name, a new sub-sector, a split', async () => {
    const { basque, bearn, pyrenees } = org.territories
    await plan('local', [{ of: 'rename', territoryId: bearn, name: 'Haut Béarn' }])
    await plan('local', [create(pyrenees, 'Soule')])
    const part = create(pyrenees, 'Labourd') as Extract<TreeStep, { of: 'create' }>
    await plan('local', [part, { of: 'rehome', fromId: basque, toId: part.id, rule: { by: 'all' } }])
    expect(await sectors()).toEqual(['basque', 'bearn'])
    expect(await publish()).toEqual({ published: 3, failed: 0 })
    expect(await sectors()).toEqual(['basque', 'Haut Béarn', 'Labourd', 'Soule'])
    expect((await as('local').territory.get({ territoryId: part.id })).accounts).toBe(1)
  })

  it('is a sub-sector by a rule, out of the territory and all its sub-sectors, those with nothing to give today too', async () => {
    const { pyrenees } = org.territories
    const rule = { by: 'all' } as const
    const { taken, from } = await as('local').territory.previewRule({ territoryId: pyrenees, rule })
    expect([taken, from.map(({ name, accounts }) => [name, accounts])]).toEqual([
      2,
      [
        ['pyrenees', 0],
        ['basque', 1],
        ['bearn', 1],
      ],
    ])
    const made = create(pyrenees, 'Tournée du mardi') as Extract<TreeStep, { of: 'create' }>
    const passed = from.map(({ territoryId: fromId }) => ({
      of: 'rehome' as const,
      fromId,
      toId: made.id,
      rule,
    }))
    await plan('local', [made, ...passed])
    await arrangeAccount(world.sql, org.orgId, pyrenees, 'Arrivé depuis')
    expect(await publish()).toEqual({ published: 1, failed: 0 })
    expect((await as('local').territory.get({ territoryId: made.id })).accounts).toBe(3)
  })

  it('on a territory held alone is laid over that territory', async () => {
    const { bearn, pyrenees } = org.territories
    const own = await arrangePerson(world.sql, org.orgId, {
      name: 'own',
      role: 'manager',
      territoryId: bearn,
    })
    const { scenario } = world.callerFor(own)
    const steps: TreeStep[] = [{ of: 'rename', territoryId: bearn, name: 'Haut Béarn' }]
    const { id } = await scenario.planOne({ steps, day: DAY, name: 'Un nom' })
    expect((await scenario.get({ scenarioId: id })).territory.id).toBe(bearn)
    expect(await codeOf(scenario.planOne({ steps: [create(pyrenees, 'X')], day: DAY, name: 'N' }))).toBe(
      'FORBIDDEN',
    )
    expect(await publish()).toEqual({ published: 1, failed: 0 })
  })

  it('that cannot be made is refused with its reason, and leaves no scenario', async () => {
    const { pyrenees, basque, bearn, france, finistere } = org.territories
    await as('admin').territory.setCode({ territoryId: bearn, code: '640' })
    const close = (territoryId: string): TreeStep[] => [{ of: 'close', territoryId }]
    expect(await codeOf(plan('admin', [{ of: 'move', territoryId: pyrenees, parentId: basque }]))).toBe(
      'TERRITORY_CYCLE',
    )
    expect(await codeOf(plan('local', close(basque), 'Dès aujourd’hui', '2026-11-20'))).toBe(
      'TERRITORY_NOT_EMPTY',
    )
    expect(await codeOf(plan('local', close(basque), 'Hier', '2026-11-19'))).toBe('SCENARIO_PAST')
    expect(
      await codeOf(plan('local', [{ of: 'rename', territoryId: bearn, name: 'B' }], 'Hier', '2026-11-19')),
    ).toBe('SCENARIO_PAST')
    expect(await codeOf(plan('admin', close(france)))).toBe('TERRITORY_ROOT')
    expect(await codeOf(plan('local', [{ of: 'rename', territoryId: bearn, name: 'Basque' }]))).toBe(
      'TERRITORY_NAME_TAKEN',
    )
    // Borne far from there.
    expect(await codeOf(plan('admin', [create(finistere, 'Léon', '640')]))).toBe('TERRITORY_CODE_TAKEN')
    expect((await as('admin').scenario.list({})).scenarios).toEqual([])
  })

  it('is refused to whoever may not make it today', async () => {
    const { pyrenees, basque, finistere } = org.territories
    const rename = (territoryId: string): TreeStep[] => [{ of: 'rename', territoryId, name: 'Autre' }]
    expect(await codeOf(plan('local', rename(pyrenees)))).toBe('TERRITORY_RANK')
    expect(await codeOf(plan('local', rename(finistere)))).toBe('FORBIDDEN')
    expect(await codeOf(plan('basqueRep', rename(basque)))).toBe('FORBIDDEN')
    expect(await codeOf(plan('hq', rename(basque)))).toBe('FORBIDDEN')
    expect(await codeOf(plan('regional', [create(org.territories.aquitaine, 'X')]))).toBe('FORBIDDEN')
  })

  it('between two branches takes the right above both: who holds each alone makes it at once, not later', async () => {
    const { basque, aquitaine, pyrenees } = org.territories
    const landes = await addLandes()
    const move: TreeStep = { of: 'move', territoryId: basque, parentId: landes }
    const { scenario, territory } = world.callerFor(
      await arrangePerson(world.sql, org.orgId, { name: 'both', role: 'manager', territoryId: landes }),
    )
    expect(await codeOf(scenario.planOne({ steps: [move], day: DAY, name: 'Y' }))).toBe('FORBIDDEN')
    const [member] = await world.sql<{ id: string }>(
      org.orgId,
      `SELECT id FROM membership WHERE display_name = 'both'`,
    )
    await world.sql(
      org.orgId,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, 'manager', '2026-01-01')`,
      [org.orgId, randomUUID(), member?.id, pyrenees],
    )
    expect(await codeOf(scenario.planOne({ steps: [move], day: DAY, name: 'Y' }))).toBe('FORBIDDEN')
    await territory.move({ territoryId: basque, parentId: landes })
    const back: TreeStep = { of: 'move', territoryId: basque, parentId: pyrenees }
    const { id } = await plan('regional', [back])
    expect((await as('regional').scenario.get({ scenarioId: id })).territory.id).toBe(aquitaine)
    expect(await publish()).toEqual({ published: 1, failed: 0 })
  })
})

describe('what is planned for a territory', () => {
  const planned = (person: Person, territoryId: string) => as(person).scenario.plannedAt({ territoryId })

  it('is told on its page, and given up there when it is a single change', async () => {
    const { basque, bearn, pyrenees } = org.territories
    const { id } = await plan('local', [{ of: 'merge', territoryId: basque, intoId: bearn }], 'Un seul')
    for (const at of [basque, bearn])
      expect(await planned('regional', at)).toEqual({
        planned: [
          {
            id,
            name: 'Un seul',
            day: DAY,
            version: expect.any(Number),
            failed: false,
            told: [[{ of: 'merge', name: 'basque', into: 'bearn' }]],
            cancels: true,
          },
        ],
        more: false,
      })
    expect((await planned('hq', basque)).planned).toMatchObject([{ id, cancels: false }])
    expect((await planned('local', pyrenees)).planned).toEqual([])
    await as('local').scenario.discard({ scenarioId: id, discarded: true })
    expect((await planned('local', basque)).planned).toEqual([])
  })

  it('leaves out other gestures of a scenario, drafts, and what is planned above the reader', async () => {
    const { basque, bearn, pyrenees, aquitaine } = org.territories
    const steps: TreeStep[] = [
      { of: 'rename', territoryId: basque, name: 'Labourd' },
      { of: 'rename', territoryId: bearn, name: 'Haut Béarn' },
    ]
    await arrangeScenario(world.sql, org, { territoryId: pyrenees, steps })
    const state = { state: 'planned', effectiveOn: DAY }
    const id = await arrangeScenario(world.sql, org, { territoryId: pyrenees, steps, ...state })
    await arrangeScenario(world.sql, org, { territoryId: aquitaine, steps, by: 'regional', ...state })
    const { planned: found } = await planned('local', bearn)
    expect(found).toMatchObject([
      { id, told: [[{ of: 'rename', name: 'bearn', to: 'Haut Béarn' }]], cancels: false },
    ])
    expect((await planned('regional', bearn)).planned).toHaveLength(2)
    expect(await codeOf(planned('local', org.territories.finistere))).toBe('FORBIDDEN')
    expect(await codeOf(planned('basqueRep', basque))).toBe('FORBIDDEN')
  })
})
