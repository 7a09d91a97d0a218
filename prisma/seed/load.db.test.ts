import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { BY_OUTCOME } from '@fieldback/db/analytics/outcome-columns'
import { holdMeasure } from '@fieldback/db/analytics/rebuild.repo'
import { openDb } from '@fieldback/db/client'
import { inOrgSql } from '@fieldback/db/org-sql'
import { type TestDatabase, testDatabase } from '@fieldback/db/test-database'
import { nameKey, personKey } from '@fieldback/domain/account/normalise'
import { foldFacts } from '@fieldback/domain/analytics/fold'
import { reportFact } from '@fieldback/domain/analytics/report-fact'
import { stockFact } from '@fieldback/domain/analytics/stock-fact'
import type { Answers } from '@fieldback/domain/field/answer'
import { answerFault } from '@fieldback/domain/field/answer-fault'
import { definitionsAt } from '@fieldback/domain/field/definition-at'
import { pathIds } from '@fieldback/domain/territory/path'
import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formsOf } from './define-fields.ts'
import { LOAD_PASSWORD, signingIn, writeOrganisation } from './load-organisation.ts'
import { loadOrgId, planLoad } from './load-plan.ts'

const TODAY = '2026-11-20'
const run = promisify(execFile)
const script = fileURLToPath(new URL('load.ts', import.meta.url))
const plan = planLoad({ slug: 'load', reports: 2_000, seed: 7, replace: false }, TODAY)
const otherOrg = loadOrgId('neighbour')

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const schema = await reportSchema()
  await generate('--org', 'neighbour', '--reports', '1000')
  // The first organisation of a database is written without indexes, which come back as they were.
  expect(await reportSchema()).toEqual(schema)
  neighbour = await everything(otherOrg)
  await generate('--org', 'load', '--reports', '2000', '--seed', '7')
}, 120_000)
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

let neighbour: string[]

/** What stands around the table of reports: indexes, constraints, triggers, and whom row-level security holds. */
async function reportSchema(): Promise<string[]> {
  const { rows: found } = await owner.query<{ line: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS line FROM pg_index WHERE indrelid = 'report'::regclass AND indisvalid
     UNION ALL SELECT conname::text || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'report'::regclass AND convalidated
     UNION ALL SELECT tgname::text || tgenabled::text FROM pg_trigger WHERE tgrelid = 'report'::regclass AND NOT tgisinternal
     UNION ALL SELECT relname::text || relforcerowsecurity::text FROM pg_class WHERE relname IN ('report', 'account', 'contact') ORDER BY 1`,
  )
  return found.map(({ line }) => line)
}

const generate = async (...args: string[]): Promise<string> => {
  const env = { ...process.env, DATABASE_OWNER_URL: database.ownerUrl, FIELDBACK_SEED_DAY: TODAY }
  return (await run(process.execPath, [script, ...args], { env })).stdout
}

async function rows<T extends pg.QueryResultRow>(text: string, orgId = plan.orgId): Promise<T[]> {
  await owner.query(`SELECT set_config('app.org', $1, false)`, [orgId])
  return (await owner.query<T>(text)).rows
}
const lines = async (text: string, orgId = plan.orgId): Promise<string[]> =>
  (await rows<{ line: string }>(text, orgId)).map(({ line }) => line).sort()

/** A count and a checksum of every table of an organisation. */
async function everything(orgId: string): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'org_id' ORDER BY 1`,
  )
  const sums: string[] = []
  for (const { name } of tables)
    sums.push(
      ...(await lines(
        `SELECT '${name} ' || count(*) || ' ' || coalesce(sum(hashtext(t::text)), 0) AS line FROM ${name} t`,
        orgId,
      )),
    )
  return sums
}

type Row = { id: string; territory: string; values: Answers }
type ReportRow = Row & { author: string; kind: 'visit'; outcome: 'order'; day: string; field_set: string }

