import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { sunsetFields } from './sunset.job.ts'

let world: TestWorld
let north: TestOrg
let first: ReturnType<TestWorld['callerFor']>['waste']
let second: ReturnType<TestWorld['callerFor']>['waste']
let fieldId: string
let count = 0

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  first = world.callerFor(north.people.local).waste
  const colleague = { name: 'colleague', role: 'manager' as const, territoryId: north.territories.pyrenees }
  second = world.callerFor(await arrangePerson(world.sql, north.orgId, colleague)).waste
})
afterAll(() => world.close())

/** A question that gave nothing back, proposed for retirement. */
beforeEach(async () => {
  fieldId = await arrangeField(world.sql, north, {
    key: `inutile_${count++}`,
    territoryId: north.territories.pyrenees,
    entity: 'report',
    spec: { type: 'yes_no', reportable: true },
  })
  await world.sql(
    north.orgId,
    `UPDATE field_version SET published_at = '2025-01-10T08:00:00Z' WHERE org_id = $1 AND field_id = $2`,
    [north.orgId, fieldId],
  )
  await world.sql(
    north.orgId,
    `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds) VALUES ($1, $2, $3, '2026-10-01', 40, 80)`,
    [north.orgId, north.people.basqueRep.membershipId, fieldId],
  )
  await sunsetFields({ ...world.deps, now: () => new Date('2026-11-20T05:00:00Z') }, north.orgId)
})

const outcome = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: TRPCError) => errorShape(error).code,
  )
const audited = async () => {
  const { fields } = await first.audit({ territoryId: north.territories.pyrenees })
  return fields.find(({ id }) => id === fieldId)
}
const events = async () => {
  const rows = await world.sql<{ action: string }>(
    north.orgId,
    `SELECT action FROM audit_event WHERE subject_id = $1`,
    [fieldId],
  )
  return rows.map(({ action }) => action)
}

describe('of two who decide on one question, the second is told, and nothing of the first is lost', () => {
  it('kept, then retired from a page that had not seen it', async () => {
    expect(await audited()).toMatchObject({ lastDay: '2026-12-20', proposal: { kind: 'retire' } })
    await first.keep({ fieldId })
    expect(await outcome(second.retire({ fieldId }))).toBe('CHANGED_MEANWHILE')
    expect(await audited()).toMatchObject({
      lastDay: null,
      keptUntil: '2027-05-19',
      kept: true,
      proposal: { kind: 'keep' },
    })
  })

  it('retired, then kept from a page that had not seen it', async () => {
    await first.retire({ fieldId })
    expect(await outcome(second.keep({ fieldId }))).toBe('CHANGED_MEANWHILE')
    expect(await audited()).toBeUndefined()
    expect(await events()).toEqual(['field.retire'])
  })

  it('both at the same time: one of them happens, and whoever lost is told', async () => {
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.all([
        outcome(round % 2 ? first.keep({ fieldId }) : second.keep({ fieldId })),
        outcome(round % 2 ? second.retire({ fieldId }) : first.retire({ fieldId })),
      ])
      expect([...outcomes].sort()).toEqual(['CHANGED_MEANWHILE', 'done'])
      const kept = outcomes[0] === 'done'
      expect((await audited()) !== undefined).toBe(kept)
      expect(await events()).toEqual([kept ? 'field.keep' : 'field.retire'])
      await world.sql(
        north.orgId,
        `UPDATE field_definition SET retired_at = NULL WHERE org_id = $1 AND id = $2`,
        [north.orgId, fieldId],
      )
      await world.sql(
        north.orgId,
        `UPDATE field_sunset SET ended_on = NULL, ending = NULL, ended_by = NULL WHERE org_id = $1 AND field_id = $2`,
        [north.orgId, fieldId],
      )
      await world.sql(north.orgId, `DELETE FROM audit_event WHERE subject_id = $1`, [fieldId])
    }
  })

  it('the same wish twice is no conflict', async () => {
    await first.keep({ fieldId })
    expect(await outcome(second.keep({ fieldId }))).toBe('done')
    expect(await events()).toEqual(['field.keep'])
  })
})

describe('a question of which something stands out', () => {
  it('is not proposed for retirement, and says so', async () => {
    await world.sql(
      north.orgId,
      `INSERT INTO insight (org_id, key, territory_id, field_id, people, usefulness, said, run, checked_at)
       VALUES ($1, 'test', $2, $3, 9, 1, '{}', 1, now())`,
      [north.orgId, north.territories.basque, fieldId],
    )
    expect(await audited()).toMatchObject({ standsOut: true, service: 'well', proposal: { kind: 'keep' } })
    await world.sql(north.orgId, `DELETE FROM insight WHERE org_id = $1`, [north.orgId])
    expect(await audited()).toMatchObject({ standsOut: false, service: 'never' })
  })
})
