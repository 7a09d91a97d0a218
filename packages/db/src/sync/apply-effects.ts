import type { LedgerDelta, PushContext, PushEffects } from '@fieldback/domain/sync/state'
import type { OrgTx } from '../client.ts'
import type { Author } from './load-context.ts'
import {
  fieldsById,
  json,
  SLOTS,
  type SlotValues,
  slotValuesOf,
  writeAccounts,
  writeContacts,
  writeLooseAnswers,
} from './write-records.ts'

/** Somebody else committed one of the batch's receipts meanwhile: roll back, and replay to answer "duplicate". */
export class ReceiptRace extends Error {}

/**
 * Writes a planned batch: one statement per kind of row, receipts and effects in the same transaction. Facts then wait
 * for `askForFold`, once they are committed.
 * Throws ReceiptRace when an operation of the batch was answered by another transaction.
 */
export async function applyEffects(
  tx: OrgTx,
  author: Author,
  context: PushContext,
  effects: PushEffects,
): Promise<void> {
  await writeReceipts(tx, author, effects)
  const fields = fieldsById(context)
  const slotValues = slotValuesOf(context, effects, fields)
  await writeAccounts(tx, author, await writeVisits(tx, author, context, effects), slotValues)
  await writeContacts(tx, author, effects, slotValues)
  await writeReports(tx, author, effects, slotValues)
  await recountLastVisits(tx, author, effects)
  await writeCallbacks(tx, author, effects)
  const touched = [effects.accounts, effects.contacts, effects.reports].flatMap((rows) => [...rows.values()])
  await writeLooseAnswers(tx, author, touched, fields)
  await writeTrail(tx, author, effects)
}

async function writeReceipts(
  tx: OrgTx,
  author: Author,
  { receipts, quarantined }: PushEffects,
): Promise<void> {
  if (receipts.length > 0) {
    const written = await tx.$executeRaw`
      INSERT INTO sync_receipt (org_id, op_id, device_id, membership_id, entity, entity_id, seq, body_hash, status, answer)
      SELECT ${author.orgId}::uuid, r."opId", ${author.deviceId}::uuid, ${author.membershipId}::uuid, r.entity, r."entityId", r.seq, r."bodyHash", r.status, r.answer
        FROM jsonb_to_recordset(${json(receipts)}::jsonb)
          AS r ("opId" uuid, entity text, "entityId" uuid, seq int, "bodyHash" text, status text, answer jsonb)
      ON CONFLICT DO NOTHING`
    if (written !== receipts.length) throw new ReceiptRace()
  }
  if (quarantined.length > 0) {
    const rows = quarantined.map((item) => ({ ...item, detail: { path: item.path } }))
    await tx.$executeRaw`
      INSERT INTO sync_quarantine (org_id, id, op_id, body_hash, device_id, membership_id, code, detail, operation)
      SELECT ${author.orgId}::uuid, gen_random_uuid(), q."opId", q."bodyHash", ${author.deviceId}::uuid, ${author.membershipId}::uuid, q.code, q.detail, q.operation
        FROM jsonb_to_recordset(${json(rows)}::jsonb) AS q ("opId" uuid, "bodyHash" text, code text, detail jsonb, operation jsonb)
      ON CONFLICT DO NOTHING`
  }
}

async function writeReports(
  tx: OrgTx,
  author: Author,
  { reports }: PushEffects,
  slotValues: SlotValues,
): Promise<void> {
  if (reports.size === 0) return
  const rows = [...reports.values()].map((row) => ({
    ...row,
    ...slotValues('report', row.accountId, row.values),
  }))
  const slots = SLOTS.report
  await tx.$executeRaw`
    INSERT INTO report (org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, note, field_set, "values",
      status, missing, duration_seconds, version, captured_at, ${slots.names})
    SELECT ${author.orgId}::uuid, x.id, x."accountId", x."contactId", x."territoryId", x."authorId", x.kind, x.outcome, x.day, x.note, x."fieldSet", x."values",
      x.status, x.missing, x."durationSeconds", x.version, x."capturedAt", ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, "accountId" uuid, "contactId" uuid, "territoryId" uuid, "authorId" uuid, kind text,
        outcome text, day date, note text, "fieldSet" text, "values" jsonb, status text, missing jsonb, "durationSeconds" int, version int,
        "capturedAt" timestamptz, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET contact_id = excluded.contact_id, outcome = excluded.outcome, note = excluded.note,
      "values" = excluded."values", status = excluded.status, missing = excluded.missing, version = excluded.version, ${slots.update}`
}