describe('a generated organisation', () => {
  it('has the roll-ups that the worker would have folded from its rows', async () => {
    const counting = { definitionOf: definitionsAt(plan.definitions), conversions: [] }
    const reports = await rows<ReportRow>(
      `SELECT id, territory_id AS territory, author_id AS author, kind, outcome, day::text, field_set, "values" FROM report`,
    )
    const cards = await rows<Row & { entity: 'account' | 'contact' }>(`
      SELECT id, territory_id AS territory, "values", 'account' AS entity FROM account UNION ALL
      SELECT c.id, a.territory_id, c."values", 'contact' FROM contact c JOIN account a ON a.id = c.account_id`)
    const facts = [
      ...reports.map((report) =>
        reportFact(
          1,
          {
            ...report,
            thenAt: report.territory,
            todayAt: report.territory,
            member: report.author,
            status: 'accepted',
            form: plan.fieldSets.get(report.field_set) ?? [],
          },
          counting,
        ),
      ),
      ...cards.map((card) => stockFact(1, card, counting)),
    ].filter((fact) => fact !== null)
    const above = new Map(plan.territories.map(({ id, path }) => [id, pathIds(path)]))
    const folded = foldFacts(facts, (id) => above.get(id) ?? [])
    const written = (list: readonly object[]) => list.map((row) => Object.values(row).join(' ')).sort()

    expect(reports).toHaveLength(2_000)
    expect(
      await lines(
        `SELECT concat_ws(' ', field_id, basis, territory_id, month, bucket, outcome, n, sum) AS line FROM rollup_cell c ${BY_OUTCOME} WHERE n <> 0`,
      ),
    ).toEqual(written(folded.cells))
    expect(
      await lines(
        `SELECT concat_ws(' ', basis, territory_id, day, kind, outcome, n) AS line FROM rollup_day`,
      ),
    ).toEqual(written(folded.days))
    expect(
      await lines(
        `SELECT concat_ws(' ', basis, territory_id, month, membership_id, n) AS line FROM rollup_person`,
      ),
    ).toEqual(written(folded.people))
    const presence = new Map<string, bigint>()
    for (const { basis, territoryId, month, membershipId } of folded.people) {
      const year = Number(month.slice(0, 4))
      const key = `${basis} ${territoryId} ${Math.floor(year / 5)} ${membershipId}`
      const bit = 1n << BigInt((year % 5) * 12 + Number(month.slice(5, 7)) - 1)
      presence.set(key, (presence.get(key) ?? 0n) | bit)
    }
    expect(
      await lines(
        `SELECT concat_ws(' ', basis, territory_id, era, membership_id, months) AS line FROM rollup_presence`,
      ),
    ).toEqual([...presence].map((row) => row.join(' ')).sort())
    expect(
      await lines(`SELECT concat_ws(' ', field_id, territory_id, bucket, n, sum) AS line FROM stock_cell`),
    ).toEqual(written(folded.stocks))
  })

  it('is asked twelve reportable questions at each home, by three levels, in columns of their own', async () => {
    const forms = formsOf(plan.territories, plan.definitions)
    for (const { home, fieldSet } of plan.places) {
      const asked = forms.asked(home, 'report')
      expect(forms.formOf(home).hash).toBe(fieldSet)
      expect(asked.map(({ owner: { rank } }) => rank)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2])
      expect(new Set(asked.map(({ slot }) => slot)).size).toBe(12)
    }
  })

  it('answers fit their questions, and stand in the typed columns', async () => {
    const fields = new Map(plan.definitions.map((field) => [field.id, field]))
    const reports = await rows<Record<string, unknown> & { values: Answers }>(
      'SELECT *, d01::text AS d01 FROM report',
    )
    for (const report of reports) {
      for (const [id, { x }] of Object.entries(report.values)) {
        const field = fields.get(id)
        if (!field) throw new Error('a question of nobody')
        expect(answerFault(field.spec, x), field.key).toBeNull()
        const kept = report[field.slot ?? '']
        expect(kept, field.key).toEqual(typeof x === 'boolean' ? String(x) : x)
      }
    }
  })

  it('names are kept under the keys they are searched by', async () => {
    const accounts = await rows<{ name: string; name_key: string }>('SELECT name, name_key FROM account')
    for (const { name, name_key } of accounts) expect(name_key).toBe(nameKey(name))
    const contacts = await rows<{ first_name: string; last_name: string; name_key: string }>(
      'SELECT * FROM contact',
    )
    for (const { first_name, last_name, name_key } of contacts)
      expect(name_key).toBe(personKey(first_name, last_name))
  })

  it('an account’s last visit is that of its reports, and its author holds its home', async () => {
    expect(
      await rows(`SELECT a.id FROM account a WHERE a.last_visit_day IS DISTINCT FROM
        (SELECT max(r.day) FROM report r WHERE r.account_id = a.id AND r.kind = 'visit')`),
    ).toEqual([])
    expect(
      await rows(`SELECT r.id FROM report r WHERE NOT EXISTS (SELECT 1 FROM assignment s WHERE s.membership_id = r.author_id
        AND s.territory_id = r.territory_id AND s.role = 'rep' AND s.valid_from <= r.day)`),
    ).toEqual([])
  })

  it('orders go with better answers', async () => {
    const [share] = await rows<{ ordered: number; other: number }>(`
      SELECT avg((t01 = 'tres_bonne')::int) FILTER (WHERE outcome = 'order')::float8 AS ordered,
             avg((t01 = 'tres_bonne')::int) FILTER (WHERE outcome <> 'order')::float8 AS other FROM report`)
    expect(share?.ordered).toBeGreaterThan((share?.other ?? 1) * 1.5)
  })

  it('the printed password opens the accounts that are said to sign in, and no other', async () => {
    const people = await rows<{ email: string; password_hash: string }>(
      `SELECT email, password_hash FROM person WHERE password_hash IS NOT NULL AND email LIKE '%@load.fieldback.test'`,
    )
    expect(people.map(({ email }) => email).sort()).toEqual(
      signingIn(plan)
        .map(({ email }) => email)
        .sort(),
    )
    expect(await verify(people[0]?.password_hash ?? '', LOAD_PASSWORD)).toBe(true)
  })
})

