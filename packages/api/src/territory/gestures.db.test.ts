import { randomUUID } from 'node:crypto'
import type { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  arrangeAccount,
  arrangeDelegation,
  arrangeField,
  arrangePerson,
  openTestWorld,
  type TestOrg,
  type TestWorld,
} from '../test-world.ts'
import { errorShape } from '../trpc.ts'

let world: TestWorld
let north: TestOrg
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
})
afterAll(() => world.close())

const as = (who: keyof TestOrg['people'], org: TestOrg = north) => world.callerFor(org.people[who]).territory
const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => ({ code: 'accepted', params: {} }),
    (error: TRPCError) => errorShape(error),
  )
const refusal = async (promise: Promise<unknown>) => (await refused(promise)).code
const sql = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<T>(north.orgId, text, values)

/** Where accounts sit, by the names of their territories. */
const homes = async () =>
  Object.fromEntries(
    (
      await sql<{ name: string; place: string }>(
        'SELECT a.name, t.name AS place FROM account a JOIN territory t ON t.id = a.territory_id AND t.org_id = a.org_id',
      )
    ).map(({ name, place }) => [name, place]),
  )
const held = () =>
  sql<{ name: string; place: string; to: string | null }>(
    `SELECT m.display_name AS name, t.name AS place, a.valid_to::text AS to FROM assignment a
       JOIN membership m ON m.id = a.membership_id AND m.org_id = a.org_id JOIN territory t ON t.id = a.territory_id AND t.org_id = a.org_id
      WHERE a.valid_to IS NULL OR a.valid_to >= '2026-11-20' ORDER BY 1, 2`,
  )
const placeOf = async (table: string, id: string) =>
  (
    await sql<{ name: string }>(
      `SELECT t.name FROM ${table} x JOIN territory t ON t.id = x.territory_id AND t.org_id = x.org_id WHERE x.id = $1`,
      [id],
    )
  )[0]?.name
const sector = (name: string) => as('local').createSubSector({ parentId: north.territories.pyrenees, name })

