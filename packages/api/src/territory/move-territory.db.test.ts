import { randomUUID } from 'node:crypto'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import type { PullPage } from '@fieldback/domain/sync/pull'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countPairs } from '../analytics/count-pairs.job.ts'
import { fold } from '../analytics/fold.job.ts'
import { rollups, truth } from '../analytics/rollup-truth.ts'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import {
  arrangeAccount,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'
import { reslot } from './reslot.job.ts'

let world: TestWorld
let north: TestOrg
let rep: SessionIds
let fields: Record<'mood' | 'years' | 'trade' | 'basque', string>
let fieldSet: string
const accounts: { id: string; contactId: string; seq: number }[] = []

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { france, pyrenees, basque, bearn, finistere } = north.territories
  const options = ['a', 'b'].map((id) => ({ id, label: { fr: id } }))
  const add = (key: string, territoryId: string, entity: 'report' | 'account' | 'contact', spec: object) =>
    arrangeField(world.sql, north, {
      key,
      territoryId,
      entity,
      spec: { type: 'yes_no', reportable: true, ...spec },
    })
  fields = {
    mood: await add('mood', france, 'report', {}),
    years: await add('years', pyrenees, 'report', { type: 'integer', min: 0, max: 30 }),
    trade: await add('trade', france, 'account', { type: 'single_choice', options }),
    basque: await add('basque', basque, 'contact', {}),
  }
  rep = await arrangePerson(world.sql, north.orgId, { name: 'everywhere', role: 'rep', territoryId: france })
  for (const at of [basque, basque, bearn, pyrenees, finistere])
    accounts.push({ ...(await arrangeAccount(world.sql, north.orgId, at, `C ${accounts.length}`)), seq: 0 })
  const members = [fields.mood, fields.years].map((id) => [id, 1] as const)
  fieldSet = fieldSetHash(members)
  await world.sql(north.orgId, 'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    north.orgId,
    fieldSet,
    JSON.stringify(members),
  ])
  const [a, b] = [fields.mood, fields.years].sort()
  await world.sql(
    north.orgId,
    `INSERT INTO field_pair (org_id, id, a, b, state, used_on) VALUES ($1, $2, $3, $4, 'waiting', '2026-11-20')`,
    [north.orgId, randomUUID(), a, b],
  )
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).territory
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const refusal = async (promise: Promise<unknown>) => (await refused(promise)).code
const move = (territory: keyof TestOrg['territories'], parent: keyof TestOrg['territories']) =>
  as('admin').move({ territoryId: north.territories[territory], parentId: north.territories[parent] })

const OUTCOMES = ['order', 'quote', 'none'] as const
const filed: string[] = []
let calls = 0

/** A few reports and card edits everywhere, an amendment and a withdrawal of earlier ones. */
async function work(round: number): Promise<void> {
  const envelope = (entityId: string, seq: number, base: number) => ({
    opId: randomUUID(),
    entityId,
    seq,
    base,
    capturedAt: '2026-11-20T09:00:00.000Z',
    clockOffset: 0,
  })
  const operations: unknown[] = accounts.flatMap((account, n) => {
    const id = randomUUID()
    filed.push(id)
    account.seq += 1
    const body = {
      accountId: account.id,
      contactId: account.contactId,
      kind: n % 2 ? 'call' : 'visit',
      outcome: OUTCOMES[(n + round) % 3],
      day: round % 2 ? '2026-10-31' : '2026-11-19',
      note: null,
      fieldSet,
      values: {
        [fields.mood]: { v: 1, x: round % 2 === 0 },
        [fields.years]: { v: 1, x: (n * 7 + round) % 30 },
      },
      seconds: {},
      durationSeconds: 20,
    }
    const values = { [fields.trade]: { v: 1, x: round % 2 ? 'a' : 'b' } }
    return [
      { ...envelope(id, 1, 0), kind: 'report.create', body },
      { ...envelope(account.id, account.seq, account.seq), kind: 'account.update', body: { values } },
    ]
  })
  const [amended, withdrawn] = [filed[calls * 3], filed[calls * 3 + 1]]
  if (calls > 0 && amended && withdrawn) {
    const values = { [fields.mood]: { v: 1, x: false }, [fields.years]: null }
    operations.push({ ...envelope(amended, 2, 1), kind: 'report.amend', body: { values } })
    operations.push({ ...envelope(withdrawn, 2, 1), kind: 'report.withdraw', body: { reason: null } })
  }
  calls += 1
  const answers = await push(world.deps, rep, operations)
  expect(answers.filter((answer) => answer.status !== 'applied')).toEqual([])
}
const placeUnder = async (id: string) =>
  (
    await world.sql<{ at: string }>(north.orgId, 'SELECT parent_id AS at FROM territory WHERE id = $1', [id])
  )[0]?.at
