import { randomUUID } from 'node:crypto'
import { askRebuild } from '@fieldback/db/analytics/rebuild.repo'
import { type Db, openDb } from '@fieldback/db/client'
import { unqualified, watchStatements } from '@fieldback/db/every-statement.fixture'
import { inOrgSql } from '@fieldback/db/org-sql'
import { enqueueRetentions } from '@fieldback/db/retention/erase.repo'
import { fieldSetHash } from '@fieldback/domain/field/field-set'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRollups } from '../analytics/check-rollups.job.ts'
import { dice } from '../analytics/filed-reports.fixture.ts'
import { fold } from '../analytics/fold.job.ts'
import { rebuild } from '../analytics/rebuild.job.ts'
import { rollups, truth } from '../analytics/rollup-truth.ts'
import type { SessionIds } from '../context.ts'
import { push } from '../sync/push.ts'
import { arrangeField, openTestWorld, type TestOrg, type TestWorld, WORLD_NOW } from '../test-world.ts'
import { eraseReports } from './erase.job.ts'

let world: TestWorld
let north: TestOrg
let org: string
/** Jobs run as the worker, which alone may erase. */
let worker: Db
let statements: ReadonlySet<string>
let mood: string
let years: string
let form: string

beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  org = north.orgId
  worker = openDb({ url: world.database.workerUrl, max: 4 })
  statements = watchStatements(worker)
  const at = { territoryId: north.territories.france, entity: 'report' } as const
  mood = await arrangeField(world.sql, north, {
    ...at,
    key: 'mood',
    spec: { type: 'yes_no', reportable: true },
  })
  years = await arrangeField(world.sql, north, {
    ...at,
    key: 'years',
    spec: { type: 'integer', min: 0, max: 30, reportable: true },
  })
  const members = [mood, years].map((id) => [id, 1] as const)
  form = fieldSetHash(members)
  await sql('INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3)', [
    org,
    form,
    JSON.stringify(members),
  ])
})
afterAll(async () => {
  await worker.close()
  await world.close()
})

const sql = <T = Record<string, unknown>>(text: string, values: readonly unknown[] = []) =>
  world.sql<T>(org, text, values)
const count = async (from: string, values: readonly unknown[] = []) =>
  (await sql<{ n: number }>(`SELECT count(*)::int AS n FROM ${from}`, values))[0]?.n

/** On WORLD_NOW, with three years, months are kept from 2023-11 on. */
const KEPT_FROM = '2023-11-01'
const DAYS = ['2021-03-04', '2022-12-31', '2023-10-31', '2023-11-01', '2026-09-30', '2026-11-19']

type Filed = { readonly id: string; readonly by: SessionIds; readonly day: string; seq: number }
const filed: Filed[] = []

const envelope = (entityId: string, seq: number) => ({
  opId: randomUUID(),
  entityId,
  seq,
  base: seq - 1,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
})

function create(report: Filed, over: object = {}) {
  const at = report.by === north.people.basqueRep ? north.accounts.basque : north.accounts.finistere
  const body = {
    accountId: at.id,
    contactId: null,
    kind: 'visit',
    outcome: 'order',
    day: report.day,
    note: 'mots du compte rendu',
    fieldSet: form,
    values: { [mood]: { v: 1, x: true } },
    seconds: { [mood]: 4 },
    durationSeconds: 20,
    ...over,
  }
  return { ...envelope(report.id, 1), kind: 'report.create', body }
}

async function file(day: string, over: object = {}, by = north.people.basqueRep) {
  const report: Filed = { id: randomUUID(), by, day, seq: 1 }
  const operation = create(report, over)
  expect(await push(world.deps, by, [operation])).toMatchObject([{ status: 'applied' }])
  return { report, operation }
}

