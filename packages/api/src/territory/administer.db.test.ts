import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).territory
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const refusal = async (promise: Promise<unknown>) => (await refused(promise)).code
const journal = async (subjectId: string) =>
  (
    await world.sql<{ action: string }>(
      north.orgId,
      'SELECT action FROM audit_event WHERE subject_id = $1 ORDER BY at, id',
      [subjectId],
    )
  ).map(({ action }) => action)

describe('what an administrator sees of a territory', () => {
  it('is what stands on each branch: accounts, people, questions', async () => {
    await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: 'parle_basque',
      spec: { type: 'yes_no' },
    })
    const page = await as('admin').administered({ territoryId: north.territories.aquitaine })
    expect(page.counts).toEqual({ accounts: 2, people: 4, fields: 1, territories: 3 })
    expect(page.here).toEqual({ accounts: 0, inClosed: 0, people: 1, fields: 0, children: 1 })
    expect(page.above.map(({ name, readable }) => [name, readable])).toEqual([['france', true]])
    expect(page.children.map(({ name, counts }) => [name, counts.accounts, counts.people])).toEqual([
      ['pyrenees', 2, 3],
    ])
    expect(page.ranks).toEqual([2, 3])
  })
  it('begins at the top of his own branch, and is nobody else’s', async () => {
    expect((await as('admin').administered({ territoryId: null })).territory.name).toBe('france')
    const part = await arrangePerson(world.sql, north.orgId, {
      name: 'of a part',
      role: 'administrator',
      territoryId: north.territories.bretagne,
    })
    const own = world.callerFor(part).territory
    expect((await own.administered({ territoryId: null })).territory.name).toBe('bretagne')
    expect(await refusal(own.administered({ territoryId: north.territories.pyrenees }))).toBe('FORBIDDEN')
    for (const who of ['basqueRep', 'local', 'hq'] as const)
      expect(await refusal(as(who).administered({ territoryId: null }))).toBe('FORBIDDEN')
  })
})

describe('adding a territory', () => {
  it('stands under any of a higher level, a level skipped or not', async () => {
    const { aquitaine, france } = north.territories
    const landes = await as('admin').add({ parentId: aquitaine, rank: 2, name: 'Landes', code: '40' })
    expect(landes).toMatchObject({ parentId: aquitaine, rank: 2 })
    expect(landes.path.endsWith(`${aquitaine}/${landes.id}/`)).toBe(true)
    expect(await as('admin').add({ parentId: france, rank: 3, name: 'Monaco', code: null })).toMatchObject({
      rank: 3,
    })
    expect(await refusal(as('admin').add({ parentId: aquitaine, rank: 1, name: 'Autre', code: null }))).toBe(
      'TERRITORY_RANK',
    )
    expect(await journal(landes.id)).toEqual(['territory.add'])
  })
  it('has a name of its own among its neighbours, and a code of its own at its level', async () => {
    const parentId = north.territories.aquitaine
    const add = (name: string, code: string | null, rank: 2 | 3 = 2) =>
      refusal(as('admin').add({ parentId, rank, name, code }))
    expect(await add('LANDES', null)).toBe('TERRITORY_NAME_TAKEN')
    expect(await add('Gironde', '40')).toBe('TERRITORY_CODE_TAKEN')
    expect(await add('Canton 40', '40', 3)).toBe('accepted')
    expect(await add('Gironde', '=1+1')).toBe('INVALID_INPUT')
  })
  it('is the administrator’s alone, in his branch', async () => {
    const input = { parentId: north.territories.aquitaine, rank: 2, name: 'Gers', code: null } as const
    for (const who of ['local', 'regional', 'hq', 'basqueRep'] as const)
      expect(await refusal(as(who).add(input))).toBe('FORBIDDEN')
    expect(await refusal(as('admin', world.other).add(input))).toBe('NOT_FOUND')
  })
})

describe('an official code', () => {
  it('is given, changed and taken away; what stood before is answered, to undo', async () => {
    const territoryId = north.territories.pyrenees
    expect(await as('admin').setCode({ territoryId, code: '64' })).toEqual({ before: null })
    expect(await as('admin').setCode({ territoryId, code: null })).toEqual({ before: '64' })
    expect(await refusal(as('admin').setCode({ territoryId, code: '40' }))).toBe('TERRITORY_CODE_TAKEN')
    expect(await refusal(as('local').setCode({ territoryId, code: '64' }))).toBe('FORBIDDEN')
  })
})

