import { inOrg } from '@fieldback/db/client'
import { unsafeBeginMail } from '@fieldback/db/view/view-mail.repo'
import type { Email } from '@fieldback/domain/ports/email'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Asked, arrangeQuestions, fileReports } from '../analytics/filed-reports.fixture.ts'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { mailViews } from './mail.job.ts'

let world: TestWorld
let north: TestOrg
let fields: Asked

/** A Monday, eight in the morning in Paris. */
const MONDAY = new Date('2026-11-23T07:00:00Z')
let now = MONDAY

beforeAll(async () => {
  world = await openTestWorld({ now: () => now })
  north = world.north
  fields = await arrangeQuestions(world, north)
  await fileReports(world, north, {
    seed: 11,
    n: 900,
    fields,
    days: ['2026-09-03', '2026-10-14', '2026-11-10', '2026-07-02', '2026-08-20'],
    people: { basque: 5, bearn: 6, finistere: 3, france: 1 },
  })
})
afterAll(() => world.close())
beforeEach(async () => {
  now = new Date('2026-11-20T10:00:00Z')
  await world.sql(north.orgId, 'DELETE FROM saved_view')
  world.mails.length = 0
})

type Who = keyof TestOrg['people']
const as = (who: Who) => world.callerFor(north.people[who])
/** The last three months of a place, shared with all of France, for a reader. */
async function keptFor(who: Who, { at = 'france', query = 'm=outcome.order' } = {}): Promise<string> {
  const t = north.territories[at as keyof TestOrg['territories']]
  const { id } = await as('hq').view.keep({
    name: 'Commandes',
    query: `t=${t}&basis=then&last=3&${query}`,
    territoryId: north.territories.france,
  })
  await as(who).view.pin({ viewId: id, pinned: true })
  await as(who).view.weekly({ viewId: id, weekly: true })
  return id
}
const deps = (email?: (mail: Email) => Promise<void>) => ({
  ...world.deps,
  ...(email && { email: { send: email } }),
})
const send = (email?: (mail: Email) => Promise<void>) => mailViews(deps(email), north.orgId)
const percent = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('the board', () => {
  it('shows a shared view with the figures of who reads it, and never those of who keeps it', async () => {
    const viewId = await keptFor('local')
    await as('hq').view.pin({ viewId, pinned: true })
    const [mine] = await as('local').view.board()
    const [theirs] = await as('hq').view.board()
    if (mine?.failed !== null || theirs?.failed !== null) throw new Error('the tiles could not be told')
    expect([mine?.moved, theirs?.moved]).toEqual([true, false])
    expect([mine?.now.place.name, theirs?.now.place.name]).toEqual(['pyrenees', 'france'])
    const local = await as('local').analytics.ask({
      territoryId: north.territories.pyrenees,
      basis: 'then',
      period: { from: '2026-09', to: '2026-11' },
      measure: { of: 'outcome', outcome: 'order' },
      compare: { with: 'previous' },
    })
    expect(mine?.now.total).toEqual(local.total)
    expect(mine?.now.total.now.n).toBeLessThan(theirs?.now.total.now.n ?? 0)
    expect(mine?.months?.rows).toHaveLength(12)
  })
  it('leaves out what is shared no more, and says of a question that is not asked there', async () => {
    const gone = await keptFor('local')
    await keptFor('local', { query: 'm=share.00000000-0000-7000-8000-000000000000' })
    await as('hq').view.change({ viewId: gone, name: 'x', query: '', territoryId: null })
    expect((await as('local').view.board()).map(({ failed }) => failed)).toEqual(['NOT_FOUND'])
  })
})

