import { randomUUID } from 'node:crypto'
import { reportsBehind } from '@fieldback/domain/analytics/behind'
import { lastDay } from '@fieldback/domain/analytics/period'
import { question } from '@fieldback/domain/analytics/question'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { Rank } from '@fieldback/domain/territory/rank'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import { arrangeAccount, arrangeField, arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { checkBehind } from './behind.fixture.ts'
import { fold } from './fold.job.ts'
import { rollups, truth } from './rollup-truth.ts'

const DAY = 86_400_000
let now = Date.parse('2026-11-02T10:00:00Z')
let world: TestWorld
let org: string
let rep: SessionIds
let manager: SessionIds
let fields: { mood: string; years: string; trade: string; basque: string }
let fieldSet: string
const accounts: { id: string; contactId: string; seq: number }[] = []

beforeAll(async () => {
  world = await openTestWorld({ now: () => new Date(now) })
  const { north, sql } = world
  org = north.orgId
  const { france, pyrenees, basque, bearn, finistere } = north.territories
  const add = (key: string, territoryId: string, entity: 'report' | 'account' | 'contact', spec: object) =>
    arrangeField(sql, north, {
      key,
      territoryId,
      entity,
      spec: { type: 'yes_no', reportable: true, ...spec },
    })
  fields = {
    mood: await add('mood', france, 'report', {}),
    years: await add('years', pyrenees, 'report', { type: 'integer', min: 0, max: 30 }),
    trade: await add('trade', france, 'account', {}),
    basque: await add('basque', basque, 'contact', {}),
  }
  rep = await arrangePerson(sql, org, { name: 'everywhere', role: 'rep', territoryId: france })
  manager = await arrangePerson(sql, org, { name: 'manages', role: 'manager', territoryId: france })
  for (const at of [basque, basque, bearn, pyrenees, finistere, france])
    accounts.push({ ...(await arrangeAccount(sql, org, at, `C ${accounts.length}`)), seq: 0 })
  const members = [fields.mood, fields.years].map((id) => [id, 1] as const)
  fieldSet = fieldSetHash(members)
  await sql(org, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    org,
    fieldSet,
    JSON.stringify(members),
  ])
})
afterAll(() => world.close())

const admin = () => world.callerFor(world.north.people.admin).territory
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const envelope = (entityId: string, seq: number, base: number, at: number) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base,
  capturedAt: new Date(at).toISOString(),
  clockOffset: 0,
})
const send = async (operations: unknown[]) => {
  const answers = await push(world.deps, rep, operations)
  expect(answers.filter(({ status }) => status !== 'applied')).toEqual([])
}
const filed: { id: string; seq: number }[] = []

/** A report captured at an instant and sent now, `dated` days from its capture. */
async function file(
  account: { id: string; contactId: string },
  {
    at = now,
    dated = 0,
    answers = [true, 3],
  }: { at?: number; dated?: number; answers?: [boolean, number] } = {},
): Promise<void> {
  const id = randomUUID()
  filed.push({ id, seq: 1 })
  const [mood, years] = answers
  await send([
    {
      ...envelope(id, 1, 0, at),
      kind: 'report.create',
      body: {
        accountId: account.id,
        contactId: account.contactId,
        kind: 'visit',
        outcome: mood ? 'order' : 'none',
        day: dayOf(at + dated * DAY),
        note: null,
        fieldSet,
        values: { [fields.mood]: { v: 1, x: mood }, [fields.years]: { v: 1, x: years } },
        seconds: {},
        durationSeconds: 20,
      },
    },
  ])
}
const foldAll = () => fold({ db: world.db }, org)
async function counted() {
  await foldAll()
  const [seen, expected] = [await rollups(world, org), await truth(world, org)]
  expect(seen).toEqual(expected)
  return seen
}
const place = (name: keyof TestWorld['north']['territories']) => world.north.territories[name]
const move = (id: string, parentId: string) => admin().move({ territoryId: id, parentId })
/** Reports of a territory as the roll-ups have them: as organised then, and today. */
async function reports(territoryId: string): Promise<readonly [number, number]> {
  const rows = await world.sql<{ basis: 'then' | 'today'; n: number }>(
    org,
    'SELECT basis, sum(n)::int AS n FROM rollup_day WHERE territory_id = $1 GROUP BY 1',
    [territoryId],
  )
  const of = (basis: string) => rows.find((row) => row.basis === basis)?.n ?? 0
  return [of('then'), of('today')]
}