describe('closing a territory', () => {
  it('waits until nothing stands on it, and says what does', async () => {
    const told = await refused(as('admin').close({ territoryId: north.territories.basque }))
    expect(told).toMatchObject({
      code: 'TERRITORY_NOT_EMPTY',
      params: { accounts: 1, people: 1, children: 0, fields: 1 },
    })
    expect(await refused(as('admin').close({ territoryId: north.territories.bretagne }))).toMatchObject({
      params: { children: 1, people: 1 },
    })
  })
  it('of the top of all is refused', async () => {
    expect(await refusal(as('admin').close({ territoryId: north.territories.france }))).toBe('TERRITORY_ROOT')
  })
  it('takes it out of the tree and gives its name back; it opens again as it was', async () => {
    const parentId = north.territories.aquitaine
    const { id } = await as('admin').add({ parentId, rank: 2, name: 'Dordogne', code: '24' })
    await as('admin').close({ territoryId: id })
    const names = async () => (await as('hq').tree({ at: parentId })).nodes.map(({ name }) => name)
    expect(await names()).not.toContain('Dordogne')
    expect((await as('admin').administered({ territoryId: parentId })).closed).toMatchObject([
      { id, code: '24' },
    ])
    await as('admin').reopen({ territoryId: id })
    expect(await names()).toContain('Dordogne')
    expect(await journal(id)).toEqual(['territory.add', 'territory.close', 'territory.reopen'])

    await as('admin').close({ territoryId: id })
    const heir = await as('admin').add({ parentId, rank: 2, name: 'Dordogne', code: '24' })
    expect(await refusal(as('admin').reopen({ territoryId: id }))).toBe('TERRITORY_NAME_TAKEN')
    await as('admin').rename({ territoryId: heir.id, name: 'Périgord' })
    expect(await refusal(as('admin').reopen({ territoryId: id }))).toBe('TERRITORY_CODE_TAKEN')
  })
  it('does not open again under a parent that is closed', async () => {
    const above = await as('admin').add({
      parentId: north.territories.aquitaine,
      rank: 2,
      name: 'Creuse',
      code: null,
    })
    const below = await as('admin').add({ parentId: above.id, rank: 3, name: 'Guéret', code: null })
    expect(await refused(as('admin').close({ territoryId: above.id }))).toMatchObject({
      params: { children: 1 },
    })
    await as('admin').close({ territoryId: below.id })
    await as('admin').close({ territoryId: above.id })
    expect(await refusal(as('admin').reopen({ territoryId: below.id }))).toBe('CONFLICT')
  })
  it('is a manager’s own for the sub-sectors of his branch, and for nothing above', async () => {
    const sector = await as('local').createSubSector({ parentId: north.territories.pyrenees, name: 'Soule' })
    await as('local').close({ territoryId: sector.id })
    await as('local').reopen({ territoryId: sector.id })
    const landes = { parentId: north.territories.aquitaine, rank: 2, name: 'Corrèze', code: null } as const
    const { id } = await as('admin').add(landes)
    expect(await refusal(as('regional').close({ territoryId: id }))).toBe('TERRITORY_RANK')
    expect(await refusal(as('local').close({ territoryId: id }))).toBe('FORBIDDEN')
    await as('admin').close({ territoryId: id })
    expect(await refusal(as('regional').reopen({ territoryId: id }))).toBe('TERRITORY_RANK')
    expect(await refusal(as('local').reopen({ territoryId: id }))).toBe('FORBIDDEN')
    expect(await refusal(as('admin', world.other).reopen({ territoryId: id }))).toBe('NOT_FOUND')
    expect(await refusal(as('admin').reopen({ territoryId: randomUUID() }))).toBe('NOT_FOUND')
    for (const who of ['basqueRep', 'hq'] as const)
      expect(await refusal(as(who).close({ territoryId: sector.id }))).toBe('FORBIDDEN')
  })
})
