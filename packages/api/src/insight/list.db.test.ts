import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { arrangeInsight } from './arrange-insight.fixture.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())
beforeEach(() => world.sql(north.orgId, 'DELETE FROM insight'))

const read = (who: keyof TestOrg['people'], at: keyof TestOrg['territories']) =>
  world.callerFor(north.people[who]).insight.list({ territoryId: north.territories[at] })
const names = (told: readonly { place: { id: string } }[]) =>
  told.map(({ place }) => Object.entries(north.territories).find(([, id]) => id === place.id)?.[0]).toSorted()

describe('what figures say', () => {
  it('is told at the territory, below it and above it; not of its neighbours', async () => {
    for (const at of ['france', 'aquitaine', 'pyrenees', 'basque', 'finistere'] as const)
      await arrangeInsight(world.sql, north, { at, people: 6 })
    const { here, below, above, period } = await read('local', 'pyrenees')
    expect([names(here), names(below), names(above)]).toEqual([
      ['pyrenees'],
      ['basque'],
      ['aquitaine', 'france'],
    ])
    expect(period).toBeNull()
  })

  it('of a territory above, where few file, is not told; one’s own branch is, however few', async () => {
    for (const at of ['france', 'pyrenees', 'basque'] as const)
      await arrangeInsight(world.sql, north, { at, people: at === 'france' ? 5 : 4 })
    const { here, above } = await read('basqueRep', 'basque')
    expect([names(here), names(above)]).toEqual([['basque'], ['france']])
  })

  it('names the accounts that have gone cold to those who may read them, until somebody has gone there', async () => {
    const { basque, bearn, finistere } = north.accounts
    const cold = { kind: 'cold', outcome: null, month: null, compared: 'own_rhythm' } as const
    const accounts = [bearn.id, basque.id, finistere.id]
    await arrangeInsight(world.sql, north, { at: 'pyrenees', people: 9, ...cold, accounts })
    await arrangeInsight(world.sql, north, { at: 'basque', people: 1, ...cold, accounts })
    const named = async () => (await read('local', 'pyrenees')).here[0]?.accounts.map(({ id }) => id)
    expect(await named()).toEqual([bearn.id, basque.id])
    // Above his branch it would count accounts that are none of his.
    expect((await read('basqueRep', 'basque')).above).toEqual([])
    expect((await read('basqueRep', 'basque')).here[0]?.accounts).toMatchObject([{ id: basque.id }])
    await world.sql(north.orgId, `UPDATE account SET last_visit_day = '2026-11-10' WHERE id = $1`, [bearn.id])
    expect(await named()).toEqual([basque.id])
  })

  it('keeps what each reader thinks of it; what is of no use to him comes last', async () => {
    const first = await arrangeInsight(world.sql, north, { at: 'pyrenees', people: 6, usefulness: 20 })
    const second = await arrangeInsight(world.sql, north, { at: 'pyrenees', people: 6, outcome: 'revisit' })
    const judge = (who: keyof TestOrg['people'], key: string, useful: boolean | null) =>
      world.callerFor(north.people[who]).insight.judge({ key, useful })
    const told = async () => (await read('local', 'pyrenees')).here.map(({ key, useful }) => [key, useful])
    await judge('local', first.key, false)
    await judge('regional', second.key, true)
    expect(await told()).toEqual([
      [second.key, null],
      [first.key, false],
    ])
    await judge('local', first.key, null)
    expect(await told()).toEqual([
      [first.key, null],
      [second.key, null],
    ])
    await expect(judge('bretonRep', first.key, true)).rejects.toThrow('NOT_FOUND')
    await expect(judge('basqueRep', '../insight', true)).rejects.toThrow('NOT_FOUND')
  })
})