describe('as organised then, after a branch has moved', () => {
  it('last month is read in last month’s tree, and what comes late joins it', async () => {
    const [first] = accounts
    if (!first) throw new Error('no account')
    await file(first)
    await counted()
    now += DAY
    await move(place('pyrenees'), place('bretagne'))
    await foldAll()
    expect(await reports(place('aquitaine'))).toEqual([1, 0])
    expect(await reports(place('bretagne'))).toEqual([0, 1])
    // The day of the move is still counted as it was; the next one no longer is.
    await file(first)
    await file(first, { at: now - DAY })
    now += DAY
    await file(first)
    await counted()
    expect(await reports(place('aquitaine'))).toEqual([3, 0])
    expect(await reports(place('bretagne'))).toEqual([1, 4])
    await move(place('pyrenees'), place('aquitaine'))
    await counted()
    expect(await reports(place('bretagne'))).toEqual([1, 0])
  })
  it('what is dated after the move goes along, however early it was sent', async () => {
    const [first] = accounts
    if (!first) throw new Error('no account')
    await file(first, { dated: 1 })
    await file(first, { dated: 40 })
    await counted()
    await move(place('pyrenees'), place('bretagne'))
    await counted()
    await file(first, { dated: 1 })
    await file(first, { dated: 40 })
    await counted()
    now += 2 * DAY
    await move(place('pyrenees'), place('aquitaine'))
    await counted()
  })
})

describe('the territories just below one', () => {
  const below = async (territoryId: string, basis: 'then' | 'today') => {
    const month = dayOf(now).slice(0, 7)
    const { rows, part, direct, total } = await world
      .callerFor(world.north.people.hq)
      .analytics.byTerritory({ territoryId, basis, period: { from: month, to: month } })
    expect(rows.reduce((sum, { n }) => sum + n, direct)).toBe(total.n)
    return {
      rows: rows.filter(({ n }) => n > 0).map(({ place: { name }, n, elsewhere }) => [name, n, elsewhere]),
      part: part.map(({ name }) => name),
      direct,
    }
  }
  /** The row of a territory that has left aquitaine since, and what it leads to. */
  const behindLeft = async (who: 'hq' | 'regional') => {
    const month = dayOf(now).slice(0, 7)
    const caller = world.callerFor(world.north.people[who])
    const asked = question.parse({
      territoryId: place('aquitaine'),
      basis: 'then',
      period: { from: month, to: month },
      measure: { of: 'count' },
      split: [{ by: 'territory' }],
    })
    const findings = await caller.analytics.ask(asked)
    const at = [place('pyrenees')]
    const behind = reportsBehind(asked, findings, at)
    if (!behind) throw new Error('none to list')
    const { reports: listed, beyond } = await caller.report.list({ ...behind, answers: [], outcomes: [] })
    const row = findings.rows.find((one) => one.at[0] === at[0])
    return { n: row?.now.n, listed: listed.length, beyond: beyond?.n }
  }
  it('are those of the days as organised then, and what was here for a part is said to be', async () => {
    const [first] = accounts
    if (!first) throw new Error('no account')
    now = Date.parse('2027-03-05T10:00:00Z')
    await file(first)
    await file(first)
    await move(place('pyrenees'), place('bretagne'))
    await foldAll()
    expect(await below(place('aquitaine'), 'then')).toEqual({
      rows: [['pyrenees', 2, true]],
      part: [],
      direct: 0,
    })
    expect(await below(place('bretagne'), 'then')).toEqual({ rows: [], part: [], direct: 0 })
    expect(await below(place('bretagne'), 'today')).toMatchObject({ rows: [['pyrenees', 2, false]] })
    expect(await behindLeft('hq')).toEqual({ n: 2, listed: 2, beyond: 0 })
    // Whoever holds the branch that it has left knows how many they were, and opens none.
    expect(await behindLeft('regional')).toEqual({ n: 2, listed: 0, beyond: 2 })
    await expect(
      world
        .callerFor(world.north.people.regional)
        .report.list({ territoryId: place('pyrenees'), basis: 'then' }),
    ).rejects.toThrow('FORBIDDEN')
    now += 3 * DAY
    await file(first)
    await foldAll()
    expect(await below(place('aquitaine'), 'then')).toEqual({ rows: [], part: ['pyrenees'], direct: 2 })
    expect(await below(place('bretagne'), 'then')).toEqual({ rows: [], part: ['pyrenees'], direct: 1 })
    now = Date.parse('2027-05-05T10:00:00Z')
    await move(place('pyrenees'), place('aquitaine'))
  })
})

