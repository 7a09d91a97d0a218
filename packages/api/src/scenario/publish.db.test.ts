import { randomUUID } from 'node:crypto'
import { inOrg } from '@fieldback/db/client'
import { lockPublications } from '@fieldback/db/field/field.repo'
import { STEPS_MAX, type TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { arrangeScenario } from './arrange-scenario.fixture.ts'
import { publishDue } from './publish.job.ts'

let world: TestWorld
let org: TestOrg
let now = WORLD_NOW

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
})
afterEach(() => world.close())

const as = (person: keyof TestOrg['people']) => world.callerFor(org.people[person]).scenario
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: Error) => error.message,
  )
const home = async (name: string): Promise<string | undefined> => {
  const [row] = await world.sql<{ name: string }>(
    org.orgId,
    'SELECT t.name FROM account a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id WHERE a.name = $1 AND a.org_id = $2',
    [name, org.orgId],
  )
  return row?.name
}
const stateOf = async (id: string) => {
  const [row] = await world.sql<{ state: string; effective_on: string; fault: { code: string } | null }>(
    org.orgId,
    `SELECT state, to_char(effective_on, 'YYYY-MM-DD') AS effective_on, fault FROM scenario WHERE id = $1`,
    [id],
  )
  return row
}
const create = (name: string): Extract<TreeStep, { of: 'create' }> => ({
  of: 'create',
  id: randomUUID(),
  parentId: org.territories.pyrenees,
  rank: 3,
  name,
  code: null,
})

const ask = (territoryId: string): Promise<string> =>
  arrangeField(world.sql, org, {
    territoryId,
    entity: 'account',
    key: 'au_bord_du_gave',
    spec: { type: 'yes_no', label: { fr: 'Au bord du gave' } },
  })

/** A new sub-sector that takes all of the Basque one's accounts, and a rep. */
function reorganisation(): TreeStep[] {
  const soule = create('Soule')
  return [
    soule,
    { of: 'rehome', fromId: org.territories.basque, toId: soule.id, rule: { by: 'all' } },
    {
      of: 'assign',
      id: randomUUID(),
      membershipId: org.people.bearnRep.membershipId,
      territoryId: soule.id,
      role: 'rep',
      validFrom: '2026-11-20',
      validTo: null,
    },
  ]
}
const arrange = (more: Partial<Parameters<typeof arrangeScenario>[2]> = {}) =>
  arrangeScenario(world.sql, org, {
    territoryId: org.territories.pyrenees,
    steps: reorganisation(),
    ...more,
  })

describe('the day of several scenarios', () => {
  const planned = { state: 'planned', effectiveOn: '2026-11-20' } as const
  const giving = (id: string): TreeStep[] => [
    {
      of: 'assign',
      id,
      membershipId: org.people.bearnRep.membershipId,
      territoryId: org.territories.basque,
      role: 'rep',
      validFrom: '2026-11-20',
      validTo: null,
    },
  ]
  const first = (steps: TreeStep[]) => arrange({ ...planned, effectiveOn: '2026-11-19', steps })

  it('comes for each, whatever becomes of another: a role whose id is taken is a fault that is told', async () => {
    const [held] = await world.sql<{ id: string }>(org.orgId, 'SELECT id FROM assignment LIMIT 1')
    const broken = await first(giving(held?.id ?? ''))
    const sound = await arrange(planned)
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 1 })
    expect(await stateOf(sound)).toMatchObject({ state: 'published' })
    expect(await stateOf(broken)).toMatchObject({ state: 'planned', fault: { code: 'CONFLICT' } })
  })
  it('finds its branch where a move that it waited for has put it', async () => {
    const { pyrenees, bretagne } = org.territories
    const id = await arrange(planned)
    const waits = async () => {
      expect(await world.sql(org.orgId, 'SELECT 1 FROM pg_locks WHERE NOT granted')).not.toHaveLength(0)
    }
    let done: Promise<unknown> | null = null
    await inOrg(world.deps.db, org.orgId, async (tx) => {
      await lockPublications({ tx, scope: { orgId: org.orgId } })
      done = publishDue(world.deps, org.orgId)
      await vi.waitFor(waits, 1_500)
      const moved = `UPDATE territory t SET path = b.path || substr(t.path, strpos(t.path, '${pyrenees}'))
        FROM territory b WHERE b.id = '${bretagne}' AND t.path LIKE '%${pyrenees}%'`
      await tx.$executeRawUnsafe(moved)
      await tx.$executeRaw`UPDATE territory SET parent_id = ${bretagne}::uuid WHERE id = ${pyrenees}::uuid`
    })
    expect(await done).toEqual({ published: 1, failed: 0 })
    expect(await stateOf(id)).toMatchObject({ state: 'published' })
  })
  it('is set for no more steps than one transaction takes', async () => {
    const name = (at: number): TreeStep => ({
      of: 'rename',
      territoryId: org.territories.basque,
      name: `B${at}`,
    })
    const id = await arrange({ steps: Array.from({ length: STEPS_MAX + 1 }, (_, at) => name(at)) })
    const settle = { scenarioId: id, known: 1 }
    expect(await codeOf(as('local').plan({ ...settle, day: '2026-12-01' }))).toBe('TOO_LARGE')
    expect(await codeOf(as('local').publish(settle))).toBe('TOO_LARGE')
  })
  it('comes for the others too when one fails unforeseen, which is tried again', async () => {
    const broken = await first(giving('no id'))
    const sound = await arrange(planned)
    await expect(publishDue(world.deps, org.orgId)).rejects.toThrow()
    expect(await stateOf(sound)).toMatchObject({ state: 'published' })
    expect(await stateOf(broken)).toMatchObject({ state: 'planned', fault: null })
  })
})

