import { randomUUID } from 'node:crypto'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { push } from '../sync/push.ts'
import { openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { publishDue } from './publish.job.ts'
import { tellAhead } from './tell-ahead.job.ts'

const DAY = '2027-03-01'
/** In a letter. */
const STANDS = /^- basque fermé\. S’y trouvent encore\s: 1\scompte et 1\spersonne\.$/m
let world: TestWorld
let org: TestOrg
let now = WORLD_NOW

beforeEach(async () => {
  now = WORLD_NOW
  world = await openTestWorld({ now: () => now })
  org = world.north
})
afterEach(() => world.close())

type Person = keyof TestOrg['people']
const as = (person: Person, of = org) => world.callerFor(of.people[person])
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: Error) => error.message,
  )
const closing = (territoryId = org.territories.basque): TreeStep => ({ of: 'close', territoryId })
const plan = (steps = [closing()], person: Person = 'local') =>
  as(person).scenario.planOne({ steps, day: DAY, name: 'Fermer Pays Basque' })
const hindrances = async (scenarioId: string, person: Person = 'local') =>
  (await as(person).scenario.hindrances({ scenarioId })).hindrances
const comes = () => {
  now = new Date(`${DAY}T08:00:00Z`)
  world.mails.length = 0
  return publishDue(world.deps, org.orgId)
}
const isClosed = async (id = org.territories.basque) => {
  const [row] = await world.sql<{ closed: boolean }>(
    org.orgId,
    'SELECT closed_at IS NOT NULL AS closed FROM territory WHERE id = $1',
    [id],
  )
  return row?.closed
}
const roleAt = async (territoryId: string) => {
  const [row] = await world.sql<{ id: string }>(
    org.orgId,
    'SELECT id FROM assignment WHERE territory_id = $1 LIMIT 1',
    [territoryId],
  )
  return row?.id ?? ''
}
const passAccounts = () =>
  as('local').account.move({ accountIds: [org.accounts.basque.id], territoryId: org.territories.bearn })
const endRole = async (lastDay = '2027-02-27') =>
  as('local').assignment.end({ assignmentId: await roleAt(org.territories.basque), lastDay })
const standing = (counts: object) => ({
  code: 'TERRITORY_NOT_EMPTY',
  params: {
    territoryId: org.territories.basque,
    ...{ accounts: 0, inClosed: 0, people: 0, children: 0, fields: 0, ...counts },
  },
})

/** Captured and sent when it is; answers what became of it. */
async function files(capturedAt = now.toISOString()) {
  const members = [] as const
  const fieldSet = fieldSetHash(members)
  await world.sql(
    org.orgId,
    'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [org.orgId, fieldSet, JSON.stringify(members)],
  )
  const [answer] = await push(world.deps, org.people.basqueRep, [
    {
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      capturedAt,
      clockOffset: 0,
      kind: 'report.create',
      body: {
        accountId: org.accounts.basque.id,
        contactId: null,
        kind: 'visit',
        outcome: 'order',
        day: capturedAt.slice(0, 10),
        note: null,
        fieldSet,
        values: {},
        seconds: {},
        durationSeconds: 20,
      },
    },
  ])
  return answer?.status
}

