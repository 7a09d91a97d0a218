import { addDays } from '@fieldback/domain/agenda/day'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { arrangeScenario } from './arrange-scenario.fixture.ts'
import { tellAhead } from './tell-ahead.job.ts'

const HOUR = 3_600_000
const TODAY = '2026-11-20'
let world: TestWorld
let org: TestOrg
let now: Date
let id: string

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
})
afterEach(() => world.close())

const rename = (territoryId: string, name: string): TreeStep => ({ of: 'rename', territoryId, name })
const plan = async (day: string, steps: readonly TreeStep[]) => {
  const { pyrenees } = org.territories
  id = await arrangeScenario(world.sql, org, {
    territoryId: pyrenees,
    state: 'planned',
    effectiveOn: day,
    steps,
  })
  await changedAt(WORLD_NOW)
}
const changedAt = (at: Date) =>
  world.sql(org.orgId, 'UPDATE scenario SET changed_at = $2 WHERE id = $1', [id, at])
const local = () => world.callerFor(org.people.local).scenario
/** The letters that leave once the last change has rested. */
const told = async () => {
  now = new Date(now.getTime() + 2 * HOUR)
  world.mails.length = 0
  await tellAhead(world.deps, org.orgId)
  return world.mails.map(({ to, subject, text }) => ({ to: to.split('-').slice(1, 2)[0], subject, text }))
}

describe('who works where a planned change is made', () => {
  it('is told of it two weeks before, once, in words', async () => {
    const { basque, bearn } = org.territories
    await plan(addDays(TODAY, 15), [{ of: 'merge', territoryId: basque, intoId: bearn }])
    expect(await told()).toEqual([])
    now = new Date('2026-11-21T10:00:00Z')
    const letters = await told()
    expect(letters.map(({ to }) => to).sort()).toEqual(['basquerep', 'bearnrep'])
    expect(letters[0]).toMatchObject({ subject: 'Le 5 décembre 2026, cela change là où vous travaillez' })
    expect(letters[0]?.text).toContain('- basque réuni à bearn\n')
    expect(await told()).toEqual([])
  })

  it('is told of his own territories alone, never of who gets or loses a role', async () => {
    const { basque, bearn } = org.territories
    const { membershipId } = org.people.bearnRep
    const role = { of: 'assign', id, membershipId, territoryId: basque, role: 'rep' } as const
    await plan(addDays(TODAY, 3), [
      rename(basque, 'Labourd'),
      rename(bearn, 'Haut Béarn'),
      { ...role, id: membershipId, validFrom: TODAY, validTo: null },
    ])
    const letters = await told()
    const said = letters.find(({ to }) => to === 'basquerep')?.text
    expect(said).toContain('- basque devient Labourd\n')
    expect(said).not.toContain('Béarn')
    expect(said).not.toContain('bearnRep')
    expect(letters).toHaveLength(2)
  })

  it('is told when it is put to another day, and when it is off; not of what was off within the hour', async () => {
    await plan(addDays(TODAY, 3), [rename(org.territories.basque, 'Labourd')])
    expect(await told()).toHaveLength(1)
    const known = (await local().get({ scenarioId: id })).version
    await local().plan({ scenarioId: id, day: addDays(TODAY, 40), known })
    world.mails.length = 0
    await tellAhead(world.deps, org.orgId)
    expect(world.mails).toEqual([])
    expect(await told()).toMatchObject([
      { subject: 'Le changement prévu le 23 novembre 2026 est remis au 30 décembre 2026' },
    ])
    await local().discard({ scenarioId: id, discarded: true })
    expect(await told()).toMatchObject([{ subject: 'Le changement du 30 décembre 2026 n’est plus prévu' }])
    expect(await told()).toEqual([])
    await plan(addDays(TODAY, 3), [rename(org.territories.bearn, 'Haut Béarn')])
    await changedAt(now)
    await local().discard({ scenarioId: id, discarded: true })
    expect(await told()).toEqual([])
  })
})