describe('publishing now', () => {
  it('applies all of it in one go: tree, homes and rights, and says so in the journal', async () => {
    const id = await arrange()
    await as('local').publish({ scenarioId: id, known: 1 })
    expect(await home('Compte basque')).toBe('Soule')
    expect(await stateOf(id)).toMatchObject({ state: 'published', effective_on: '2026-11-20' })
    const { gestures } = await as('local').get({ scenarioId: id })
    expect(gestures.map(({ outcome }) => outcome.kind)).toEqual(['already', 'already', 'already'])
    expect(gestures[2]?.told).toMatchObject([{ of: 'assign', person: 'north-bearnRep', name: 'Soule' }])
    const held = await world.sql(
      org.orgId,
      `SELECT 1 FROM assignment a JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id
        WHERE t.name = 'Soule' AND a.valid_from = '2026-11-20' AND a.valid_to IS NULL`,
    )
    expect(held).toHaveLength(1)
    const { lines } = await world.callerFor(org.people.admin).audit.list({ kind: 'scenario' })
    expect(lines[0]).toMatchObject({
      action: 'scenario.publish',
      words: { subject: 'Printemps 2027', count: 3 },
    })
  })

  it('changes nothing when one gesture no longer applies, and says which', async () => {
    const id = await arrange()
    await world
      .callerFor(org.people.local)
      .territory.createSubSector({ parentId: org.territories.pyrenees, name: 'soule' })
    expect(await codeOf(as('local').publish({ scenarioId: id, known: 1 }))).toBe('SCENARIO_STUCK')
    expect(await home('Compte basque')).toBe('basque')
    const { gestures } = await as('local').get({ scenarioId: id })
    expect(gestures[0]?.outcome).toMatchObject({ kind: 'stuck', fault: { code: 'TERRITORY_NAME_TAKEN' } })
  })

  it('publishes what was seen: a scenario that somebody has changed since, or that is empty or settled, is refused', async () => {
    const id = await arrange()
    await as('regional').addGesture({ scenarioId: id, known: 1, steps: [create('Labourd')] })
    expect(await codeOf(as('local').publish({ scenarioId: id, known: 1 }))).toBe('CHANGED_MEANWHILE')
    await as('local').publish({ scenarioId: id, known: 2 })
    expect(await codeOf(as('local').publish({ scenarioId: id, known: 3 }))).toBe('SCENARIO_SETTLED')
    expect(await codeOf(as('local').discard({ scenarioId: id, discarded: true }))).toBe('SCENARIO_SETTLED')
    const empty = await arrange({ steps: [] })
    expect(await codeOf(as('local').publish({ scenarioId: empty, known: 1 }))).toBe('SCENARIO_EMPTY')
  })

  it('a manager applies no more than his own rights, whoever drafted it', async () => {
    const { pyrenees } = org.territories
    const id = await arrange({
      by: 'admin',
      steps: [{ of: 'rename', territoryId: pyrenees, name: 'Gascogne' }],
    })
    expect(await codeOf(as('local').publish({ scenarioId: id, known: 1 }))).toBe('TERRITORY_RANK')
    expect(await codeOf(as('local').plan({ scenarioId: id, day: '2027-03-01', known: 1 }))).toBe(
      'TERRITORY_RANK',
    )
    expect(await codeOf(as('hq').publish({ scenarioId: id, known: 1 }))).toBe('FORBIDDEN')
    await as('admin').publish({ scenarioId: id, known: 1 })
  })

  it('a new boundary tells the phones of both branches to begin again', async () => {
    const moves = async () => {
      const rows = await world.sql<{ moves: number }>(
        org.orgId,
        'SELECT moves FROM territory WHERE id = ANY ($1::uuid[]) ORDER BY name',
        [[org.territories.pyrenees, org.territories.finistere]],
      )
      return rows.map((row) => row.moves)
    }
    const before = await moves()
    const { basque, finistere, france } = org.territories
    const id = await arrange({
      by: 'admin',
      territoryId: france,
      steps: [{ of: 'move', territoryId: basque, parentId: finistere }],
    })
    await as('admin').publish({ scenarioId: id, known: 1 })
    expect(await moves()).toEqual(before.map((count) => count + 1))
  })
})

