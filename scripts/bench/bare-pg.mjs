import { randomUUID } from 'node:crypto'
import { bucketsOf } from '../../packages/domain/src/analytics/bucket.ts'
import { loadPg } from '../lib/workspace-require.mjs'
import { makeReport } from './make-report.mjs'

const CONNECTIONS = 8

/**
 * The rows of a report as a push leaves them (report, receipt, change, fact), each report in a transaction of its own, by
 * the driver alone: nothing is checked, nothing is read. Rows are made beforehand. Answers `{ written, seconds }`.
 */
export async function writeBare({ root, url, orgId, phones, seconds, rows }) {
  const pool = await openPool(root, url)
  try {
    const ready = await Promise.all(phones.map((phone) => makeRows(phone, orgId, rows)))
    const start = performance.now()
    const end = start + seconds * 1000
    const written = await Promise.all(
      pool.map(async (client, at) => {
        let count = 0
        const left = ready[at % ready.length]
        while (performance.now() < end) {
          await writeOne(client, orgId, left.pop() ?? makeRow(phones[at % phones.length], orgId))
          count += 1
        }
        return count
      }),
    )
    return {
      written: written.reduce((sum, count) => sum + count, 0),
      seconds: (performance.now() - start) / 1000,
    }
  } finally {
    await Promise.all(pool.map((client) => client.end()))
  }
}

async function openPool(root, url) {
  const { Client } = loadPg(root)
  const pool = Array.from({ length: CONNECTIONS }, () => new Client({ connectionString: url }))
  await Promise.all(pool.map((client) => client.connect()))
  return pool
}

const COLUMNS = {
  report:
    'org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, note, field_set, "values", status, missing, duration_seconds, version, captured_at, t01, t02, t03, t04, t05, t06, t07, t08, n01, n02, n03, d01',
  sync_receipt: 'org_id, op_id, device_id, membership_id, entity, entity_id, seq, body_hash, status, answer',
  change: 'org_id, entity, entity_id, version, membership_id, op_id, kind, before, after',
  rollup_outbox: 'org_id, fact',
}
const STATEMENTS = Object.entries(COLUMNS).map(([table, columns]) => ({
  name: `bare-${table}`,
  table,
  text: `INSERT INTO ${table} (${columns}) VALUES (${columns
    .split(', ')
    .map((_, at) => `$${at + 1}`)
    .join(', ')})`,
}))

async function writeOne(client, orgId, row) {
  await client.query('BEGIN')
  await client.query({ name: 'bare-org', text: `SELECT set_config('app.org', $1, true)`, values: [orgId] })
  for (const { name, table, text } of STATEMENTS) await client.query({ name, text, values: row[table] })
  await client.query('COMMIT')
}

// A turn of the loop now and then: a connection must not be taken for dead meanwhile.
async function makeRows(phone, orgId, count) {
  const rows = []
  for (let at = 0; at < count; at++) {
    rows.push(makeRow(phone, orgId))
    if (at % 500 === 0) await new Promise((done) => setImmediate(done))
  }
  return rows
}

function makeRow(phone, orgId) {
  const { opId, entityId, capturedAt, kind, body } = makeReport(phone, Date.now())
  const { membershipId, deviceId, fields } = phone
  const home = phone.accounts[0].territoryId
  const slots = fields.map(({ id, slot }) => [slot, body.values[id].x])
  const inOrder = (family) => slots.filter(([slot]) => slot.startsWith(family)).map(([, x]) => String(x))
  const answers = fields.flatMap(({ id, spec }) =>
    bucketsOf(spec, body.values[id].x).map(({ bucket, value }) => [id, bucket, value]),
  )
  const fact = {
    of: 'report',
    sign: 1,
    thenAt: home,
    todayAt: home,
    day: body.day,
    kind: body.kind,
    outcome: body.outcome,
    member: membershipId,
    asked: fields.map(({ id }) => id),
    answers,
  }
  const answer = { status: 'applied', opId, version: 1, reportStatus: 'accepted' }
  return {
    report: [
      orgId,
      entityId,
      body.accountId,
      body.contactId,
      home,
      membershipId,
      body.kind,
      body.outcome,
      body.day,
      body.note,
      body.fieldSet,
      JSON.stringify(body.values),
      'accepted',
      '[]',
      body.durationSeconds,
      1,
      capturedAt,
      ...inOrder('t'),
      ...inOrder('n'),
      ...inOrder('d'),
    ],
    sync_receipt: [
      orgId,
      opId,
      deviceId,
      membershipId,
      'report',
      entityId,
      1,
      randomUUID().replaceAll('-', '').padEnd(43, 'x'),
      'applied',
      JSON.stringify(answer),
    ],
    change: [orgId, 'report', entityId, 1, membershipId, opId, kind, '{}', JSON.stringify(body)],
    rollup_outbox: [orgId, JSON.stringify(fact)],
  }
}