describe('the departments that a region is drawn of', () => {
  const departments = async (basis: 'then' | 'today', month: string) => {
    const { axes } = await world.callerFor(world.north.people.hq).analytics.ask({
      territoryId: place('france'),
      basis,
      period: { from: month, to: month },
      measure: { of: 'count' },
      split: [{ by: 'territory' }],
    })
    const places = axes.flatMap((axis) => (axis.by === 'territory' ? axis.places : []))
    return places.flatMap(({ name, departments: codes = [] }) => codes.map((code) => [name, code]))
  }
  it('are those below it, and as organised then those of the days', async () => {
    now = Date.parse('2027-06-06T10:00:00Z')
    await world.sql(org, `UPDATE territory SET code = '64' WHERE id = $1`, [place('pyrenees')])
    await move(place('pyrenees'), place('bretagne'))
    now = Date.parse('2027-07-07T10:00:00Z')
    expect(await departments('today', '2027-05')).toEqual([['bretagne', '64']])
    expect(await departments('then', '2027-05')).toEqual([['aquitaine', '64']])
    expect(await departments('then', '2027-06')).toEqual([['bretagne', '64']])
    await move(place('pyrenees'), place('aquitaine'))
  })
})

/** Mulberry32: the same seed gives the same sequence. */
function dice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % sides
  }
}

