import { randomUUID } from 'node:crypto'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { arrangeAccount, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let org: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  org = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of ['report', 'field_version', 'field_definition', 'contact', 'account_home', 'account'])
    await sql(`DELETE FROM ${table}`)
  await sql(`UPDATE territory SET created_at = '2026-11-01'`)
})

const sql = (text: string, values: readonly unknown[] = []) => world.sql(org.orgId, text, values)
const spec = (over: Partial<FieldSpec> = {}): FieldSpec => ({
  label: { fr: 'Humeur' },
  why: { fr: 'Pour préparer la suite' },
  type: 'yes_no',
  options: [],
  required: false,
  reportable: true,
  position: 0,
  shared: false,
  givebacks: [{ kind: 'badge' }],
  ...over,
})
const draft = (territory: keyof TestOrg['territories'] = 'france') => ({
  territoryId: org.territories[territory],
  entity: 'report' as const,
  fieldId: null,
  spec: spec(),
})
const fields = () => world.callerFor(org.people.hq).field
const badge = async (territory?: keyof TestOrg['territories']) =>
  (await fields().check(draft(territory))).verdicts.badge
const account = async (territory: keyof TestOrg['territories'], visitEveryDays: number) => {
  const { id, contactId } = await arrangeAccount(
    world.sql,
    org.orgId,
    org.territories[territory],
    randomUUID(),
  )
  await sql('UPDATE account SET visit_every_days = $2 WHERE id = $1', [id, visitEveryDays])
  return { id, contactId }
}
const report = async (accountId: string, day: string, status = 'accepted') =>
  sql(
    `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, captured_at)
     VALUES ($1, $2, $3, $4, $5, 'visit', 'order', $6, $7, now())`,
    [
      org.orgId,
      randomUUID(),
      accountId,
      org.territories.basque,
      org.people.basqueRep.membershipId,
      day,
      status,
    ],
  )

describe('a branch that never had a report, in its first 60 days', () => {
  it('is judged on the rhythm of its own accounts, and what is shown says that it is expected', async () => {
    for (const every of [30, 60, 90]) await account('basque', every)
    await account('finistere', 1)
    expect(await badge('aquitaine')).toEqual({
      working: true,
      basis: 'planned',
      evidence: { reps: 4, answers: 3, accountsSeenTwice: 1 },
    })
    const { affected } = await fields().check(draft('aquitaine'))
    expect(affected).toMatchObject({ basis: 'planned', reportsPerMonth: 1.5, accounts: 3 })
  })
  it('counts contacts met only where an account has one', async () => {
    const { contactId } = await account('basque', 30)
    await account('basque', 30)
    const contacts = async () =>
      (await fields().check({ ...draft(), entity: 'contact' })).affected.metPerMonth
    expect(await contacts()).toBe(1)
    await sql('UPDATE contact SET deleted_at = now() WHERE id = $1', [contactId])
    expect(await contacts()).toBe(0.5)
  })
  it('of an organisation without any account is judged on the stated assumption', async () => {
    const verdict = await badge()
    expect(verdict).toMatchObject({ working: true, basis: 'assumed' })
    expect(await world.callerFor(org.people.hq).field.publish(draft())).toMatchObject({ version: 1 })
  })
  it('without accounts, beside branches that have some, is not: nobody is visited there', async () => {
    await account('basque', 30)
    expect(await badge('bretagne')).toMatchObject({ working: false, code: 'GIVEBACK_NO_REPORT' })
  })
  it('without a rep in it or above is refused: somebody is invited first', async () => {
    await sql(`UPDATE assignment SET valid_to = '2026-02-01' WHERE role <> 'headquarters'`)
    try {
      expect(await badge()).toMatchObject({ working: false, code: 'GIVEBACK_NO_REP' })
    } finally {
      await sql('UPDATE assignment SET valid_to = NULL')
    }
  })
})

describe('the plan is left', () => {
  it('once the 60 days are over', async () => {
    await account('basque', 30)
    await sql(`UPDATE territory SET created_at = '2026-09-21T12:00:00Z'`)
    expect(await badge()).toMatchObject({ code: 'GIVEBACK_NO_REPORT' })
    await sql(`UPDATE territory SET created_at = '2026-09-22T12:00:00Z'`)
    expect(await badge()).toMatchObject({ basis: 'planned' })
  })
  it('with the first report, even an old one; one taken back does not count', async () => {
    const { id } = await account('basque', 30)
    await report(id, '2026-08-01', 'withdrawn')
    expect(await badge()).toMatchObject({ basis: 'planned' })
    await report(id, '2026-08-01')
    expect(await badge()).toMatchObject({ code: 'GIVEBACK_NO_REPORT' })
  })
  it('with reports of these days: what is shown is then measured', async () => {
    const { id } = await account('basque', 30)
    await report(id, '2026-11-10')
    const refused = await fields()
      .publish(draft())
      .then(
        () => null,
        (error: TRPCError) => errorShape(error),
      )
    expect(refused).toEqual({
      code: 'GIVEBACK_NOT_WORKING',
      params: { kind: 'badge', reason: 'GIVEBACK_NO_SECOND_VISIT', reports: 1 },
    })
  })
})
