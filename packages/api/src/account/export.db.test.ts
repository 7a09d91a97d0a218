import { randomUUID } from 'node:crypto'
import type { FieldbackError } from '@fieldback/domain/errors'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTable } from '../import/read/open-table.ts'
import {
  arrangeAccount,
  arrangeField,
  openTestWorld,
  type TestOrg,
  type TestWorld,
  WORLD_NOW,
} from '../test-world.ts'
import { exportRecords, type RecordExport } from './export.ts'

let world: TestWorld
let north: TestOrg
let oven: string
let basque: string
let secret: string
beforeAll(async () => {
  world = await openTestWorld()
  north = world.north
  const { territories, accounts } = north
  oven = await arrangeField(world.sql, north, {
    territoryId: territories.aquitaine,
    entity: 'account',
    key: 'Four',
    spec: { type: 'single_choice', options: [{ id: 'wood', label: { fr: 'Bois', en: 'Wood' } }] },
  })
  // Its words change: what was answered before keeps those of then.
  await world.sql(
    north.orgId,
    `INSERT INTO field_version (org_id, field_id, version, spec)
     SELECT org_id, field_id, 2, jsonb_set(jsonb_set(spec, '{label,fr}', '"Four du fournil"'), '{options,0,label,fr}', '"Au bois"')
       FROM field_version WHERE field_id = $1`,
    [oven],
  )
  await world.sql(north.orgId, 'UPDATE field_definition SET current_version = 2 WHERE id = $1', [oven])
  basque = await arrangeField(world.sql, north, {
    territoryId: territories.basque,
    entity: 'contact',
    key: 'Parle basque',
    spec: { type: 'yes_no' },
  })
  secret = await arrangeField(world.sql, north, {
    territoryId: territories.basque,
    entity: 'account',
    key: 'Mot du secteur',
    spec: { type: 'short_text' },
  })
  await write('account', accounts.basque.id, {
    [oven]: { v: 1, x: 'wood' },
    [secret]: { v: 1, x: 'entre nous' },
  })
  await write('account', accounts.bearn.id, { [oven]: { v: 2, x: 'wood' } })
  await write('contact', accounts.basque.contactId, { [basque]: { v: 1, x: true } })
})
afterAll(() => world.close())

const write = (table: 'account' | 'contact', id: string, values: object) =>
  world.sql(north.orgId, `UPDATE ${table} SET "values" = $2 WHERE id = $1`, [id, JSON.stringify(values)])

type Who = keyof TestOrg['people']
const open = (who: Who, asked: Partial<RecordExport> = {}, org = north) =>
  exportRecords(
    { deps: world.deps, session: org.people[who] },
    { territoryId: north.territories.aquitaine, of: 'account', locale: 'fr', format: 'csv', ...asked },
  )
async function read(who: Who, asked: Partial<RecordExport> = {}): Promise<string[][]> {
  const { chunks } = await open(who, asked)
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
    .slice(1)
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split(asked.locale === 'en' ? ',' : ';'))
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'given',
    (error: FieldbackError) => error.code,
  )