const folded = () => fold({ db: world.db }, north.orgId)
const counted = async () => {
  await folded()
  const [seen, expected] = [await rollups(world, north.orgId), await truth(world, north.orgId)]
  expect(seen).toEqual(expected)
  return seen
}

describe('the figures of a moved branch', () => {
  it('leave the territories it leaves and join those it joins, whatever waits, is amended or taken back', async () => {
    await work(0)
    await countPairs({ db: world.db }, north.orgId)
    const before = await counted()
    expect(before.pairs.length).toBeGreaterThan(0)
    expect(before.cells.some((line) => line.includes(north.territories.aquitaine))).toBe(true)
    await move('pyrenees', 'bretagne')
    const after = await counted()
    // As organised today, nothing of what was counted there stays behind, not even rows of nothing.
    const leftBehind = (basis: string, rows: readonly string[]) =>
      rows.filter((line) => line.startsWith(basis) && line.includes(north.territories.aquitaine))
    expect(leftBehind('today', after.days)).toEqual([])
    // As organised then, all of it does.
    expect(leftBehind('then', after.days)).toEqual(leftBehind('then', before.days))
    expect(leftBehind('then', after.cells)).toEqual(leftBehind('then', before.cells))
    await work(1)
    await move('basque', 'finistere')
    await work(2)
    await counted()
    await work(3)
    await folded()
    await move('basque', 'pyrenees')
    await move('pyrenees', 'aquitaine')
    await counted()
  })
  it('are right when facts are folded at the very moment of the move', async () => {
    for (let round = 4; round < 10; round++) {
      for (let n = 0; n < 4; n++) await work(round)
      const there = round % 2 === 0
      await Promise.all([
        folded(),
        move('pyrenees', there ? 'bretagne' : 'aquitaine'),
        folded(),
        move('basque', there ? 'finistere' : 'pyrenees'),
      ])
    }
    await counted()
  })
})