describe('merging two sub-sectors', () => {
  it('passes accounts, people, questions and all that hangs there, is told first, and is taken back', async () => {
    const { basque, bearn } = north.territories
    const question = await arrangeField(world.sql, north, {
      territoryId: basque,
      entity: 'contact',
      key: 'parle_basque',
      spec: { type: 'yes_no', label: { fr: 'Parle basque' } },
    })
    const delegation = await arrangeDelegation(world.sql, north, {
      giver: 'hq',
      receiver: 'basqueRep',
      territoryId: basque,
    })
    const preview = await as('local').mergePreview({ territoryId: basque, intoId: bearn })
    expect(preview).toMatchObject({
      accounts: 1,
      people: 1,
      territories: 0,
      spread: [{ fr: 'Parle basque' }],
      gained: [],
      lost: [],
      stays: 0,
      twice: [],
      fault: null,
    })
    const before = { homes: await homes(), held: await held() }
    const { gestureIds, territoryId } = await as('local').merge({ territoryId: basque, intoId: bearn })
    expect(territoryId).toBe(bearn)
    expect((await homes())['Compte basque']).toBe('bearn')
    expect(await placeOf('field_definition', question)).toBe('bearn')
    expect(await placeOf('delegation', delegation)).toBe('bearn')
    expect((await held()).find(({ name }) => name === 'north-basqueRep')).toMatchObject({ place: 'bearn' })
    const tree = await as('local').tree({ at: north.territories.pyrenees })
    expect(tree.nodes.map(({ name }) => name)).not.toContain('basque')

    await as('local').undo({ gestureIds: [...gestureIds] })
    expect(await homes()).toEqual(before.homes)
    expect(await held()).toEqual(before.held)
    expect(await placeOf('field_definition', question)).toBe('basque')
    expect(await placeOf('delegation', delegation)).toBe('basque')
    expect(await refusal(as('local').undo({ gestureIds: [...gestureIds] }))).toBe('CONFLICT')
  })
  it('whose questions clash is refused with both named', async () => {
    const [one, two] = [await sector('Soule'), await sector('Barousse')]
    for (const [territoryId, key] of [
      [one.id, 'gave'],
      [two.id, 'cours_d_eau'],
    ] as const)
      await arrangeField(world.sql, north, {
        territoryId,
        entity: 'account',
        key,
        spec: { type: 'yes_no', label: { fr: 'Au bord du gave' } },
      })
    const both = { territoryId: one.id, intoId: two.id }
    const twice = { key: 'Au bord du gave', place: 'Soule', territory: 'Barousse' }
    expect((await as('local').mergePreview(both)).twice).toEqual([twice])
    expect(await refused(as('local').merge(both))).toMatchObject({
      code: 'TERRITORY_FIELDS_MEET',
      params: twice,
    })
    expect(
      (await as('local')
        .administered({ territoryId: one.id })
        .catch(() => null)) === null,
    ).toBe(true)
    expect(await placeOf('account', north.accounts.basque.id)).toBe('basque')
  })
  it('tells what its accounts will be asked anew and no longer', async () => {
    const { basque, finistere, pyrenees } = north.territories
    await arrangeField(world.sql, north, {
      territoryId: pyrenees,
      entity: 'report',
      key: 'neige',
      spec: { type: 'yes_no', label: { fr: 'Neige' } },
    })
    await arrangeField(world.sql, north, {
      territoryId: finistere,
      entity: 'report',
      key: 'maree',
      spec: { type: 'yes_no', label: { fr: 'Marée' } },
    })
    const preview = await as('admin').mergePreview({ territoryId: basque, intoId: finistere })
    expect(preview.gained).toEqual([{ fr: 'Marée' }])
    expect(preview.lost).toEqual([{ fr: 'Neige' }])
  })
  it('takes along what was made more precise where the question is known, and leaves the rest', async () => {
    const { aquitaine, finistere, pyrenees } = north.territories
    const rival = await arrangeField(world.sql, north, {
      territoryId: aquitaine,
      entity: 'report',
      key: 'rival',
      spec: { type: 'yes_no', label: { fr: 'Concurrent' } },
    })
    const [from, near] = [await sector('Arbailles'), await sector('Amikuze')]
    const tightening = randomUUID()
    await sql(
      'INSERT INTO field_tightening (org_id, id, field_id, territory_id, current_version) VALUES ($1, $2, $3, $4, 1)',
      [north.orgId, tightening, rival, from.id],
    )
    const far = await as('admin').add({ parentId: finistere, rank: 3, name: 'Léon', code: null })
    const into = (intoId: string) => ({ territoryId: from.id, intoId })
    expect((await as('admin').mergePreview(into(far.id))).stays).toBe(1)
    expect((await as('local').mergePreview(into(near.id))).stays).toBe(0)
    const { gestureIds } = await as('local').merge(into(near.id))
    expect(await placeOf('field_tightening', tightening)).toBe('Amikuze')
    await as('local').undo({ gestureIds: [...gestureIds] })
    expect(await placeOf('field_tightening', tightening)).toBe('Arbailles')
    const gone = await as('admin').merge(into(far.id))
    expect(await placeOf('field_tightening', tightening)).toBe('Arbailles')
    await as('admin').undo({ gestureIds: [...gone.gestureIds] })
    expect(
      (await as('admin').administered({ territoryId: pyrenees })).children.map(({ name }) => name),
    ).toContain('Arbailles')
  })
  it('is a manager’s among the sub-sectors of his branch, the administrator’s anywhere, and nobody else’s', async () => {
    const { basque, bearn, pyrenees, finistere } = north.territories
    const at = (territoryId: string, intoId: string) => ({ territoryId, intoId })
    expect(await refusal(as('local').merge(at(basque, pyrenees)))).toBe('TERRITORY_RANK')
    expect(await refusal(as('local').merge(at(basque, finistere)))).toBe('FORBIDDEN')
    expect(await refusal(as('local').merge(at(pyrenees, basque)))).toBe('TERRITORY_RANK')
    for (const who of ['basqueRep', 'hq'] as const)
      expect(await refusal(as(who).merge(at(basque, bearn)))).toBe('FORBIDDEN')
    expect(await refusal(as('admin', world.other).merge(at(basque, bearn)))).toBe('NOT_FOUND')
    expect(await refusal(as('admin').merge(at(pyrenees, basque)))).toBe('TERRITORY_CYCLE')
    expect(await refusal(as('admin').merge(at(north.territories.france, basque)))).toBe('TERRITORY_ROOT')
  })
})

