import type pg from 'pg'

const TABLE = 'report'

/** Whether this is the only organisation there is, and no report was ever written: nobody waits for that table. */
export async function isAlone(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    `SELECT pg_relation_size('${TABLE}') = 0 AND (SELECT count(*) FROM every_organisation()) <= 1 AS alone`,
  )
  return rows[0]?.alone ?? false
}

/**
 * Writes reports in one transaction, by a table that keeps no index and looks nothing up for each row: both are done once at the end, by sorting and
 * by a join. Killed at any moment, all is as it was. Nobody else reads reports meanwhile, so there must be nobody else (`isAlone`).
 */
export async function intoEmpty(
  client: pg.ClientBase,
  orgId: string,
  write: () => Promise<void>,
): Promise<void> {
  await client.query(`SET maintenance_work_mem = '512MB'`)
  await client.query('BEGIN')
  try {
    await client.query(`SELECT set_config('app.org', $1, true)`, [orgId])
    const { rows } = await client.query<{ drop: string; make: string }>(
      `SELECT format('ALTER TABLE ${TABLE} DROP CONSTRAINT %I', conname) AS drop,
              format('ALTER TABLE ${TABLE} ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)) AS make, 2 AS turn
         FROM pg_constraint WHERE conrelid = '${TABLE}'::regclass AND contype = 'f'
       UNION ALL
       SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid), 1
         FROM pg_index WHERE indrelid = '${TABLE}'::regclass AND NOT indisunique
       ORDER BY turn`,
    )
    for (const { drop } of rows) await client.query(drop)
    await client.query(`ALTER TABLE ${TABLE} DISABLE TRIGGER stamp_sync`)
    await write()
    await client.query(`ALTER TABLE ${TABLE} ENABLE TRIGGER stamp_sync`)
    // Under row-level security a key is looked up row by row: put aside, it is one join.
    const referred = [TABLE, 'account', 'contact']
    for (const table of referred) await client.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`)
    for (const { make } of rows) await client.query(make)
    for (const table of referred) await client.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`)
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}