describe('a territory on which something stands', () => {
  it('is planned to close on a day to come: what stands there is said, on its page, to whoever reads the plans', async () => {
    const { id } = await plan()
    const { basque } = org.territories
    for (const person of ['local', 'regional', 'hq'] as const) {
      const { planned } = await as(person).scenario.plannedAt({ territoryId: basque })
      expect(planned).toMatchObject([{ id, failed: false, told: [[{ of: 'close', name: 'basque' }]] }])
      expect(await hindrances(id, person)).toEqual([
        {
          told: [{ of: 'close', name: 'basque' }],
          fault: standing({ accounts: 1, people: 1 }),
          question: null,
        },
      ])
    }
    const page = await as('local').scenario.get({ scenarioId: id })
    expect(page.gestures[0]?.outcome).toEqual({ kind: 'applies', accounts: 0 })
    expect(page.hindrances).toMatchObject([{ fault: standing({ accounts: 1, people: 1 }) }])
    // It stands there in the project too, until it can close.
    expect(page.places.find((place) => place.id === basque)?.after?.load.accounts).toBe(1)
    for (const at of [basque, org.territories.bearn]) expect(await isClosed(at)).toBe(false)
  })

  it('is told as the day would find it: a role that ends before does not count, and territories below do', async () => {
    const { id } = await plan()
    await endRole()
    expect(await hindrances(id)).toMatchObject([{ fault: standing({ accounts: 1 }) }])
    await passAccounts()
    expect(await hindrances(id)).toEqual([])
    const above = await plan([closing(org.territories.pyrenees)], 'admin')
    expect(await hindrances(above.id, 'admin')).toMatchObject([
      { fault: { params: { children: 2, people: 1, territoryId: org.territories.pyrenees } } },
    ])
  })

  it('is nobody’s to plan or to read who has no right there', async () => {
    expect(await codeOf(plan([closing()], 'basqueRep'))).toBe('FORBIDDEN')
    expect(await codeOf(plan([closing()], 'hq'))).toBe('FORBIDDEN')
    expect(await codeOf(plan([closing(org.territories.finistere)]))).toBe('FORBIDDEN')
    const { id } = await plan()
    expect(await codeOf(hindrances(id, 'basqueRep'))).toBe('FORBIDDEN')
    expect(await codeOf(as('local', world.other).scenario.hindrances({ scenarioId: id }))).toBe('NOT_FOUND')
  })

  it('is not closed at once, nor by a draft without a day', async () => {
    const { id } = await plan()
    const { version } = await as('local').scenario.get({ scenarioId: id })
    expect(await codeOf(as('local').scenario.publish({ scenarioId: id, known: version }))).toBe(
      'SCENARIO_STUCK',
    )
    await as('local').scenario.setDay({ scenarioId: id, day: null })
    const { gestures } = await as('local').scenario.get({ scenarioId: id })
    expect(gestures[0]?.outcome).toMatchObject({ kind: 'stuck', fault: { code: 'TERRITORY_NOT_EMPTY' } })
    expect(await codeOf(as('local').territory.close({ territoryId: org.territories.basque }))).toBe(
      'TERRITORY_NOT_EMPTY',
    )
  })
})

describe('the day of a planned closing', () => {
  it('closes what is empty by then, and is taken back; a report captured before arrives', async () => {
    await plan()
    await endRole()
    await passAccounts()
    expect(await comes()).toEqual({ published: 1, failed: 0 })
    expect(await isClosed()).toBe(true)
    expect(world.mails).toEqual([])
    // Captured while the account was his, then after it had passed to another: put aside for a manager, not refused.
    expect(await files('2026-11-19T09:00:00.000Z')).toBe('applied')
    expect(await files('2027-02-26T09:00:00.000Z')).toBe('quarantined')
    const [gesture] = await world.sql<{ id: string }>(
      org.orgId,
      `SELECT id FROM audit_event WHERE action = 'territory.close'`,
    )
    await as('local').territory.undo({ gestureIds: [gesture?.id ?? ''] })
    expect(await isClosed()).toBe(false)
  })

  it('finds it not empty: nothing changes, reports go on, and who planned it is told what stands there and what to do', async () => {
    const { id } = await plan()
    expect(await files()).toBe('applied')
    expect(await comes()).toEqual({ published: 0, failed: 1 })
    expect(await isClosed()).toBe(false)
    expect(await files()).toBe('applied')
    expect(world.mails).toHaveLength(1)
    expect(world.mails[0]?.text).toMatch(STANDS)
    expect(world.mails[0]?.text).toContain(`/manage/scenarios/${id}`)
    const { planned } = await as('local').scenario.plannedAt({ territoryId: org.territories.basque })
    expect(planned).toMatchObject([{ id, failed: true }])
    expect(await hindrances(id)).toMatchObject([{ fault: standing({ accounts: 1, people: 1 }) }])

    await passAccounts()
    await endRole('2027-02-28')
    expect(await hindrances(id)).toEqual([])
    // Emptied late, it closes when it is planned again, not by itself.
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 0, failed: 0 })
    const { version } = await as('local').scenario.get({ scenarioId: id })
    await as('local').scenario.plan({ scenarioId: id, day: DAY, known: version })
    expect(await publishDue(world.deps, org.orgId)).toEqual({ published: 1, failed: 0 })
    expect(await isClosed()).toBe(true)
  })

  it('that was closed by hand meanwhile finds nothing left to do, and is done', async () => {
    const { id } = await plan()
    await passAccounts()
    await endRole('2026-11-19')
    await as('local').territory.close({ territoryId: org.territories.basque })
    expect(await hindrances(id)).toEqual([])
    expect(await comes()).toEqual({ published: 1, failed: 0 })
    expect(world.mails).toEqual([])
    expect((await as('local').scenario.get({ scenarioId: id })).state).toBe('published')
  })

  it('is known ahead to fail when who planned it will have no right there by then, and does', async () => {
    const { id } = await plan()
    await endRole()
    await passAccounts()
    await world.sql(org.orgId, `UPDATE assignment SET valid_to = '2027-01-01' WHERE membership_id = $1`, [
      org.people.local.membershipId,
    ])
    expect(await hindrances(id, 'regional')).toMatchObject([{ told: [], fault: { code: 'FORBIDDEN' } }])
    expect(await comes()).toEqual({ published: 0, failed: 1 })
    expect(await isClosed()).toBe(false)
    expect(world.mails[0]?.text).toContain('n’a pas les droits')
  })
})