describe('merging two departments', () => {
  it('takes their sub-sectors along, and gives them back', async () => {
    const { pyrenees, finistere, basque } = north.territories
    const { gestureIds } = await as('admin').merge({ territoryId: pyrenees, intoId: finistere })
    const parentOf = async (id: string) =>
      (await sql<{ parent: string }>('SELECT parent_id AS parent FROM territory WHERE id = $1', [id]))[0]
        ?.parent
    expect(await parentOf(basque)).toBe(finistere)
    const wrong = await sql(
      `SELECT t.name FROM territory t JOIN territory p ON p.id = t.parent_id AND p.org_id = t.org_id
        WHERE t.path <> p.path || t.id || '/'`,
    )
    expect(wrong).toEqual([])
    await as('admin').undo({ gestureIds: [...gestureIds] })
    expect(await parentOf(basque)).toBe(pyrenees)
    const { territory } = await as('admin').administered({ territoryId: pyrenees })
    expect(territory.name).toBe('pyrenees')
  })
})

describe('splitting a sub-sector', () => {
  const addresses = async (at: string, rows: readonly (readonly [string, string])[]) => {
    for (const [street, city] of rows) {
      const { id } = await arrangeAccount(world.sql, north.orgId, at, `${street} ${city}`)
      await sql('UPDATE account SET street = $2, city = $3 WHERE id = $1', [id, street, city])
    }
  }
  it('by town, by the side of a street or by an answer makes another of its accounts, and can be taken back', async () => {
    const from = await sector('Labourd')
    await addresses(from.id, [
      ['1 rue des Halles', 'Bayonne'],
      ['2 rue des Halles', 'Bayonne'],
      ['3 rue des Halles', 'Biarritz'],
      ['Quai sud', 'HENDAYE'],
    ])
    const choices = await as('local').splitChoices({ territoryId: from.id, town: 'Bayonne' })
    expect(choices.towns).toEqual([
      { name: 'Bayonne', accounts: 2 },
      { name: 'Biarritz', accounts: 1 },
      { name: 'HENDAYE', accounts: 1 },
    ])
    expect(choices.streets).toEqual([{ name: 'rue des Halles', accounts: 2, odd: 1, even: 1 }])
    const rule = { by: 'towns' as const, towns: ['hendaye', 'Biarritz'] }
    expect(await as('local').splitPreview({ fromId: from.id, rule })).toMatchObject({ accounts: 2, of: 4 })
    const to = {
      of: 'new' as const,
      parentId: north.territories.pyrenees,
      rank: 3 as const,
      name: 'Côte basque',
    }
    const done = await as('local').split({ fromId: from.id, to, rule })
    expect(await homes()).toMatchObject({
      'Quai sud HENDAYE': 'Côte basque',
      '3 rue des Halles Biarritz': 'Côte basque',
      '1 rue des Halles Bayonne': 'Labourd',
    })
    const odd = { by: 'street' as const, town: 'Bayonne', street: 'Rue des halles', side: 'odd' as const }
    await as('local').split({
      fromId: from.id,
      to: { of: 'known', territoryId: done.territoryId },
      rule: odd,
    })
    expect((await homes())['1 rue des Halles Bayonne']).toBe('Côte basque')

    const again = { by: 'towns' as const, towns: ['Bayonne'] }
    const second = await as('local').split({ fromId: from.id, to: { ...to, name: 'Ville' }, rule: again })
    await as('local').undo({ gestureIds: [...second.gestureIds] })
    expect((await homes())['2 rue des Halles Bayonne']).toBe('Labourd')
    const tree = await as('local').tree({ at: north.territories.pyrenees })
    expect(tree.nodes.map(({ name }) => name)).not.toContain('Ville')
  })
  it('that takes no account is not made', async () => {
    const from = await sector('Vide')
    const to = { of: 'new' as const, parentId: north.territories.pyrenees, rank: 3 as const, name: 'Rien' }
    expect(
      await refusal(as('local').split({ fromId: from.id, to, rule: { by: 'towns', towns: ['Pau'] } })),
    ).toBe('NOT_FOUND')
    const tree = await as('local').tree({ at: north.territories.pyrenees })
    expect(tree.nodes.map(({ name }) => name)).not.toContain('Rien')
  })
  it('is taken back by who did it, or by who administers it all', async () => {
    const from = await sector('À qui')
    await addresses(from.id, [['1 place', 'Pau']])
    const to = { of: 'new' as const, parentId: north.territories.pyrenees, rank: 3 as const, name: 'À moi' }
    const done = await as('local').split({ fromId: from.id, to, rule: { by: 'all' } })
    const undo = { gestureIds: [...done.gestureIds] }
    expect(await refusal(as('regional').undo(undo))).toBe('NOT_FOUND')
    expect(await refusal(as('admin', world.other).undo(undo))).toBe('NOT_FOUND')
    expect(await refusal(as('admin').undo({ gestureIds: [randomUUID()] }))).toBe('NOT_FOUND')
    expect(await refusal(as('admin').undo(undo))).toBe('accepted')
  })
})

