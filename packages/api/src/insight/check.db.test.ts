import { ALL } from '@fieldback/domain/insight/count-grid'
import type { Insight } from '@fieldback/domain/insight/insight'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'
import { checkInsights } from './check.job.ts'
import { countAnswer, openCounted } from './count-factor.ts'
import { type Filed, file, monthly } from './filed.fixture.ts'
import { runInsights } from './find.job.ts'

const YEAR = { from: '2025-11', to: '2026-10' }

let world: TestWorld
let one: Omit<Filed, 'day' | 'n'>
beforeAll(async () => {
  world = await openTestWorld()
  const { north, sql } = world
  const fieldId = await arrangeField(sql, north, {
    key: 'mood',
    territoryId: north.territories.france,
    entity: 'report',
    spec: { type: 'yes_no', reportable: true },
  })
  const by = north.people.basqueRep.membershipId
  await file(world, north, monthly(YEAR, { fieldId, by }, { true: [6, 10], false: [3, 10] }))
  await runInsights(world.deps, north.orgId)
  one = { at: 'basque', by, outcome: 'none', answers: [[fieldId, 'true', null]] }
})
afterAll(() => world.close())

const check = () =>
  checkInsights({ db: world.db, now: () => new Date('2026-11-25T10:00:00Z') }, world.north.orgId)
const shown = () =>
  world.sql<{ said: Insight; changes: number }>(world.north.orgId, 'SELECT said, changes FROM insight')
const asked = async () => {
  const rows = await world.sql<{ n: number }>(
    world.north.orgId,
    `SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE task_identifier = 'check_insights'`,
  )
  return rows[0]?.n
}

it('a report of the month under way asks for nothing: it is judged once the month is over', async () => {
  await file(world, world.north, [{ ...one, day: '2026-11-19', n: 100 }])
  expect(await shown()).toMatchObject([{ changes: 0, said: { here: { k: 216, n: 360 } } }])
  expect(await asked()).toBe(0)
  expect(await check()).toEqual({ insights: 0, gone: 0 })
})

it('one that comes late is noted, and alone turns nothing that is told', async () => {
  await file(world, world.north, [{ ...one, day: '2026-10-30', n: 1 }])
  expect(await shown()).toMatchObject([{ changes: 1 }])
  expect(await asked()).toBe(0)
  expect(await check()).toEqual({ insights: 0, gone: 0 })
})

it('one in a hundred of what was counted has it counted again', async () => {
  await file(world, world.north, [{ ...one, day: '2026-10-30', n: 7 }])
  expect(await shown()).toMatchObject([{ changes: 8 }])
  expect(await asked()).toBe(1)
  expect(await check()).toEqual({ insights: 1, gone: 0 })
  expect(await shown()).toMatchObject([{ changes: 0, said: { here: { k: 216, n: 368 } } }])
})

it('what no longer holds goes, and nothing new is found', async () => {
  await file(
    world,
    world.north,
    monthly(YEAR, { fieldId: one.answers[0]?.[0] ?? '', by: one.by }, { true: [0, 20] }),
  )
  expect(await check()).toEqual({ insights: 1, gone: 1 })
  expect(await shown()).toEqual([])
})

it('counts an answer again with what was said to the question that was made into it, as a run does', async () => {
  const { other, sql, db } = world
  const { orgId } = other
  const ask = (key: string) =>
    arrangeField(sql, other, {
      key,
      territoryId: other.territories.france,
      entity: 'account',
      spec: { type: 'yes_no', reportable: true },
    })
  const [before, now] = [await ask('before'), await ask('now')]
  await sql(
    orgId,
    `INSERT INTO field_promotion (org_id, field_id, links, given, promoted_by, promoted_at) VALUES ($1, $2, $3, '{}', $4, now())`,
    [orgId, now, JSON.stringify([{ from: before, map: null, links: [] }]), other.people.hq.membershipId],
  )
  await sql(
    orgId,
    `UPDATE account SET "values" = jsonb_build_object($2::text, '{"v": 1, "x": true}'::jsonb) WHERE id = $1`,
    [other.accounts.basque.id, before],
  )
  const spec = {
    factor: { kind: 'profile', fieldId: now },
    territoryId: other.territories.france,
    buckets: ['true'],
  } as const
  const answered = async (part?: { fieldIds: string[]; branch: string }) => {
    const counted = await openCounted({ db, orgId }, YEAR, part)
    const counts = await countAnswer(counted, spec)
    return counts && counted.tree.nodes.map((_, home) => counts.months.get(11, home, 0, ALL))
  }
  const whole = await answered()
  expect(whole?.filter((n) => n === 1)).toHaveLength(1)
  expect(await answered({ fieldIds: [spec.factor.fieldId], branch: `${other.territories.france}/` })).toEqual(
    whole,
  )
})