describe('the mail of the week', () => {
  it('says what the screen says, in words and figures, with the way to it and the way out', async () => {
    await keptFor('local')
    now = MONDAY
    expect(await send()).toEqual({ sent: 1, done: true })
    const [mail] = world.mails
    const told = percent(mail?.text ?? '')
    const { total, axes, rows } = await as('local').analytics.ask({
      territoryId: north.territories.pyrenees,
      basis: 'then',
      period: { from: '2026-09', to: '2026-11' },
      measure: { of: 'outcome', outcome: 'order' },
      split: [{ by: 'territory' }],
    })
    expect(told).toContain(`${Math.round((total.now.value ?? 0) * 100)} % (intervalle à 95 %`)
    const places = axes.flatMap((axis) => (axis.by === 'territory' ? axis.places : []))
    expect(places.map(({ name }) => name)).toEqual(['basque', 'bearn'])
    for (const { at, now: figure } of rows) {
      const name = places.find(({ id }) => id === at[0])?.name
      expect(told).toContain(`${name} : ${Math.round((figure.value ?? 0) * 100)} %`)
    }
    expect(told).not.toMatch(/france|bretagne|finistere/i)
    expect(told).toContain('https://fieldback.test/manage/analytics/explorer?')
    expect(told).toContain('Pour ne plus recevoir')
  })
  it('leaves once a week, however often it is looked for, and not on another day', async () => {
    await keptFor('local')
    now = new Date('2026-11-23T05:30:00Z')
    expect((await send()).sent).toBe(0)
    now = MONDAY
    expect((await send()).sent).toBe(1)
    expect((await send()).sent).toBe(0)
    now = new Date('2026-11-24T22:00:00Z')
    expect((await send()).sent).toBe(0)
    now = new Date('2026-11-30T08:00:00Z')
    expect((await send()).sent).toBe(1)
    expect(world.mails).toHaveLength(2)
  })
  it('begun by two workers at once, or by one that was killed after it began, does not leave twice', async () => {
    await keptFor('local')
    await keptFor('hq')
    now = MONDAY
    const sent = await Promise.all([send(), send()])
    expect(sent.reduce((sum, one) => sum + one.sent, 0)).toBe(2)
    expect(world.mails).toHaveLength(2)

    now = new Date('2026-11-30T08:00:00Z')
    const { membershipId } = north.people.local
    await inOrg(world.db, north.orgId, (tx) =>
      unsafeBeginMail(tx, north.orgId, { membershipId, week: '2026-11-30' }),
    )
    expect((await send()).sent).toBe(1)
    expect(world.mails).toHaveLength(3)
  })
  it('that the server refused is tried again, and not another reader’s', async () => {
    await keptFor('local')
    now = MONDAY
    const refused = async () => {
      throw new Error('451')
    }
    expect((await send(refused)).sent).toBe(0)
    expect((await send()).sent).toBe(1)
  })
  it('is of rights as they are when it leaves: none once the role has ended, nor of a view that is shared no more', async () => {
    const viewId = await keptFor('local')
    now = MONDAY
    const { membershipId } = north.people.local
    await world.sql(north.orgId, `UPDATE assignment SET valid_to = '2026-11-22' WHERE membership_id = $1`, [
      membershipId,
    ])
    expect((await send()).sent).toBe(0)
    await world.sql(north.orgId, 'UPDATE assignment SET valid_to = NULL WHERE membership_id = $1', [
      membershipId,
    ])
    now = new Date('2026-11-30T08:00:00Z')
    await as('hq').view.change({ viewId, name: 'x', query: '', territoryId: null })
    expect((await send()).sent).toBe(0)
    expect(world.mails).toEqual([])
  })
  it('hides in a mail what it hides on the screen', async () => {
    await keptFor('hq')
    now = MONDAY
    await send()
    const told = percent(world.mails[0]?.text ?? '')
    expect(told).toMatch(/Cachés, trop peu de personnes ou de cas : .*bretagne \(3 sur 5\)/)
    // Had from the total, were the other one told.
    expect(told).toMatch(
      /Caché aussi, pour que le chiffre d’un plus petit territoire ne se déduise pas du total : aquitaine/,
    )
    expect(told).not.toMatch(/bretagne : \d/)
  })
})
