import type { Insight } from '@fieldback/domain/insight/insight'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeAccount, arrangeField, arrangeReport, openTestWorld, type TestWorld } from '../test-world.ts'
import { file, monthly } from './filed.fixture.ts'
import { runInsights } from './find.job.ts'

const NOVEMBER = new Date('2026-11-20T10:00:00Z')
const DECEMBER = new Date('2026-12-20T10:00:00Z')
const YEAR = { from: '2025-11', to: '2026-10' }

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Row = { key: string; said: Insight; people: number; run: number }
const shown = (orgId: string) =>
  world.sql<Row>(orgId, 'SELECT key, said, people, run FROM insight ORDER BY usefulness DESC')
const runs = (orgId: string) =>
  world.sql<{ month: string; number: number }>(
    orgId,
    `SELECT to_char(month, 'YYYY-MM') AS month, number FROM insight_run ORDER BY number`,
  )
const run = (orgId: string, at: Date) => runInsights({ db: world.db, now: () => at }, orgId)

describe('the monthly run', () => {
  let rival: string
  beforeAll(async () => {
    const { north, sql } = world
    const options = ['frimat', 'aucun', 'sofour'].map((id) => ({ id, label: { fr: id } }))
    const spec = { type: 'single_choice', options, reportable: true } as const
    rival = await arrangeField(sql, north, {
      key: 'rival',
      territoryId: north.territories.france,
      entity: 'report',
      spec,
    })
    const same = await arrangeField(sql, north, {
      key: 'same',
      territoryId: north.territories.france,
      entity: 'report',
      spec,
    })
    const by = north.people.basqueRep.membershipId
    await file(world, north, [
      ...monthly(YEAR, { fieldId: rival, by }, { frimat: [8, 12], aucun: [3, 10] }),
      ...monthly(YEAR, { fieldId: same, by }, { sofour: [4, 10] }),
      // Under way: not judged yet.
      ...monthly({ from: '2026-11', to: '2026-11' }, { fieldId: rival, by }, { frimat: [0, 90] }),
    ])
  })

  it('tells what goes with what once, where it holds, with the counts of whole months alone', async () => {
    const { north } = world
    expect(await run(north.orgId, NOVEMBER)).toEqual({ run: 1, shown: 1, done: true })
    const [first, ...others] = await shown(north.orgId)
    expect(others).toEqual([])
    expect(first).toMatchObject({ people: 1, run: 1 })
    expect(first?.said).toMatchObject({
      kind: 'association',
      territoryId: north.territories.france,
      factor: { kind: 'answer', fieldId: rival },
      bucket: 'frimat',
      outcome: 'order',
      direction: 'more',
      period: YEAR,
      // Three homes, twelve months; each is counted at its home alone, though roll-ups hold it at every territory above.
      here: { k: 8 * 36, n: 12 * 36 },
      there: { k: 3 * 36, n: 10 * 36 },
    })
  })

  it('is made once a month, however often it is asked for, and by one of several workers at once', async () => {
    const { north } = world
    expect(await run(north.orgId, NOVEMBER)).toEqual({ run: null, shown: 0, done: true })
    const made = await Promise.all([1, 2, 3].map(() => run(north.orgId, DECEMBER)))
    expect(made.map((one) => one.run).toSorted()).toEqual([2, null, null])
    expect(await runs(north.orgId)).toEqual([
      { month: '2026-10', number: 1 },
      { month: '2026-11', number: 2 },
    ])
  })

  it('that is stopped has not been made, and has spent nothing', async () => {
    const { north } = world
    const stopped = AbortSignal.abort()
    const at = new Date('2027-01-20T10:00:00Z')
    expect(await runInsights({ db: world.db, now: () => at }, north.orgId, stopped)).toMatchObject({
      run: null,
      done: false,
    })
    expect(await runs(north.orgId)).toHaveLength(2)
  })

  it('says nothing of a question that was retired', async () => {
    const { north, sql } = world
    await sql(north.orgId, 'UPDATE field_definition SET retired_at = now() WHERE id = $1', [rival])
    await sql(north.orgId, 'DELETE FROM insight_run')
    expect(await run(north.orgId, NOVEMBER)).toMatchObject({ run: 1, shown: 0 })
  })

  it('says nothing of an answer that was retired; it still counts among the others', async () => {
    const { north, sql } = world
    await sql(north.orgId, 'UPDATE field_definition SET retired_at = NULL WHERE id = $1', [rival])
    await sql(
      north.orgId,
      `UPDATE field_version SET spec = jsonb_set(spec, '{options,0,retired}', 'true') WHERE field_id = $1`,
      [rival],
    )
    await sql(north.orgId, 'DELETE FROM insight_run')
    await run(north.orgId, NOVEMBER)
    expect((await shown(north.orgId)).map(({ said }) => [said.bucket, said.direction])).toEqual([
      ['aucun', 'less'],
    ])
  })
})

