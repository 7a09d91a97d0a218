import { Client } from 'pg'
import type { OrgTx } from './client.ts'
import { Prisma } from './generated/prisma/client.ts'
import type { ScopedDb } from './scoped-db.ts'

/** A root, 10 regions, 10 departments each, 5 sectors each; 20 accounts a sector, 2 reports and a contact an account. */
const ARRANGE = [
  `INSERT INTO organisation (id, name, slug, level_names, epoch) VALUES ($1::uuid, $1, $1, '[]', gen_random_uuid())`,
  `INSERT INTO territory (org_id, id, rank, name, path) SELECT $1::uuid, i, 0, 'root', i || '/' FROM gen_random_uuid() i`,
  ...[10, 10, 5].map(
    (under, depth) =>
      `INSERT INTO territory (org_id, id, parent_id, rank, name, path)
       SELECT $1::uuid, i, t.id, ${depth + 1}, 'place', t.path || i || '/' FROM territory t, generate_series(1, ${under}) n, LATERAL (SELECT gen_random_uuid() AS i WHERE n > 0) g
        WHERE t.org_id = $1::uuid AND t.rank = ${depth}`,
  ),
  `INSERT INTO account (org_id, id, territory_id, kind, name, name_key, phone)
   SELECT $1::uuid, gen_random_uuid(), t.id, 'client', 'Compte', 'compte ' || n || t.id, '+33' FROM territory t, generate_series(1, 20) n WHERE t.org_id = $1::uuid AND t.rank = 3`,
  `INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key)
   SELECT $1::uuid, gen_random_uuid(), a.id, 'A', 'B', 'b a' FROM account a WHERE a.org_id = $1::uuid`,
  `INSERT INTO report (org_id, id, account_id, territory_id, author_id, kind, outcome, day, status, duration_seconds, captured_at)
   SELECT $1::uuid, gen_random_uuid(), a.id, a.territory_id, a.id, 'visit', 'order', '2026-11-20'::date - n * 20, 'accepted', 40, now()
     FROM account a, generate_series(1, 2) n WHERE a.org_id = $1::uuid`,
  `INSERT INTO rollup_day (org_id, basis, territory_id, day, kind, outcome, n)
   SELECT $1::uuid, b, t.id, '2026-11-20'::date - n, 'visit', 'order', 2 FROM territory t, generate_series(1, 40) n, unnest(ARRAY['then', 'today']) b WHERE t.org_id = $1::uuid AND t.rank < 3`,
  `INSERT INTO field_definition (org_id, id, territory_id, entity, key, current_version)
   SELECT $1::uuid, gen_random_uuid(), t.id, 'report', 'key', 1 FROM territory t WHERE t.org_id = $1::uuid`,
  `INSERT INTO field_version (org_id, field_id, version, spec) SELECT $1::uuid, id, 1, '{"label":{"fr":"x"}}' FROM field_definition WHERE org_id = $1::uuid`,
  `INSERT INTO rollup_cell (org_id, field_id, basis, territory_id, month, bucket, n_none)
   SELECT $1::uuid, d.id, 'today', t.id, m, b, 3
     FROM (SELECT id FROM field_definition WHERE org_id = $1::uuid LIMIT 20) d, territory t, generate_series('2026-01-01'::date, '2026-11-01', '1 month') m,
          unnest(ARRAY['_asked', '_answered', 'true']) b WHERE t.org_id = $1::uuid AND t.rank < 3`,
  `INSERT INTO ledger_cell (org_id, membership_id, field_id, month, answers)
   SELECT $1::uuid, gen_random_uuid(), d.id, '2026-11-01', 1 FROM field_definition d, generate_series(1, 20) WHERE d.org_id = $1::uuid`,
  `INSERT INTO field_seconds (org_id, field_id, month, bin, n)
   SELECT $1::uuid, d.id, '2026-11-01', bin, 2 FROM field_definition d, generate_series(1, 10) bin WHERE d.org_id = $1::uuid`,
]

/** Fills organisations to a size at which a plan that reads a whole table shows. */
export async function arrangeLarge(ownerUrl: string, orgIds: readonly string[]): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  for (const orgId of orgIds) {
    await owner.query('BEGIN')
    await owner.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    for (const statement of ARRANGE) await owner.query(statement, [orgId])
    await owner.query('COMMIT')
  }
  await owner.query(
    'ANALYZE territory, account, contact, report, rollup_cell, rollup_day, field_definition, field_version, ledger_cell, ledger_month, ledger_presence, field_seconds',
  )
  await owner.end()
}

export type Plan = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Plan[]
}
export const planNodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(planNodes)]

const LARGE = [
  'account',
  'contact',
  'report',
  'rollup_cell',
  'rollup_day',
  'ledger_cell',
  'ledger_presence',
  'field_seconds',
  'territory',
  'field_definition',
]

/** Reads of a table of size that enter it by no index. */
export const readsWhole = (plans: readonly Plan[]): Plan[] =>
  plans
    .flatMap(planNodes)
    .filter((node) => node['Node Type'] === 'Seq Scan' && LARGE.includes(node['Relation Name'] ?? ''))

/** A handle that notes each statement's plan before running it. */
export function explaining(tx: OrgTx, plans: Plan[], scope: ScopedDb['scope']): ScopedDb {
  const explain =
    (run: '$queryRaw' | '$executeRaw') =>
    async (strings: TemplateStringsArray, ...values: unknown[]) => {
      const query = Prisma.sql(strings, ...(values as string[]))
      const [row] = await tx.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
        Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
      )
      plans.push(...(row?.['QUERY PLAN'] ?? []).map(({ Plan }) => Plan))
      return tx[run](query)
    }
  const handle = new Proxy(tx, {
    get: (target, key) =>
      key === '$queryRaw' || key === '$executeRaw' ? explain(key) : Reflect.get(target, key),
  })
  return { tx: handle, scope }
}
