import { Client, type PoolClient } from 'pg'
import type { Db } from './client.ts'

/** Every text that is sent from now on, each once. */
export function watchStatements(db: Db): ReadonlySet<string> {
  const texts = new Set<string>()
  db.pool.on('connect', (client: PoolClient) => {
    const send = client.query.bind(client) as (...args: unknown[]) => unknown
    const watched = (...args: unknown[]) => {
      const [asked] = args
      const text = typeof asked === 'string' ? asked : (asked as { text?: string } | undefined)?.text
      if (text) texts.add(text)
      return send(...args)
    }
    client.query = watched as typeof client.query
  })
  return texts
}

type Node = {
  readonly 'Node Type': string
  readonly Operation?: string
  readonly 'Relation Name'?: string
  readonly Alias?: string
  readonly Plans?: readonly Node[]
} & Readonly<Record<string, unknown>>

const CONDITIONS = [
  'Index Cond',
  'Recheck Cond',
  'Filter',
  'Hash Cond',
  'Merge Cond',
  'Join Filter',
  'TID Cond',
] as const

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** Shared by all organisations, or of none. */
const GLOBAL = `'person', 'sign_in_token', 'sign_in_attempt', 'founding_link', '_prisma_migrations'`

/**
 * Statements that reach a table of organisations without naming which, as a database that is distributed by organisation
 * could not answer them from one of its machines: with row-level security taken away, no scan of such a table is bound by
 * its org_id, whether by a value or by a join to a table that is. The database is spoilt by it: call it last.
 */
export async function unqualified(ownerUrl: string, texts: Iterable<string>): Promise<string[]> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT IN (${GLOBAL})`,
    )
    const tables = new Set(rows.map(({ name }) => name))
    for (const name of tables) await owner.query(`ALTER TABLE ${name} DISABLE ROW LEVEL SECURITY`)
    const problems: string[] = []
    for (const text of texts) {
      if (!/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b/i.test(text)) continue
      for (const problem of await lookAt(owner, text, tables)) problems.push(`${problem}: ${text}`)
    }
    return problems
  } finally {
    await owner.end()
  }
}

async function lookAt(owner: Client, text: string, tables: ReadonlySet<string>): Promise<string[]> {
  // As a statement is planned for whatever organisation: its parameters are not known.
  const answer = await owner
    .query<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(
      `EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${text}`,
    )
    .catch((error: Error) => error)
  if (answer instanceof Error) return [`cannot be planned (${answer.message})`]
  const nodes = (answer.rows[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => nodesOf(Plan))
  const conditions = nodes.flatMap((node) => CONDITIONS.map((name) => String(node[name] ?? '')))
  return nodes.flatMap((node) => {
    const table = node['Relation Name']
    if (table === undefined || !tables.has(table)) return []
    if (node['Node Type'] === 'ModifyTable') return insertsUnnamed(node, text) ? [`${table} is written`] : []
    const key = `${node.Alias}.${table === 'organisation' ? 'id' : 'org_id'}`
    const bound = conditions.some((condition) =>
      new RegExp(`(^|[^\\w.])"?${key.replace('.', '"?\\.')} =|= "?${key.replace('.', '"?\\.')}\\b`).test(
        condition,
      ),
    )
    return bound ? [] : [`${table} is read as ${node.Alias}`]
  })
}

const insertsUnnamed = (node: Node, text: string): boolean =>
  node.Operation === 'Insert' &&
  !new RegExp(
    `INSERT INTO ("public"\\.)?"?${node['Relation Name']}"?( AS \\w+)? \\([^)]*"?\\b(org_id${node['Relation Name'] === 'organisation' ? '|id' : ''})\\b`,
  ).test(text)
