import { randomUUID } from 'node:crypto'
import type { PullPage } from '@fieldback/domain/sync/pull'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { countAskedObjectives } from './count.job.ts'

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
  await world.sql(north.orgId, 'DELETE FROM objective_refusal')
  await world.sql(north.orgId, 'DELETE FROM objective')
  await world.sql(north.orgId, 'UPDATE account SET last_visit_day = NULL')
})

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
const meant = (over: object = {}) => ({
  territoryId: north.territories.pyrenees,
  segment: { kind: null, answer: null },
  everyWeeks: null,
  fromDay: '2026-11-16',
  toDay: '2026-12-20',
  ...over,
})
const state = (over: object = {}, who: Who = 'local') =>
  as(who).objective.state({ ...meant(over), why: 'La foire est le 12' })
const listed = async () =>
  (await as('local').objective.list({ territoryId: north.territories.pyrenees })).objectives
type Held = { readonly cursor: string | null; readonly packAsOf: string | null }
const pull = async (who: Who, held: Held = { cursor: null, packAsOf: null }): Promise<PullPage> => {
  await world.settled()
  const { membershipId } = north.people[who]
  return as(who).sync.pull({ protocol: 1, membershipId, frameTag: null, ...held })
}
const onPhone = async (who: Who = 'basqueRep') => (await pull(who)).pack?.objectives ?? []
const refuse = async (
  objectiveId: string,
  accountId: string,
  word: string | null,
  who: Who = 'basqueRep',
) => {
  const operation = {
    opId: randomUUID(),
    entityId: randomUUID(),
    seq: 1,
    base: 0,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
    kind: 'objective.refuse',
    body: { objectiveId, accountId, word },
  }
  const { membershipId } = north.people[who]
  return (await as(who).sync.push({ protocol: 1, membershipId, operations: [operation] })).answers
}