async function campaign(seed: number, count: number): Promise<void> {
  const roll = dice(seed)
  for (const by of [north.people.basqueRep, north.people.bretonRep]) {
    const operations = Array.from({ length: count }, () => {
      const known = filed.filter((one) => one.by === by)
      if (known.length < 5 || roll.chance(0.7)) {
        const report: Filed = { id: randomUUID(), by, day: roll.pick(DAYS), seq: 1 }
        filed.push(report)
        const values = {
          ...(roll.chance(0.8) ? { [mood]: { v: 1, x: roll.pick([true, false, null]) } } : {}),
          ...(roll.chance(0.8) ? { [years]: { v: 1, x: roll.pick([0, 4, 5, 29, null]) } } : {}),
        }
        return create(report, {
          outcome: roll.pick(['order', 'quote', 'none']),
          kind: roll.pick(['visit', 'call']),
          values,
        })
      }
      const report = roll.pick(known)
      report.seq += 1
      return roll.chance(0.2)
        ? { ...envelope(report.id, report.seq), kind: 'report.withdraw', body: { reason: null } }
        : {
            ...envelope(report.id, report.seq),
            kind: 'report.amend',
            body: { outcome: roll.pick(['order', 'none']) },
          }
    })
    const answers = await push(world.deps, by, operations)
    expect(answers.filter(({ status }) => status !== 'applied')).toEqual([])
  }
}

const keep = (rule: number | null) =>
  sql(
    `INSERT INTO retention (org_id, years) VALUES ($1, $2) ON CONFLICT (org_id) DO UPDATE SET years = excluded.years`,
    [org, rule],
  )
const erase = (over: object = {}, stop?: AbortSignal) =>
  eraseReports({ ...world.deps, db: worker, ...over }, org, stop)
const foldAll = () => fold({ db: world.db }, org)
const counting = () => ({ db: world.db, log: world.deps.log, newId: randomUUID })
const ask = () => inOrgSql(world.db, org, (tx) => askRebuild(tx, org, { id: randomUUID(), why: 'operator' }))

describe('an erasure', () => {
  it('without a rule, or before what was announced begins, erases nothing', async () => {
    await campaign(1, 60)
    const before = await count('report')
    expect(await erase()).toEqual({ reports: 0, done: true })
    await sql(`INSERT INTO retention (org_id, next_years, starts_at) VALUES ($1, 3, $2)`, [
      org,
      new Date(WORLD_NOW.getTime() + 1),
    ])
    expect(await erase()).toEqual({ reports: 0, done: true })
    expect(await count('report')).toBe(before)
  })

  it('leaves every figure as the documents said before it: stopped, broken and begun again, with facts that wait', async () => {
    await foldAll()
    await campaign(2, 60)
    const expected = await truth(world, org)
    const old = await count('report WHERE day < $1', [KEPT_FROM])
    const young = await count('report WHERE day >= $1', [KEPT_FROM])
    await sql(`UPDATE retention SET starts_at = $1`, [WORLD_NOW])

    let looks = 0
    const afterTwo = {
      get aborted() {
        return ++looks > 2
      },
    } as AbortSignal
    expect(await erase({ batch: 7 }, afterTwo)).toEqual({ reports: 14, done: false })
    await foldAll()
    const [left] = await sql<{ id: string }>(
      'SELECT id FROM report WHERE day < $1 ORDER BY day, id LIMIT 1',
      [KEPT_FROM],
    )
    await sql(
      `INSERT INTO media (org_id, id, membership_id, report_id, field_id, bytes, sha256, storage_key, state)
       SELECT $1, gen_random_uuid(), author_id, id, $2, 10, '', 'media/abc', 'kept' FROM report WHERE id = $3`,
      [org, mood, left?.id],
    )
    const broken = { ...world.deps.storage, delete: () => Promise.reject(new Error('no disk')) }
    await expect(erase({ batch: 7, storage: broken })).rejects.toThrow('no disk')
    expect(await count('report WHERE id = $1', [left?.id])).toBe(1)
    // Taken back while it is at work, here as the files of a photo go, it ends there.
    const takenBack = { ...world.deps.storage, delete: () => keep(null) }
    expect(await erase({ batch: 7, storage: takenBack })).toEqual({ reports: 0, done: false })
    expect(await erase({ batch: 7 })).toEqual({ reports: 0, done: true })
    expect(await count('report WHERE id = $1', [left?.id])).toBe(1)
    await keep(3)
    expect(await erase({ batch: 7 })).toEqual({ reports: (old ?? 0) - 14, done: true })

    expect(await count('report WHERE day < $1', [KEPT_FROM])).toBe(0)
    expect(await count('report')).toBe(young)
    expect(await rollups(world, org)).toEqual(expected)
    expect(await sql(`SELECT detail FROM audit_event WHERE action = 'retention.erase'`)).toEqual([
      { detail: { count: old, to: KEPT_FROM } },
    ])
    expect(await sql('SELECT years, next_years, starts_at, erased FROM retention')).toEqual([
      { years: 3, next_years: null, starts_at: null, erased: 0 },
    ])
    expect(await erase()).toEqual({ reports: 0, done: true })
  })
})