describe('a move', () => {
  it('rewrites the paths of the whole branch, closed territories too, and answers where it was', async () => {
    const { id } = await as('local').createSubSector({ parentId: north.territories.pyrenees, name: 'Soule' })
    await as('local').close({ territoryId: id })
    expect(await move('pyrenees', 'bretagne')).toEqual({ gestureIds: [expect.any(String)] })
    const paths = await world.sql<{ name: string; path: string; parent: string }>(
      north.orgId,
      `SELECT t.name, t.path, p.name AS parent FROM territory t JOIN territory p ON p.id = t.parent_id AND p.org_id = t.org_id
        WHERE t.path <> p.path || t.id || '/'`,
    )
    expect(paths).toEqual([])
    expect(await move('pyrenees', 'aquitaine')).toEqual({ gestureIds: [expect.any(String)] })
    const [line] = await world.sql<{ detail: object }>(
      north.orgId,
      `SELECT detail FROM audit_event WHERE action = 'territory.move' ORDER BY at DESC LIMIT 1`,
    )
    expect(line?.detail).toMatchObject({ from: north.territories.bretagne, to: north.territories.aquitaine })
  })
  it('goes under a territory of a higher level outside the branch, where the name is free', async () => {
    expect(await refusal(move('aquitaine', 'pyrenees'))).toBe('TERRITORY_CYCLE')
    expect(await refusal(move('pyrenees', 'pyrenees'))).toBe('TERRITORY_CYCLE')
    expect(await refusal(move('bretagne', 'aquitaine'))).toBe('TERRITORY_RANK')
    expect(await refusal(move('finistere', 'bearn'))).toBe('TERRITORY_RANK')
    expect(await refusal(move('france', 'bretagne'))).toBe('TERRITORY_ROOT')
    const { id } = await as('admin').add({
      parentId: north.territories.bretagne,
      rank: 2,
      name: 'PYRÉNÉES',
      code: null,
    })
    expect(await refusal(move('pyrenees', 'bretagne'))).toBe('TERRITORY_NAME_TAKEN')
    await as('admin').close({ territoryId: id })
  })
  it('is offered only where it may go', async () => {
    const offered = await as('admin').parents({ territoryId: north.territories.pyrenees })
    expect(offered.places.map(({ name }) => name)).toEqual(['bretagne', 'france'])
    const sought = await as('admin').parents({ territoryId: north.territories.bearn, search: 'FINIS' })
    expect(sought.places).toMatchObject([{ name: 'finistere', under: 'bretagne' }])
  })
  it('takes the right above both places', async () => {
    const part = world.callerFor(
      await arrangePerson(world.sql, north.orgId, {
        name: 'of a part',
        role: 'administrator',
        territoryId: north.territories.aquitaine,
      }),
    ).territory
    const { aquitaine, pyrenees, bearn, bretagne, finistere } = north.territories
    expect(await refusal(part.move({ territoryId: pyrenees, parentId: bretagne }))).toBe('FORBIDDEN')
    expect(await refusal(part.move({ territoryId: finistere, parentId: aquitaine }))).toBe('FORBIDDEN')
    expect(await refusal(part.move({ territoryId: aquitaine, parentId: bretagne }))).toBe('FORBIDDEN')
    expect(await refusal(part.move({ territoryId: bearn, parentId: aquitaine }))).toBe('accepted')
    expect(await refusal(part.move({ territoryId: bearn, parentId: pyrenees }))).toBe('accepted')
    for (const who of ['regional', 'local', 'hq', 'basqueRep'] as const)
      expect(await refusal(as(who).move({ territoryId: bearn, parentId: aquitaine }))).toBe('FORBIDDEN')
    expect(await refusal(as('admin', world.other).move({ territoryId: bearn, parentId: aquitaine }))).toBe(
      'NOT_FOUND',
    )
  })
  it('is a manager’s for a sub-sector, from one of his local territories to another, and back', async () => {
    const { aquitaine, pyrenees, bearn, finistere, france } = north.territories
    const added = { parentId: aquitaine, rank: 2, name: 'landes', code: null } as const
    const landes = (await as('admin').add(added)).id
    const to = (parentId: string, territoryId = bearn) => ({ territoryId, parentId })
    expect((await as('regional').parents({ territoryId: bearn })).places.map(({ name }) => name)).toEqual([
      'landes',
    ])
    expect((await as('regional').parents({ territoryId: pyrenees })).places).toEqual([])
    expect((await as('regional').movePreview(to(landes))).lost).toHaveLength(1)
    const first = await as('regional').move({ ...to(landes), known: pyrenees })
    expect(await placeUnder(bearn)).toBe(landes)
    await as('regional').undo({ gestureIds: [...first.gestureIds] })
    expect(await placeUnder(bearn)).toBe(pyrenees)
    await as('regional').move({ ...to(landes), known: pyrenees })
    expect(await refusal(as('regional').move({ ...to(pyrenees), known: pyrenees }))).toBe('CHANGED_MEANWHILE')
    await as('regional').move({ ...to(pyrenees), known: landes })
    expect(await placeUnder(bearn)).toBe(pyrenees)
    // Of his branch at both ends, and a sub-sector under a local territory.
    expect(await refusal(as('local').move(to(landes)))).toBe('FORBIDDEN')
    expect(await refusal(as('local').movePreview(to(landes)))).toBe('FORBIDDEN')
    expect(await refusal(as('regional').move(to(finistere)))).toBe('FORBIDDEN')
    expect(await refusal(as('regional').move(to(aquitaine)))).toBe('FORBIDDEN')
    expect(await refusal(as('regional').move(to(france, pyrenees)))).toBe('FORBIDDEN')
    const alone = world.callerFor(
      await arrangePerson(world.sql, north.orgId, { name: 'alone', role: 'manager', territoryId: landes }),
    ).territory
    expect(await refusal(alone.move(to(landes)))).toBe('FORBIDDEN')
  })
})