/** A report taken back, or standing again, may have been the account's last visit. */
async function recountLastVisits(tx: OrgTx, author: Author, { reports }: PushEffects): Promise<void> {
  const changed = [...reports.values()]
    .filter((report) => report.version > 1)
    .map((report) => report.accountId)
  if (changed.length === 0) return
  await tx.$executeRaw`
    UPDATE account a SET last_visit_day = seen.day
      FROM (SELECT w.id, (SELECT max(r.day) FROM report r
                           WHERE r.org_id = ${author.orgId}::uuid AND r.account_id = w.id AND r.kind = 'visit' AND r.status <> 'withdrawn') AS day
              FROM unnest(${[...new Set(changed)]}::uuid[]) AS w (id)) AS seen
     WHERE a.org_id = ${author.orgId}::uuid AND a.id = seen.id AND a.last_visit_day IS DISTINCT FROM seen.day`
}

async function writeCallbacks(tx: OrgTx, author: Author, { callbacks }: PushEffects): Promise<void> {
  if (callbacks.size === 0) return
  await tx.$executeRaw`
    INSERT INTO callback (org_id, id, account_id, contact_id, assignee_id, reason, due_day, done_at, version)
    SELECT ${author.orgId}::uuid, x.id, x."accountId", x."contactId", x."assigneeId", x.reason, x."dueDay", CASE WHEN x.done THEN now() END, x.version
      FROM jsonb_to_recordset(${json([...callbacks.values()])}::jsonb)
        AS x (id uuid, "accountId" uuid, "contactId" uuid, "assigneeId" uuid, reason text, "dueDay" date, done boolean, version int)
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET account_id = excluded.account_id, contact_id = excluded.contact_id, reason = excluded.reason,
      due_day = excluded.due_day, done_at = excluded.done_at, version = excluded.version`
}

/** History, ledger and facts in one statement, since a push waits for each. */
async function writeTrail(tx: OrgTx, author: Author, { changes, ledger, facts }: PushEffects): Promise<void> {
  if (changes.length + ledger.length + facts.length === 0) return
  await tx.$executeRaw`
    WITH changed AS (
      INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
      SELECT ${author.orgId}::uuid, x.entity, x."entityId", x.version, x."membershipId", x."opId", x.kind, x.before, x.after
        FROM jsonb_to_recordset(${json(changes)}::jsonb)
          AS x (entity text, "entityId" uuid, version int, "membershipId" uuid, "opId" uuid, kind text, before jsonb, after jsonb)),
    given AS (
      INSERT INTO ledger_cell AS l (org_id, membership_id, field_id, month, answers, seconds, received, used)
      SELECT ${author.orgId}::uuid, ${author.membershipId}::uuid, x."fieldId", (x.month || '-01')::date, x.answers, x.seconds, x.received, x.used
        FROM jsonb_to_recordset(${json(summed(ledger))}::jsonb) AS x ("fieldId" uuid, month text, answers int, seconds int, received int, used int)
       ORDER BY x."fieldId", x.month
      ON CONFLICT (org_id, membership_id, field_id, month) DO UPDATE SET answers = l.answers + excluded.answers,
        seconds = l.seconds + excluded.seconds, received = l.received + excluded.received, used = l.used + excluded.used)
    INSERT INTO rollup_outbox (org_id, fact)
    SELECT ${author.orgId}::uuid, fact FROM jsonb_array_elements(${json(facts)}::jsonb) AS fact`
}

/** One row for each question and month: a batch answers the same dozen a hundred times. */
function summed(ledger: readonly LedgerDelta[]): LedgerDelta[] {
  const cells = new Map<string, LedgerDelta>()
  for (const delta of ledger) {
    const key = `${delta.fieldId}/${delta.month}`
    const cell = cells.get(key)
    cells.set(
      key,
      cell
        ? {
            ...delta,
            answers: cell.answers + delta.answers,
            seconds: cell.seconds + delta.seconds,
            received: cell.received + delta.received,
            used: cell.used + delta.used,
          }
        : delta,
    )
  }
  return [...cells.values()]
}

/** Accounts of which a report moved the last visit and nothing else; answers what is left to write. */
async function writeVisits(
  tx: OrgTx,
  author: Author,
  context: PushContext,
  { accounts }: PushEffects,
): Promise<Pick<PushEffects, 'accounts'>> {
  // Whatever else changes an account gives it a new version.
  const visited = [...accounts.values()].filter(
    ({ id, version }) => context.accounts.get(id)?.version === version,
  )
  if (visited.length === 0) return { accounts }
  await tx.$executeRaw`
    UPDATE account a SET last_visit_day = x.day
      FROM unnest(${visited.map(({ id }) => id)}::uuid[], ${visited.map(({ lastVisitDay }) => lastVisitDay)}::date[]) AS x (id, day)
     WHERE a.org_id = ${author.orgId}::uuid AND a.id = x.id`
  const done = new Set(visited.map(({ id }) => id))
  return { accounts: new Map([...accounts].filter(([id]) => !done.has(id))) }
}