describe('months before the edge', () => {
  it('are looked at by no verification, and changed by no rebuild, which still corrects the others', async () => {
    filed.splice(0)
    await campaign(3, 20)
    await foldAll()
    await erase()
    const expected = await rollups(world, org)
    const roll = dice(20_261_130)
    for (let round = 0; round < 8; round++) {
      const { looks, drifted } = await checkRollups({ ...counting(), random: roll.next }, org)
      expect([looks, drifted]).toEqual([4, 0])
    }
    expect(await count(`rollup_check WHERE month < $1`, [KEPT_FROM])).toBe(0)
    await sql(`UPDATE rollup_cell SET n_none = n_none + 3 WHERE month >= $1`, [KEPT_FROM])
    await sql(`DELETE FROM rollup_day WHERE day = '2026-11-19'`)
    await ask()
    expect((await rebuild(counting(), org)).corrected).toBeGreaterThan(10)
    expect(await rollups(world, org)).toEqual(expected)
  })

  it('stay when the edge passes them while a rebuild that wrote them down is at work', async () => {
    const expected = await rollups(world, org)
    await ask()
    await sql(
      `UPDATE rollup_rebuild SET units = ARRAY['2021-03-01', '2022-12-01', '2023-10-01'] WHERE ended_at IS NULL`,
    )
    expect(await rebuild(counting(), org)).toEqual({ units: 3, corrected: 0, done: true })
    expect(await rollups(world, org)).toEqual(expected)
  })

  it('stay where they were counted when their account moves, and go along when a branch does; those that are kept are right', async () => {
    const { basque, bearn, bretagne, pyrenees } = north.territories
    const { local, admin } = north.people
    const isFinal = (row: string) => (/\d{4}-\d\d-\d\d/.exec(row)?.[0] ?? '') < KEPT_FROM
    const final = async () => {
      const { cells, days, people } = await rollups(world, org)
      return [cells, days, people].map((rows) => rows.filter(isFinal))
    }
    const noDrift = async () => {
      const random = dice(77).next
      for (let round = 0; round < 8; round++)
        expect((await checkRollups({ ...counting(), random }, org)).drifted).toBe(0)
    }
    const before = await final()
    expect(before.flat().length).toBeGreaterThan(100)
    const move = (territoryId: string) =>
      world.callerFor(local).account.move({ accountIds: [north.accounts.basque.id], territoryId })
    await move(bearn)
    await foldAll()
    expect(await final()).toEqual(before)
    await noDrift()
    await move(basque)
    await foldAll()

    const at = async (territoryId: string) =>
      (await final()).flat().filter((row) => row.includes('today') && row.includes(territoryId)).length
    const [here, there] = [await at(basque), await at(bretagne)]
    await world.callerFor(admin).territory.move({ territoryId: basque, parentId: bretagne })
    await foldAll()
    expect(await at(basque)).toBe(here)
    expect(await at(bretagne)).toBeGreaterThan(there)
    await noDrift()
    await world.callerFor(admin).territory.move({ territoryId: basque, parentId: pyrenees })
    await foldAll()
    expect([await at(bretagne), await final()]).toEqual([there, before])
    await noDrift()
  })

  it('count a report that comes late, which is never refused; it is erased as well, counted or not', async () => {
    const reports = async () =>
      (
        await sql<{ n: number }>(
          `SELECT n FROM rollup_day WHERE basis = 'today' AND territory_id = $1 AND day = '2022-02-02'`,
          [north.territories.france],
        )
      )[0]?.n
    await file('2022-02-02')
    await foldAll()
    expect(await reports()).toBe(1)
    await file('2022-02-02')
    expect(await erase()).toEqual({ reports: 2, done: true })
    expect(await reports()).toBe(1)
    await foldAll()
    expect(await reports()).toBe(2)
    expect(await count('report WHERE day < $1', [KEPT_FROM])).toBe(0)
    expect((await checkRollups({ ...counting(), random: dice(4).next }, org)).drifted).toBe(0)
  })
})