describe('an objective', () => {
  it('is on the phones of its branch as soon as they pull, with why and who asks, and on no other', async () => {
    const { cursor, pack } = await pull('basqueRep')
    const held = { cursor, packAsOf: pack?.asOf ?? '' }
    now = new Date(WORLD_NOW.getTime() + 60_000)
    expect((await pull('basqueRep', held)).pack).toBeNull()
    const { id } = await state()
    expect((await pull('basqueRep', held)).pack?.objectives).toMatchObject([
      {
        id,
        why: 'La foire est le 12',
        by: 'north-local',
        everyWeeks: null,
        toDay: '2026-12-20',
        refused: [],
      },
    ])
    expect(await onPhone('bretonRep')).toEqual([])
  })

  it('counts its accounts and those seen, by a visit of its period or of its weeks', async () => {
    await state()
    await state({ everyWeeks: 1 })
    const seen = (day: string) =>
      world.sql(north.orgId, 'UPDATE account SET last_visit_day = $2 WHERE id = $1', [
        north.accounts.basque.id,
        day,
      ])
    const counts = async () =>
      (await listed()).map(({ everyWeeks, count }) => [everyWeeks, count?.meant, count?.seen]).toSorted()
    await seen('2026-11-16')
    expect(await counts()).toEqual([
      [null, 2, 1],
      [1, 2, 1],
    ])
    now = new Date(WORLD_NOW.getTime() + 3 * 86_400_000)
    expect(await counts()).toEqual([
      [null, 2, 1],
      [1, 2, 0],
    ])
    await seen('2026-11-15')
    expect((await counts())[0]).toEqual([null, 2, 0])
  })

  it('means the accounts of a kind, or with an answer, their own or of a contact', async () => {
    const { pyrenees } = north.territories
    const spec = { type: 'yes_no' } as const
    const own = await arrangeField(world.sql, north, {
      territoryId: pyrenees,
      entity: 'account',
      key: 'own',
      spec,
    })
    const theirs = await arrangeField(world.sql, north, {
      territoryId: pyrenees,
      entity: 'contact',
      key: 'theirs',
      spec,
    })
    await world.sql(north.orgId, 'UPDATE account SET "values" = $2 WHERE id = $1', [
      north.accounts.basque.id,
      JSON.stringify({ [own]: { v: 1, x: true } }),
    ])
    await world.sql(north.orgId, 'UPDATE contact SET "values" = $2 WHERE id = $1', [
      north.accounts.bearn.contactId,
      JSON.stringify({ [theirs]: { v: 1, x: true } }),
    ])
    const preview = async (segment: object) => (await as('local').objective.preview(meant({ segment }))).meant
    const answer = (fieldId: string, of: string) => ({
      kind: null,
      answer: { fieldId, of, options: ['true'] },
    })
    expect(await preview({ kind: null, answer: null })).toBe(2)
    expect(await preview({ kind: 'prospect', answer: null })).toBe(0)
    expect(await preview(answer(own, 'account'))).toBe(1)
    expect(await preview(answer(theirs, 'contact'))).toBe(1)
    await expect(preview(answer(own, 'contact'))).rejects.toThrow('NOT_FOUND')
    const { questions } = await as('local').objective.list({ territoryId: pyrenees })
    expect(questions.map(({ fieldId }) => fieldId).toSorted()).toEqual([own, theirs].toSorted())
    await expect(
      as('regional').objective.preview({
        ...meant({ segment: answer(own, 'account') }),
        territoryId: north.territories.aquitaine,
      }),
    ).rejects.toThrow('NOT_FOUND')
  })

  it('an account may be refused with a word, which the manager reads; and taken on again', async () => {
    const { id } = await state()
    const account = north.accounts.basque.id
    expect(await refuse(id, account, 'Fermé pour travaux')).toMatchObject([{ status: 'applied' }])
    expect(await onPhone()).toMatchObject([
      { refused: [{ accountId: account, word: 'Fermé pour travaux', own: true }] },
    ])
    expect(await listed()).toMatchObject([
      {
        count: { meant: 2, refused: 1, at: null },
        refusals: [{ accountName: 'Compte basque', word: 'Fermé pour travaux', by: 'north-basqueRep' }],
      },
    ])
    await refuse(id, account, 'Rouvre en mars')
    expect((await onPhone())[0]?.refused).toMatchObject([{ word: 'Rouvre en mars' }])
    await refuse(id, account, null)
    expect((await onPhone())[0]?.refused).toEqual([])
    expect(await listed()).toMatchObject([{ count: { refused: 0 }, refusals: [] }])
  })

  it('names no account that has left its branch since it was refused', async () => {
    const { id } = await state()
    const { id: account } = north.accounts.basque
    await refuse(id, account, 'Fermé pour travaux')
    const home = (territoryId: string) =>
      world.sql(north.orgId, 'UPDATE account SET territory_id = $2 WHERE id = $1', [account, territoryId])
    await refuse(id, north.accounts.bearn.id, 'Trop loin', 'local')
    await home(north.territories.finistere)
    const [left] = await listed()
    await home(north.territories.basque)
    expect(left?.refusals.map(({ accountName }) => accountName)).toEqual(['Compte bearn'])
  })

  it('is refused for nobody else: neither accounts of a neighbour nor objectives of another branch or organisation', async () => {
    const { id } = await state()
    expect(await refuse(id, north.accounts.bearn.id, 'Non')).toMatchObject([{ code: 'OP_FORBIDDEN' }])
    expect(await refuse(id, north.accounts.finistere.id, 'Non', 'bretonRep')).toMatchObject([
      { code: 'OP_FORBIDDEN' },
    ])
    expect(await refuse(randomUUID(), north.accounts.basque.id, 'Non')).toMatchObject([
      { code: 'OP_TARGET_UNKNOWN' },
    ])
    expect(await refuse(id, world.other.accounts.basque.id, 'Non')).toMatchObject([
      { code: 'OP_TARGET_UNKNOWN' },
    ])
    const aside = await world.sql<{ territory_id: string | null }>(
      north.orgId,
      `SELECT territory_id FROM sync_quarantine WHERE operation ->> 'kind' = 'objective.refuse'`,
    )
    expect(aside.every(({ territory_id }) => territory_id === null)).toBe(true)
  })

  it('is counted behind the page where the branch is large, and again when it is looked at later', async () => {
    const many = 5_100
    await world.sql(
      north.orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, last_visit_day)
       SELECT $1::uuid, gen_random_uuid(), $2::uuid, 'prospect', 'Foule', 'foule ' || n, CASE WHEN n <= 10 THEN '2026-11-18'::date END
         FROM generate_series(1, $3::int) n`,
      [north.orgId, north.territories.basque, many],
    )
    const { id } = await state()
    await state({ segment: { kind: 'prospect', answer: null } })
    await refuse(id, north.accounts.basque.id, 'Fermé pour travaux')
    const page = () => as('local').objective.list({ territoryId: north.territories.pyrenees })
    const count = (stop?: AbortSignal) =>
      countAskedObjectives({ db: world.db, now: () => now }, north.orgId, stop)
    const first = await page()
    expect(first).toMatchObject({ counting: true, objectives: [{ count: null }, { count: null }] })
    expect(first.objectives.flatMap(({ refusals }) => refusals)).toMatchObject([
      { word: 'Fermé pour travaux' },
    ])
    expect(await count(AbortSignal.abort())).toEqual({ objectives: 0, done: false })
    expect(await count()).toEqual({ objectives: 2, done: true })
    const told = await page()
    expect(told.counting).toBe(false)
    const at = now.toISOString()
    expect(
      told.objectives.map((one) => one.count).toSorted((a, b) => (b?.meant ?? 0) - (a?.meant ?? 0)),
    ).toEqual([
      { meant: many + 2, seen: 10, refused: 1, at },
      { meant: many, seen: 10, refused: 0, at },
    ])

    // Older than some minutes it is told as it was, and counted again; what nobody looks at is not.
    now = new Date(WORLD_NOW.getTime() + 6 * 60_000)
    await world.sql(north.orgId, `DELETE FROM account WHERE name_key LIKE 'foule 1_'`)
    expect(await page()).toMatchObject({ counting: true, objectives: [{ count: { at } }, { count: { at } }] })
    expect(await count()).toEqual({ objectives: 2, done: true })
    expect((await page()).objectives.map((one) => one.count?.seen)).toEqual([9, 9])
    expect(await count()).toEqual({ objectives: 0, done: true })
    await world.sql(north.orgId, `DELETE FROM account WHERE name_key LIKE 'foule %'`)
  })

  it('ends when its manager says so, and is taken up again', async () => {
    const { id } = await state()
    await as('local').objective.end({ objectiveId: id })
    expect(await onPhone()).toEqual([])
    expect((await listed())[0]?.endedAt).not.toBeNull()
    await as('local').objective.resume({ objectiveId: id })
    expect(await onPhone()).toHaveLength(1)
  })

  it('has days in order, not over, within a year; and a territory states no more than twenty', async () => {
    await expect(state({ fromDay: '2026-12-21' })).rejects.toThrow('OBJECTIVE_DAYS')
    await expect(state({ fromDay: '2026-11-01', toDay: '2026-11-19' })).rejects.toThrow('OBJECTIVE_DAYS')
    await expect(state({ toDay: '2027-11-20' })).rejects.toThrow('OBJECTIVE_DAYS')
    for (let n = 0; n < 20; n++) await state()
    await expect(state()).rejects.toThrow('TOO_LARGE')
  })

  it('is stated by no rep, and for no other branch', async () => {
    await expect(state({}, 'basqueRep')).rejects.toThrow('FORBIDDEN')
    await expect(state({}, 'hq')).rejects.toThrow('FORBIDDEN')
    await expect(state({ territoryId: north.territories.bretagne })).rejects.toThrow('FORBIDDEN')
    await expect(state({ territoryId: north.territories.aquitaine })).rejects.toThrow('FORBIDDEN')
  })
})