describe('phones', () => {
  const pull = async (session: SessionIds, from: PullPage | null) => {
    await world.settled()
    return world.callerFor(session).sync.pull({
      protocol: 1,
      membershipId: session.membershipId,
      cursor: from?.cursor ?? null,
      frameTag: from?.frameTag ?? null,
      packAsOf: null,
    })
  }
  const accountIds = (page: PullPage) => page.accounts.map(({ id }) => id)

  it('of the branch, of what it leaves and of what it joins begin again with what is theirs; others go on', async () => {
    const { bretonRep, basqueRep, regional, bearnRep } = north.people
    const start = {
      breton: await pull(bretonRep, null),
      basque: await pull(basqueRep, null),
      regional: await pull(regional, null),
      bearn: await pull(bearnRep, null),
    }
    await move('basque', 'finistere')
    const joined = await pull(bretonRep, start.breton)
    expect(joined.reset).toBe(true)
    expect(accountIds(joined)).toContain(north.accounts.basque.id)
    const left = await pull(regional, start.regional)
    expect(left.reset).toBe(true)
    expect(accountIds(left)).not.toContain(north.accounts.basque.id)
    expect(accountIds(left)).toContain(north.accounts.bearn.id)
    const own = await pull(basqueRep, start.basque)
    expect(own.reset).toBe(true)
    expect(own.frame?.territories.map(({ name }) => name)).toContain('finistere')
    // What Pyrénées asks is no longer asked there.
    expect(own.frame?.fields.map(({ key }) => key).sort()).toEqual(['basque', 'mood', 'trade'])
    expect((await pull(bearnRep, start.bearn)).reset).toBe(false)
    expect((await pull(regional, left)).reset).toBe(false)
    await move('basque', 'pyrenees')
  })
})

describe('questions of a moved branch', () => {
  const slotOf = async (table: 'account' | 'contact', id: string) =>
    (
      await world.sql<Record<'t01' | 't02', string | null>>(
        north.orgId,
        `SELECT t01, t02 FROM ${table} WHERE id = $1`,
        [id],
      )
    )[0]
  const runJobs = async () => {
    const jobs = await world.sql<{ payload: { territoryId: string; fieldIds: string[] } }>(
      north.orgId,
      `SELECT payload FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
        WHERE t.identifier = 'reslot' ORDER BY j.id`,
    )
    for (const { payload } of jobs)
      expect(await reslot({ db: world.db }, north.orgId, payload)).toEqual({ done: true })
    return jobs.length
  }

  it('are never asked twice on its new line', async () => {
    const twice = await arrangeField(world.sql, north, {
      territoryId: north.territories.finistere,
      entity: 'contact',
      key: 'autre',
      spec: { type: 'yes_no', label: { fr: 'BASQUE' } },
    })
    expect(await refused(move('basque', 'finistere'))).toMatchObject({
      code: 'TERRITORY_FIELDS_MEET',
      params: { key: 'basque', territory: 'finistere' },
    })
    await world.sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [twice])
    expect(await refusal(move('basque', 'finistere'))).toBe('accepted')
    await move('basque', 'pyrenees')
  })

  it('that share a column with one of the new line get another, and the rows follow', async () => {
    const { basque, finistere } = north.territories
    const spec = { type: 'yes_no', reportable: true } as const
    const here = await arrangeField(world.sql, north, {
      territoryId: basque,
      entity: 'account',
      key: 'here',
      slot: 't01',
      spec,
    })
    const there = await arrangeField(world.sql, north, {
      territoryId: finistere,
      entity: 'account',
      key: 'there',
      slot: 't01',
      spec,
    })
    const { id } = north.accounts.basque
    await world.sql(north.orgId, `UPDATE account SET t01 = 'true', "values" = $2 WHERE id = $1`, [
      id,
      JSON.stringify({ [here]: { v: 1, x: true }, [there]: { v: 1, x: false } }),
    ])
    await move('basque', 'finistere')
    const [row] = await world.sql<{ slot: string }>(
      north.orgId,
      'SELECT slot FROM field_definition WHERE id = $1',
      [here],
    )
    expect(row?.slot).toBe('t02')
    expect(await runJobs()).toBeGreaterThan(0)
    expect(await slotOf('account', id)).toEqual({ t01: 'false', t02: 'true' })
    await runJobs()
    expect(await slotOf('account', id)).toEqual({ t01: 'false', t02: 'true' })
  })
})
