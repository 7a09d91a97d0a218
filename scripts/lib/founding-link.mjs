import { createHash, randomBytes } from 'node:crypto'
import { loadPg } from './workspace-require.mjs'

/** How long a link to found an organisation serves; the same as domain/org/founding. */
export const FOUNDING_DAYS = 7

/**
 * Makes a one-time link that founds an organisation and answers its address; only the hash of its token is kept.
 * `alone` ends the links made before and not used.
 */
export async function makeFoundingLink({ root, ownerUrl, site, alone = false }) {
  return withOwner(root, ownerUrl, (client) => insertLink(client, { site, alone }))
}

/** The same while the database has no organisation; null once it has one. */
export async function foundingLinkIfEmpty({ root, ownerUrl, site }) {
  return withOwner(root, ownerUrl, async (client) => {
    // Row-level security hides organisations from their owner too; people are global, and every organisation has one.
    const { rows } = await client.query('SELECT EXISTS (SELECT FROM person) AS somebody')
    return rows[0].somebody ? null : insertLink(client, { site, alone: true })
  })
}

async function insertLink(client, { site, alone }) {
  const token = randomBytes(32).toString('base64url')
  const hash = createHash('sha256').update(token).digest('base64url')
  await client.query(`SELECT founding_start($1, clock_timestamp() + make_interval(days => $2), $3)`, [
    hash,
    FOUNDING_DAYS,
    alone,
  ])
  return new URL(`/found?token=${token}`, site).href
}

async function withOwner(root, connectionString, work) {
  const client = new (loadPg(root).Client)({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
