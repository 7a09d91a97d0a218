import { randomUUID } from 'node:crypto'
import type { RollupFact } from '@fieldback/domain/analytics/fact'
import { foldFacts } from '@fieldback/domain/analytics/fold'
import { pathIds } from '@fieldback/domain/territory/path'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeAccount, arrangeField, openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).account
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (error: TRPCError) => errorShape(error).code,
  )
const rows = <T>(text: string, ...values: unknown[]) => world.sql<T>(north.orgId, text, values)

describe('the accounts of a branch', () => {
  it('come by name, a page at a time, each once, whatever their sector', async () => {
    const names = ['Épicerie Aldudes', 'Boulangerie Etchegaray', 'Auberge du Gave', 'Boulangerie Etchegaray']
    for (const [i, name] of names.entries())
      await arrangeAccount(
        world.sql,
        north.orgId,
        i % 2 ? north.territories.basque : north.territories.bearn,
        name,
      )
    const seen: string[] = []
    let cursor: { nameKey: string; id: string } | null = null
    for (let page = 0; page < 10; page++) {
      const list: Awaited<ReturnType<ReturnType<typeof as>['list']>> = await as('local').list({
        territoryId: north.territories.pyrenees,
        limit: 2,
        cursor,
      })
      seen.push(...list.accounts.map((account) => account.name))
      cursor = list.next
      if (!cursor) break
    }
    expect(seen).toEqual([
      'Auberge du Gave',
      'Boulangerie Etchegaray',
      'Boulangerie Etchegaray',
      'Compte basque',
      'Compte bearn',
      'Épicerie Aldudes',
    ])
    const all = await as('hq').list({ territoryId: north.territories.france })
    expect(all.accounts.map((account) => account.name)).toEqual([
      ...seen.slice(0, 5),
      'Compte finistere',
      ...seen.slice(5),
    ])
  })
  it('are found by the beginning of the name, whatever case and accents', async () => {
    const find = async (search: string) =>
      (await as('local').list({ territoryId: north.territories.pyrenees, search })).accounts.map(
        (a) => a.name,
      )
    expect(await find('ÉPI')).toEqual(['Épicerie Aldudes'])
    expect(await find('boulangerie e')).toHaveLength(2)
    expect(await find('gave')).toEqual([])
  })
  it('are found by their whole client number, first and once, within the branch', async () => {
    const { basque, pyrenees, finistere } = north.territories
    const [one, other] = [
      await arrangeAccount(world.sql, north.orgId, basque, 'C 0042 et fils'),
      await arrangeAccount(world.sql, north.orgId, finistere, 'Ailleurs'),
    ]
    await rows(`UPDATE account SET ref = 'C-0042' WHERE id = $1`, one.id)
    await rows(`UPDATE account SET ref = 'C-0043' WHERE id = $1`, other.id)
    const find = async (search: string, more = {}) =>
      (await as('local').list({ territoryId: pyrenees, search, ...more })).accounts.map(({ id }) => id)
    expect(await find('C-0042')).toEqual([one.id])
    expect(await find(' c-0042 ')).toEqual([one.id])
    expect(await find('c-0042', { kind: 'prospect' })).toEqual([])
    expect(await find('c-0042', { home: true })).toEqual([])
    expect(await find('C-0043')).toEqual([])
    await rows('UPDATE account SET deleted_at = now() WHERE id = ANY ($1)', [one.id, other.id])
    expect(await find('C-0042')).toEqual([])
  })
  it('can be those of one home, or prospects only, and never deleted ones', async () => {
    const there = await as('local').list({ territoryId: north.territories.pyrenees, home: true })
    expect(there.accounts).toEqual([])
    const prospects = await as('local').list({ territoryId: north.territories.pyrenees, kind: 'prospect' })
    expect(prospects.accounts).toEqual([])
    const gone = await arrangeAccount(world.sql, north.orgId, north.territories.basque, 'Zzz')
    await rows('UPDATE account SET deleted_at = now() WHERE id = $1', gone.id)
    const find = await as('local').list({ territoryId: north.territories.basque, search: 'zzz' })
    expect(find.accounts).toEqual([])
  })
  it('are denied to another branch and another organisation; a rep reads those of his sector', async () => {
    const at = { territoryId: north.territories.finistere }
    expect(await refusal(as('local').list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('admin').list(at))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).list(at))).toBe('NOT_FOUND')
    expect((await as('bretonRep').list(at)).accounts).toHaveLength(1)
  })
})

