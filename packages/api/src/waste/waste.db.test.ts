import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg
let members: string[]
let rival: string
let mood: string
let secret: string
let trade: string

const options = ['aucun', 'frimat', 'sofour'].map((id) => ({ id, label: { fr: id } }))

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { france, pyrenees } = north.territories
  const field = async (
    key: string,
    territoryId: string,
    entity: 'report' | 'account',
    spec: Partial<FieldSpec> & Pick<FieldSpec, 'type'>,
  ) => {
    const id = await arrangeField(world.sql, north, { key, territoryId, entity, spec })
    await world.sql(
      north.orgId,
      `UPDATE field_version SET published_at = '2025-01-10T08:00:00Z' WHERE org_id = $1 AND field_id = $2`,
      [north.orgId, id],
    )
    return id
  }
  rival = await field('rival', france, 'report', { type: 'single_choice', options, reportable: true })
  mood = await field('mood', pyrenees, 'report', { type: 'yes_no', reportable: true, required: true })
  secret = await field('secret', pyrenees, 'report', { type: 'short_text' })
  trade = await field('trade', pyrenees, 'account', { type: 'single_choice', options, reportable: true })
  members = []
  for (let i = 0; i < 6; i++) {
    const who = { name: `rep ${i}`, role: 'rep' as const, territoryId: pyrenees }
    members.push((await arrangePerson(world.sql, north.orgId, who)).membershipId)
  }
  await arrangeReports()
})
afterAll(() => world.close())

type Given = { answers: number; seconds: number; received?: number; used?: number }

const given = (member: string | undefined, month: string, fields: Readonly<Record<string, Given>>) => ({
  of: 'ledger',
  member,
  given: Object.entries(fields).map(([fieldId, row]) => ({ fieldId, month, received: 0, used: 0, ...row })),
})

/** Forty reports of six people this autumn and forty a year before, all in Béarn; everybody is happy in Basque. */
async function arrangeReports(): Promise<void> {
  const { bearn } = north.territories
  const report = (day: string, member: string | undefined, mooded: string) => ({
    of: 'report',
    sign: 1,
    thenAt: bearn,
    todayAt: bearn,
    day,
    kind: 'visit',
    outcome: 'none',
    member,
    asked: [rival, mood],
    answers: [
      [rival, 'frimat', null],
      [mood, mooded, null],
    ],
  })
  const days = ['2025-12-04', '2026-10-06']
  const facts = [
    ...days.flatMap((day) =>
      Array.from({ length: 40 }, (_, i) =>
        report(day, members[i % members.length], i % 2 ? 'unknown' : i % 4 ? 'true' : 'false'),
      ),
    ),
    ...members.flatMap((member) => [
      given(member, '2025-12', {
        [mood]: { answers: 7, seconds: 70 },
        [secret]: { answers: 7, seconds: 70 },
      }),
      given(member, '2026-10', {
        [mood]: { answers: 7, seconds: 35, received: 3, used: 1 },
        [secret]: { answers: 7, seconds: 70 },
      }),
    ]),
    ...Array.from({ length: 35 }, () => ({
      of: 'stock',
      sign: 1,
      territory: bearn,
      answers: [[trade, 'frimat', null]],
    })),
  ]
  await world.sql(
    north.orgId,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [north.orgId, JSON.stringify(facts)],
  )
  await fold({ db: world.db }, north.orgId)
}

const audit = async () => {
  const { waste } = world.callerFor(north.people.local)
  return waste.audit({ territoryId: north.territories.pyrenees })
}

describe('the audit of a branch', () => {
  it('tells of the questions owned in it alone, what is to be decided first', async () => {
    const { questions, fields, since } = await audit()
    expect(since).toBe('2026-08-01')
    expect(questions).toBe(3)
    expect(fields.map(({ id }) => id)).toEqual([secret, mood, trade])
    expect(fields.map(({ proposal }) => proposal)).toEqual([
      { kind: 'retire', reason: 'unused' },
      { kind: 'optional', share: 0.5 },
      { kind: 'keep' },
    ])
  })

  it('counts what was answered since, what it took, and what came back', async () => {
    const [, answer, held] = (await audit()).fields
    expect(answer).toMatchObject({
      answers: 42,
      cost: { seconds: 5, measured: true },
      received: 18,
      used: 6,
      users: { people: 6, groups: [{ role: 'rep', people: 6 }] },
      fillRate: 1,
      unknownRate: 0.5,
      bits: null,
      service: 'well',
      canDefine: true,
    })
    expect(held).toMatchObject({ fillRate: null, unknownRate: 0, service: 'young', answers: 0, bits: 0 })
  })

  it('says what a report cost a year ago and costs now, over what the branch itself asks', async () => {
    const { effort } = await audit()
    expect(effort.months.map(({ month }) => month).at(0)).toBe('2025-11')
    expect(effort.months.map(({ month }) => month).at(-1)).toBe('2026-10')
    expect([effort.before, effort.now]).toEqual([(6 * 140) / 40, (6 * 105) / 40])
  })

  it('keeps counting the seconds of a question that was retired since', async () => {
    const { waste, field } = world.callerFor(north.people.local)
    await field.retire({ fieldId: secret })
    const after = await waste.audit({ territoryId: north.territories.pyrenees })
    expect(after.fields.map(({ id }) => id)).toEqual([mood, trade])
    expect(after.effort.now).toBe((6 * 105) / 40)
    await field.restore({ fieldId: secret })
  })

  it('is empty where nothing is asked', async () => {
    const { waste } = world.callerFor(north.people.hq)
    const { questions, fields, saved, effort } = await waste.audit({
      territoryId: north.territories.finistere,
    })
    expect([questions, fields, saved, effort.now]).toEqual([0, [], 0, null])
  })
})
