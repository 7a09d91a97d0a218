import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).org
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const journal = () =>
  world.sql<{ action: string; detail: Record<string, unknown> }>(
    north.orgId,
    `SELECT action, detail FROM audit_event WHERE action LIKE 'org.%' ORDER BY at, id`,
  )
const NAMES = [
  { fr: 'Groupe', en: 'Group' },
  { fr: 'Pays', en: 'Country' },
  { fr: 'Agence', en: 'Branch office' },
  { fr: 'Tournée', en: 'Round' },
]

describe('the settings of an organisation', () => {
  it('are changed one by one, answer what stood before, and leave a line each', async () => {
    expect(await as('admin').rename({ name: '  Delmas  ' })).toMatchObject({ name: 'north' })
    expect(await as('admin').setLevelNames({ names: NAMES })).toMatchObject({ levelNames: [] })
    const zone = { defaultLocale: 'en', timeZone: 'Indian/Reunion' } as const
    expect(await as('admin').setLocaleAndZone(zone)).toMatchObject({ timeZone: 'Europe/Paris' })
    expect(await as('admin').get()).toEqual({ name: 'Delmas', slug: 'north', levelNames: NAMES, ...zone })
    expect(await as('admin', world.other).get()).toMatchObject({ name: 'other', levelNames: [] })
    expect((await journal()).map(({ action }) => action).sort()).toEqual([
      'org.rename',
      'org.setLevelNames',
      'org.setLocaleAndZone',
    ])
  })
  it('reach phones at their next pull: names of levels come with the frame, and nothing begins again', async () => {
    const session = north.people.basqueRep
    const pull = (from: { cursor: string; frameTag: string } | null) =>
      world.callerFor(session).sync.pull({
        protocol: 1,
        membershipId: session.membershipId,
        cursor: from?.cursor ?? null,
        frameTag: from?.frameTag ?? null,
        packAsOf: null,
      })
    const first = await pull(null)
    expect((await pull(first)).frame).toBeNull()
    const names = NAMES.with(3, { fr: 'Secteur', en: 'Patch' })
    await as('admin').setLevelNames({ names })
    const next = await pull(first)
    expect(next.reset).toBe(false)
    expect(next.frame?.levelNames).toEqual(names)
    await as('admin').setLevelNames({ names: NAMES })
  })
  it('that do not change leave no line', async () => {
    const before = (await journal()).length
    await as('admin').rename({ name: 'Delmas' })
    expect((await journal()).length).toBe(before)
  })
  it('give the organisation a name, four levels that differ, and a clock that exists', async () => {
    const twice = [...NAMES.slice(0, 3), { fr: 'PAYS', en: 'Round' }]
    expect(await refusal(as('admin').setLevelNames({ names: twice }))).toBe('LEVEL_NAME_TWICE')
    expect(await refusal(as('admin').setLevelNames({ names: NAMES.slice(0, 3) }))).toBe('INVALID_INPUT')
    const long = [...NAMES.slice(0, 3), { fr: 'x'.repeat(41), en: 'Round' }]
    expect(await refusal(as('admin').setLevelNames({ names: long }))).toBe('INVALID_INPUT')
    expect(await refusal(as('admin').rename({ name: '  ' }))).toBe('INVALID_INPUT')
    for (const timeZone of ['Europe/Nowhere', '+02:00', ''])
      expect(await refusal(as('admin').setLocaleAndZone({ defaultLocale: 'fr', timeZone }))).toBe(
        'INVALID_INPUT',
      )
  })
  it('are the business of who administers all of it: not of one branch, nor of other roles', async () => {
    const name = 'of a part'
    const part = await arrangePerson(world.sql, north.orgId, {
      name,
      role: 'administrator',
      territoryId: north.territories.aquitaine,
    })
    const org = world.callerFor(part).org
    expect(await refusal(org.get())).toBe('FORBIDDEN')
    expect(await refusal(org.rename({ name }))).toBe('FORBIDDEN')
    expect(await refusal(org.setLevelNames({ names: NAMES }))).toBe('FORBIDDEN')
    expect(await refusal(org.setLocaleAndZone({ defaultLocale: 'fr', timeZone: 'Europe/Paris' }))).toBe(
      'FORBIDDEN',
    )
    for (const who of ['basqueRep', 'local', 'regional', 'hq'] as const)
      expect([who, await refusal(as(who).rename({ name }))]).toEqual([who, 'FORBIDDEN'])
  })
})
