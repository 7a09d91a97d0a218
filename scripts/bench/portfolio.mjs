import { makeReport } from './make-report.mjs'
import { openOrganisation, readPhone } from './organisation.mjs'
import { signIn } from './sign-in.mjs'

/** What the phone of a large sector holds, and what a day adds to it. */
const HELD = { accounts: 5_000, reports: 20_000 }
const DAY = { reports: 20, changed: 40 }

/**
 * Bytes of a first load of a large sector, and of what a phone that was off for a day then fetches: what its owner filed
 * elsewhere, what colleagues changed, the day's figures. Compressed, as they come over the line.
 */
export async function measureFirstLoad({ root, url, urls, plan, password }, wanted) {
  const client = await openOrganisation({ root, url: urls.owner, orgId: plan.orgId })
  try {
    const rep = plan.reps[1]
    await grow(client, rep.territory.id)
    const session = await signIn(url, rep.email, password)
    const first = await pullAll(url, session, null)
    if (first.accounts < HELD.accounts) throw new Error(`A first load brought ${first.accounts} accounts.`)
    await passDay({ client, url, session, territoryId: rep.territory.id })
    const day = await pullAll(url, session, first)
    const lines = {
      'sync.first-load.bytes': { value: first.bytes, n: first.pages, size: first.accounts },
      'sync.day-delta.bytes': { value: day.bytes, n: day.pages, size: DAY.reports + DAY.changed },
    }
    return wanted.map((name) => ({ name, unit: 'bytes', ...lines[name] }))
  } finally {
    await client.end()
  }
}

/** Copies the accounts of a home, with a contact each and reports, until there are as many as a large sector has. */
async function grow(client, territoryId) {
  const insert = async (table, change, from) => {
    const { rows } = await client.query(
      `SELECT string_agg(quote_ident(column_name), ', ') AS columns FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'`,
      [table],
    )
    const [{ columns }] = rows
    await client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM (SELECT (jsonb_populate_record(o, ${change})).* ${from}) made`,
    )
  }
  await client.query('BEGIN')
  await client.query(
    `CREATE TEMP TABLE grown ON COMMIT DROP AS
       WITH own AS (SELECT id FROM account WHERE territory_id = $1 AND deleted_at IS NULL)
       SELECT own.id AS old, gen_random_uuid() AS id, copy FROM own, generate_series(1, $2::int / (SELECT count(*)::int FROM own) + 1) copy
        ORDER BY copy LIMIT greatest(0, $2::int - (SELECT count(*) FROM own))`,
    [territoryId, HELD.accounts],
  )
  await insert(
    'account',
    `jsonb_build_object('id', g.id, 'ref', NULL)`,
    'FROM grown g JOIN account o ON o.id = g.old',
  )
  await client.query(
    `INSERT INTO account_home (org_id, account_id, from_at, territory_id)
     SELECT a.org_id, a.id, a.created_at, a.territory_id FROM grown g JOIN account a ON a.id = g.id`,
  )
  await insert(
    'contact',
    `jsonb_build_object('id', gen_random_uuid(), 'account_id', g.id)`,
    'FROM grown g JOIN contact o ON o.account_id = g.old',
  )
  await insert(
    'report',
    `jsonb_build_object('id', gen_random_uuid(), 'account_id', g.id, 'contact_id', NULL)`,
    `FROM (SELECT g.id, r.id AS report_id FROM grown g JOIN report r ON r.account_id = g.old
            ORDER BY row_number() OVER (PARTITION BY g.id ORDER BY r.day DESC)
            LIMIT greatest(0, ${HELD.reports} - (SELECT count(*) FROM report r JOIN account a ON a.id = r.account_id AND a.territory_id = '${territoryId}'))) g
      JOIN report o ON o.id = g.report_id`,
  )
  await client.query('COMMIT')
  await client.query('ANALYZE account, account_home, contact, report')
}

async function passDay({ client, url, session, territoryId }) {
  const phone = { ...session, ...(await readPhone(client, session.membershipId)) }
  const operations = Array.from({ length: DAY.reports }, () => makeReport(phone, Date.now()))
  await call(url, session, 'push', { membershipId: session.membershipId, operations })
  await client.query(
    `UPDATE account SET activity = 'Primeurs' WHERE id IN (SELECT id FROM account WHERE territory_id = $1 ORDER BY id LIMIT $2)`,
    [territoryId, DAY.changed],
  )
}

/** Pulls to the end as a phone does, from where another pull ended. */
async function pullAll(url, session, from) {
  const held = {
    cursor: from?.cursor ?? null,
    frameTag: from?.frameTag ?? null,
    bytes: 0,
    pages: 0,
    accounts: 0,
  }
  const seen = new Set()
  for (;;) {
    const { cursor, frameTag } = held
    const asked = { membershipId: session.membershipId, cursor, frameTag, packAsOf: null, keepsLists: true }
    const { page, bytes } = await call(url, session, 'pull', asked)
    for (const { id } of page.accounts) seen.add(id)
    Object.assign(held, { cursor: page.cursor, frameTag: page.frameTag, bytes: held.bytes + bytes })
    held.pages += 1
    if (!page.more) return { ...held, accounts: seen.size }
  }
}

async function call(url, { cookie }, name, asked) {
  const response = await fetch(`${url}/api/sync/${name}`, {
    method: 'POST',
    headers: {
      cookie,
      'content-type': 'application/json',
      'sec-fetch-site': 'same-origin',
      'accept-encoding': 'gzip',
    },
    body: JSON.stringify({ protocol: 1, ...asked }),
  })
  if (!response.ok) throw new Error(`sync.${name} was answered ${response.status}.`)
  return { page: await response.json(), bytes: Number(response.headers.get('content-length')) }
}
