import { randomUUID } from 'node:crypto'
import { inOrg } from '@fieldback/db/client'
import { FieldbackError } from '@fieldback/domain/errors'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { rollups, truth } from '../analytics/rollup-truth.ts'
import { openSession } from '../open-session.ts'
import { push } from '../sync/push.ts'
import { arrangeAccount, arrangeField, arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'
import { applyTreeSteps } from './apply-steps.ts'

let now = Date.parse('2026-11-20T10:00:00Z')
let world: TestWorld
const places = new Map<string, string>()
const at = (name: string) => places.get(name) ?? ''

beforeAll(async () => {
  world = await openTestWorld({ now: () => new Date(now) })
  const { north, sql } = world
  for (const [name, id] of Object.entries(north.territories)) places.set(name, id)
  const mood = await arrangeField(sql, north, {
    territoryId: at('france'),
    entity: 'report',
    key: 'mood',
    spec: { type: 'yes_no', reportable: true },
  })
  const members = [[mood, 1]] as const
  const fieldSet = fieldSetHash(members)
  await sql(north.orgId, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    north.orgId,
    fieldSet,
    JSON.stringify(members),
  ])
  const rep = await arrangePerson(sql, north.orgId, { name: 'rep', role: 'rep', territoryId: at('france') })
  for (const name of ['france', 'aquitaine', 'pyrenees', 'basque', 'bearn', 'bretagne', 'finistere']) {
    const account = await arrangeAccount(sql, north.orgId, at(name), `C ${name}`)
    const id = randomUUID()
    const answers = await push(world.deps, rep, [
      {
        opId: randomUUID(),
        entityId: id,
        seq: 1,
        base: 0,
        capturedAt: '2026-11-20T09:00:00.000Z',
        clockOffset: 0,
        kind: 'report.create',
        body: {
          accountId: account.id,
          contactId: null,
          kind: 'visit',
          outcome: 'order',
          day: '2026-11-20',
          note: null,
          fieldSet,
          values: { [mood]: { v: 1, x: true } },
          seconds: {},
          durationSeconds: 20,
        },
      },
    ])
    expect(answers.map(({ status }) => status)).toEqual(['applied'])
  }
  await fold({ db: world.db }, north.orgId)
})
afterAll(() => world.close())

const apply = (...steps: TreeStep[]) =>
  inOrg(world.db, world.north.orgId, async (tx) => {
    const { scope } = await openSession(tx, { ...world.north.people.admin }, new Date(now))
    return applyTreeSteps({ tx, scope }, steps, world.deps)
  })
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FieldbackError ? { code: error.code, ...error.params } : error),
  )
const move = (name: string, parent: string): TreeStep => ({
  of: 'move',
  territoryId: at(name),
  parentId: at(parent),
})
const create = (name: string, parent: string, rank: 0 | 1 | 2 | 3): TreeStep => {
  places.set(name, randomUUID())
  return { of: 'create', id: at(name), parentId: at(parent), rank, name, code: null }
}
const tree = async () =>
  Object.fromEntries(
    (
      await world.sql<{ name: string; parent: string; whole: boolean }>(
        world.north.orgId,
        `SELECT t.name, p.name AS parent, t.path = p.path || t.id || '/' AS whole FROM territory t
           JOIN territory p ON p.org_id = t.org_id AND p.id = t.parent_id WHERE t.closed_at IS NULL`,
      )
    ).map(({ name, parent, whole }) => [name, whole ? parent : 'torn']),
  )
const agree = async () => {
  await fold({ db: world.db }, world.north.orgId)
  expect(await rollups(world, world.north.orgId)).toEqual(await truth(world, world.north.orgId))
}

describe('steps on the live tree', () => {
  it('are taken all together, branches inside each other too, and taken back', async () => {
    const before = await tree()
    const { undo } = await apply(
      create('occitanie', 'france', 1),
      create('gers', 'occitanie', 2),
      create('landes', 'aquitaine', 2),
      move('basque', 'gers'),
      move('pyrenees', 'occitanie'),
      move('bearn', 'landes'),
      move('gers', 'bretagne'),
      { of: 'rename', territoryId: at('landes'), name: 'Landes de Gascogne' },
    )
    expect(await tree()).toMatchObject({
      basque: 'gers',
      pyrenees: 'occitanie',
      bearn: 'Landes de Gascogne',
      gers: 'bretagne',
    })
    await agree()
    now += 86_400_000
    await apply(...undo)
    expect(await tree()).toEqual(before)
    await agree()
  })
  it('change nothing when one of them cannot be taken, which is named', async () => {
    const before = await tree()
    expect(await faultOf(apply(create('x', 'aquitaine', 2), move('pyrenees', 'basque')))).toMatchObject({
      code: 'TERRITORY_CYCLE',
      step: 1,
    })
    expect(await faultOf(apply(move('basque', 'finistere'), move('basque', 'pyrenees')))).toMatchObject({
      code: 'TERRITORY_MOVED_TWICE',
      step: 1,
    })
    expect(
      await faultOf(apply(move('basque', 'finistere'), { of: 'close', territoryId: at('finistere') })),
    ).toMatchObject({ code: 'TERRITORY_NOT_EMPTY', step: 1 })
    expect(
      await faultOf(apply(create('y', 'aquitaine', 2), { of: 'close', territoryId: at('bearn') })),
    ).toMatchObject({ code: 'TERRITORY_NOT_EMPTY', accounts: 2 })
    places.set('nowhere', randomUUID())
    expect(await faultOf(apply(move('basque', 'nowhere')))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await tree()).toEqual(before)
  })
  it('take a merge, what is given and what ends', async () => {
    const assignment = randomUUID()
    const { membershipId } = world.north.people.bretonRep
    const { undo } = await apply(
      { of: 'merge', territoryId: at('bearn'), intoId: at('basque') },
      {
        of: 'assign',
        id: assignment,
        membershipId,
        territoryId: at('basque'),
        role: 'rep',
        validFrom: new Date(now).toISOString().slice(0, 10),
        validTo: null,
      },
    )
    expect(await tree()).not.toHaveProperty('bearn')
    await agree()
    const lastDay = async () =>
      (
        await world.sql<{ to: string | null }>(
          world.north.orgId,
          'SELECT valid_to::text AS to FROM assignment WHERE id = $1',
          [assignment],
        )
      )[0]?.to
    expect(await lastDay()).toBeNull()
    await apply(...undo)
    expect(await lastDay()).not.toBeNull()
    expect(await tree()).toMatchObject({ bearn: 'pyrenees' })
    await agree()
  })
})
