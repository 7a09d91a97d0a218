import { verify } from '@node-rs/argon2'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { DEMO_ACCOUNTS, demoAccounts } from './demo-accounts.ts'
import { checkTruth } from './demo-truth.checks.ts'
import { Seeded, TODAY } from './seeded.fixture.ts'

const demo = new Seeded()
checkTruth(demo)

describe('the same organisation on every run', () => {
  it('another process makes the same ids and texts as the one that filled the database', async () => {
    for (const organisation of [demo.first, demo.second]) {
      const made = {
        territory: organisation.territories.map(({ id, name }) => `${id} ${name}`),
        membership: organisation.members.map((member) => `${member.membershipId} ${member.name}`),
        field_definition: organisation.definitions.map(({ id, key }) => `${id} ${key}`),
        account: organisation.accounts.map(({ id, name }) => `${id} ${name}`),
        contact: organisation.accounts.flatMap(({ contacts }) =>
          contacts.map(({ id, firstName, lastName }) => `${id} ${firstName} ${lastName}`),
        ),
        report: organisation.reports.map(({ id, outcome, note }) => `${id} ${outcome} ${note ?? ''}`),
        callback: organisation.callbacks.map(({ id, reason }) => `${id} ${reason}`),
      }
      const text = {
        territory: 'name',
        membership: 'display_name',
        field_definition: 'key',
        account: 'name',
        contact: `first_name || ' ' || last_name`,
        report: `outcome || ' ' || coalesce(note, '')`,
        callback: 'reason',
      }
      for (const table of Object.keys(text) as (keyof typeof text)[]) {
        const kept = await demo.rows<{ row: string }>(
          `SELECT id || ' ' || ${text[table]} AS row FROM ${table}`,
          organisation,
        )
        expect(kept.map(({ row }) => row).sort(), table).toEqual(made[table].sort())
      }
    }
  })
  it('says so and changes nothing when the organisation is there', async () => {
    expect(await demo.seed()).toBe('The demonstration organisation is already there.\n')
    expect(await demo.count('report')).toBe(20_000)
  })
})

describe('what it holds', () => {
  it('France: 18 regions, 101 departments and their inter-municipal sub-sectors', async () => {
    const ranks = await demo.rows<{ rank: number; n: number }>(
      'SELECT rank, count(*)::int AS n FROM territory GROUP BY 1 ORDER BY 1',
    )
    expect(ranks.map(({ n }) => n)).toEqual([1, 18, 101, 1255])
    expect(
      await demo.count(
        `(SELECT parent_id, lower(name) FROM territory GROUP BY 1, 2 HAVING count(*) > 1) AS twice`,
      ),
    ).toBe(0)
  })
  it('5,000 accounts with one to three contacts, 20,000 reports over the last twelve months', async () => {
    expect(await demo.count('account')).toBe(5_000)
    expect(await demo.count('report')).toBe(20_000)
    expect(await demo.one(`SELECT min(day)::text AS first, max(day)::text AS last FROM report`)).toEqual({
      first: '2025-11-20',
      last: '2026-11-19',
    })
    expect(
      await demo.one(`SELECT min(n)::int, max(n)::int FROM (SELECT count(c.id) AS n FROM account a
      LEFT JOIN contact c ON c.account_id = a.id GROUP BY a.id) AS per_account`),
    ).toEqual({ min: 1, max: 3 })
    expect(await demo.count('account', demo.second)).toBe(40)
    expect(await demo.count('report', demo.second)).toBe(150)
  })
  it('60 reps: 22 in Nouvelle-Aquitaine, 12 in Pyrénées-Atlantiques, 5 on Pays Basque, 3 in Corse', async () => {
    const repsIn = async (rank: number, name: string): Promise<number> =>
      demo.count(`assignment s JOIN territory t ON t.id = s.territory_id JOIN territory b ON b.rank = ${rank} AND b.name = '${name}'
        AND t.path >= b.path AND starts_with(t.path, b.path) WHERE s.role = 'rep'`)
    expect(await repsIn(0, 'France')).toBe(60)
    expect(await repsIn(1, 'Nouvelle-Aquitaine')).toBe(22)
    expect(await repsIn(2, 'Pyrénées-Atlantiques')).toBe(12)
    expect(await repsIn(3, 'Pays Basque')).toBe(5)
    expect(await repsIn(1, 'Corse')).toBe(3)
    const enough = await demo.rows(`SELECT b.id FROM assignment s JOIN territory t ON t.id = s.territory_id
      JOIN territory b ON b.rank = 1 AND starts_with(t.path, b.path) WHERE s.role = 'rep' GROUP BY b.id HAVING count(*) >= 5`)
    expect(enough).toHaveLength(6)
  })
  it('350 accounts on Pays Basque, 1,000 in Pyrénées-Atlantiques, some at the department itself', async () => {
    expect(
      await demo.count(`account a JOIN territory t ON t.id = a.territory_id WHERE t.name = 'Pays Basque'`),
    ).toBe(350)
    const inside = `account a JOIN territory t ON t.id = a.territory_id JOIN territory d ON d.code = '64' AND d.rank = 2
      AND starts_with(t.path, d.path)`
    expect(await demo.count(inside)).toBe(1_000)
    expect(await demo.count(`${inside} WHERE t.id = d.id`)).toBeGreaterThan(30)
  })
  it('the segment of those who speak Basque reaches most of them, and leaves out who asked not to be written to', async () => {
    const contacts = `contact c JOIN account a ON a.id = c.account_id JOIN territory t ON t.id = a.territory_id
      WHERE t.name = 'Pays Basque' AND c.t01 = 'oui'`
    expect(await demo.count(contacts)).toBeGreaterThan(80)
    expect(
      await demo.count(
        `${contacts} AND c.opted_out_at IS NULL AND (c.phone IS NOT NULL OR c.email IS NOT NULL)`,
      ),
    ).toBeGreaterThan(70)
    expect(await demo.count(`${contacts} AND c.opted_out_at IS NOT NULL`)).toBeGreaterThan(0)
  })
  it('call-backs wait for the demonstration rep: late, today and ahead', async () => {
    const due = await demo.rows<{ late: number }>(`SELECT due_day - date '${TODAY}' AS late FROM callback c
      JOIN membership m ON m.id = c.assignee_id WHERE m.display_name = 'Maialen Iribarne' AND c.done_at IS NULL`)
    const days = due.map(({ late }) => late)
    expect(days).toEqual(expect.arrayContaining([-3, -1, 0, 0, 1, 2, 5]))
  })
  it('telephone numbers are those kept for fiction and mail goes to reserved domains', async () => {
    expect(
      await demo.count(`(SELECT phone FROM account UNION ALL SELECT phone FROM contact) AS n
        WHERE phone !~ '^\\+33(19900|26191|35301|46571|53649|63998)\\d{4}$'`),
    ).toBe(0)
    expect(
      await demo.count(
        `(SELECT email FROM account UNION ALL SELECT email FROM contact) AS n WHERE email !~ '\\.example$'`,
      ),
    ).toBe(0)
  })
})