it('more accounts than a split reads are refused, not read', async () => {
  const { id } = await sector('Immense')
  await sql(
    `INSERT INTO account (org_id, id, territory_id, name, name_key, kind)
     SELECT $1::uuid, gen_random_uuid(), $2::uuid, n::text, n::text, 'client' FROM generate_series(1, 50001) AS n`,
    [north.orgId, id],
  )
  const refusedLarge = { code: 'TOO_LARGE', params: { accounts: 50_001, max: 50_000 } }
  expect(await refused(as('local').splitChoices({ territoryId: id, town: null }))).toMatchObject(refusedLarge)
  const split = as('local').split({
    fromId: id,
    to: { of: 'new', parentId: north.territories.pyrenees, rank: 3, name: 'Moitié' },
    rule: { by: 'towns', towns: ['Pau'] },
  })
  expect(await refused(split)).toMatchObject(refusedLarge)
})

it('two people who split at once pass each account once', async () => {
  const from = await sector('Ensemble')
  for (const n of [1, 2, 3, 4]) await arrangeAccount(world.sql, north.orgId, from.id, `Ensemble ${n}`)
  const second = await arrangePerson(world.sql, north.orgId, {
    name: 'second',
    role: 'manager',
    territoryId: north.territories.pyrenees,
  })
  const to = (name: string) => ({
    of: 'new' as const,
    parentId: north.territories.pyrenees,
    rank: 3 as const,
    name,
  })
  const both = await Promise.all([
    refusal(as('local').split({ fromId: from.id, to: to('Un'), rule: { by: 'all' } })),
    refusal(
      world.callerFor(second).territory.split({ fromId: from.id, to: to('Deux'), rule: { by: 'all' } }),
    ),
  ])
  expect(both.sort()).toEqual(['NOT_FOUND', 'accepted'])
})

describe('telling accounts apart by what they answer', () => {
  it('takes a question with answers to choose from: a text is guessed by nobody', async () => {
    const { basque, bearn, pyrenees } = north.territories
    const secret = await arrangeField(world.sql, north, {
      territoryId: basque,
      entity: 'account',
      key: 'secret',
      spec: { type: 'short_text' },
    })
    await sql('UPDATE account SET "values" = $2 WHERE id = $1', [
      north.accounts.basque.id,
      JSON.stringify({ [secret]: { v: 1, x: 'Marmite' } }),
    ])
    const rule = { by: 'answer', fieldId: secret, option: 'Marmite' } as const
    expect(await refusal(as('local').splitPreview({ fromId: basque, rule }))).toBe('NOT_FOUND')
    const to = { of: 'known', territoryId: bearn } as const
    expect(await refusal(as('local').split({ fromId: basque, to, rule }))).toBe('NOT_FOUND')
    expect(await refusal(as('local').previewRule({ territoryId: pyrenees, rule, to: null }))).toBe(
      'NOT_FOUND',
    )
    const ask = { of: 'make', name: 'Marmites', rule } as const
    expect(await refusal(as('local').askOfSector({ territoryId: pyrenees, sectorId: null, ask }))).toBe(
      'NOT_FOUND',
    )
    const scenario = world.callerFor(north.people.local).scenario
    const { id: scenarioId } = await scenario.create({ territoryId: pyrenees, name: 'S', effectiveOn: null })
    const steps = [{ of: 'rehome', fromId: basque, toId: bearn, rule } as const]
    expect(await refusal(scenario.addGesture({ scenarioId, steps, known: 1 }))).toBe('NOT_FOUND')
  })
})

describe('taking a gesture back', () => {
  it('undoes nothing that somebody has done after it', async () => {
    const { id } = await sector('Ostabarret')
    await as('local').rename({ territoryId: id, name: 'Arberoue' })
    const [renamed] = await sql<{ id: string }>(
      `SELECT id FROM audit_event WHERE subject_id = $1 AND action = 'territory.rename'`,
      [id],
    )
    await world.callerFor(north.people.regional).territory.rename({ territoryId: id, name: 'Mixe' })
    const undo = () => refusal(as('local').undo({ gestureIds: [renamed?.id ?? ''] }))
    expect(await undo()).toBe('CHANGED_MEANWHILE')
    const [place] = await sql<{ name: string }>('SELECT name FROM territory WHERE id = $1', [id])
    expect(place?.name).toBe('Mixe')
  })
})
