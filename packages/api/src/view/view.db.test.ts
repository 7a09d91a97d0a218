import { PINS_MAX, VIEWS_MAX } from '@fieldback/domain/view/view'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
let now = WORLD_NOW

beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  now = WORLD_NOW
  await world.sql(north.orgId, 'DELETE FROM saved_view')
})

type Who = keyof TestOrg['people']
type Place = keyof TestOrg['territories']
const as = (who: Who) => world.callerFor(north.people[who]).view
const keep = async (who: Who, shared: Place | null = null, name = 'Commandes') =>
  (await as(who).keep({ name, query: 'm=orders', territoryId: shared && north.territories[shared] })).id
const names = async (who: Who) => (await as(who).list()).views.map(({ name }) => name)
const code = async (call: Promise<unknown>): Promise<string> => {
  const error = await call.then(
    () => null,
    (thrown) => thrown,
  )
  return error instanceof TRPCError ? errorShape(error).code : 'none'
}

describe('who sees a view', () => {
  it('that is shared with nobody is its keeper alone: to all others it does not exist', async () => {
    const viewId = await keep('local')
    expect(await names('local')).toEqual(['Commandes'])
    for (const who of ['hq', 'regional'] as const) {
      expect(await names(who)).toEqual([])
      expect(await code(as(who).pin({ viewId, pinned: true }))).toBe('NOT_FOUND')
      expect(await code(as(who).weekly({ viewId, weekly: true }))).toBe('NOT_FOUND')
      expect(await code(as(who).remove({ viewId }))).toBe('NOT_FOUND')
    }
  })
  it('that is shared with a branch is seen above it and inside it, never beside it', async () => {
    await keep('hq', 'aquitaine', 'Aquitaine')
    await keep('hq', 'bretagne', 'Bretagne')
    await keep('hq', 'france', 'France')
    expect(await names('hq')).toEqual(['Aquitaine', 'Bretagne', 'France'])
    expect(await names('regional')).toEqual(['Aquitaine', 'France'])
    expect(await names('local')).toEqual(['Aquitaine', 'France'])
  })
  it('is shared with no branch whose figures one may not read', async () => {
    expect(await code(keep('local', 'aquitaine'))).toBe('FORBIDDEN')
    expect(await code(keep('local', 'finistere'))).toBe('FORBIDDEN')
    const viewId = await keep('local')
    const change = { viewId, name: 'Vue', query: 'm=orders', territoryId: north.territories.finistere }
    expect(await code(as('local').change(change))).toBe('FORBIDDEN')
    expect(await code(as('local').change({ ...change, territoryId: world.other.territories.basque }))).toBe(
      'NOT_FOUND',
    )
  })
  it('has a name of one line: a mail of the week is never told otherwise by it', async () => {
    await keep('local', null, 'Commandes\n\nhttps://ailleurs.example')
    expect(await names('local')).toEqual(['Commandes https://ailleurs.example'])
  })
  it('is changed and taken away by its keeper alone, whoever stands above him', async () => {
    const viewId = await keep('local', 'pyrenees')
    const change = { viewId, name: 'Autre', query: '', territoryId: null }
    for (const who of ['hq', 'regional'] as const) {
      expect(await code(as(who).change(change))).toBe('FORBIDDEN')
      expect(await code(as(who).remove({ viewId }))).toBe('FORBIDDEN')
      expect(await code(as(who).restore({ viewId }))).toBe('NOT_FOUND')
    }
    await as('local').change(change)
    expect(await names('hq')).toEqual([])
  })
  it('is not a rep, nor anybody of another organisation', async () => {
    const viewId = await keep('hq', 'france')
    expect(await code(as('basqueRep').list())).toBe('FORBIDDEN')
    const other = world.callerFor(world.other.people.hq).view
    expect((await other.list()).views).toEqual([])
    expect(await code(other.pin({ viewId, pinned: true }))).toBe('NOT_FOUND')
  })
})