describe('generating', () => {
  it('nobody looks at the figures, or counts again, until they are whole', async () => {
    const db = openDb({ url: database.appUrl, max: 1 })
    const third = planLoad({ slug: 'third', reports: 1_000, seed: 7, replace: false }, TODAY)
    const free = () => inOrgSql(db, third.orgId, (tx) => holdMeasure(tx, third.orgId))
    const client = new pg.Client({ connectionString: database.ownerUrl })
    await client.connect()
    const found: Promise<boolean>[] = []
    try {
      await writeOrganisation(client, third, () => void found.push(free()))
      expect(new Set(await Promise.all(found))).toEqual(new Set([false]))
    } finally {
      await client.end()
    }
    expect(await free()).toBe(true)
    await db.close()
  }, 60_000)
})

describe('generating again', () => {
  it('adds nothing, and says so', async () => {
    const before = await everything(plan.orgId)
    expect(await generate('--org', 'load', '--reports', '5000')).toBe(
      'The organisation "load" is already there; --replace makes it again.\n',
    )
    expect(await everything(plan.orgId)).toEqual(before)
  })

  it('--replace makes it afresh, the same for the same seed, and nothing of its neighbour moves', async () => {
    const sums = () =>
      lines(`SELECT md5(string_agg(c::text, ' ' ORDER BY c)) AS line FROM rollup_cell c UNION ALL
        SELECT md5(string_agg(id || outcome || "values"::text, ' ' ORDER BY id)) FROM report`)
    const before = await sums()
    await owner.query(`UPDATE report SET outcome = 'none'`)
    await generate('--org', 'load', '--reports', '2000', '--seed', '7', '--replace')
    expect(await sums()).toEqual(before)
    expect(await everything(otherOrg)).toEqual(neighbour)
  }, 120_000)

  it('never touches an organisation that was not generated', async () => {
    const orgId = crypto.randomUUID()
    await owner.query(`SELECT set_config('app.org', $1, false)`, [orgId])
    await owner.query(
      `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1, 'Réelle', 'reelle', '[]', $1)`,
      [orgId],
    )
    await expect(generate('--org', 'reelle', '--reports', '1000', '--replace')).rejects.toMatchObject({
      code: 2,
      stderr: 'An organisation "reelle" is there that was not generated; choose another --org.\n',
    })
    expect(await rows(`SELECT name FROM organisation WHERE id = '${orgId}'`, orgId)).toEqual([
      { name: 'Réelle' },
    ])
  })
})