describe('a planned scenario', () => {
  const plan = (id: string, day = '2027-03-01') => as('local').plan({ scenarioId: id, day, known: 1 })
  const run = () => publishDue(world.deps, org.orgId)

  it('changes nothing until its day, then is applied once with roles that begin that day', async () => {
    const id = await arrange()
    await plan(id)
    expect(await run()).toEqual({ published: 0, failed: 0 })
    now = new Date('2027-02-28T23:30:00Z')
    expect(await run()).toEqual({ published: 1, failed: 0 })
    expect(await run()).toEqual({ published: 0, failed: 0 })
    expect(await home('Compte basque')).toBe('Soule')
    // Half past eleven in London is the first of March in Paris.
    expect(await stateOf(id)).toMatchObject({ state: 'published', effective_on: '2027-03-01' })
    const [held] = await world.sql<{ day: string }>(
      org.orgId,
      `SELECT to_char(a.valid_from, 'YYYY-MM-DD') AS day FROM assignment a
         JOIN territory t ON t.org_id = a.org_id AND t.id = a.territory_id WHERE t.name = 'Soule'`,
    )
    expect(held?.day).toBe('2027-03-01')
    expect(world.mails).toEqual([])
  })

  it('is applied late when no worker ran on its day', async () => {
    const id = await arrange()
    await plan(id)
    now = new Date('2027-03-09T08:00:00Z')
    expect(await run()).toEqual({ published: 1, failed: 0 })
    expect(await stateOf(id)).toMatchObject({ state: 'published', effective_on: '2027-03-09' })
  })

  it('that cannot be applied stays planned, is flagged, told by mail once, and tried again when it changes', async () => {
    const id = await arrange()
    await plan(id)
    const territory = world.callerFor(org.people.local).territory
    const there = await territory.createSubSector({ parentId: org.territories.pyrenees, name: 'Soule' })
    now = new Date('2027-03-01T08:00:00Z')
    expect(await run()).toEqual({ published: 0, failed: 1 })
    expect(await run()).toEqual({ published: 0, failed: 0 })
    expect(await stateOf(id)).toMatchObject({ state: 'planned', fault: { code: 'SCENARIO_STUCK' } })
    expect(world.mails).toHaveLength(1)
    expect(world.mails[0]?.subject).toContain('Printemps 2027')
    expect(world.mails[0]?.text).toContain(`https://fieldback.test/manage/scenarios/${id}`)
    expect(await home('Compte basque')).toBe('basque')
    await territory.close({ territoryId: there.id })
    await as('local').rename({ scenarioId: id, name: 'Printemps, revu' })
    expect(await run()).toEqual({ published: 1, failed: 0 })
  })

  it('is not applied once whoever planned it has lost his rights', async () => {
    const id = await arrange()
    await plan(id)
    await world.sql(org.orgId, `UPDATE assignment SET valid_to = '2027-01-01' WHERE membership_id = $1`, [
      org.people.local.membershipId,
    ])
    now = new Date('2027-03-01T08:00:00Z')
    expect(await run()).toEqual({ published: 0, failed: 1 })
    expect((await stateOf(id))?.fault?.code).toBe('FORBIDDEN')
    expect(await home('Compte basque')).toBe('basque')
  })

  it('is a draft again when it is planned no more, and others saw it meanwhile', async () => {
    const id = await arrange({ shared: false })
    await plan(id)
    expect((await as('hq').get({ scenarioId: id })).state).toBe('planned')
    expect(await codeOf(as('local').share({ scenarioId: id, shared: false }))).toBe('CONFLICT')
    await as('local').unplan({ scenarioId: id })
    now = new Date('2027-03-02T08:00:00Z')
    expect(await run()).toEqual({ published: 0, failed: 0 })
    expect(await stateOf(id)).toMatchObject({ state: 'draft', effective_on: '2027-03-01' })
  })

  it('in the past is refused', async () => {
    const id = await arrange()
    expect(await codeOf(plan(id, '2026-11-19'))).toBe('SCENARIO_PAST')
    expect(await codeOf(plan(id, '9999-12-31'))).toBe('SCENARIO_FAR')
    expect((await stateOf(id))?.state).toBe('draft')
  })
})

describe('a single change on a day to come', () => {
  it('does with questions that clash what was chosen, on the day; without a choice it fails and says so', async () => {
    const { basque, bearn } = org.territories
    const [own, near] = [await ask(basque), await ask(bearn)]
    const step = { of: 'merge', territoryId: basque, intoId: bearn } as const
    const without = await as('local').planOne({ steps: [step], day: '2027-03-01', name: 'Sans choix' })
    now = new Date('2027-03-01T08:00:00Z')
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 0, failed: 1 })
    expect((await stateOf(without.id))?.fault?.code).toBe('TERRITORY_FIELDS_MEET')
    await as('local').discard({ scenarioId: without.id, discarded: true })
    now = WORLD_NOW
    const clashes = [{ how: 'keep' as const, fieldId: near, others: [own] }]
    await as('local').planOne({ steps: [{ ...step, clashes }], day: '2027-03-01', name: 'Avec un choix' })
    now = new Date('2027-03-01T08:00:00Z')
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
    const asked = await world.callerFor(org.people.local).field.effective({ territoryId: bearn })
    expect(asked.map(({ id }) => id)).toEqual([near])
  })
})