describe('people', () => {
  it('the printed password opens the demonstration accounts, and nobody else has one', async () => {
    const people = await demo.rows<{ email: string; password_hash: string }>(
      'SELECT email, password_hash FROM person WHERE password_hash IS NOT NULL',
    )
    expect(people.map(({ email }) => email).sort()).toEqual(demoAccounts.map(({ email }) => email).sort())
    for (const { email, password_hash } of people) {
      const account = demoAccounts.find((candidate) => candidate.email === email)
      expect(password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      expect(await verify(password_hash, account?.password ?? '')).toBe(true)
    }
  })
  it('each demonstration account holds its role where it says', async () => {
    for (const account of demoAccounts) {
      const organisation = account === DEMO_ACCOUNTS.other ? demo.second : demo.first
      const held = await demo.rows(
        `SELECT s.role, t.name AS place FROM person p JOIN membership m ON m.person_id = p.id
          JOIN assignment s ON s.membership_id = m.id JOIN territory t ON t.id = s.territory_id WHERE p.email = '${account.email}'`,
        organisation,
      )
      expect(held).toEqual([{ role: account.role, place: account.place }])
    }
  })
  it('one person belongs to both organisations and is offered the first one first', async () => {
    const memberships = await demo.rows<{ org_name: string }>(
      `SELECT org_name FROM person p, identity_memberships(p.id) WHERE p.email = '${DEMO_ACCOUNTS.regional.email}'`,
    )
    expect(memberships.map(({ org_name }) => org_name)).toEqual(['Delmas Équipement', 'Atelier Mercier'])
    expect(await demo.count(`person p WHERE (SELECT count(*) FROM identity_memberships(p.id)) > 1`)).toBe(1)
  })
})

describe('isolation', () => {
  it('the application sees one organisation at a time, and nothing before one is set', async () => {
    const app = new pg.Client({ connectionString: demo.database.appUrl })
    await app.connect()
    try {
      for (const table of [
        'organisation',
        'territory',
        'account',
        'contact',
        'report',
        'rollup_cell',
        'stock_cell',
      ]) {
        const seen = await app.query(`SELECT count(*)::int AS n FROM ${table}`)
        expect(seen.rows, table).toEqual([{ n: 0 }])
      }
      await app.query(`SELECT set_config('app.org', $1, false)`, [demo.second.id])
      expect((await app.query('SELECT count(*)::int AS n FROM account')).rows).toEqual([{ n: 40 }])
      expect((await app.query('SELECT name FROM organisation')).rows).toEqual([{ name: 'Atelier Mercier' }])
      const ids = new Set(demo.first.accounts.map(({ id }) => id))
      const { rows: accounts } = await app.query<{ id: string }>('SELECT id FROM account')
      expect(accounts.filter(({ id }) => ids.has(id))).toEqual([])
    } finally {
      await app.end()
    }
  })
})
