import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arrangeField, arrangePerson, openTestWorld, type TestWorld } from '../test-world.ts'
import { importSteps } from './import-steps.fixture.ts'

let world: TestWorld
let steps: ReturnType<typeof importSteps>
beforeAll(async () => {
  world = await openTestWorld()
  steps = importSteps(world)
})
afterAll(() => world.close())
const orgId = () => world.north.orgId
const sql = <T = Record<string, unknown>>(text: string, values: unknown[] = []) =>
  world.sql<T>(orgId(), text, values)

describe('a file of accounts', () => {
  const FILE =
    'Code client;Raison sociale;CP;Ville;Téléphone;E-mail;Secteur\nA1;Fromagerie Ona;64250;Itxassou;05 59 00 00 01;ONA@Exemple.fr;basque\nA2;Boulangerie Lapitz;64100;Bayonne;;;bearn\n'
  it('is read, tried without writing anything, run, and comes to nothing when sent again', async () => {
    const importId = await steps.tried('accounts', FILE)
    expect(await steps.counts(importId)).toMatchObject({ create: 2, refused: 0 })
    expect(await steps.account('Fromagerie Ona')).toBeUndefined()
    await steps.admin.import.run({ importId })
    await steps.work()
    const { north } = world
    expect(await steps.account('Fromagerie Ona')).toMatchObject({
      ref: 'A1',
      territory_id: north.territories.basque,
      phone: '+33559000001',
      phone_raw: '05 59 00 00 01',
      email: 'ona@exemple.fr',
      email_raw: 'ONA@Exemple.fr',
      kind: 'client',
      version: 1,
    })
    expect(await steps.account('Boulangerie Lapitz')).toMatchObject({ territory_id: north.territories.bearn })
    const homes = await world.sql(
      orgId(),
      `SELECT 1 FROM account_home h JOIN account a ON a.id = h.account_id WHERE a.ref IN ('A1', 'A2')`,
    )
    expect(homes).toHaveLength(2)
    const again = await steps.imported('accounts', FILE)
    expect(await steps.counts(again)).toEqual({
      create: 0,
      update: 0,
      unchanged: 2,
      duplicate: 0,
      refused: 0,
    })
    expect(await steps.account('Fromagerie Ona')).toMatchObject({ version: 1 })
  })
  it('changes what it says and nothing else', async () => {
    await steps.imported('accounts', 'Ref;Nom;Activité;Ville\nB1;Chez Pantxo;Bar;Hendaye\n')
    const update = await steps.imported(
      'accounts',
      'Ref;Nom;Activité;Téléphone\nB1;Chez Pantxo;;0559000002\n',
    )
    expect(await steps.outcomes(update)).toEqual(['update'])
    expect(await steps.account('Chez Pantxo')).toMatchObject({
      activity: 'Bar',
      city: 'Hendaye',
      phone: '+33559000002',
      version: 2,
    })
    const history = await world.sql(
      orgId(),
      `SELECT kind, before, after FROM change WHERE entity_id = $1 ORDER BY version`,
      [(await steps.account('Chez Pantxo'))?.id],
    )
    expect(history).toMatchObject([
      { kind: 'import.create' },
      { kind: 'import.update', before: { phone: null } },
    ])
  })
  it('holds back what looks like an account that is there, merges it, or makes another, as it is told', async () => {
    await steps.imported('accounts', 'Nom;CP;Ville;Tél\nSARL Harispe Fromages;64310;Ascain;0559000003\n')
    const twin = 'Nom;CP;Ville\nHarispe Fromages;64310;Ascain\n'
    const held = await steps.imported('accounts', twin)
    expect(await steps.outcomes(held)).toEqual(['duplicate'])
    const [line] = (await steps.admin.import.lines({ importId: held, outcome: 'duplicate' })).lines
    expect(line?.matches).toMatchObject([
      { name: 'SARL Harispe Fromages', place: 'Ascain', reasons: ['close_name_same_place'] },
    ])
    const merged = await steps.imported('accounts', twin, { duplicates: 'merge' })
    expect(await steps.outcomes(merged)).toEqual(['update'])
    expect(await steps.account('Harispe Fromages')).toMatchObject({ phone: '+33559000003' })
    const other = await steps.imported('accounts', 'Nom;CP;Ville\nHarispe Fromage;64310;Ascain\n', {
      duplicates: 'create',
    })
    expect(await steps.outcomes(other)).toEqual(['create'])
  })
  it('holds back what looks like an earlier line, however far above it stands, in the try as in the run', async () => {
    const between = Array.from({ length: 1_200 }, (_, i) => `Q${i};Client numéro ${i};;;;\n`).join('')
    const file = `Ref;Nom;CP;Ville;Tél;E-mail\nP1;Garage Iriarte;64500;Ciboure;0559000201;i@exemple.fr\n${between};Tout autre;;;05 59 00 02 01;\nP3;Autre encore;;;;I@exemple.fr\nP4;Garage Iriartte SARL;64500;;;\n;Garrage Iriarte;64200;Biarritz;;\n;GARAGE IRIARTE;64500;;;\n`
    const importId = await steps.tried('accounts', file)
    const doubts = async () => {
      const { lines } = await steps.admin.import.lines({ importId, outcome: 'duplicate' })
      return lines.map(({ line, matches }) => [
        line,
        ...matches.map((one) => `${one.line} ${one.reasons.join()}`),
      ])
    }
    const expected = [
      [1_203, '2 phone'],
      [1_204, '2 email'],
      [1_205, '2 close_name_same_place'],
      [1_206, '2 close_name_same_department', '1205 close_name_same_department'],
    ]
    expect(await doubts()).toEqual(expected)
    await steps.admin.import.run({ importId })
    await steps.work()
    expect(await doubts()).toEqual(expected)
    expect(await steps.counts(importId)).toMatchObject({ create: 1_201, duplicate: 4, refused: 1 })
    expect(await steps.counts(await steps.imported('accounts', file))).toMatchObject({
      create: 0,
      update: 0,
      unchanged: 1_201,
      duplicate: 4,
      refused: 1,
    })
    expect(await steps.undone(importId)).toEqual({ back: 1_201, kept: 0 })
  })
  it('holds back what sounds like an account elsewhere in the department, or in the town by another postcode', async () => {
    await steps.imported('accounts', 'Nom;CP;Ville\nPharmacie Haranburu;64120;Saint-Palais\n')
    const twins = await steps.imported(
      'accounts',
      'Nom;CP;Ville\nHaramburu Pharmacie;64130;Mauléon\nPharmacie Haranburru;64129;SAINT PALAIS\nPharmacie Haranburu;40000;Mont-de-Marsan\n',
    )
    const { lines } = await steps.admin.import.lines({ importId: twins, limit: 10 })
    expect(
      lines.map(({ outcome, matches }) => [outcome, ...matches.flatMap(({ reasons }) => reasons)]),
    ).toEqual([
      ['duplicate', 'close_name_same_department'],
      ['duplicate', 'close_name_same_place'],
      ['create'],
    ])
    const near = await steps.tried('accounts', 'Nom;CP;Ville\nSARL Haranburu Pharmacies;64220;Uhart-Cize\n')
    expect((await steps.lines(near))[0]?.matches).toMatchObject([
      {
        name: 'Pharmacie Haranburu',
        place: 'Saint-Palais',
        score: 0.45,
        reasons: ['close_name_same_department'],
      },
    ])
  })
  it('refuses lines one by one, each with its reasons, and takes the others', async () => {
    const importId = await steps.imported(
      'accounts',
      'Ref;Nom;E-mail;Secteur;Jours entre deux visites\nC1;;a@b.fr;;\nC2;Deux;pas un mail;Nulle part;douze\nC3;Trois;;;;débord\nC4;Quatre;;;30\nC4;Quatre bis;;;\n',
    )
    expect(await steps.faults(importId)).toEqual([
      'MISSING',
      'NOT_EMAIL,NOT_NUMBER,TERRITORY_UNKNOWN',
      'CELLS_EXTRA',
      '',
      'TWICE_IN_FILE',
    ])
    expect(await steps.account('Quatre')).toMatchObject({ visit_every_days: 30 })
    const none = await steps.tried('accounts', 'Nom\nSans secteur\n', { territoryId: null })
    expect(await steps.faults(none)).toEqual(['MISSING'])
  })
  it('moves an account whose line names another territory', async () => {
    await steps.imported('accounts', 'Ref;Nom;Secteur\nD1;Le Mobile;basque\n')
    await steps.imported('accounts', 'Ref;Nom;Secteur\nD1;Le Mobile;bearn\n')
    const row = await steps.account('Le Mobile')
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

describe('answers to the questions of the organisation', () => {
  it('are read by their label, kept where they are asked, counted, and copied to their columns', async () => {
    const { north } = world
    const options = [
      { id: 'gaz', label: { fr: 'Gaz', en: 'Gas' } },
      { id: 'elec', label: { fr: 'Électricité', en: 'Electricity' } },
    ]
    const field = (key: string, spec: object, slot?: string) =>
      arrangeField(world.sql, north, {
        territoryId: north.territories.basque,
        entity: 'account',
        key,
        ...(slot ? { slot } : {}),
        spec: { label: { fr: key }, reportable: true, type: 'yes_no', options, ...spec } as never,
      })
    const oven = await field('four', { type: 'single_choice' }, 't01')
    const ovens = await field('nombre', { type: 'integer', min: 0, max: 9 }, 'n01')
    const since = await field('depuis', { type: 'date' }, 'd01')
    const all = await field('énergies', { type: 'multiple_choice' })
    const importId = await steps.imported(
      'accounts',
      'Réf;Nom;Secteur;Four;Nombre;Depuis;Énergies\nF1;Au Four;basque;Gas;2;31/01/2026;gaz, électricité\nF2;Ailleurs;bearn;Gaz;;;\nF3;Trop;basque;Bois;12;31/02/2026;\n',
    )
    expect(await steps.faults(importId)).toEqual(['', 'NOT_ASKED_THERE', 'NOT_OPTION,OUT_OF_RANGE,NOT_DATE'])
    const row = await steps.account('Au Four')
    expect(row).toMatchObject({
      t01: 'gaz',
      n01: 2,
      values: { [oven]: { v: 1, x: 'gaz', d: '2026-11-20' }, [since]: { x: '2026-01-31' } },
    })
    const loose = await sql(
      'SELECT text FROM field_answer WHERE field_id = $1 AND entity_id = $2 ORDER BY ordinal',
      [all, row?.id],
    )
    expect(loose).toEqual([{ text: 'gaz' }, { text: 'elec' }])
    const facts = await sql<{ fact: { answers: [string, string, number | null][] } }>(
      `SELECT fact FROM rollup_outbox WHERE fact ->> 'of' = 'stock' ORDER BY id DESC LIMIT 1`,
    )
    expect(facts[0]?.fact.answers.map(([id]) => id)).toContain(ovens)
  })
})

describe('a file of contacts', () => {
  it('puts people at the account that their line names, by number or by name', async () => {
    await steps.imported('accounts', 'Ref;Nom\nG1;Chez Gaxuxa\nG2;Deux Fois\nG3;Deux Fois\n')
    const file =
      'Code client;Client;Nom;Prénom;Fonction;Tél;Mail;Opt-out\nG1;;HARISPE;maider;Gérante;0600000001;m@x.fr;oui\n;Chez Gaxuxa;Etche;Peio;;0600000001;;\n;Deux Fois;Lapitz;Ana;;;;\nZ9;;Inconnu;;;;;\n;;Personne;;;;;\nG1;;Harispe;Maider;;;;\n'
    const importId = await steps.imported('contacts', file)
    expect(await steps.faults(importId)).toEqual([
      '',
      '',
      'ACCOUNT_AMBIGUOUS',
      'ACCOUNT_UNKNOWN',
      'MISSING',
      'TWICE_IN_FILE',
    ])
    const people = await sql(
      'SELECT first_name, last_name, phone, opted_out_at IS NOT NULL AS out FROM contact WHERE account_id = $1 ORDER BY last_name',
      [(await steps.account('Chez Gaxuxa'))?.id],
    )
    expect(people).toEqual([
      { first_name: 'Peio', last_name: 'Etche', phone: '+33600000001', out: false },
      { first_name: 'Maider', last_name: 'Harispe', phone: '+33600000001', out: true },
    ])
    const again = await steps.imported('contacts', file)
    expect(await steps.counts(again)).toMatchObject({ create: 0, update: 0, unchanged: 2, duplicate: 0 })
    const other = await steps.imported('contacts', 'Code client;Nom;Prénom;Tél\nG1;Autre;Nom;0600000001\n')
    expect(await steps.outcomes(other)).toEqual(['duplicate'])
  })
})

describe('a file of contacts without numbers', () => {
  it('puts people at the one account of that name and place, and refuses the rest with the candidates’ names', async () => {
    await steps.imported(
      'accounts',
      'Nom;CP;Ville\nMoulin de Bassilour;64210;Bidart\nPresse Centrale;64600;Anglet\nPresse Centrale;64000;Pau\nSARL Transports Luro;64240;Hasparren\n',
      { duplicates: 'create' },
    )
    const importId = await steps.imported(
      'contacts',
      'Société;CP;Ville;Nom\nmoulin de bassilour;;BIDART;Un\nPresse Centrale;64600;;Deux\nPresse Centrale;;;Trois\nTransports Luro;64240;Hasparren;Quatre\nMoulin de Bassilour;75001;Paris;Cinq\nPersonne;64240;;Six\n',
    )
    const { lines } = await steps.admin.import.lines({ importId, limit: 10 })
    expect(lines.map(({ outcome, faults }) => [faults[0]?.code ?? outcome, faults[0]?.params.names])).toEqual(
      [
        ['create', undefined],
        ['create', undefined],
        [
          'ACCOUNT_AMBIGUOUS',
          expect.stringMatching(/^Presse Centrale, (Anglet|Pau) ; Presse Centrale, (Anglet|Pau)$/),
        ],
        ['ACCOUNT_LIKELY', 'SARL Transports Luro, Hasparren'],
        ['ACCOUNT_LIKELY', 'Moulin de Bassilour, Bidart'],
        ['ACCOUNT_UNKNOWN', undefined],
      ],
    )
    const homes = await sql(
      `SELECT c.last_name AS name, a.city FROM contact c JOIN account a ON a.id = c.account_id WHERE c.last_name IN ('Un', 'Deux') ORDER BY 1`,
    )
    expect(homes).toEqual([
      { name: 'Deux', city: 'Anglet' },
      { name: 'Un', city: 'Bidart' },
    ])
  })
})

describe('a file of territories', () => {
  it('may name parents before or after their children, levels by number or by name', async () => {
    const file =
      'Nom;Niveau;Rattaché à;Code\nSoule;sous-secteur;Haute-Soule;S1\nHaute-Soule;Local;Aquitaine du Sud;HS\nAquitaine du Sud;1;;AS\n'
    const importId = await steps.imported('territories', file)
    expect(await steps.outcomes(importId)).toEqual(['create', 'create', 'create'])
    const [soule] = await sql<{ path: string; names: string[] }>(
      `SELECT t.path, ARRAY(SELECT u.name FROM territory u WHERE u.org_id = t.org_id AND t.path LIKE u.path || '%' ORDER BY u.rank) AS names FROM territory t WHERE t.code = 'S1' AND t.org_id = $1`,
      [orgId()],
    )
    expect(soule?.names).toEqual(['france', 'Aquitaine du Sud', 'Haute-Soule', 'Soule'])
    expect(await steps.counts(await steps.imported('territories', file))).toMatchObject({
      create: 0,
      unchanged: 3,
    })
    const renamed = await steps.imported('territories', 'Nom;Niveau;Rattaché à;Code\nLa Soule;3;HS;S1\n')
    expect(await steps.outcomes(renamed)).toEqual(['update'])
    expect(await steps.undone(renamed)).toEqual({ back: 1, kept: 0 })
    expect(await sql(`SELECT name FROM territory WHERE code = 'S1' AND org_id = $1`, [orgId()])).toEqual([
      { name: 'Soule' },
    ])
    const used = await steps.imported('accounts', 'Ref;Nom;Secteur\nH1;Au Pays;S1\n')
    expect(await steps.undone(importId)).toEqual({ back: 0, kept: 3 })
    expect(await steps.undone(used)).toEqual({ back: 1, kept: 0 })
  })
  it('is taken back where nobody with access holds a role any more', async () => {
    const importId = await steps.imported('territories', 'Nom;Niveau;Code\nTenu;1;TE\nQuitté;1;QU\n')
    const codes = ['TE', 'QU']
    for (const name of codes) {
      const [at] = await sql<{ id: string }>('SELECT id FROM territory WHERE code = $1', [name])
      const who = { name, role: 'rep' as const, territoryId: at?.id ?? '' }
      const { membershipId } = await arrangePerson(world.sql, orgId(), who)
      if (name === 'QU')
        await world.callerFor(world.north.people.admin).access.revokeMembership({ membershipId })
    }
    expect(await steps.undone(importId)).toEqual({ back: 1, kept: 1 })
    expect(
      await sql('SELECT code FROM territory WHERE code = ANY ($1) AND closed_at IS NULL', [codes]),
    ).toEqual([{ code: 'TE' }])
  })
  it('is refused by line for cycles, unknown parents and levels, and what lies under them', async () => {
    const importId = await steps.tried(
      'territories',
      'Nom;Niveau;Rattaché à\nA;2;B\nB;1;A\nC;3;Nulle part\nD;3;C\nE;quatre;\nF;1;france\nF;1;france\nG;1;basque\nH;0;\n',
    )
    expect(await steps.faults(importId)).toEqual([
      'PARENT_CYCLE',
      'PARENT_CYCLE',
      'PARENT_UNKNOWN',
      'PARENT_REFUSED',
      'LEVEL_UNKNOWN',
      '',
      'TWICE_IN_FILE',
      'PARENT_LEVEL',
      'PARENT_LEVEL',
    ])
  })
})

describe('a file of people', () => {
  it('makes them members with their roles, and invites each once', async () => {
    world.mails.length = 0
    const file =
      'Nom;Prénom;E-mail;Rôle;Secteur;Début\nETCHEVERRY;maialen;Maialen@Exemple.fr;Commerciale;basque;01/01/2020\nEtcheverry;Maialen;maialen@exemple.fr;Responsable;pyrenees;\nSans;Rôle;sans@exemple.fr;;;\nFaux;Rôle;faux@exemple.fr;Astronaute;basque;\nSiège;Dame;siege@exemple.fr;Siège;;\nVieux;Contrat;vieux@exemple.fr;rep;nulle part;\n'
    const importId = await steps.imported('people', file)
    expect(await steps.faults(importId)).toEqual(['', '', '', 'ROLE_UNKNOWN', '', 'TERRITORY_UNKNOWN'])
    const roles = await sql(
      `SELECT m.display_name AS name, a.role, t.name AS place, a.valid_from::text AS "from" FROM membership m
         LEFT JOIN assignment a ON a.membership_id = m.id LEFT JOIN territory t ON t.id = a.territory_id
        WHERE m.display_name IN ('Maialen Etcheverry', 'Rôle Sans', 'Dame Siège') ORDER BY 1, 2 DESC`,
    )
    expect(roles).toEqual([
      { name: 'Dame Siège', role: 'headquarters', place: 'france', from: '2026-11-20' },
      { name: 'Maialen Etcheverry', role: 'rep', place: 'basque', from: '2026-11-20' },
      { name: 'Maialen Etcheverry', role: 'manager', place: 'pyrenees', from: '2026-11-20' },
      { name: 'Rôle Sans', role: null, place: null, from: null },
    ])
    expect(world.mails.map(({ to }) => to).sort()).toEqual([
      'maialen@exemple.fr',
      'sans@exemple.fr',
      'siege@exemple.fr',
    ])
    const again = await steps.imported('people', file)
    expect(await steps.counts(again)).toMatchObject({ create: 0, update: 0, unchanged: 4 })
    expect(world.mails).toHaveLength(3)
    expect(await steps.undone(importId)).toEqual({ back: 4, kept: 0 })
    const live = await sql(
      `SELECT 1 FROM membership WHERE display_name = 'Maialen Etcheverry' AND revoked_at IS NULL`,
    )
    expect(live).toEqual([])
    expect(await steps.faults(await steps.tried('people', file))).toEqual([
      'ACCESS_ENDED',
      'ACCESS_ENDED',
      'ACCESS_ENDED',
      'ROLE_UNKNOWN',
      'ACCESS_ENDED',
      'TERRITORY_UNKNOWN',
    ])
  })
})
