import { randomUUID } from 'node:crypto'
import { type Db, openDb } from '@fieldback/db/client'
import { settled, type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import type { Role } from '@fieldback/domain/access/permissions'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { Answers } from '@fieldback/domain/field/answer'
import { type FieldSetMembers, fieldSetHash } from '@fieldback/domain/field/field-set'
import type { FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import type { Division } from '@fieldback/domain/ports/division'
import type { Email } from '@fieldback/domain/ports/email'
import type { QuarantineCode } from '@fieldback/domain/sync/operation'
import { Pool } from 'pg'
import type { Context, Deps, SessionIds } from './context.ts'
import { memoryStorage } from './import/memory-storage.fixture.ts'
import { plainImages } from './media/plain-images.fixture.ts'
import { appRouter } from './root.ts'
import { createCallerFactory } from './trpc.ts'

/** A real database with two small organisations, for tests of procedures. Arranged as the owner, used as the application. */
export type TestWorld = {
  readonly database: TestDatabase
  readonly db: Db
  readonly deps: Deps
  readonly mails: Email[]
  readonly north: TestOrg
  readonly other: TestOrg
  /** Runs SQL as the owner inside an organisation. */
  sql<T = Record<string, unknown>>(orgId: string, text: string, values?: readonly unknown[]): Promise<T[]>
  callerFor(session: SessionIds | null): Caller
  /** Before a pull that must hold all that was written: see test-database. */
  settled(): Promise<void>
  close(): Promise<void>
}

const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>

export type TestOrg = {
  readonly orgId: string
  /** france > aquitaine > pyrenees > basque, bearn; france > bretagne > finistere */
  readonly territories: Readonly<
    Record<'france' | 'aquitaine' | 'pyrenees' | 'basque' | 'bearn' | 'bretagne' | 'finistere', string>
  >
  /** basqueRep, bearnRep, bretonRep: reps; local: manager of pyrenees; regional: of aquitaine; hq, admin: france */
  readonly people: Readonly<
    Record<'basqueRep' | 'bearnRep' | 'bretonRep' | 'local' | 'regional' | 'hq' | 'admin', SessionIds>
  >
  /** One account in basque, bearn and finistere, each with one contact. */
  readonly accounts: Readonly<Record<'basque' | 'bearn' | 'finistere', { id: string; contactId: string }>>
}

export const WORLD_NOW = new Date('2026-11-20T10:00:00Z')

const TREE = {
  france: [null, 0],
  aquitaine: ['france', 1],
  pyrenees: ['aquitaine', 2],
  basque: ['pyrenees', 3],
  bearn: ['pyrenees', 3],
  bretagne: ['france', 1],
  finistere: ['bretagne', 2],
} as const

/** Two regions, three departments, two sectors: enough to take territories from. */
export const SMALL_COUNTRY: Division = {
  country: { code: 'FR', name: 'France' },
  places: [
    { rank: 1, code: '75', name: 'Nouvelle-Aquitaine', parent: 'FR' },
    { rank: 1, code: '53', name: 'Bretagne', parent: 'FR' },
    { rank: 2, code: '64', name: 'Pyrénées-Atlantiques', parent: '75' },
    { rank: 2, code: '40', name: 'Landes', parent: '75' },
    { rank: 2, code: '29', name: 'Finistère', parent: '53' },
    { rank: 3, code: '200067106', name: 'Pays Basque', parent: '64' },
    { rank: 3, code: '246400001', name: 'Béarn', parent: '64' },
  ],
}

const PEOPLE: Readonly<Record<keyof TestOrg['people'], readonly [Role, keyof typeof TREE]>> = {
  basqueRep: ['rep', 'basque'],
  bearnRep: ['rep', 'bearn'],
  bretonRep: ['rep', 'finistere'],
  local: ['manager', 'pyrenees'],
  regional: ['manager', 'aquitaine'],
  hq: ['headquarters', 'france'],
  admin: ['administrator', 'france'],
}

export async function openTestWorld({ now = () => WORLD_NOW } = {}): Promise<TestWorld> {
  const database = await testDatabase()
  const owners = new Pool({ connectionString: database.ownerUrl, max: 1 })
  // Some tests take the database away.
  owners.on('error', () => {})
  const db = openDb({ url: database.appUrl, max: 5 })
  const mails: Email[] = []
  const silent = { info: () => {}, warn: () => {}, error: () => {} }
  const deps: Deps = {
    db,
    now,
    newId: randomUUID,
    log: silent,
    email: { send: async (email) => void mails.push(email) },
    storage: memoryStorage(),
    images: plainImages,
    division: { read: async () => SMALL_COUNTRY },
    site: 'https://fieldback.test',
  }
  const sql = async <T>(orgId: string, text: string, values: readonly unknown[] = []): Promise<T[]> => {
    const owner = await owners.connect()
    try {
      await owner.query('BEGIN')
      await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
      const result = await owner.query(text, [...values])
      await owner.query('COMMIT')
      return result.rows as T[]
    } catch (error) {
      await owner.query('ROLLBACK')
      throw error
    } finally {
      owner.release()
    }
  }
  return {
    database,
    db,
    deps,
    mails,
    north: await arrangeOrg(sql, 'north'),
    other: await arrangeOrg(sql, 'other'),
    sql,
    callerFor: (session) => createCaller({ deps, session } satisfies Context),
    settled: () => settled(database.ownerUrl),
    close: async () => {
      await db.close()
      await owners.end()
      await database.drop()
    },
  }
}

type Sql = TestWorld['sql']

async function arrangeOrg(sql: Sql, slug: string): Promise<TestOrg> {
  const orgId = randomUUID()
  await sql(
    orgId,
    'INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, $2, $2, $3, $4)',
    [orgId, slug, '[]', randomUUID()],
  )
  const territories = {} as Record<keyof typeof TREE, string>
  const paths: Record<string, string> = {}
  for (const [name, [parent, rank]] of Object.entries(TREE) as [
    keyof typeof TREE,
    readonly [keyof typeof TREE | null, number],
  ][]) {
    const id = randomUUID()
    territories[name] = id
    paths[name] = `${parent ? paths[parent] : ''}${id}/`
    await sql(
      orgId,
      'INSERT INTO territory (org_id, id, parent_id, rank, name, path) VALUES ($1, $2, $3, $4, $5, $6)',
      [orgId, id, parent ? territories[parent] : null, rank, name, paths[name]],
    )
  }
  const people = {} as Record<keyof TestOrg['people'], SessionIds>
  for (const [name, [role, place]] of Object.entries(PEOPLE) as [
    keyof TestOrg['people'],
    (typeof PEOPLE)['local'],
  ][]) {
    people[name] = await arrangePerson(sql, orgId, {
      name: `${slug}-${name}`,
      role,
      territoryId: territories[place],
    })
  }
  const accounts = {} as Record<keyof TestOrg['accounts'], { id: string; contactId: string }>
  for (const place of ['basque', 'bearn', 'finistere'] as const) {
    accounts[place] = await arrangeAccount(sql, orgId, territories[place], `Compte ${place}`)
  }
  return { orgId, territories, people, accounts }
}

/** A person with a live membership, device and assignment; the session he would have. */
export async function arrangePerson(
  sql: Sql,
  orgId: string,
  who: { name: string; role: Role; territoryId: string },
): Promise<SessionIds> {
  const session = { personId: randomUUID(), orgId, membershipId: randomUUID(), deviceId: randomUUID() }
  await sql(orgId, 'INSERT INTO person (id, email) VALUES ($1, $2)', [
    session.personId,
    `${who.name}-${session.personId}@example.test`.toLowerCase(),
  ])
  await sql(orgId, 'INSERT INTO membership (org_id, id, person_id, display_name) VALUES ($1, $2, $3, $4)', [
    orgId,
    session.membershipId,
    session.personId,
    who.name,
  ])
  await sql(orgId, 'INSERT INTO device (org_id, id, membership_id, label) VALUES ($1, $2, $3, $4)', [
    orgId,
    session.deviceId,
    session.membershipId,
    'test',
  ])
  await sql(
    orgId,
    'INSERT INTO assignment (org_id, id, membership_id, territory_id, role, valid_from) VALUES ($1, $2, $3, $4, $5, $6)',
    [orgId, randomUUID(), session.membershipId, who.territoryId, who.role, '2026-01-01'],
  )
  return session
}

export async function arrangeAccount(
  sql: Sql,
  orgId: string,
  territoryId: string,
  name: string,
): Promise<{ id: string; contactId: string }> {
  const id = randomUUID()
  const contactId = randomUUID()
  await sql(
    orgId,
    'INSERT INTO account (org_id, id, territory_id, kind, name, name_key) VALUES ($1, $2, $3, $4, $5, $6)',
    [orgId, id, territoryId, 'client', name, nameKey(name)],
  )
  await sql(
    orgId,
    'INSERT INTO account_home (org_id, account_id, from_at, territory_id) VALUES ($1, $2, now(), $3)',
    [orgId, id, territoryId],
  )
  await sql(
    orgId,
    'INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key) VALUES ($1, $2, $3, $4, $5, $6)',
    [orgId, contactId, id, 'Maider', 'Harispe', 'harispe maider'],
  )
  return { id, contactId }
}

/** Publishes version 1 of a question without going through the builder. */
export async function arrangeField(
  sql: Sql,
  org: TestOrg,
  field: {
    territoryId: string
    entity: FieldEntity
    key: string
    slot?: string
    spec: Partial<FieldSpec> & Pick<FieldSpec, 'type'>
  },
): Promise<string> {
  const id = randomUUID()
  const spec: FieldSpec = {
    label: { fr: field.key },
    why: { fr: 'Pour le test' },
    options: [],
    required: false,
    reportable: false,
    shared: false,
    position: 0,
    givebacks: [{ kind: 'badge' }],
    ...field.spec,
  }
  await sql(
    org.orgId,
    'INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version, slot) VALUES ($1, $2, $3, $4, $5, 1, $6)',
    [org.orgId, id, field.territoryId, field.entity, field.key, field.slot ?? null],
  )
  await sql(org.orgId, 'INSERT INTO field_version (org_id, field_id, version, spec) VALUES ($1, $2, 1, $3)', [
    org.orgId,
    id,
    JSON.stringify(spec),
  ])
  return id
}

type ReportArranged = {
  readonly at: keyof TestOrg['accounts']
  readonly by: keyof TestOrg['people']
  readonly day?: string
  readonly kind?: string
  readonly outcome?: string
  readonly status?: string
  readonly values?: Answers
  readonly form?: FieldSetMembers
  readonly missing?: readonly string[]
}

/** A report as if a phone had filed it, without its facts and receipts. */
export async function arrangeReport(
  sql: Sql,
  org: TestOrg,
  { at, by, day = '2026-11-18', kind = 'visit', outcome = 'order', ...more }: ReportArranged,
): Promise<string> {
  const id = randomUUID()
  const { status = 'accepted', values = {}, form = null, missing = [] } = more
  const hash = form && fieldSetHash(form)
  if (hash)
    await sql(
      org.orgId,
      'INSERT INTO field_set (org_id, hash, members) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [org.orgId, hash, JSON.stringify(form)],
    )
  await sql(
    org.orgId,
    `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, "values", field_set, missing, duration_seconds, captured_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 4321, now())`,
    [
      org.orgId,
      id,
      org.accounts[at].id,
      org.territories[at],
      org.people[by].membershipId,
      kind,
      outcome,
      day,
      status,
      JSON.stringify(values),
      hash,
      JSON.stringify(missing),
    ],
  )
  return id
}

/** The right to define questions of a branch, handed on since the first of the year. */
export async function arrangeDelegation(
  sql: Sql,
  org: TestOrg,
  given: { giver: keyof TestOrg['people']; receiver: keyof TestOrg['people']; territoryId: string },
): Promise<string> {
  const id = randomUUID()
  await sql(
    org.orgId,
    'INSERT INTO delegation (org_id, id, giver_id, receiver_id, territory_id, valid_from) VALUES ($1, $2, $3, $4, $5, $6)',
    [
      org.orgId,
      id,
      org.people[given.giver].membershipId,
      org.people[given.receiver].membershipId,
      given.territoryId,
      '2026-01-01',
    ],
  )
  return id
}

/** Something that a phone sent and that waits for a manager at a place; `operation`: as it came. */
export async function arrangeAside(
  sql: Sql,
  org: TestOrg,
  {
    at,
    by,
    code = 'OP_MALFORMED',
    path = [],
    operation = {},
  }: {
    at: keyof TestOrg['territories']
    by: keyof TestOrg['people']
    code?: QuarantineCode
    path?: readonly string[]
    operation?: unknown
  },
): Promise<string> {
  const id = randomUUID()
  const { membershipId, deviceId } = org.people[by]
  await sql(
    org.orgId,
    `INSERT INTO sync_quarantine (org_id, id, body_hash, device_id, membership_id, code, detail, operation, territory_id)
     VALUES ($1, $2, gen_random_uuid()::text, $3, $4, $5, $6, $7, $8)`,
    [
      org.orgId,
      id,
      deviceId,
      membershipId,
      code,
      JSON.stringify({ path }),
      JSON.stringify(operation),
      org.territories[at],
    ],
  )
  return id
}