describe('what hangs on a report', () => {
  it('goes with it: photos and their files, notes, history, what was put aside, who read it; the ledger keeps that it was answered', async () => {
    const { basqueRep, local } = north.people
    const { report } = await file('2022-03-03')
    await push(world.deps, basqueRep, [
      { ...envelope(report.id, 2), kind: 'report.amend', body: { note: 'autres mots' } },
    ])
    const { report: young } = await file('2026-11-18')
    await foldAll()
    const key = 'media/def'
    await world.deps.storage.put(
      `${key}/photo`,
      (async function* () {
        yield new Uint8Array(3)
      })(),
      { maxBytes: 9 },
    )
    for (const id of [report.id, young.id]) {
      await sql(
        `INSERT INTO coaching_note (org_id, id, member_id, author_id, territory_id, report_id, text, written_at, worded_at, changed_at)
         VALUES ($1, gen_random_uuid(), $2, $3, $4, $5, 'bien vu', now(), now(), now())`,
        [org, basqueRep.membershipId, local.membershipId, north.territories.basque, id],
      )
      await sql(
        `INSERT INTO field_answer (org_id, field_id, entity_id, ordinal, text) VALUES ($1, $2, $3, 9, 'x')`,
        [org, mood, id],
      )
    }
    await sql(
      `INSERT INTO media (org_id, id, membership_id, report_id, field_id, bytes, sha256, storage_key, state)
       VALUES ($1, gen_random_uuid(), $2, $3, $4, 3, '', $5, 'kept')`,
      [org, basqueRep.membershipId, report.id, mood, key],
    )
    await sql(
      `INSERT INTO report_use (org_id, author_id, day, user_id, kind, n) VALUES ($1, $2, '2022-03-04', $3, 'read', 1), ($1, $2, '2026-11-18', $3, 'read', 1)`,
      [org, basqueRep.membershipId, local.membershipId],
    )
    await sql(
      `UPDATE sync_receipt SET answer = answer || '{"merges": [{"replaced": "mots"}]}' WHERE entity_id = $1`,
      [report.id],
    )
    await push(world.deps, basqueRep, [
      { ...envelope(randomUUID(), 1), kind: 'report.amend', body: { note: 'perdu' } },
    ])
    const aside = await count(`sync_quarantine WHERE membership_id = $1`, [basqueRep.membershipId])
    expect(aside).toBe(1)

    await erase()
    expect(await world.deps.storage.exists(`${key}/photo`)).toBe(false)
    expect(await count('media WHERE report_id = $1', [report.id])).toBe(0)
    expect(await count('coaching_note')).toBe(1)
    expect(await count(`field_answer WHERE ordinal = 9`)).toBe(1)
    expect(await count('change WHERE entity_id = $1', [report.id])).toBe(0)
    expect(await count('change WHERE entity_id = $1', [young.id])).toBe(1)
    expect(await sql('SELECT day::text FROM report_use')).toEqual([{ day: '2026-11-18' }])
    expect(
      await sql(`SELECT answer ? 'merges' AS told FROM sync_receipt WHERE entity_id = $1`, [report.id]),
    ).toEqual([{ told: false }, { told: false }])
    const ledger = await sql<{ month: string; seconds: number; answers: number }>(
      `SELECT month::text, sum(seconds)::int AS seconds, sum(answers)::int AS answers FROM ledger_cell WHERE field_id = $1 GROUP BY 1 ORDER BY 1`,
      [mood],
    )
    for (const { month, seconds, answers } of ledger) {
      expect(answers).toBeGreaterThan(0)
      expect([month, seconds > 0]).toEqual([month, month >= KEPT_FROM])
    }
    expect(ledger.length).toBeGreaterThan(3)
    // Of late, so it waits for its manager whatever day it is about.
    expect(await count('sync_quarantine')).toBe(aside)
    await sql(`UPDATE sync_quarantine SET received_at = '2022-04-01'`)
    await erase()
    expect(await count('sync_quarantine')).toBe(0)
  })
})

