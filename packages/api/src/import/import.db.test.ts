import type { ImportKind, ImportMapping, ImportOptions, LineOutcome } from '@fieldback/domain/import/import'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestWorld, type TestWorld } from '../test-world.ts'
import { workImports } from './import.job.ts'
import { receiveFile } from './receive-file.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const admin = () => world.callerFor(world.north.people.admin)
const orgId = () => world.north.orgId
const work = (stop?: AbortSignal) => workImports(world.deps, orgId(), stop)

async function* body(text: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof text === 'string' ? new TextEncoder().encode(text) : text
}

async function sent(kind: ImportKind, text: string | Uint8Array): Promise<string> {
  const context = { deps: world.deps, session: world.north.people.admin }
  return (await receiveFile(context, { kind, name: 'clients.csv', body: body(text) })).importId
}

type Told = Partial<ImportOptions> & { readonly mapping?: ImportMapping }

async function tried(kind: ImportKind, text: string, { mapping, ...options }: Told = {}): Promise<string> {
  const importId = await sent(kind, text)
  await work()
  const read = await admin().import.get({ importId })
  expect(read).toMatchObject({ state: 'to_map', failure: null })
  await admin().import.tryOut({
    importId,
    mapping: mapping ?? { ...read.mapping },
    options: { duplicates: 'hold', territoryId: world.north.territories.basque, ...options },
  })
  await work()
  return importId
}

async function imported(kind: ImportKind, text: string, told: Told = {}): Promise<string> {
  const importId = await tried(kind, text, told)
  await admin().import.run({ importId })
  await work()
  expect(await admin().import.get({ importId })).toMatchObject({ state: 'done' })
  return importId
}

const outcomes = async (importId: string): Promise<LineOutcome[]> =>
  (await admin().import.lines({ importId })).lines.map(({ outcome }) => outcome)
const faults = async (importId: string) =>
  (await admin().import.lines({ importId })).lines.map(({ faults: found }) =>
    found.map(({ code }) => code).join(),
  )
const counts = async (importId: string) => (await admin().import.get({ importId })).counts
const account = async (name: string) => {
  const rows = await world.sql<Record<string, unknown>>(
    orgId(),
    'SELECT * FROM account WHERE org_id = $1 AND name = $2 AND deleted_at IS NULL',
    [orgId(), name],
  )
  return rows[0]
}

describe('a file of accounts', () => {
  const FILE =
    'Code client;Raison sociale;CP;Ville;Téléphone;E-mail;Secteur\nA1;Fromagerie Ona;64250;Itxassou;05 59 00 00 01;ONA@Exemple.fr;basque\nA2;Boulangerie Lapitz;64100;Bayonne;;;bearn\n'
  it('is read, tried without writing anything, run, and comes to nothing when sent again', async () => {
    const importId = await tried('accounts', FILE)
    expect(await counts(importId)).toMatchObject({ create: 2, refused: 0 })
    expect(await account('Fromagerie Ona')).toBeUndefined()
    await admin().import.run({ importId })
    await work()
    const { north } = world
    expect(await account('Fromagerie Ona')).toMatchObject({
      ref: 'A1',
      territory_id: north.territories.basque,
      phone: '+33559000001',
      phone_raw: '05 59 00 00 01',
      email: 'ona@exemple.fr',
      email_raw: 'ONA@Exemple.fr',
      kind: 'client',
      version: 1,
    })
    expect(await account('Boulangerie Lapitz')).toMatchObject({ territory_id: north.territories.bearn })
    const homes = await world.sql(
      orgId(),
      `SELECT 1 FROM account_home h JOIN account a ON a.id = h.account_id WHERE a.ref IN ('A1', 'A2')`,
    )
    expect(homes).toHaveLength(2)
    const again = await imported('accounts', FILE)
    expect(await counts(again)).toEqual({ create: 0, update: 0, unchanged: 2, duplicate: 0, refused: 0 })
    expect(await account('Fromagerie Ona')).toMatchObject({ version: 1 })
  })
  it('changes what it says and nothing else', async () => {
    await imported('accounts', 'Ref;Nom;Activité;Ville\nB1;Chez Pantxo;Bar;Hendaye\n')
    const update = await imported('accounts', 'Ref;Nom;Activité;Téléphone\nB1;Chez Pantxo;;0559000002\n')
    expect(await outcomes(update)).toEqual(['update'])
    expect(await account('Chez Pantxo')).toMatchObject({
      activity: 'Bar',
      city: 'Hendaye',
      phone: '+33559000002',
      version: 2,
    })
    const history = await world.sql(
      orgId(),
      `SELECT kind, before, after FROM change WHERE entity_id = $1 ORDER BY version`,
      [(await account('Chez Pantxo'))?.id],
    )
    expect(history).toMatchObject([
      { kind: 'import.create' },
      { kind: 'import.update', before: { phone: null } },
    ])
  })
  it('holds back what looks like an account that is there, merges it, or makes another, as it is told', async () => {
    await imported('accounts', 'Nom;CP;Ville;Tél\nSARL Harispe Fromages;64310;Ascain;0559000003\n')
    const twin = 'Nom;CP;Ville\nHarispe Fromages;64310;Ascain\n'
    const held = await imported('accounts', twin)
    expect(await outcomes(held)).toEqual(['duplicate'])
    const [line] = (await admin().import.lines({ importId: held, outcome: 'duplicate' })).lines
    expect(line?.matches).toMatchObject([
      { name: 'SARL Harispe Fromages', place: 'Ascain', reasons: ['close_name_same_place'] },
    ])
    const merged = await imported('accounts', twin, { duplicates: 'merge' })
    expect(await outcomes(merged)).toEqual(['update'])
    expect(await account('Harispe Fromages')).toMatchObject({ phone: '+33559000003' })
    const other = await imported('accounts', 'Nom;CP;Ville\nHarispe Fromage;64310;Ascain\n', {
      duplicates: 'create',
    })
    expect(await outcomes(other)).toEqual(['create'])
  })
  it('refuses lines one by one, each with its reasons, and takes the others', async () => {
    const importId = await imported(
      'accounts',
      'Ref;Nom;E-mail;Secteur;Jours entre deux visites\nC1;;a@b.fr;;\nC2;Deux;pas un mail;Nulle part;douze\nC3;Trois;;;;débord\nC4;Quatre;;;30\nC4;Quatre bis;;;\n',
    )
    expect(await faults(importId)).toEqual([
      'MISSING',
      'NOT_EMAIL,NOT_NUMBER,TERRITORY_UNKNOWN',
      'CELLS_EXTRA',
      '',
      'TWICE_IN_FILE',
    ])
    expect(await account('Quatre')).toMatchObject({ visit_every_days: 30 })
    const none = await tried('accounts', 'Nom\nSans secteur\n', { territoryId: null })
    expect(await faults(none)).toEqual(['MISSING'])
  })
  it('moves an account whose line names another territory', async () => {
    await imported('accounts', 'Ref;Nom;Secteur\nD1;Le Mobile;basque\n')
    await imported('accounts', 'Ref;Nom;Secteur\nD1;Le Mobile;bearn\n')
    const row = await account('Le Mobile')
    expect(row).toMatchObject({ territory_id: world.north.territories.bearn })
    const homes = await world.sql(
      orgId(),
      'SELECT territory_id, to_at IS NULL AS open FROM account_home WHERE account_id = $1 ORDER BY from_at',
      [row?.id],
    )
    expect(homes).toEqual([
      { territory_id: world.north.territories.basque, open: false },
      { territory_id: world.north.territories.bearn, open: true },
    ])
  })
})