describe('the accounts of a branch as a file', () => {
  it('hold each answer in the words of the version it was given under, below those of today', async () => {
    const [heads, ...rows] = await read('regional')
    expect(heads).toEqual([
      ...['Territoire', 'Numéro de compte', 'Compte', 'Sorte', 'Activité', 'Adresse', 'Code postal', 'Ville'],
      ...['Téléphone', 'E-mail', 'Dernière visite', 'Four du fournil'],
    ])
    expect(rows.map((row) => [row[0], row[2], row[3], row.at(-1)]).sort()).toEqual([
      ['basque', 'Compte basque', 'client', 'Bois'],
      ['bearn', 'Compte bearn', 'client', 'Au bois'],
    ])
  })

  it('tell the free text of a level to who stands there, and to nobody above', async () => {
    const [above] = await read('local', { territoryId: north.territories.basque })
    expect(above).not.toContain('Mot du secteur')
    await world.sql(
      north.orgId,
      `INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, 'manager', '2026-01-01')`,
      [north.orgId, randomUUID(), north.people.basqueRep.membershipId, north.territories.basque],
    )
    const [heads, row] = await read('basqueRep', { territoryId: north.territories.basque })
    expect(row?.[heads?.indexOf('Mot du secteur') ?? -1]).toBe('entre nous')
  })

  it('come with their contacts in a file of its own, in English where the reader has it so', async () => {
    const [heads, ...rows] = await read('regional', { of: 'contact', locale: 'en' })
    expect(heads?.slice(-4)).toEqual(['Phone', 'E-mail', 'Wants no messages', 'Parle basque'])
    expect(rows.map((row) => [row[2], row[4], row.at(-1)]).sort()).toEqual([
      ['Compte basque', 'Maider', 'Yes'],
      ['Compte bearn', 'Maider', ''],
    ])
  })

  it('run nothing that somebody typed, and open as a book', async () => {
    const hostile = await arrangeAccount(
      world.sql,
      north.orgId,
      north.territories.finistere,
      '=HYPERLINK("x")',
    )
    const [, row] = await read('hq', { territoryId: north.territories.bretagne }).then((rows) => [
      rows[0],
      rows.find((one) => one[2]?.includes('HYPERLINK')),
    ])
    expect(row?.[2]).toMatch(/^"?'=HYPERLINK/)
    const { chunks, name } = await open('hq', { territoryId: north.territories.bretagne, format: 'xlsx' })
    expect(name).toBe('comptes-2026-11-20')
    const parts: Uint8Array[] = []
    for await (const chunk of chunks) parts.push(chunk as Uint8Array)
    async function* piece() {
      yield Buffer.concat(parts)
    }
    const cells: (readonly string[])[] = []
    const table = await openTable(async () => piece())
    for await (const line of table.rows()) cells.push(line.cells)
    expect(cells.map((line) => line[2])).toContain('=HYPERLINK("x")')
    await world.sql(north.orgId, 'UPDATE account SET deleted_at = now() WHERE id = $1', [hostile.id])
  })

  it('are for who answers for the branch, in his own organisation, and leave a line in the journal', async () => {
    expect(await refusal(open('bearnRep', { territoryId: north.territories.bearn }))).toBe('FORBIDDEN')
    expect(await refusal(open('admin'))).toBe('FORBIDDEN')
    expect(await refusal(open('local', { territoryId: north.territories.bretagne }))).toBe('FORBIDDEN')
    expect(await refusal(open('regional', {}, world.other))).toBe('NOT_FOUND')
    await open('regional', { of: 'contact' })
    const [line] = (await world.callerFor(north.people.admin).audit.list({ kind: 'account' })).lines
    expect(line).toMatchObject({
      action: 'account.exportContacts',
      words: { subject: 'aquitaine', count: 2 },
    })
  })

  it('go past a page of accounts, each once, and stop when access ends', async () => {
    const { bretagne, finistere } = north.territories
    await world.sql(
      north.orgId,
      `INSERT INTO account (org_id, id, territory_id, kind, name, name_key)
       SELECT $1, gen_random_uuid(), $2, 'prospect', 'Four ' || g % 7, 'four ' || g % 7 FROM generate_series(1, 2100) AS g`,
      [north.orgId, finistere],
    )
    expect(await read('hq', { territoryId: bretagne })).toHaveLength(1 + 1 + 2100)
    const { chunks } = await open('hq', { territoryId: bretagne })
    await chunks.next()
    const { membershipId } = north.people.hq
    await world.sql(north.orgId, 'UPDATE membership SET revoked_at = $2 WHERE id = $1', [
      membershipId,
      WORLD_NOW,
    ])
    expect(await refusal(chunks.next())).toBe('MEMBERSHIP_REVOKED')
  })
})
