import { addDays } from '@fieldback/domain/agenda/day'
import type { AnswerValue } from '@fieldback/domain/field/answer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, arrangeReport, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { lookAtSteadiness } from './steadiness.job.ts'

let world: TestWorld
let north: TestOrg
/** Owned by pyrenees; `breton` by another branch, which has no report. */
let questions: Record<'oven' | 'mood' | 'doubt' | 'breton', string>

const VISITS = 41

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const field = async (key: string, territoryId = north.territories.pyrenees) => {
    const id = await arrangeField(world.sql, north, {
      key,
      territoryId,
      entity: 'report',
      spec: { type: 'yes_no', reportable: true },
    })
    await world.sql(
      north.orgId,
      `UPDATE field_version SET published_at = '2025-01-10T08:00:00Z' WHERE org_id = $1 AND field_id = $2`,
      [north.orgId, id],
    )
    return id
  }
  questions = {
    oven: await field('four'),
    mood: await field('humeur'),
    doubt: await field('doute'),
    breton: await field('breton', north.territories.finistere),
  }
  const { oven, mood, doubt } = questions
  // A visit every second day on one account: the oven is changed once, the mood each time, and nobody knows the third.
  for (let i = 0; i < VISITS; i++) {
    const said = (x: AnswerValue) => ({ v: 1, x })
    const values = { [oven]: said(i < 20), [mood]: said(i % 2 === 0), [doubt]: said(null) }
    await arrangeReport(world.sql, north, {
      at: 'basque',
      by: 'basqueRep',
      day: addDays('2026-08-20', 2 * i),
      values,
    })
  }
  // Taken back: it was never said.
  await arrangeReport(world.sql, north, {
    at: 'basque',
    by: 'basqueRep',
    day: '2026-11-15',
    status: 'withdrawn',
    values: { [oven]: { v: 1, x: true } },
  })
  const facts = ['2026-08-20', '2026-10-01', '2026-11-02'].map((day) => ({
    of: 'report',
    sign: 1,
    thenAt: north.territories.basque,
    todayAt: north.territories.basque,
    day,
    kind: 'visit',
    outcome: 'none',
    member: north.people.basqueRep.membershipId,
    asked: [],
    answers: [],
  }))
  await world.sql(
    north.orgId,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [north.orgId, JSON.stringify(facts)],
  )
  await fold({ db: world.db }, north.orgId)
})
afterAll(() => world.close())

const look = (day: string) =>
  lookAtSteadiness({ db: world.db, now: () => new Date(`${day}T05:00:00Z`) }, north.orgId)
const found = async () => {
  const rows = await world.sql<{ field_id: string; pairs: number; same: number; gap_days: number }>(
    north.orgId,
    'SELECT field_id, pairs, same, gap_days FROM field_steadiness',
  )
  return new Map(rows.map(({ field_id, pairs, same, gap_days }) => [field_id, [pairs, same, gap_days]]))
}

describe('how answers of one account follow each other', () => {
  it('is looked at once a month, for each question of reports', async () => {
    expect(await look('2026-11-20')).toEqual({ territories: 2, done: true })
    const { oven, mood, doubt, breton } = questions
    // The latest twenty reports of each person, each with the one before.
    expect(await found()).toEqual(
      new Map([
        [oven, [20, 20, 2]],
        [mood, [20, 0, 2]],
        [doubt, [0, 0, 0]],
        [breton, [0, 0, 0]],
      ]),
    )
    expect(await look('2026-11-30')).toEqual({ territories: 0, done: true })
    expect(await look('2026-12-01')).toEqual({ territories: 2, done: true })
  })

  it('makes the audit propose to ask less often what stays the same, and not what changes', async () => {
    await world.sql(
      north.orgId,
      `UPDATE field_steadiness SET pairs = 50, same = CASE WHEN field_id = $2 THEN 49 ELSE 20 END, gap_days = 20 WHERE org_id = $1`,
      [north.orgId, questions.oven],
    )
    await world.sql(
      north.orgId,
      `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds, received, used)
       SELECT $1, $2, unnest($3::uuid[]), '2026-10-01', 40, 80, 30, 3`,
      [north.orgId, north.people.basqueRep.membershipId, [questions.oven, questions.mood]],
    )
    const { fields } = await world
      .callerFor(north.people.local)
      .waste.audit({ territoryId: north.territories.pyrenees })
    const proposalOf = (id: string) => fields.find((field) => field.id === id)?.proposal
    expect(proposalOf(questions.oven)).toEqual({ kind: 'lessOften', days: 90, share: 49 / 50 })
    expect(proposalOf(questions.mood)).toEqual({ kind: 'keep' })
  })

  it('is asked on the account instead, and no longer in reports: both, or neither', async () => {
    const { field } = world.callerFor(north.people.local)
    const { definition } = await field.get({ fieldId: questions.oven })
    const asked = {
      territoryId: north.territories.pyrenees,
      entity: 'account' as const,
      spec: { ...definition.spec, staleAfterDays: 90, givebacks: [{ kind: 'badge' as const }] },
    }
    const live = async () => {
      const rows = await world.sql<{ entity: string }>(
        north.orgId,
        `SELECT entity FROM field_definition WHERE org_id = $1 AND key = 'four' AND retired_at IS NULL`,
        [north.orgId],
      )
      return rows.map(({ entity }) => entity)
    }
    const { breton } = questions
    await expect(field.publish({ ...asked, instead: breton })).rejects.toThrow('FORBIDDEN')
    expect(await live()).toEqual(['report'])
    await field.publish({ ...asked, instead: questions.oven })
    expect(await live()).toEqual(['account'])
  })

  it('is not looked at once the worker is told to stop', async () => {
    const stopped = AbortSignal.abort()
    const now = () => new Date('2027-01-10T05:00:00Z')
    expect(await lookAtSteadiness({ db: world.db, now }, north.orgId, stopped)).toEqual({
      territories: 0,
      done: false,
    })
  })
})
