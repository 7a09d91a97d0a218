import { loadPg } from '../lib/workspace-require.mjs'

/** A connection that sees one organisation, as row-level security lets it. */
export async function openOrganisation({ root, url, orgId }) {
  const client = new (loadPg(root).Client)({ connectionString: url })
  await client.connect()
  await client.query(`SELECT set_config('app.org', $1, false)`, [orgId])
  return client
}

/** What a phone of a rep knows: his accounts with whom is met there, and the questions of his form. */
export async function readPhone(client, membershipId) {
  const accounts = await client.query(
    `SELECT a.id, min(c.id::text) AS "contactId", a.territory_id AS "territoryId" FROM account a
       JOIN assignment s ON s.org_id = a.org_id AND s.membership_id = $1 AND s.territory_id = a.territory_id
       LEFT JOIN contact c ON c.org_id = a.org_id AND c.account_id = a.id GROUP BY a.org_id, a.id LIMIT 500`,
    [membershipId],
  )
  const form = await client.query(
    `SELECT s.hash, s.members FROM report r JOIN field_set s ON s.org_id = r.org_id AND s.hash = r.field_set
      WHERE r.author_id = $1 LIMIT 1`,
    [membershipId],
  )
  const { hash, members } = form.rows[0]
  const devices = await client.query(
    'SELECT id FROM device WHERE membership_id = $1 ORDER BY last_seen_at DESC LIMIT 1',
    [membershipId],
  )
  const fields = await client.query(
    `SELECT d.id, d.slot, v.spec FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
      WHERE d.id = ANY ($1::uuid[]) ORDER BY d.slot`,
    [members.map(([id]) => id)],
  )
  return {
    membershipId,
    deviceId: devices.rows[0].id,
    accounts: accounts.rows,
    fieldSet: hash,
    fields: fields.rows,
  }
}

/** Rows that a push writes, of the whole organisation. */
export async function countRows(client) {
  const { rows } = await client.query(
    `SELECT (SELECT count(*) FROM report)::int AS reports, (SELECT count(*) FROM sync_receipt)::int AS receipts,
            (SELECT count(*) FROM change)::int AS changes`,
  )
  return rows[0]
}

/** Waits until the worker has folded all that was pushed; answers the seconds it took. */
export async function untilFolded(client) {
  const start = performance.now()
  for (;;) {
    const { rows } = await client.query('SELECT EXISTS (SELECT FROM rollup_outbox) AS waiting')
    if (!rows[0].waiting) return (performance.now() - start) / 1000
    if (performance.now() - start > 600_000) throw new Error('Facts were not folded in ten minutes.')
    await new Promise((done) => setTimeout(done, 200))
  }
}
