import { inOrg } from '@fieldback/db/client'
import { unsafeClaimOwners } from '@fieldback/db/giveback/fault.repo'
import type { Giveback } from '@fieldback/domain/field/field-spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, arrangeReport, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { checkReturns } from './check-returns.job.ts'

let world: TestWorld
let north: TestOrg
/** Of Pays Basque, whose account has a phone: a badge and a list of those who say yes. */
let listed: string
let young: string

const SEGMENT: Giveback = { kind: 'segment', label: { fr: 'À rappeler' }, options: ['true'] }

const field = async (key: string, since: string, territoryId = north.territories.basque) => {
  const id = await arrangeField(world.sql, north, {
    key,
    territoryId,
    entity: 'report',
    spec: { type: 'yes_no', reportable: true, givebacks: [{ kind: 'badge' }, SEGMENT] },
  })
  await world.sql(north.orgId, 'UPDATE field_version SET published_at = $2 WHERE field_id = $1', [id, since])
  return id
}
const answered = (fieldId: string, month: string) =>
  world.sql(
    north.orgId,
    `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers) VALUES ($1, $2, $3, $4, 3)`,
    [north.orgId, north.people.basqueRep.membershipId, fieldId, month],
  )
const phone = (number: string | null) =>
  world.sql(north.orgId, 'UPDATE account SET phone = $2 WHERE id = $1', [north.accounts.basque.id, number])

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  await world.sql(north.orgId, `UPDATE territory SET created_at = '2025-01-01'`)
  for (const day of ['2026-10-20', '2026-11-10', '2026-12-20', '2026-12-28'])
    await arrangeReport(world.sql, north, { at: 'basque', by: 'basqueRep', day })
  await phone('+33559000000')
  listed = await field('lavage', '2026-02-01')
  young = await field('jeune', '2026-11-01')
  await answered(listed, '2026-11-01')
  await answered(listed, '2026-12-01')
})
afterAll(() => world.close())

const on = (day: string) =>
  checkReturns({ ...world.deps, now: () => new Date(`${day}T05:00:00Z`) }, north.orgId)
const read = async () => {
  const { owners } = await world
    .callerFor(north.people.local)
    .field.list({ territoryId: north.territories.pyrenees })
  const fields = owners.flatMap((owner) => owner.fields)
  return Object.fromEntries(
    fields.map(({ key, broken }) => [key, broken.map(({ kind, code, since }) => [kind, code, since])]),
  )
}
const mails = () => world.mails.splice(0)
const WELL = { owners: 1, broken: 0, done: true }

describe('returns looked at again', () => {
  it('that reach somebody are left alone, once a month', async () => {
    expect(await on('2026-11-20')).toEqual(WELL)
    expect(await on('2026-11-20')).toEqual({ ...WELL, owners: 0 })
    expect(await on('2026-11-29')).toEqual({ ...WELL, owners: 0 })
    expect(await read()).toEqual({ lavage: [], jeune: [] })
    expect(mails()).toEqual([])
  })

  it('that nobody can be reached by flag the question, on its page too, and its owners are told once', async () => {
    await phone(null)
    expect(await on('2026-12-30')).toEqual({ ...WELL, broken: 1 })
    expect(await read()).toEqual({
      lavage: [['segment', 'GIVEBACK_NOBODY_REACHABLE', '2026-12-30']],
      jeune: [],
    })
    const [letter, ...others] = mails()
    expect(others).toEqual([])
    expect(letter).toMatchObject({
      to: expect.stringContaining('north-local'),
      subject: 'Une question ne rend plus ce qu’elle promet',
      text: expect.stringMatching(
        /- lavage \(basque\)\n {2}Liste\s: Personne ici n’a de téléphone ni d’e-mail\s: la liste ne servirait pas\./,
      ),
    })
    expect(letter?.text).not.toMatch(/[{}]|undefined/)
    const { broken } = await world.callerFor(north.people.local).field.check({
      territoryId: north.territories.basque,
      entity: 'report',
      fieldId: listed,
      spec: {
        label: { fr: 'lavage' },
        why: { fr: 'Pour le test' },
        type: 'yes_no',
        reportable: true,
        givebacks: [{ kind: 'badge' }],
      },
    })
    expect(broken).toMatchObject([{ kind: 'segment', code: 'GIVEBACK_NOBODY_REACHABLE' }])
  })

  it('twice at once or on the day after, say it no second time and keep the first day', async () => {
    expect(await Promise.all([on('2026-12-30'), on('2026-12-30')])).toEqual([
      { ...WELL, owners: 0 },
      { ...WELL, owners: 0 },
    ])
    const [one, two] = await Promise.all([on('2026-12-31'), on('2026-12-31')])
    expect(one.owners + two.owners).toBe(1)
    expect((await read()).lavage).toEqual([['segment', 'GIVEBACK_NOBODY_REACHABLE', '2026-12-30']])
    expect(mails()).toEqual([])
  })

  it('killed in the middle, are looked at by the next run as if it had never begun', async () => {
    const claim = () =>
      inOrg(world.db, north.orgId, async (tx) => {
        const territoryIds = [north.territories.basque]
        const claimed = await unsafeClaimOwners(tx, north.orgId, { territoryIds, day: '2027-01-02' })
        expect(claimed).toEqual(territoryIds)
        throw new Error('killed')
      })
    await expect(claim()).rejects.toThrow('killed')
    const aborted = AbortSignal.abort()
    const deps = { ...world.deps, now: () => new Date('2027-01-02T05:00:00Z') }
    expect(await checkReturns(deps, north.orgId, aborted)).toEqual({ owners: 0, broken: 0, done: false })
    // The young question has had its 60 days by then, and nobody ever answered it.
    expect(await on('2027-01-02')).toEqual({ ...WELL, broken: 2 })
    expect((await read()).jeune).toEqual([
      ['badge', 'GIVEBACK_NO_ANSWER', '2027-01-02'],
      ['segment', 'GIVEBACK_NOBODY_REACHABLE', '2027-01-02'],
    ])
    expect(mails().map(({ text }) => text.includes('lavage'))).toEqual([false])
  })

  it('are cleared on the next day when they work again', async () => {
    await phone('+33559000000')
    await answered(young, '2027-01-01')
    expect(await on('2027-01-03')).toEqual(WELL)
    expect(await read()).toEqual({ lavage: [], jeune: [] })
    expect(mails()).toEqual([])
  })

  it('are cleared at once by a new version, which has its own 60 days', async () => {
    await phone(null)
    expect(await on('2027-02-01')).toEqual({ ...WELL, broken: 2 })
    expect(mails()).toHaveLength(1)
    await world.sql(
      north.orgId,
      `INSERT INTO field_version (org_id, field_id, version, spec, published_at)
       SELECT org_id, field_id, 2, spec, '2027-02-01' FROM field_version WHERE field_id = $1 AND version = 1`,
      [listed],
    )
    await world.sql(north.orgId, 'UPDATE field_definition SET current_version = 2 WHERE id = $1', [listed])
    expect((await read()).lavage).toEqual([])
    expect(await on('2027-02-02')).toEqual({ ...WELL, broken: 1 })
    expect((await read()).lavage).toEqual([])
  })

  it('of another organisation are not touched', async () => {
    expect(await world.sql(world.other.orgId, 'SELECT 1 FROM giveback_check')).toEqual([])
  })
})