describe('a phone', () => {
  const pull = async (cursor: string | null) => {
    await world.settled()
    return world.callerFor(north.people.basqueRep).sync.pull({
      protocol: 1,
      membershipId: north.people.basqueRep.membershipId,
      cursor,
      frameTag: null,
      packAsOf: null,
    })
  }

  it('is told once which reports are kept nowhere any more', async () => {
    const first = await pull(null)
    expect(first.keptFrom).toBe(KEPT_FROM)
    const next = await pull(first.cursor)
    expect(next.keptFrom).toBeUndefined()
    await sql(`UPDATE retention SET edge = '2023-12-01'`)
    const moved = await pull(next.cursor)
    expect([moved.keptFrom, moved.reset]).toEqual(['2023-12-01', false])
    await sql(`UPDATE retention SET edge = $1`, [KEPT_FROM])
  })

  it('that sends an erased report again brings nothing back, and what it corrects in it is kept whole', async () => {
    const { report, operation } = await file('2022-05-05')
    await foldAll()
    await erase()
    const before = await rollups(world, org)
    const { basqueRep } = north.people
    expect(await push(world.deps, basqueRep, [operation])).toMatchObject([{ status: 'duplicate' }])
    const amend = { ...envelope(report.id, 2), kind: 'report.amend', body: { note: 'encore un mot' } }
    expect(await push(world.deps, basqueRep, [amend])).toMatchObject([
      { status: 'quarantined', code: 'OP_TARGET_UNKNOWN' },
    ])
    expect(
      await sql(`SELECT operation -> 'body' AS body FROM sync_quarantine WHERE op_id = $1`, [amend.opId]),
    ).toEqual([{ body: { note: 'encore un mot' } }])
    // Sent again by hand, it has another number.
    const again = { ...operation, opId: randomUUID(), seq: 3 }
    expect(await push(world.deps, basqueRep, [again])).toMatchObject([{ status: 'applied' }])
    expect(await count('report WHERE id = $1', [report.id])).toBe(0)
    await foldAll()
    expect(await rollups(world, org)).toEqual(before)
  })
})

describe('the database', () => {
  const erasing = (db: Db, orgId: string, ids: string[]) =>
    inOrgSql(
      db,
      orgId,
      (tx) => tx.$queryRaw<{ n: number }[]>`SELECT erase_reports(${ids}::uuid[], '{}') AS n`,
    )

  it('erases nothing from the edge on, whatever it is asked for, nor of another organisation, nor for the application', async () => {
    const { report: young } = await file(KEPT_FROM)
    const { report: old } = await file('2022-06-06')
    expect(await erasing(worker, world.other.orgId, [old.id])).toEqual([{ n: 0 }])
    await expect(erasing(world.db, org, [old.id])).rejects.toThrow(/permission denied/)
    expect(await erasing(worker, org, [young.id, old.id])).toEqual([{ n: 1 }])
    expect(await sql('SELECT id FROM report WHERE id = ANY ($1)', [[young.id, old.id]])).toEqual([
      { id: young.id },
    ])
  })

  it('names organisations whose rule was not carried out today, to the worker alone', async () => {
    await sql(`UPDATE retention SET swept_on = current_date - 1`)
    expect(await enqueueRetentions(worker)).toBe(1)
    await erase()
    expect(await enqueueRetentions(worker)).toBe(0)
    await keep(null)
    await sql(`UPDATE retention SET swept_on = NULL`)
    expect(await enqueueRetentions(worker)).toBe(0)
    const { report } = await file('2022-07-07')
    expect(await erase()).toEqual({ reports: 0, done: true })
    expect(await erasing(worker, org, [report.id])).toEqual([{ n: 0 }])
    await expect(enqueueRetentions(world.db)).rejects.toThrow(/permission denied/)
  })

  it('is told the organisation of each table by every statement', async () => {
    expect(statements.size).toBeGreaterThan(5)
    expect(await unqualified(world.database.ownerUrl, statements)).toEqual([])
  })
})