describe('accounts that move', () => {
  let mood: string
  let basque: string
  let bearnOnly: string
  beforeAll(async () => {
    mood = await arrangeField(world.sql, north, {
      territoryId: north.territories.france,
      entity: 'report',
      key: 'humeur',
      slot: 't01',
      spec: { type: 'yes_no', reportable: true },
    })
    // Two sectors share a typed column for different questions.
    basque = await arrangeField(world.sql, north, {
      territoryId: north.territories.basque,
      entity: 'contact',
      key: 'parle_basque',
      slot: 't01',
      spec: { type: 'yes_no', reportable: true },
    })
    bearnOnly = await arrangeField(world.sql, north, {
      territoryId: north.territories.bearn,
      entity: 'contact',
      key: 'jurancon',
      slot: 't01',
      spec: { type: 'yes_no', reportable: true },
    })
  })
  const arranged = async (name: string) => {
    const account = await arrangeAccount(world.sql, north.orgId, north.territories.bearn, name)
    const values = JSON.stringify({ [bearnOnly]: { v: 1, x: true } })
    await rows(`UPDATE contact SET "values" = $2, t01 = 'true' WHERE id = $1`, account.contactId, values)
    await rows(
      `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, "values", t01, captured_at)
       VALUES ($1, $2, $3, $4, $5, 'visit', 'order', '2026-11-19', 'accepted', $6, 'true', now())`,
      north.orgId,
      randomUUID(),
      account.id,
      north.territories.bearn,
      north.people.bearnRep.membershipId,
      JSON.stringify({ [mood]: { v: 1, x: true } }),
    )
    await rows('DELETE FROM rollup_outbox')
    return account
  }
  const facts = async () =>
    (await rows<{ fact: RollupFact }>('SELECT fact FROM rollup_outbox ORDER BY id')).map(({ fact }) => fact)

  it('change home, with the old period ended where the new one begins', async () => {
    const account = await arranged('Chez Maite')
    const answer = await as('local').move({ accountIds: [account.id], territoryId: north.territories.basque })
    expect(answer.moved).toEqual([{ accountId: account.id, from: north.territories.bearn }])
    const homes = await rows<{
      territory_id: string
      to_at: Date | null
      from_at: Date
      moved_by: string | null
    }>(
      'SELECT territory_id, from_at, to_at, moved_by FROM account_home WHERE account_id = $1 ORDER BY from_at',
      account.id,
    )
    expect(homes.map((home) => home.territory_id)).toEqual([
      north.territories.bearn,
      north.territories.basque,
    ])
    expect(homes[0]?.to_at).toEqual(homes[1]?.from_at)
    expect(homes[1]).toMatchObject({ to_at: null, moved_by: north.people.local.membershipId })
    const [row] = await rows<{ territory_id: string }>(
      'SELECT territory_id FROM account WHERE id = $1',
      account.id,
    )
    expect(row?.territory_id).toBe(north.territories.basque)
    const [event] = await rows<{ detail: { moved: unknown[] } }>(
      `SELECT detail FROM audit_event WHERE action = 'account.move' ORDER BY at DESC LIMIT 1`,
    )
    expect(event?.detail.moved).toEqual(answer.moved)
  })
  it('take their figures along "as organised today" only, and ask for one fold', async () => {
    const account = await arranged('Chez Peio')
    await as('local').move({ accountIds: [account.id], territoryId: north.territories.basque })
    const paths = new Map(
      (await rows<{ id: string; path: string }>('SELECT id, path FROM territory')).map((t) => [t.id, t.path]),
    )
    const folded = foldFacts(await facts(), (id) => pathIds(paths.get(id) ?? ''))
    expect(new Set(folded.days.map((day) => day.basis))).toEqual(new Set(['today']))
    expect(folded.days.map(({ territoryId, n }) => [territoryId, n]).sort()).toEqual(
      [
        [north.territories.basque, 1],
        [north.territories.bearn, -1],
      ].sort(),
    )
    expect(
      folded.cells.find((c) => c.basis === 'today' && c.fieldId === mood && c.bucket === 'true' && c.n === 1)
        ?.territoryId,
    ).toBe(north.territories.basque)
    expect(
      folded.stocks.find((s) => s.fieldId === bearnOnly && s.bucket === 'true' && s.n === 1)?.territoryId,
    ).toBe(north.territories.basque)
    const jobs = await rows<{ n: string }>(
      `SELECT count(*) AS n FROM graphile_worker.jobs WHERE task_identifier = 'fold'`,
    )
    expect(Number(jobs[0]?.n)).toBe(1)
  })
  it('and come back leave every figure as it was', async () => {
    const account = await arranged('Chez Xan')
    const { moved } = await as('local').move({
      accountIds: [account.id],
      territoryId: north.territories.basque,
    })
    await as('local').move({ accountIds: [account.id], territoryId: moved[0]?.from ?? '' })
    const folded = foldFacts(await facts(), (id) => [id])
    expect(folded).toEqual({ cells: [], days: [], people: [], stocks: [], ledger: [], took: [], returns: [] })
  })
  it('never read an answer to another question in a shared typed column', async () => {
    const account = await arranged('Chez Ttote')
    const column = async () =>
      (await rows<{ t01: string | null }>('SELECT t01 FROM contact WHERE id = $1', account.contactId))[0]?.t01
    expect(await column()).toBe('true')
    await as('local').move({ accountIds: [account.id], territoryId: north.territories.basque })
    expect(await column()).toBeNull()
    await rows(
      `UPDATE contact SET "values" = "values" || $2::jsonb, t01 = 'false' WHERE id = $1`,
      account.contactId,
      JSON.stringify({ [basque]: { v: 1, x: false } }),
    )
    await as('local').move({ accountIds: [account.id], territoryId: north.territories.bearn })
    expect(await column()).toBe('true')
    const [report] = await rows<{ t01: string | null }>(
      'SELECT t01 FROM report WHERE account_id = $1',
      account.id,
    )
    expect(report?.t01).toBe('true')
  })
  it('leave the phones of the old sector and reach those of the new one', async () => {
    const account = await arranged('Chez Bixente')
    const pull = async (who: 'bearnRep' | 'basqueRep', cursor: string | null) => {
      await world.settled()
      return world.callerFor(north.people[who]).sync.pull({
        protocol: 1,
        membershipId: north.people[who].membershipId,
        cursor,
        frameTag: null,
        packAsOf: null,
      })
    }
    const bearn = await pull('bearnRep', null)
    const euskadi = await pull('basqueRep', null)
    expect(bearn.accounts.map((row) => row.id)).toContain(account.id)
    await as('local').move({ accountIds: [account.id], territoryId: north.territories.basque })
    expect((await pull('bearnRep', bearn.cursor)).left).toContain(account.id)
    const entered = await pull('basqueRep', euskadi.cursor)
    expect(entered.accounts.map((row) => row.id)).toContain(account.id)
    expect(entered.contacts.map((row) => row.id)).toContain(account.contactId)
    expect(entered.reports.map((row) => row.accountId)).toContain(account.id)
  })
  it('move all or none: one out of reach and nothing moves', async () => {
    const mine = await arranged('Chez Amaia')
    const homeOf = async () =>
      (await rows<{ territory_id: string }>('SELECT territory_id FROM account WHERE id = $1', mine.id))[0]
        ?.territory_id
    const to = north.territories.basque
    for (const [id, code] of [
      [north.accounts.finistere.id, 'FORBIDDEN'],
      [world.other.accounts.basque.id, 'NOT_FOUND'],
      [randomUUID(), 'NOT_FOUND'],
    ] as const) {
      expect(await refusal(as('local').move({ accountIds: [mine.id, id], territoryId: to }))).toBe(code)
      expect(await homeOf()).toBe(north.territories.bearn)
    }
    expect(await facts()).toEqual([])
  })
  it('need the right at the old home and at the new one; a rep and headquarters have none', async () => {
    const account = await arranged('Chez Odile')
    const to = (territoryId: string) => ({ accountIds: [account.id], territoryId })
    expect(await refusal(as('local').move(to(north.territories.finistere)))).toBe('FORBIDDEN')
    expect(await refusal(as('local').move(to(world.other.territories.basque)))).toBe('NOT_FOUND')
    expect(await refusal(as('bearnRep').move(to(north.territories.bearn)))).toBe('FORBIDDEN')
    expect(await refusal(as('hq').move(to(north.territories.basque)))).toBe('FORBIDDEN')
    expect(await refusal(as('local', world.other).move(to(world.other.territories.basque)))).toBe('NOT_FOUND')
    expect(await refusal(as('regional').move(to(north.territories.aquitaine)))).toBe('accepted')
  })
  it('already there are left alone, and more than a hundred at once are refused', async () => {
    const account = await arranged('Chez Gaxuxa')
    const answer = await as('local').move({
      accountIds: [account.id, account.id],
      territoryId: north.territories.bearn,
    })
    expect(answer.moved).toEqual([])
    const many = Array.from({ length: 101 }, () => randomUUID())
    expect(await refusal(as('local').move({ accountIds: many, territoryId: north.territories.bearn }))).toBe(
      'INVALID_INPUT',
    )
  })
  it('twice at the same instant end where the last one sends them, with one open period', async () => {
    const account = await arranged('Chez Mikel')
    await Promise.all(
      [north.territories.basque, north.territories.pyrenees].map((territoryId) =>
        as('local').move({ accountIds: [account.id], territoryId }),
      ),
    )
    const open = await rows<{ territory_id: string }>(
      'SELECT territory_id FROM account_home WHERE account_id = $1 AND to_at IS NULL',
      account.id,
    )
    const [row] = await rows<{ territory_id: string }>(
      'SELECT territory_id FROM account WHERE id = $1',
      account.id,
    )
    expect(open).toEqual([row])
    const folded = foldFacts(await facts(), (id) => [id])
    expect(folded.days.map(({ territoryId, n }) => [territoryId, n]).sort()).toEqual(
      [
        [row?.territory_id, 1],
        [north.territories.bearn, -1],
      ].sort(),
    )
  })
})
