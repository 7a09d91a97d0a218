import { ledgerFacts } from '@fieldback/domain/analytics/ledger-fact'
import { ASSUMED_SECONDS } from '@fieldback/domain/field/entry-seconds'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../analytics/fold.job.ts'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
let north: TestOrg
let members: string[]

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const people = Array.from({ length: 6 }, (_, i) => ({
    name: `rep ${i}`,
    role: 'rep' as const,
    territoryId: north.territories.pyrenees,
  }))
  members = []
  for (const who of people) members.push((await arrangePerson(world.sql, north.orgId, who)).membershipId)
})
afterAll(() => world.close())

const question = (key: string) =>
  arrangeField(world.sql, north, {
    key,
    territoryId: north.territories.pyrenees,
    entity: 'report',
    spec: { type: 'yes_no', reportable: true },
  })

/** Answers of some of the six in a month, with the seconds each took. */
async function answer(
  fieldId: string,
  month: string,
  people: number,
  seconds: readonly number[],
): Promise<void> {
  const rows = seconds.map((each) => ({ fieldId, month, answers: 1, seconds: each, received: 0, used: 0 }))
  const facts = members.slice(0, people).flatMap((member) => ledgerFacts(member, rows))
  await world.sql(
    north.orgId,
    'INSERT INTO rollup_outbox (org_id, fact) SELECT $1, fact FROM jsonb_array_elements($2::jsonb) AS fact',
    [north.orgId, JSON.stringify(facts)],
  )
  await fold({ db: world.db }, north.orgId)
}

/** As before answers were kept one by one: sums alone. */
const sums = (fieldId: string, month: string, people: number) =>
  world.sql(
    north.orgId,
    `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers, seconds)
     SELECT $1, unnest($2::uuid[]), $3, $4, 10, 90`,
    [north.orgId, members.slice(0, people), fieldId, month],
  )

const costOf = async (fieldId: string) => {
  const { fields } = await world
    .callerFor(north.people.local)
    .waste.audit({ territoryId: north.territories.pyrenees })
  return fields.find(({ id }) => id === fieldId)?.cost
}
const assumed = { seconds: ASSUMED_SECONDS.yes_no, measured: false }

describe('seconds of a question', () => {
  it('are those of the middle answer, which one that was left open all noon does not move', async () => {
    const fieldId = await question('mediane')
    await answer(fieldId, '2026-10', 5, [2, 3, 3, 4, 9, 3600])
    expect(await costOf(fieldId)).toEqual({ seconds: 3, measured: true, median: { from: 3, to: 3 } })
  })

  it('are told from five people up', async () => {
    const fieldId = await question('a_quatre')
    await answer(fieldId, '2026-10', 4, Array(20).fill(7))
    expect(await costOf(fieldId)).toEqual(assumed)
    await answer(fieldId, '2026-09', 5, Array(5).fill(7))
    expect(await costOf(fieldId)).toMatchObject({ measured: true, median: { from: 6, to: 7 } })
  })

  it('of one person are not told as those of the five that sums know of', async () => {
    const fieldId = await question('un_seul')
    await sums(fieldId, '2026-10-01', 6)
    await answer(fieldId, '2026-10', 1, Array(60).fill(50))
    expect(await costOf(fieldId)).toEqual({ seconds: (60 * 9 + 60 * 50) / 120, measured: true })
  })

  it('are a mean as long as only sums are known, then the median of the months that are known whole', async () => {
    const fieldId = await question('avant')
    await sums(fieldId, '2026-09-01', 6)
    expect(await costOf(fieldId)).toEqual({ seconds: 9, measured: true })
    await answer(fieldId, '2026-10', 6, Array(4).fill(3))
    expect(await costOf(fieldId)).toMatchObject({ measured: true })
    expect(await costOf(fieldId)).not.toHaveProperty('median')
    await answer(fieldId, '2026-11', 6, [3])
    expect(await costOf(fieldId)).toEqual({ seconds: 3, measured: true, median: { from: 3, to: 3 } })
  })

  it('stand on the server without whose they are, and other organisations read none', async () => {
    const columns = await world.sql<{ name: string }>(
      north.orgId,
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'field_seconds' ORDER BY 1`,
    )
    expect(columns.map(({ name }) => name)).toEqual(['bin', 'field_id', 'month', 'n', 'org_id'])
    const audit = { territoryId: north.territories.pyrenees }
    const denied = ['basqueRep', 'admin'] as const
    for (const who of denied)
      await expect(world.callerFor(north.people[who]).waste.audit(audit)).rejects.toThrow('FORBIDDEN')
    await expect(world.callerFor(world.other.people.hq).waste.audit(audit)).rejects.toThrow('NOT_FOUND')
  })
})
