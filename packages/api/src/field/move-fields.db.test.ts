import { randomUUID } from 'node:crypto'
import type { FieldsFile } from '@fieldback/domain/field/fields-file'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestOrg, type TestWorld } from '../test-world.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
  // A return works where reports come in.
  for (const org of [world.north, world.other])
    for (const [place, who] of [
      ['basque', 'basqueRep'],
      ['bearn', 'bearnRep'],
      ['finistere', 'bretonRep'],
    ] as const)
      for (const day of ['2026-11-10', '2026-11-18'])
        await world.sql(
          org.orgId,
          `INSERT INTO report (org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, status, captured_at)
           VALUES ($1, $2, $3, $4, $5, $6, 'visit', 'order', $7, 'accepted', now())`,
          [
            org.orgId,
            randomUUID(),
            org.accounts[place].id,
            org.accounts[place].contactId,
            org.territories[place],
            org.people[who].membershipId,
            day,
          ],
        )
})
afterAll(() => world.close())

type Who = keyof TestOrg['people']
const of = (org: TestOrg, who: Who) => world.callerFor(org.people[who]).field
const label = (fr: string) => ({ fr, en: `${fr} in English` })
const spec = (fr: string, over: object = {}) => ({
  label: label(fr),
  why: label('Pour le devis'),
  type: 'single_choice' as const,
  options: ['gaz', 'bois', 'fioul'].map((id) => ({ id, label: label(id) })),
  reportable: true,
  givebacks: [
    { kind: 'segment' as const, label: label('Au gaz'), options: ['gaz'] },
    { kind: 'badge' as const },
  ],
  ...over,
})
const question = (key: string, over: object = {}) => ({
  at: [],
  entity: 'account',
  key,
  spec: spec(key),
  ...over,
})
const fileOf = (...questions: object[]): string =>
  JSON.stringify({ fieldback: 'fields', version: 1, questions })
const chosenOf = (lines: readonly { at: number; baseVersion: number | null }[]) =>
  lines.map(({ at, baseVersion }) => ({ at, baseVersion }))
const countOf = async (org: TestOrg): Promise<number> =>
  (await world.sql(org.orgId, 'SELECT 1 FROM field_version UNION ALL SELECT 1 FROM tightening_version'))
    .length

