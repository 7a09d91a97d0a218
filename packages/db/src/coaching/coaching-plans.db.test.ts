import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Db, inOrg, openDb } from '../client.ts'
import { arrangeLarge, explaining, type Plan, planNodes, readsWhole } from '../large-organisation.ts'
import type { ScopedDb } from '../scoped-db.ts'
import { type TestDatabase, testDatabase } from '../test-database.ts'
import { hasNoteSince, notesOfBranch, notesToReader } from './coaching.repo.ts'
import { countAsked, findBehind, findDigests } from './digest.repo.ts'
import { lockNotes } from './pushed-notes.ts'

let database: TestDatabase
let db: Db
const orgs = [randomUUID(), randomUUID()]
const [org = ''] = orgs
let place = { id: '', path: '' }
let below: string[] = []
let membershipId = ''
let noteId = ''
let fieldIds: string[] = []

/** Four hundred people with fifty notes each, and digests of every place. */
const ARRANGE = [
  `INSERT INTO person (id, email) SELECT gen_random_uuid(), n || '-' || $1 || '@example.test' FROM generate_series(1, 400) n WHERE $1::uuid IS NOT NULL`,
  `INSERT INTO membership (org_id, id, person_id, display_name) SELECT $1::uuid, gen_random_uuid(), id, 'x' FROM person WHERE email LIKE '%' || $1::uuid || '%'`,
  `INSERT INTO coaching_note (org_id, id, member_id, author_id, territory_id, text, written_at, worded_at, changed_at)
   SELECT $1::uuid, gen_random_uuid(), m.id, m.id, t.id, 'x', d, d, d
     FROM (SELECT id, row_number() OVER () AS n FROM membership WHERE org_id = $1::uuid) m
     JOIN (SELECT id, row_number() OVER () AS n FROM territory WHERE org_id = $1::uuid AND rank = 3) t ON t.n = m.n,
          generate_series('2026-08-01'::timestamptz, '2026-11-07', '2 days') d`,
  `INSERT INTO branch_digest (org_id, territory_id, span, since, counted_at, figures)
   SELECT $1::uuid, id, s, '2026-10-01', now(), '{"counts": {}, "behind": {}}' FROM territory, unnest(ARRAY['month', 'quarter']) s WHERE org_id = $1::uuid`,
]

beforeAll(async () => {
  database = await testDatabase()
  db = openDb({ url: database.appUrl, max: 2 })
  await arrangeLarge(database.ownerUrl, orgs)
  const owner = new Client({ connectionString: database.ownerUrl })
  await owner.connect()
  for (const orgId of orgs) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of ARRANGE) await owner.query(statement, [orgId])
    await owner.query('COMMIT')
  }
  await owner.query('ANALYZE coaching_note, branch_digest, membership')
  await owner.end()
  await inOrg(db, org, async (tx) => {
    const where = { orgId: org, rank: 2 }
    place = await tx.territory.findFirstOrThrow({ where, select: { id: true, path: true } })
    below = (await tx.territory.findMany({ where: { orgId: org, parentId: place.id } })).map(({ id }) => id)
    const note = await tx.coachingNote.findFirstOrThrow({ where: { orgId: org } })
    membershipId = note.memberId
    noteId = note.id
    fieldIds = (await tx.fieldDefinition.findMany({ where: { orgId: org }, take: 20 })).map(({ id }) => id)
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const since = new Date('2026-10-20T00:00:00Z')
const answered = () => ({
  opId: randomUUID(),
  entityId: noteId,
  seq: 1,
  base: 0,
  capturedAt: '2026-11-20T09:00:00.000Z',
  clockOffset: 0,
  kind: 'coaching.answer' as const,
  body: { text: 'Merci', mark: 'read' as const },
})

it.each<readonly [string, (sdb: ScopedDb) => Promise<unknown>]>([
  ['what a phone is told', (sdb) => notesToReader(sdb, since, 50)],
  ['whether there is something new for it', (sdb) => hasNoteSince(sdb, since)],
  ['what was written in a branch', (sdb) => notesOfBranch(sdb, place.path, 51)],
  ['what a batch answers', ({ tx, scope }) => lockNotes(tx, scope.orgId, [answered()])],
  ['digests of a branch', (sdb) => findDigests(sdb, [place.id, ...below], 'month')],
  [
    'accounts behind a figure',
    (sdb) => findBehind(sdb, { territoryId: place.id, span: 'month', figure: 'known' }),
  ],
  [
    'how often questions were answered',
    (sdb) =>
      countAsked(sdb, {
        fieldIds,
        territoryIds: [place.id, ...below],
        period: { from: '2026-10', to: '2026-11' },
      }),
  ],
])('%s: every table of size is entered by its index', async (_name, read) => {
  const plans: Plan[] = []
  const grants = [{ assignmentId: '', role: 'manager', territoryId: place.id, path: place.path }] as const
  const scope = { orgId: org, membershipId, deviceId: org, day: '2026-11-20', grants }
  await inOrg(db, org, (tx) => read(explaining(tx, plans, scope)))
  expect(plans.length).toBeGreaterThan(0)
  expect(readsWhole(plans)).toEqual([])
  const whole = plans
    .flatMap(planNodes)
    .filter(
      (node) =>
        node['Node Type'] === 'Seq Scan' &&
        ['coaching_note', 'branch_digest', 'rollup_cell'].includes(node['Relation Name'] ?? ''),
    )
  expect(whole).toEqual([])
})
