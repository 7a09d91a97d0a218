import { STARTER_FIELDS } from '@fieldback/domain/field/starter-fields'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let org: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  org = world.north
})
afterAll(() => world.close())
beforeEach(async () => {
  for (const table of ['field_version', 'field_definition', 'contact', 'account_home', 'account'])
    await sql(`DELETE FROM ${table}`)
})

const sql = <T>(text: string, values: readonly unknown[] = []) => world.sql<T>(org.orgId, text, values)
const admin = () => world.callerFor(org.people.admin).field
const ALL = STARTER_FIELDS.map(({ key }) => ({ key, label: null }))
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: TRPCError) => errorShape(error),
  )
const published = () =>
  sql<{ key: string; entity: string; rank: number }>(
    `SELECT d.key, d.entity, t.rank FROM field_definition d JOIN territory t ON t.org_id = d.org_id AND t.id = d.territory_id ORDER BY 2, 1`,
  )

describe('the starter set of an organisation without accounts', () => {
  it('is proposed with returns that are expected to work, and says that nothing was measured', async () => {
    const { reps, fields } = await admin().starter()
    expect(reps).toBe(5)
    expect(fields.map(({ key, fault }) => [key, fault])).toEqual(STARTER_FIELDS.map(({ key }) => [key, null]))
    const working = fields.flatMap(({ verdicts }) => verdicts).filter((verdict) => verdict.working)
    expect(new Set(working.map((verdict) => verdict.working && verdict.basis))).toEqual(new Set(['assumed']))
  })
  it('is published by the administrator, and asked everywhere', async () => {
    expect(await admin().publishStarter({ fields: ALL })).toEqual({ published: 8 })
    expect((await published()).every(({ rank }) => rank === 0)).toBe(true)
    const asked = await world
      .callerFor(org.people.basqueRep)
      .field.effective({ territoryId: org.territories.basque })
    expect(asked).toHaveLength(8)
    const events = await sql<{ membership_id: string }>(
      `SELECT membership_id FROM audit_event WHERE action = 'field.publish'`,
    )
    expect(events).toEqual(
      Array.from({ length: 8 }, () => ({ membership_id: org.people.admin.membershipId })),
    )
  })
  it('pressed twice, or at the same instant, is published once', async () => {
    const counts = await Promise.all([1, 2].map(() => admin().publishStarter({ fields: ALL })))
    expect(counts.map((one) => one.published).sort()).toEqual([0, 8])
    expect(await admin().publishStarter({ fields: [...ALL, ...ALL.slice(0, 2)] })).toEqual({ published: 0 })
    expect(await published()).toHaveLength(8)
    const { fields } = await admin().starter()
    expect(fields.every(({ published: label, fault }) => label !== null && fault === null)).toBe(true)
  })
  it('takes the words of the organisation, and still knows the question under them', async () => {
    const label = { fr: 'Le gérant était-il là ?', en: 'Was the manager there?' }
    await admin().publishStarter({ fields: [{ key: 'decision_maker_met', label }] })
    expect(await published()).toEqual([{ key: 'le_gerant_etait_il_la', entity: 'report', rank: 0 }])
    const line = (await admin().starter()).fields.find(({ key }) => key === 'decision_maker_met')
    expect(line?.published).toEqual(label)
    expect(await admin().publishStarter({ fields: [{ key: 'decision_maker_met', label: null }] })).toEqual({
      published: 0,
    })
  })
})

describe('what it does not do', () => {
  it('without a rep nothing is published: somebody is invited first', async () => {
    await sql(`UPDATE assignment SET valid_to = '2026-02-01' WHERE role IN ('rep', 'manager')`)
    try {
      const { reps, fields } = await admin().starter()
      expect(reps).toBe(0)
      expect(fields.every(({ fault }) => fault?.params.reason === 'GIVEBACK_NO_REP')).toBe(true)
      expect(await refused(admin().publishStarter({ fields: ALL }))).toMatchObject({
        code: 'GIVEBACK_NOT_WORKING',
        params: { reason: 'GIVEBACK_NO_REP', starter: 'decision_maker_met' },
      })
    } finally {
      await sql('UPDATE assignment SET valid_to = NULL')
    }
  })
  it('one that is refused leaves none of the others behind', async () => {
    const twice = { fr: 'Même question', en: 'Same question' }
    const fields = [
      { key: 'decision_maker_met', label: twice },
      { key: 'products_shown', label: twice },
    ]
    expect(await refused(admin().publishStarter({ fields }))).toMatchObject({
      code: 'FIELD_KEY_TAKEN',
      params: { starter: 'products_shown' },
    })
    expect(await published()).toEqual([])
  })
  it('gives the administrator no other question, and nobody else the set', async () => {
    expect(await refused(admin().publishStarter({ fields: [{ key: 'salary', label: null }] }))).toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    )
    for (const who of ['basqueRep', 'regional', 'hq'] as const)
      expect(
        await refused(world.callerFor(org.people[who]).field.publishStarter({ fields: ALL })),
      ).toMatchObject({ code: 'FORBIDDEN' })
    const { spec } = STARTER_FIELDS[0] ?? { spec: undefined }
    if (!spec) throw new Error('the starter set is empty')
    const own = admin().publish({ territoryId: org.territories.france, entity: 'report', spec })
    expect(await refused(own)).toMatchObject({ code: 'FORBIDDEN' })
  })
  it('names are text: markup stays as typed, empty and endless ones are refused', async () => {
    const name = (fr: string) => ({ fields: [{ key: 'decides', label: { fr, en: fr } }] })
    expect(await refused(admin().publishStarter(name('  ')))).toMatchObject({ code: 'INVALID_INPUT' })
    expect(await refused(admin().publishStarter(name('x'.repeat(301))))).toMatchObject({
      code: 'INVALID_INPUT',
    })
    await admin().publishStarter(name('<img src=x onerror=alert(1)>'))
    const [row] = await sql<{ label: string }>(`SELECT spec -> 'label' ->> 'fr' AS label FROM field_version`)
    expect(row?.label).toBe('<img src=x onerror=alert(1)>')
  })
})
