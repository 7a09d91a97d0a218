import {
  unsafeCountProfiles,
  unsafeFindCounted,
  unsafeFindLookalikes,
} from '@fieldback/db/insight/counts.repo'
import { inOrgSql } from '@fieldback/db/org-sql'
import type { FieldSpec } from '@fieldback/domain/field/field-spec'
import type { Insight } from '@fieldback/domain/insight/insight'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, openTestWorld, type TestWorld } from '../test-world.ts'
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
  it('is shown nothing: one report, one rep who answers alike; where nobody filed anything no run is spent', async () => {
    const { other, sql } = world
    expect(await run(other.orgId, NOVEMBER)).toEqual({ run: null, shown: 0, done: true })
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
    expect(await run(other.orgId, DECEMBER)).toMatchObject({ run: 1, shown: 0 })
    await file(world, other, [{ ...one, day: '2026-12-01', n: 400 }])
    expect(await run(other.orgId, new Date('2027-01-20T10:00:00Z'))).toMatchObject({ run: 2, shown: 0 })
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
    const { basque, bearn, finistere } = other.territories
    // Of forty clients at a place thirty are big, of twenty prospects five.
    const added = await sql<{ id: string; lost: boolean; big: boolean }>(
      orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, "values")
       SELECT $1, gen_random_uuid(), t, CASE WHEN i % 3 > 0 THEN 'client' ELSE 'prospect' END, 'Maison ' || i, 'maison ' || i,
              jsonb_build_object($3::text, jsonb_build_object('v', 1, 'x', CASE WHEN i % 3 > 0 THEN i % 4 > 0 ELSE i % 12 = 0 END))
         FROM unnest($2::uuid[]) AS t, generate_series(0, 59) AS i
       RETURNING id, kind = 'client' AS lost, ("values" -> $3::text -> 'x')::boolean AS big`,
      [orgId, [basque, bearn, finistere], big],
    )
    // Seen every month from March to August, and the clients no more since.
    await sql(
      orgId,
      `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, captured_at)
       SELECT $1, gen_random_uuid(), a.id, a.territory_id, $2, 'visit', 'none', make_date(2026, month, 10), 'accepted', now()
         FROM account a, generate_series(3, 12) AS month
        WHERE a.name LIKE 'Maison %' AND (month <= 8 OR a.kind = 'prospect')`,
      [orgId, other.people.basqueRep.membershipId],
    )
    const cold = added.flatMap(({ id, lost }) => (lost ? [id] : []))
    await sql(orgId, 'DELETE FROM insight_run')
    await run(orgId, DECEMBER)
    const said = (await shown(orgId)).map((row) => row.said)
    const alike = said.find(({ kind }) => kind === 'lookalike')
    expect(alike).toMatchObject({
      territoryId: other.territories.france,
      factor: { kind: 'profile', fieldId: big },
      bucket: 'true',
      outcome: 'order',
      direction: 'more',
      here: { k: 90, n: 105 },
      there: { k: 30, n: 75 },
    })
    // The prospects to call on are named.
    const tempting = added.flatMap(({ id, lost, big: isBig }) => (isBig && !lost ? [id] : []))
    expect(alike?.accounts.toSorted()).toEqual(tempting.toSorted())
    const unseen = said.find(({ kind }) => kind === 'cold')
    expect(unseen).toMatchObject({ here: { k: 120, n: 180 } })
    expect(unseen?.accounts).toHaveLength(50)
    expect(cold).toEqual(expect.arrayContaining([...(unseen?.accounts ?? [])]))
  })
})

describe('contacts', () => {
  it('speak for their account where one alone answers: who has more of them noted says yes sooner', async () => {
    const { other, sql } = world
    const { orgId } = other
    const speaks = await arrangeField(sql, other, {
      key: 'speaks',
      territoryId: other.territories.france,
      entity: 'contact',
      spec: { type: 'yes_no', reportable: true },
    })
    const add = async (kind: string, ...answers: (boolean | null)[]) => {
      const [account] = await sql<{ id: string }>(
        orgId,
        `INSERT INTO account (org_id, id, territory_id, kind, name, name_key)
         VALUES ($1, gen_random_uuid(), $2, $3, 'Contactée', 'contactee') RETURNING id`,
        [orgId, other.territories.basque, kind],
      )
      for (const x of answers)
        await sql(
          orgId,
          `INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key, "values")
           VALUES ($1, gen_random_uuid(), $2, 'Maya', 'Harispe', 'harispe maya', jsonb_build_object($3::text, jsonb_build_object('v', 1, 'x', $4::jsonb)))`,
          [orgId, account?.id, speaks, JSON.stringify(x)],
        )
      return account?.id
    }
    await add('client', true)
    await add('client', true, false)
    const tempting = await add('prospect', true, null)
    await add('prospect', false)
    const [field] = await inOrgSql(world.db, orgId, (tx) => unsafeFindCounted(tx, orgId, [speaks]))
    if (!field) throw new Error('no field')
    const counted = await inOrgSql(world.db, orgId, (tx) =>
      unsafeCountProfiles(tx, orgId, { field, at: '2026-10', definitions: new Map([[speaks, field]]) }),
    )
    const told = counted.map(({ bucket, outcome, n }) => `${bucket} ${outcome} ${n}`).toSorted()
    expect(told).toEqual([
      '_answered none 1',
      '_answered none 1',
      '_answered order 1',
      'false none 1',
      'true none 1',
      'true order 1',
    ])
    const asked = {
      field,
      bucket: 'true',
      territoryId: other.territories.france,
      definitions: new Map([[speaks, field]]),
    }
    expect(await inOrgSql(world.db, orgId, (tx) => unsafeFindLookalikes(tx, orgId, asked))).toEqual([
      tempting,
    ])
  })
})

describe('prospects that answer as won accounts do', () => {
  const named = async (
    spec: Pick<FieldSpec, 'type'> & Partial<FieldSpec>,
    xs: readonly unknown[],
    bucket: string,
  ) => {
    const { north, sql } = world
    const { orgId } = north
    const id = await arrangeField(sql, north, {
      key: `f${spec.type}`,
      territoryId: north.territories.france,
      entity: 'account',
      spec: { ...spec, reportable: true },
    })
    for (const [at, x] of xs.entries())
      await sql(
        orgId,
        `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, last_visit_day, "values")
         VALUES ($1, gen_random_uuid(), $2, 'prospect', $3, $3, make_date(2026, 1, 28 - $4::int), jsonb_build_object($5::text, jsonb_build_object('v', 1, 'x', $6::jsonb)))`,
        [orgId, north.territories.basque, `${spec.type} ${at}`, at, id, JSON.stringify(x)],
      )
    const [field] = await inOrgSql(world.db, orgId, (tx) => unsafeFindCounted(tx, orgId, [id]))
    if (!field) throw new Error('no field')
    const asked = {
      field,
      bucket,
      territoryId: north.territories.pyrenees,
      definitions: new Map([[id, field]]),
    }
    const ids = await inOrgSql(world.db, orgId, (tx) => unsafeFindLookalikes(tx, orgId, asked))
    const rows = await sql<{ name: string; id: string }>(orgId, 'SELECT id, name FROM account')
    return ids.map((one) => rows.find((row) => row.id === one)?.name)
  }
  const options = ['a', 'b'].map((id) => ({ id, label: { fr: id } }))

  it('are those that chose it, alone or among others, unseen for longest first', async () => {
    expect(await named({ type: 'single_choice', options }, ['a', 'b', 'a', null], 'a')).toEqual([
      'single_choice 2',
      'single_choice 0',
    ])
    expect(await named({ type: 'multiple_choice', options }, [['b'], ['a', 'b'], []], 'a')).toEqual([
      'multiple_choice 1',
    ])
  })
  it('are those whose figure lies in the same range', async () => {
    expect(await named({ type: 'integer' }, [4, 5, 9, 10, null, 'x'], '5')).toEqual([
      'integer 2',
      'integer 1',
    ])
  })
  it('are those too that answered a question which was made into this one, unless they answered anew', async () => {
    const { other, sql } = world
    const { orgId } = other
    const question = (key: string, spec: Pick<FieldSpec, 'type'> & Partial<FieldSpec>) =>
      arrangeField(sql, other, {
        key,
        territoryId: other.territories.france,
        entity: 'account',
        spec: { ...spec, reportable: true },
      })
    const before = await question('before', { type: 'yes_no' })
    const now = await question('now', { type: 'single_choice', options })
    await sql(
      orgId,
      `INSERT INTO field_promotion (org_id, field_id, links, given, promoted_by, promoted_at) VALUES ($1, $2, $3, '{}', $4, now())`,
      [
        orgId,
        now,
        JSON.stringify([{ from: before, map: { true: 'b', false: 'a' }, links: [] }]),
        other.people.basqueRep.membershipId,
      ],
    )
    const add = async (name: string, values: Readonly<Record<string, unknown>>) =>
      sql(
        orgId,
        `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, "values") VALUES ($1, gen_random_uuid(), $2, 'prospect', $3, $3, $4)`,
        [
          orgId,
          other.territories.basque,
          name,
          JSON.stringify(Object.fromEntries(Object.entries(values).map(([id, x]) => [id, { v: 1, x }]))),
        ],
      )
    await add('of then', { [before]: false })
    await add('of now', { [now]: 'a' })
    await add('changed', { [before]: false, [now]: 'b' })
    await add('otherwise', { [before]: true })
    await add('silent', {})
    const fields = await inOrgSql(world.db, orgId, (tx) => unsafeFindCounted(tx, orgId, [before, now]))
    const definitions = new Map(fields.map((field) => [field.id, field]))
    const field = definitions.get(now)
    if (!field) throw new Error('no field')
    const asked = { field, bucket: 'a', territoryId: other.territories.france, definitions }
    const ids = await inOrgSql(world.db, orgId, (tx) => unsafeFindLookalikes(tx, orgId, asked))
    const named = await sql<{ name: string }>(orgId, 'SELECT name FROM account WHERE id = ANY ($1)', [ids])
    expect(named.map(({ name }) => name).toSorted()).toEqual(['of now', 'of then'])
  })
})