describe('an organisation of which little is known', () => {
  it('is run like another, and is shown nothing: nobody, one report, one rep who answers alike', async () => {
    const { other, sql } = world
    expect(await run(other.orgId, NOVEMBER)).toEqual({ run: 1, shown: 0, done: true })
    const fieldId = await arrangeField(sql, other, {
      key: 'mood',
      territoryId: other.territories.france,
      entity: 'report',
      spec: { type: 'yes_no', reportable: true },
    })
    const by = other.people.basqueRep.membershipId
    const one = {
      at: 'basque',
      day: '2026-10-01',
      n: 1,
      by,
      outcome: 'order',
      answers: [[fieldId, 'true', null]],
    } as const
    await file(world, other, [one])
    expect(await run(other.orgId, DECEMBER)).toMatchObject({ run: 2, shown: 0 })
    await file(world, other, [{ ...one, day: '2026-12-01', n: 400 }])
    expect(await run(other.orgId, new Date('2027-01-20T10:00:00Z'))).toMatchObject({ run: 3, shown: 0 })
  })
})

describe('accounts', () => {
  it('are looked at one by one: what they answer counts once each, and those unseen for long are named', async () => {
    const { other, sql } = world
    const { orgId } = other
    const big = await arrangeField(sql, other, {
      key: 'big',
      territoryId: other.territories.france,
      entity: 'account',
      spec: { type: 'yes_no', reportable: true },
    })
    const cold: string[] = []
    for (const at of ['basque', 'bearn', 'finistere'] as const) {
      for (let i = 0; i < 60; i++) {
        const { id } = await arrangeAccount(sql, orgId, other.territories[at], `Maison ${at} ${i}`)
        // Of forty clients thirty are big; of twenty prospects five.
        const client = i % 3 > 0
        const isBig = client ? i % 4 > 0 : i % 12 === 0
        await sql(orgId, `UPDATE account SET kind = $2, "values" = $3 WHERE id = $1`, [
          id,
          client ? 'client' : 'prospect',
          { [big]: { v: 1, x: isBig } },
        ])
        // Every tenth day of spring and summer, and then no more at two of three.
        const lost = i % 3 > 0
        for (const month of ['03', '04', '05', '06', '07', '08', ...(lost ? [] : ['09', '10', '11', '12'])])
          await arrangeReport(
            sql,
            { ...other, accounts: { ...other.accounts, [at]: { id } } } as typeof other,
            {
              at,
              by: 'basqueRep',
              day: `2026-${month}-10`,
              outcome: 'none',
            },
          )
        if (lost) cold.push(id)
      }
    }
    await sql(orgId, 'DELETE FROM insight_run')
    await run(orgId, DECEMBER)
    const said = (await shown(orgId)).map((row) => row.said)
    expect(said.find(({ kind }) => kind === 'lookalike')).toMatchObject({
      territoryId: other.territories.france,
      factor: { kind: 'profile', fieldId: big },
      bucket: 'true',
      outcome: 'order',
      direction: 'more',
      here: { k: 90, n: 105 },
      there: { k: 30, n: 75 },
    })
    const unseen = said.find(({ kind }) => kind === 'cold')
    expect(unseen).toMatchObject({ here: { k: 120, n: 180 } })
    expect(unseen?.accounts).toHaveLength(50)
    expect(cold).toEqual(expect.arrayContaining([...(unseen?.accounts ?? [])]))
  })
})
