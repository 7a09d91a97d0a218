import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestWorld } from './test-world.ts'
import { errorShape } from './trpc.ts'

let world: TestWorld
let first: ReturnType<TestWorld['callerFor']>
let second: ReturnType<TestWorld['callerFor']>
beforeAll(async () => {
  world = await openTestWorld()
  first = world.callerFor(world.north.people.admin)
  const other = await arrangePerson(world.sql, world.north.orgId, {
    name: 'second-admin',
    role: 'administrator',
    territoryId: world.north.territories.france,
  })
  second = world.callerFor(other)
})
afterAll(() => world.close())

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const LEVELS = ['A', 'B', 'C', 'D'].map((name) => ({ fr: name, en: name }))

/** Of what two administrators look at together, what the first makes of it, and what the second then sends. */
describe('of two administrators who change the same thing, the second is told, and nothing of the first is lost', () => {
  it('the name and language of a person', async () => {
    const { membershipId } = world.north.people.local
    const { displayName, locale } = await second.access.person({ membershipId })
    const known = { displayName, locale }
    await first.access.setPerson({ membershipId, displayName: 'Ane Ibarra', locale: null })
    const language = { membershipId, displayName, locale: 'en', known } as const
    expect(await refusal(second.access.setPerson(language))).toBe('CHANGED_MEANWHILE')
    expect(await second.access.person({ membershipId })).toMatchObject({
      displayName: 'Ane Ibarra',
      locale: null,
    })
    // Once he has seen it, his own word counts; and the same wish twice is no conflict.
    const seen = { displayName: 'Ane Ibarra', locale: null }
    await second.access.setPerson({ membershipId, displayName: 'Ane Ibarra', locale: 'en', known: seen })
    const same = { membershipId, displayName: 'Ane Ibarra', locale: 'en', known: seen } as const
    expect(await refusal(first.access.setPerson(same))).toBe('accepted')
  })

  it('the name of the organisation, its levels, its clock, its ways in', async () => {
    const { name, levelNames, timeZone } = await second.org.get()
    const rules = await second.access.signInRules()
    await first.org.rename({ name: 'Delmas', known: name })
    await first.org.setLevelNames({ names: LEVELS, known: [...levelNames] })
    await first.org.setLocaleAndZone({ defaultLocale: 'en', timeZone })
    await first.access.setSignInRules({ ...rules, deskDays: 9, known: rules })
    expect(await refusal(second.org.rename({ name: 'Delmas & Fils', known: name }))).toBe('CHANGED_MEANWHILE')
    const names = LEVELS.with(1, { fr: 'Z', en: 'Z' })
    expect(await refusal(second.org.setLevelNames({ names, known: [...levelNames] }))).toBe(
      'CHANGED_MEANWHILE',
    )
    const clock = { defaultLocale: 'fr', timeZone: 'Indian/Reunion' } as const
    const known = { defaultLocale: 'fr', timeZone } as const
    expect(await refusal(second.org.setLocaleAndZone({ ...clock, known }))).toBe('CHANGED_MEANWHILE')
    const mine = { ...rules, phoneDays: 5, known: rules }
    expect(await refusal(second.access.setSignInRules(mine))).toBe('CHANGED_MEANWHILE')
    expect(await second.org.get()).toMatchObject({ name: 'Delmas', levelNames: LEVELS, defaultLocale: 'en' })
    expect(await second.access.signInRules()).toEqual({ ...rules, deskDays: 9 })
    expect(await refusal(second.org.rename({ name: 'Delmas', known: name }))).toBe('accepted')
  })

  it('the name, the code and the place of a territory', async () => {
    const { finistere: territoryId, bretagne, aquitaine, france } = world.north.territories
    const { territory } = await second.territory.administered({ territoryId })
    await first.territory.rename({ territoryId, name: 'Penn-ar-Bed', known: territory.name })
    await first.territory.setCode({ territoryId, code: '29', known: territory.code })
    await first.territory.move({ territoryId, parentId: aquitaine, known: bretagne })
    expect(
      await refusal(second.territory.rename({ territoryId, name: 'Finistère Nord', known: territory.name })),
    ).toBe('CHANGED_MEANWHILE')
    expect(await refusal(second.territory.setCode({ territoryId, code: '2A', known: territory.code }))).toBe(
      'CHANGED_MEANWHILE',
    )
    const elsewhere = { territoryId, parentId: france, known: bretagne }
    expect(await refusal(second.territory.move(elsewhere))).toBe('CHANGED_MEANWHILE')
    expect((await second.territory.administered({ territoryId })).territory).toMatchObject({
      name: 'Penn-ar-Bed',
      code: '29',
      parentId: aquitaine,
    })
  })

  it('the last day of a role', async () => {
    const { membershipId } = world.north.people.hq
    const [role] = (await second.access.person({ membershipId })).roles
    const assignmentId = role?.id ?? ''
    await first.assignment.end({ assignmentId, lastDay: '2026-12-31', known: null })
    const sooner = { assignmentId, lastDay: '2026-11-30', known: null }
    expect(await refusal(second.assignment.end(sooner))).toBe('CHANGED_MEANWHILE')
    expect((await second.access.person({ membershipId })).roles[0]?.validTo).toBe('2026-12-31')
  })
})