describe('moving questions', () => {
  it('from one organisation to another: the same questions, tightenings, options and returns under ids of their own; twice changes nothing', async () => {
    const { north, other } = world
    const { territories } = north
    const { fieldId } = await of(north, 'regional').publish({
      territoryId: territories.aquitaine,
      entity: 'account',
      spec: spec('Énergie <b>du four</b> \u202E'),
    })
    await of(north, 'local').tighten({
      territoryId: territories.pyrenees,
      fieldId,
      spec: {
        without: ['fioul'],
        options: [{ id: 'pellets-64', label: label('Granulés'), countsAs: 'bois' }],
        help: label('Regardez la cheminée'),
      },
    })
    await of(north, 'local').publish({
      territoryId: territories.basque,
      entity: 'contact',
      spec: spec('Parle basque', { type: 'yes_no', options: [], givebacks: [{ kind: 'badge' }] }),
    })
    const file: FieldsFile = await of(north, 'regional').exportFile({
      territoryId: territories.aquitaine,
      branch: true,
    })
    expect(file.questions.map(({ key, at }) => [key, at.map(({ name }) => name)])).toEqual([
      ['energie_b_du_four_b', []],
      ['parle_basque', ['pyrenees', 'basque']],
    ])
    expect(file.tightenings).toHaveLength(1)
    expect(JSON.stringify(file)).not.toContain(fieldId)
    expect(JSON.stringify(file)).not.toContain(territories.pyrenees)

    const text = JSON.stringify(file)
    const into = { territoryId: other.territories.aquitaine, text }
    const before = await countOf(other)
    const tried = await of(other, 'regional').tryImport(into)
    expect(tried.map(({ verdict }) => verdict.is)).toEqual(['new', 'new', 'new'])
    expect(await countOf(other)).toBe(before)
    const done = await of(other, 'regional').importFile({ ...into, chosen: chosenOf(tried) })
    expect(done.done).toBe(true)
    expect(await countOf(other)).toBe(before + 3)

    const again = await of(other, 'regional').exportFile({
      territoryId: other.territories.aquitaine,
      branch: true,
    })
    expect(again).toEqual(file)
    const twice = await of(other, 'regional').tryImport(into)
    expect(twice.map(({ verdict }) => verdict.is)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect((await of(other, 'regional').importFile({ ...into, chosen: chosenOf(twice) })).done).toBe(true)
    expect(await countOf(other)).toBe(before + 3)

    const asked = await of(other, 'basqueRep').effective({ territoryId: other.territories.basque })
    const energy = asked.find(({ key }) => key === 'energie_b_du_four_b')
    expect(energy?.id).not.toBe(fieldId)
    expect(energy?.spec.options.filter(({ retired }) => !retired).map(({ id }) => id)).toEqual([
      'gaz',
      'bois',
      'pellets-64',
    ])
    expect(energy?.spec.help).toEqual(label('Regardez la cheminée'))
    expect(energy?.spec.label.en).toBe('Énergie <b>du four</b> \u202E in English')

    const journal = await world.sql<{ action: string }>(
      other.orgId,
      "SELECT action FROM audit_event WHERE action LIKE 'field.%' ORDER BY action",
    )
    expect(journal.map(({ action }) => action)).toEqual([
      'field.export',
      'field.import',
      'field.import',
      'field.publish',
      'field.publish',
      'field.tighten',
    ])
  })

  it('alone exports the territory and not its branch', async () => {
    const { north } = world
    const file = await of(north, 'local').exportFile({
      territoryId: north.territories.pyrenees,
      branch: false,
    })
    expect([file.questions.length, file.tightenings.length]).toEqual([0, 1])
  })

  it('imports the chosen lines, all of them or none', async () => {
    const { north } = world
    const territoryId = north.territories.bearn
    const text = fileOf(
      question('one'),
      question('two'),
      question('three', { spec: spec('three', { givebacks: [] }) }),
    )
    const before = await countOf(north)
    const lines = await of(north, 'local').tryImport({ territoryId, text })
    expect(lines.map(({ verdict }) => verdict.is)).toEqual(['new', 'new', 'refused'])
    const refused = await of(north, 'local').importFile({ territoryId, text, chosen: chosenOf(lines) })
    expect(refused).toMatchObject({ done: false })
    expect(refused.lines[2]?.verdict).toMatchObject({ code: 'GIVEBACK_MISSING' })
    expect(await countOf(north)).toBe(before)
    const some = chosenOf(lines).slice(0, 1)
    expect(await of(north, 'local').importFile({ territoryId, text, chosen: some })).toMatchObject({
      done: true,
    })
    expect(await countOf(north)).toBe(before + 1)
  })

  it('knows each kind of return; one of a later release, or beyond its bounds, is refused and spoils no other', async () => {
    const { north } = world
    const territoryId = north.territories.bearn
    const giving = (key: string, giveback: object) =>
      question(key, { spec: spec(key, { givebacks: [giveback, { kind: 'badge' }] }) })
    const visits = (everyDays: number) => ({
      kind: 'priority',
      visits: [{ option: 'gaz', everyDays }],
    })
    const text = fileOf(
      giving('rythme', visits(30)),
      giving('sans_fin', visits(3)),
      giving('demain', { kind: 'forecast' }),
      giving('ce_qui_ressort', { kind: 'insight' }),
    )
    const lines = await of(north, 'local').tryImport({ territoryId, text })
    expect(lines.map(({ verdict }) => verdict.is)).toEqual(['new', 'refused', 'refused', 'new'])
    const chosen = chosenOf(lines).slice(0, 1)
    expect(await of(north, 'local').importFile({ territoryId, text, chosen })).toMatchObject({ done: true })
    const file: FieldsFile = await of(north, 'local').exportFile({ territoryId, branch: false })
    expect(file.questions.find(({ key }) => key === 'rythme')?.spec.givebacks).toContainEqual(visits(30))
  })

  it('writes nothing when somebody published since the dry run, or a line is not in the file', async () => {
    const { north } = world
    const territoryId = north.territories.bearn
    const text = fileOf(question('race', { spec: spec('race', { required: true }) }), question('other_race'))
    const lines = await of(north, 'local').tryImport({ territoryId, text })
    await of(north, 'local').publish({ territoryId, entity: 'account', spec: spec('race') })
    const before = await countOf(north)
    const told = await of(north, 'local').importFile({ territoryId, text, chosen: chosenOf(lines) })
    expect(told.done).toBe(false)
    expect(told.lines[0]?.verdict).toEqual({ is: 'refused', code: 'CONFLICT', params: { version: 1 } })
    const beyond = [
      { at: 1, baseVersion: null },
      { at: 7, baseVersion: null },
    ]
    expect((await of(north, 'local').importFile({ territoryId, text, chosen: beyond })).done).toBe(false)
    expect(await countOf(north)).toBe(before)
  })

  it('gives each question a typed column of its own, as by hand', async () => {
    const { other } = world
    const territoryId = other.territories.bretagne
    const text = fileOf(...Array.from({ length: 10 }, (_, n) => question(`slot_${n}`)))
    const lines = await of(other, 'hq').tryImport({ territoryId, text })
    expect((await of(other, 'hq').importFile({ territoryId, text, chosen: chosenOf(lines) })).done).toBe(true)
    const slots = await world.sql<{ slot: string | null }>(
      other.orgId,
      'SELECT slot FROM field_definition WHERE territory_id = $1 AND slot IS NOT NULL',
      [territoryId],
    )
    expect(slots.length).toBeGreaterThan(1)
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length)
  })

  it('is refused to who may not read, or not define there; a bad file is told as such', async () => {
    const { north } = world
    const { territories } = north
    const text = fileOf(question('denied'))
    const forbidden = { message: 'FORBIDDEN' }
    await expect(
      of(north, 'basqueRep').exportFile({ territoryId: territories.bearn, branch: true }),
    ).rejects.toMatchObject(forbidden)
    for (const [who, territoryId] of [
      ['basqueRep', territories.basque],
      ['admin', territories.france],
      ['local', territories.aquitaine],
      ['local', territories.finistere],
    ] as const) {
      await expect(of(north, who).tryImport({ territoryId, text })).rejects.toMatchObject(forbidden)
      await expect(
        of(north, who).importFile({ territoryId, text, chosen: [{ at: 0, baseVersion: null }] }),
      ).rejects.toMatchObject(forbidden)
    }
    const local = of(north, 'local')
    const into = (bad: string) => local.tryImport({ territoryId: territories.pyrenees, text: bad })
    await expect(into('{')).rejects.toMatchObject({ message: 'FIELDS_FILE_UNREADABLE' })
    await expect(into(fileOf().replace('1', '9'))).rejects.toMatchObject({ message: 'FIELDS_FILE_VERSION' })
    await expect(into('x'.repeat(2 * 1024 * 1024 + 1))).rejects.toMatchObject({ message: 'TOO_LARGE' })
  })

  it('of 500 questions is tried and imported in one go', async () => {
    const { other } = world
    const territoryId = other.territories.pyrenees
    const text = fileOf(...Array.from({ length: 500 }, (_, n) => question(`many_${n}`)))
    const lines = await of(other, 'local').tryImport({ territoryId, text })
    expect(lines.filter(({ verdict }) => verdict.is === 'new')).toHaveLength(500)
    expect((await of(other, 'local').importFile({ territoryId, text, chosen: chosenOf(lines) })).done).toBe(
      true,
    )
  })
})
