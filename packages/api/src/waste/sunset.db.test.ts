import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { sunsetFields } from './sunset.job.ts'

let world: TestWorld
let north: TestOrg
/** Owned by a territory without a manager: its owners are those of the closest above. */
let idle: string
let served: string
let young: string

const NOTHING = { propose: 0, warn: 0, retire: 0, drop: 0 }

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const field = async (key: string, since: string, received: number) => {
    const id = await arrangeField(world.sql, north, {
      key,
      territoryId: north.territories.basque,
      entity: 'report',
      spec: { type: 'yes_no', reportable: true },
    })
    await world.sql(
      north.orgId,
      'UPDATE field_version SET published_at = $2 WHERE org_id = $1 AND field_id = $3',
      [north.orgId, since, id],
    )
    for (const month of ['2026-10-01', '2027-03-01'])
      await world.sql(
        north.orgId,
        `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds, received, used)
         VALUES ($1, $2, $3, $4, 40, 80, $5, 0)`,
        [north.orgId, north.people.basqueRep.membershipId, id, month, received],
      )
    return id
  }
  idle = await field('inutile', '2025-01-10T08:00:00Z', 0)
  served = await field('utile', '2025-01-10T08:00:00Z', 3)
  young = await field('jeune', '2026-11-01T08:00:00Z', 0)
})
afterAll(() => world.close())

const on = (day: string) =>
  sunsetFields({ ...world.deps, now: () => new Date(`${day}T05:00:00Z`) }, north.orgId)
const asks = async () => {
  const { fields } = await world
    .callerFor(north.people.local)
    .waste.audit({ territoryId: north.territories.pyrenees })
  return fields.map(({ id, lastDay }) => [id, lastDay])
}
const mailed = () => world.mails.splice(0).map(({ to, subject }) => [to, subject])

describe('a question that gives nothing back', () => {
  it('is left alone as long as something stands out of it', async () => {
    await world.sql(
      north.orgId,
      `INSERT INTO insight (org_id, key, territory_id, field_id, people, usefulness, said, run, checked_at)
       VALUES ($1, 'test', $2, $3, 9, 1, '{}', 1, now())`,
      [north.orgId, north.territories.basque, idle],
    )
    expect(await on('2026-11-20')).toEqual(NOTHING)
    await world.sql(north.orgId, `DELETE FROM insight WHERE org_id = $1 AND key = 'test'`, [north.orgId])
  })

  it('is proposed to its owner, by letter and in the audit', async () => {
    expect(await on('2026-11-20')).toEqual({ ...NOTHING, propose: 1 })
    expect(mailed()).toEqual([[expect.stringContaining('@'), 'Une question ne sert à personne']])
    expect(await asks()).toEqual(
      expect.arrayContaining([
        [idle, '2026-12-20'],
        [served, null],
        [young, null],
      ]),
    )
  })

  it('is not proposed again on the next day, nor by two at once', async () => {
    expect(await Promise.all([on('2026-11-21'), on('2026-11-21')])).toEqual([NOTHING, NOTHING])
    expect(mailed()).toEqual([])
  })

  it('stays when its owner says so; nobody else may', async () => {
    const as = (who: keyof TestOrg['people']) => world.callerFor(north.people[who]).waste
    await expect(as('basqueRep').keep({ fieldId: idle })).rejects.toThrow('FORBIDDEN')
    await as('local').keep({ fieldId: idle })
    await as('local').keep({ fieldId: idle })
    expect(await on('2026-11-22')).toEqual(NOTHING)
    expect((await asks()).every(([, lastDay]) => lastDay === null)).toBe(true)
    const told = await world.sql(north.orgId, `SELECT 1 FROM audit_event WHERE action = 'field.keep'`)
    expect(told).toHaveLength(1)
  })

  it('is warned of and retired half a year later, when nobody answers any more', async () => {
    expect(await on('2027-05-21')).toEqual({ ...NOTHING, propose: 2 })
    expect(await on('2027-06-13')).toEqual({ ...NOTHING, warn: 2 })
    expect(await on('2027-06-20')).toEqual(NOTHING)
    expect(await on('2027-06-21')).toEqual({ ...NOTHING, retire: 2 })
    expect(mailed().map(([, subject]) => subject)).toEqual([
      '2 questions ne servent à personne',
      expect.stringMatching(/^2 questions seront retirées après le 20 juin 2027$/),
      '2 questions ne sont plus posées',
    ])
    const left = await world.sql<{ id: string }>(
      north.orgId,
      `SELECT id FROM field_definition WHERE org_id = $1 AND id = ANY ($2::uuid[]) AND retired_at IS NULL`,
      [north.orgId, [idle, served, young]],
    )
    expect(left.map(({ id }) => id)).toEqual([served])
    const told = await world.sql<{ membership_id: string | null }>(
      north.orgId,
      `SELECT membership_id FROM audit_event WHERE action = 'field.sunset'`,
    )
    expect(told.map((line) => line.membership_id)).toEqual([null, null])
  })
})
