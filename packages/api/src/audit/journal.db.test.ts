import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, arrangePerson, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import type { JournalLine } from './journal.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who])
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )

/** A line as if written at an instant. */
async function line(org: TestOrg, at: string, action = 'territory.rename', who?: string): Promise<string> {
  const id = randomUUID()
  await world.sql(
    org.orgId,
    'INSERT INTO audit_event (org_id, id, at, membership_id, action, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    [
      org.orgId,
      id,
      at,
      who ?? org.people.admin.membershipId,
      action,
      org.territories.basque,
      JSON.stringify({ from: 'a', to: 'b' }),
    ],
  )
  return id
}
const ids = (lines: readonly JournalLine[]) => lines.map(({ id }) => id)

const inherited = () =>
  arrangeField(world.sql, north, {
    territoryId: north.territories.france,
    entity: 'report',
    key: 'national',
    spec: { type: 'yes_no' },
  })

describe('the journal', () => {
  it('says who did what, with the names of what was touched', async () => {
    const { pyrenees } = north.territories
    const sector = await as('local').territory.createSubSector({ parentId: pyrenees, name: 'Soule' })
    await as('admin').org.rename({ name: 'Delmas' })
    const { lines } = await as('admin').audit.list({})
    expect(lines.map(({ action, who, words }) => [action, who?.name, words])).toEqual([
      ['org.rename', 'north-admin', { subject: 'Delmas', from: 'north', to: 'Delmas' }],
      ['territory.createSubSector', 'north-local', { subject: 'Soule', parent: 'pyrenees' }],
    ])
    expect(lines[1]?.subject).toEqual({ id: sector.id, kind: 'territory', open: true })
    await as('local').territory.close({ territoryId: sector.id })
    const [last] = (await as('admin').audit.list({})).lines
    expect(last).toMatchObject({ action: 'territory.close', subject: { id: sector.id, open: false } })
    expect((await as('admin').audit.people()).map(({ name }) => name)).toEqual(['north-admin', 'north-local'])
  })

  it('says of a question what stood before and what stands, and of a retired one that it is no longer asked', async () => {
    const territoryId = north.territories.basque
    const fieldId = await arrangeField(world.sql, north, {
      territoryId,
      entity: 'report',
      key: 'parle_basque',
      spec: { type: 'yes_no', label: { fr: 'Parle basque' } },
    })
    await as('local').field.tighten({ fieldId: await inherited(), territoryId, spec: { required: true } })
    await as('local').field.retire({ fieldId })
    const { lines } = await as('admin').audit.list({ kind: 'field' })
    const told = lines.map(({ action, changes }) => [action, changes])
    expect(told).toContainEqual(['field.retire', [{ aspect: 'asked', from: true, to: false }]])
    expect(told).toContainEqual(['field.tighten', [{ aspect: 'required', from: null, to: true }]])
  })

  it('is read page by page from its end, nothing twice and nothing missed, even at one instant', async () => {
    const written: string[] = []
    for (let n = 0; n < 7; n++) written.push(await line(north, '2026-03-01T10:00:00.5Z'))
    const filter = { from: '2026-03-01', to: '2026-03-01', limit: 3 } as const
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await as('admin').audit.list({ ...filter, cursor })
      seen.push(...ids(page.lines))
      cursor = page.next
    } while (cursor !== null)
    expect(seen).toHaveLength(7)
    expect(seen.toSorted()).toEqual(written.toSorted())
    expect((await as('admin').audit.list({ ...filter, cursor: 'nonsense' })).lines).toHaveLength(3)
  })

  it('is filtered by days in the organisation’s time zone, both included', async () => {
    const before = await line(north, '2026-05-09T21:59:59Z')
    const first = await line(north, '2026-05-09T22:00:00Z')
    const last = await line(north, '2026-05-11T21:59:59Z')
    const after = await line(north, '2026-05-11T22:00:00Z')
    const found = ids((await as('admin').audit.list({ from: '2026-05-10', to: '2026-05-11' })).lines)
    expect(found).toEqual([last, first])
    expect(found).not.toContain(before)
    expect(found).not.toContain(after)
  })

  it('is filtered by person, by kind of change and by what was touched, all at once', async () => {
    const who = north.people.regional.membershipId
    const wanted = await line(north, '2026-06-01T10:00:00Z', 'field.retire', who)
    await line(north, '2026-06-01T10:00:00Z', 'field.retire')
    await line(north, '2026-06-01T10:00:00Z', 'territory.close', who)
    const filter = { membershipId: who, kind: 'field', subjectId: north.territories.basque } as const
    const page = await as('admin').audit.list(filter)
    expect(ids(page.lines)).toEqual([wanted])
    expect(page.about).toBe('basque')
  })

  it('of another organisation never shows, whatever ids are named', async () => {
    await line(world.other, '2026-07-01T10:00:00Z')
    const named = { subjectId: world.other.territories.basque }
    expect(await as('admin').audit.list(named)).toEqual({ lines: [], next: null, about: null })
    expect(ids((await as('admin', world.other).audit.list({})).lines)).toHaveLength(1)
  })

  it('is read by who administers the whole organisation, and by nobody else', async () => {
    const part = world.callerFor(
      await arrangePerson(world.sql, north.orgId, {
        name: 'of a part',
        role: 'administrator',
        territoryId: north.territories.aquitaine,
      }),
    )
    for (const audit of [part.audit, as('hq').audit, as('regional').audit, as('basqueRep').audit]) {
      expect(await refusal(audit.list({}))).toBe('FORBIDDEN')
      expect(await refusal(audit.people())).toBe('FORBIDDEN')
      expect(await refusal(audit.beginExport({}))).toBe('FORBIDDEN')
    }
  })
})

describe('taking the journal away', () => {
  it('is itself journalled, with what was filtered and how many lines went', async () => {
    await line(north, '2026-08-01T10:00:00Z')
    const told = await as('admin').audit.beginExport({ from: '2026-08-01', to: '2026-08-01' })
    expect(told).toEqual({ rows: 1, cut: false })
    const [last] = await world.sql<{ action: string; detail: Record<string, unknown> }>(
      north.orgId,
      `SELECT action, detail FROM audit_event WHERE action = 'audit.export'`,
    )
    expect(last?.detail).toMatchObject({ rows: 1, from: '2026-08-01' })
  })
})