describe('what its readers do with it', () => {
  it('is each one’s own: pins and mails of one are nobody else’s', async () => {
    const viewId = await keep('hq', 'france')
    await as('local').pin({ viewId, pinned: true })
    await as('local').weekly({ viewId, weekly: true })
    const [here] = (await as('local').list()).views
    expect(here).toMatchObject({ own: false, position: 0, weekly: true, shared: { name: 'france', rank: 0 } })
    const [there] = (await as('hq').list()).views
    expect(there).toMatchObject({ own: true, position: null, weekly: false })
  })
  it('pins stand in the order given, a new one last, and one pinned twice keeps its place', async () => {
    const ids: string[] = []
    for (const name of ['a', 'b', 'c']) ids.push(await keep('hq', null, name))
    const [a = '', b = '', c = ''] = ids
    for (const viewId of ids) await as('hq').pin({ viewId, pinned: true })
    await as('hq').pin({ viewId: a, pinned: true })
    await as('hq').order({ viewIds: [c, a, b] })
    const order = async () =>
      (await as('hq').list()).views
        .filter(({ position }) => position !== null)
        .toSorted((x, y) => (x.position ?? 0) - (y.position ?? 0))
        .map(({ name }) => name)
    expect(await order()).toEqual(['c', 'a', 'b'])
    await as('hq').pin({ viewId: c, pinned: false })
    await as('hq').pin({ viewId: c, pinned: true })
    expect(await order()).toEqual(['a', 'b', 'c'])
    // An order names no view onto the board.
    await as('hq').pin({ viewId: b, pinned: false })
    await as('hq').order({ viewIds: [b, a, c] })
    expect(await order()).toEqual(['a', 'c'])
  })
  it('ends with twelve tiles and twelve mails, also when all are pinned at once', async () => {
    const ids: string[] = []
    for (let i = 0; i <= PINS_MAX; i++) ids.push(await keep('hq', null, `vue ${i}`))
    const codes = await Promise.all(ids.map((viewId) => code(as('hq').pin({ viewId, pinned: true }))))
    expect(codes.toSorted()).toEqual(['PINS_FULL', ...Array(PINS_MAX).fill('none')])
    for (const viewId of ids.slice(1)) await as('hq').weekly({ viewId, weekly: true })
    expect(await code(as('hq').weekly({ viewId: ids[0] ?? '', weekly: true }))).toBe('PINS_FULL')
    await as('hq').weekly({ viewId: ids[1] ?? '', weekly: false })
    expect(await code(as('hq').weekly({ viewId: ids[0] ?? '', weekly: true }))).toBe('none')
  })
})

describe('keeping views', () => {
  it('what was taken away is gone for all, and comes back with its pins for a day', async () => {
    const viewId = await keep('hq', 'france')
    await as('local').pin({ viewId, pinned: true })
    await as('hq').remove({ viewId })
    expect([await names('hq'), await names('local')]).toEqual([[], []])
    await as('hq').restore({ viewId })
    expect((await as('local').list()).views[0]).toMatchObject({ position: 0 })
    await as('hq').remove({ viewId })
    now = new Date(WORLD_NOW.getTime() + 25 * 3_600_000)
    await keep('hq', null, 'plus tard')
    expect(await code(as('hq').restore({ viewId }))).toBe('NOT_FOUND')
  })
  it('one person keeps sixty, and is told so', async () => {
    for (let i = 0; i < VIEWS_MAX; i++) await keep('hq', null, `vue ${i}`)
    expect(await code(keep('hq'))).toBe('VIEWS_FULL')
    expect(await code(keep('local'))).toBe('none')
  })
  it('refuses a name of blanks and an address that is none', async () => {
    const wrong = [
      { name: '   ', query: '' },
      { name: 'x'.repeat(81), query: '' },
      { name: 'Vue', query: '<b>' },
    ]
    for (const view of wrong)
      expect(await code(as('hq').keep({ ...view, territoryId: null }))).toBe('INVALID_INPUT')
  })
})