describe('a closing among other steps', () => {
  const leaving = async (): Promise<TreeStep[]> => [
    {
      of: 'rehome',
      fromId: org.territories.basque,
      toId: org.territories.bearn,
      rule: { by: 'all' },
    },
    { of: 'endAssignment', assignmentId: await roleAt(org.territories.basque), lastDay: null },
  ]
  const draft = async (steps: TreeStep[]) => {
    const { id } = await as('local').scenario.create({
      territoryId: org.territories.pyrenees,
      name: 'Printemps',
      effectiveOn: DAY,
    })
    let known = 1
    for (const step of steps)
      known = (await as('local').scenario.addGesture({ scenarioId: id, known, steps: [step] })).version
    await as('local').scenario.plan({ scenarioId: id, day: DAY, known })
    return id
  }

  it('closes what the steps before it empty', async () => {
    const id = await draft([...(await leaving()), closing()])
    expect(await hindrances(id)).toEqual([])
    expect(await comes()).toEqual({ published: 1, failed: 0 })
    expect(await isClosed()).toBe(true)
  })

  it('is accepted ahead of what they leave there, which is said; on the day all of it is done or nothing', async () => {
    const [pass] = await leaving()
    const id = await draft([...(pass ? [pass] : []), closing()])
    expect(await hindrances(id)).toMatchObject([{ fault: standing({ people: 1 }) }])
    expect(await comes()).toEqual({ published: 0, failed: 1 })
    const { accounts } = await as('local').account.list({ territoryId: org.territories.basque })
    expect(accounts.map((account) => account.id)).toEqual([org.accounts.basque.id])
  })

  it('in the wrong order says what it finds there at its turn', async () => {
    const id = await draft([closing()])
    const { version } = await as('local').scenario.get({ scenarioId: id })
    const [pass] = await leaving()
    // As on the day: it is closed by then.
    expect(
      await codeOf(
        as('local').scenario.addGesture({ scenarioId: id, known: version, steps: pass ? [pass] : [] }),
      ),
    ).toBe('CONFLICT')
  })
})

describe('two weeks before a planned closing', () => {
  const told = async () => {
    now = new Date('2027-02-20T10:00:00Z')
    world.mails.length = 0
    await tellAhead(world.deps, org.orgId)
    return world.mails.map(({ to, subject, text }) => ({ to: to.split('-').slice(1, 2)[0], subject, text }))
  }

  it('who works there reads what still stands there, and who planned it how to make it possible', async () => {
    const { id } = await plan()
    const letters = await told()
    expect(letters.map(({ to }) => to)).toEqual(['basquerep', 'local'])
    expect(letters[0]?.text).toMatch(STANDS)
    expect(letters[1]?.subject).toContain('ce ne sera pas appliqué le 1er mars 2027')
    expect(letters[1]?.text).toMatch(STANDS)
    expect(letters[1]?.text).toContain(`/manage/scenarios/${id}`)
    expect(await told()).toEqual([])
  })

  it('who planned it is told nothing when the place will be empty', async () => {
    await plan()
    await passAccounts()
    await endRole('2027-02-28')
    const letters = await told()
    expect(letters.map(({ to }) => to)).toEqual([])
  })
})
