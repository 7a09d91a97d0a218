import type { ClientBase } from 'pg'

/** What this role owns in the schema, but for what an extension brought or what goes with its table. */
const OWNED = `
  SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kind, 'public', name) AS drop FROM (
    SELECT c.relname AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
           CASE WHEN c.relkind IN ('r', 'p') THEN 1 ELSE 0 END AS turn, c.oid, 'pg_class'::regclass AS class
      FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND pg_has_role(c.relowner, 'USAGE')
    UNION ALL
    SELECT t.typname, CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, 3, t.oid, 'pg_type'::regclass
      FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
     WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('e', 'd', 'c', 'r') AND (t.typtype <> 'c' OR c.relkind = 'c')
       AND pg_has_role(t.typowner, 'USAGE')
  ) AS owned
   WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = owned.class AND d.objid = owned.oid AND d.deptype IN ('e', 'i'))
   ORDER BY turn
`

const FUNCTIONS = `
  SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) AS drop FROM pg_proc p
   WHERE p.pronamespace = 'public'::regnamespace AND pg_has_role(p.proowner, 'USAGE')
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
`

/**
 * Drops the product's tables and functions, in the transaction at hand. Objects of others in the schema stay, and so
 * does the job queue, which has a schema of its own.
 */
export async function emptyDatabase(client: ClientBase): Promise<void> {
  for (const query of [OWNED, FUNCTIONS]) {
    const { rows } = await client.query<{ drop: string }>(query)
    for (const { drop } of rows) await client.query(drop)
  }
}