describe('after any reports, edits, withdrawals, moves of accounts and branches, merges and splits', () => {
  const refusals = new Map<string, number>()
  /** A gesture that the tree may not allow; anything but a refusal is a failure. */
  const tried = async <T>(gesture: Promise<T>): Promise<T | null> =>
    gesture.catch((error: unknown) => {
      if (!(error instanceof TRPCError)) throw error
      const { code } = errorShape(error)
      if (code === 'UNAVAILABLE') throw error
      refusals.set(code, (refusals.get(code) ?? 0) + 1)
      return null
    })
  type Row = { id: string; rank: Rank }
  const territories = () =>
    world.sql<Row>(
      org,
      'SELECT id, rank::int AS rank FROM territory WHERE closed_at IS NULL ORDER BY name, id',
    )
  const done: string[][] = []

  async function step(roll: (sides: number) => number): Promise<string> {
    const pick = <T>(from: readonly T[]): T => from[roll(from.length)] as T
    const account = pick(accounts)
    const open = await territories()
    switch (
      pick([
        'file',
        'file',
        'file',
        'edit',
        'card',
        'withdraw',
        'home',
        'move',
        'move',
        'merge',
        'split',
        'undo',
        'tick',
        'fold',
      ])
    ) {
      case 'file':
        await file(account, {
          at: now - roll(20) * DAY,
          dated: pick([0, 0, 0, -1, 1, 35]),
          answers: [roll(2) === 0, roll(30)],
        })
        return 'file'
      case 'edit': {
        const report = pick(filed)
        report.seq += 1
        const values = {
          [fields.mood]: { v: 1, x: roll(2) === 0 },
          [fields.years]: roll(2) ? null : { v: 1, x: roll(30) },
        }
        await send([
          { ...envelope(report.id, report.seq, report.seq - 1, now), kind: 'report.amend', body: { values } },
        ])
        return 'edit'
      }
      case 'card':
        account.seq += 1
        await send([
          {
            ...envelope(account.id, account.seq, account.seq, now),
            kind: 'account.update',
            body: { values: { [fields.trade]: { v: 1, x: roll(2) === 0 } } },
          },
        ])
        return 'card'
      case 'withdraw': {
        const [report] = filed.splice(roll(filed.length), 1)
        if (report && filed.length > 0)
          await send([
            {
              ...envelope(report.id, report.seq + 1, report.seq, now),
              kind: 'report.withdraw',
              body: { reason: null },
            },
          ])
        else if (report) filed.push(report)
        return 'withdraw'
      }
      case 'home':
        await world.callerFor(manager).account.move({ accountIds: [account.id], territoryId: pick(open).id })
        return 'home'
      case 'move':
        return (await tried(move(pick(open).id, pick(open).id))) ? 'move' : 'refused'
      case 'merge': {
        const merged = await tried(admin().merge({ territoryId: pick(open).id, intoId: pick(open).id }))
        if (merged) done.push([...merged.gestureIds])
        return merged ? 'merge' : 'refused'
      }
      case 'split': {
        const parent = pick(open.filter(({ rank }) => rank < 3))
        const split = await tried(
          admin().split({
            fromId: pick(open).id,
            to: { of: 'new', parentId: parent.id, rank: 3, name: `Partie ${roll(1_000)}` },
            rule: roll(2) ? { by: 'all' } : { by: 'accounts', ids: [account.id] },
          }),
        )
        if (split) done.push([...split.gestureIds])
        return split ? 'split' : 'refused'
      }
      case 'undo': {
        const gestureIds = done.pop()
        if (!gestureIds) return 'refused'
        return (await tried(
          admin()
            .undo({ gestureIds })
            .then(() => true),
        ))
          ? 'undo'
          : 'refused'
      }
      case 'tick':
        now += roll(9) * DAY
        return 'tick'
      default:
        await foldAll()
        return 'fold'
    }
  }

  /** What is behind each number, as head office and as each of the branches below reads it. */
  async function behindEach(): Promise<void> {
    const days = { from: '2027-05-01', to: lastDay(dayOf(now).slice(0, 7)) }
    const check = (session: SessionIds, at: string) =>
      checkBehind(world, { org, fields, days, reader: { session, at } })
    const whole = await check(manager, place('france'))
    expect(whole.left).toBe(0)
    expect(whole.listed > 100 && whole.read > 100).toBe(true)
    let left = 0
    for (const { id, rank } of await territories()) {
      if (rank === 0) continue
      const session = await arrangePerson(world.sql, org, {
        name: `reads ${id}`,
        role: 'manager',
        territoryId: id,
      })
      left += (await check(session, id)).left
    }
    expect(left).toBeGreaterThan(10)
  }

  it('roll-ups are what a group-by says, as organised then and today, and what is behind them too', async () => {
    const roll = dice(20261130)
    const taken = new Map<string, number>()
    for (let n = 1; n <= 400; n++) {
      const did = await step(roll)
      taken.set(did, (taken.get(did) ?? 0) + 1)
      if (n % 20 === 0) await counted()
    }
    await counted()
    await behindEach()
    for (const gesture of ['file', 'edit', 'withdraw', 'home', 'move', 'merge', 'split', 'undo'])
      expect([gesture, (taken.get(gesture) ?? 0) > 2]).toEqual([gesture, true])
  }, 300_000)
})
