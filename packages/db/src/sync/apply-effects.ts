import type { AccountState, PushContext, PushEffects, ReportState } from '@fieldback/domain/sync/state'
import { dismissalWrite, handoverNoteWrite } from '../account/handover.repo.ts'
import { noteWrite } from '../coaching/pushed-notes.ts'
import { contestWrite } from '../contest/pushed-contests.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { givebackOpinionWrite, insightOpinionWrite } from '../giveback/opinion.repo.ts'
import { refusalWrites } from '../objective/pushed-refusals.ts'
import type { OrgSql } from '../org-sql.ts'
import { arrangementWrite } from '../territory/pushed-arrangements.ts'
import type { Author } from './load-context.ts'
import {
  fieldsById,
  json,
  looseIn,
  SLOTS,
  type SlotValues,
  slotValuesOf,
  writeAccounts,
  writeContacts,
  writeLooseAnswers,
} from './write-records.ts'

/**
 * Writes a planned batch, set-based, receipts and effects in the same transaction: what every report writes in one
 * statement, since a push waits for each, and what is rarer in statements of its own. Facts then wait for `askForFold`,
 * once they are committed.
 * Fails when another transaction answered an operation of the batch meanwhile: replayed, it is answered "duplicate".
 */
export async function applyEffects(
  sql: OrgSql,
  author: Author,
  context: PushContext,
  effects: PushEffects,
): Promise<void> {
  const fields = fieldsById(context)
  const slotValues = slotValuesOf(context, effects, fields)
  const { visited, written } = partAccounts(context, effects)
  await writeQuarantined(sql, author, effects)
  await writeAccounts(sql, author, { accounts: written }, slotValues)
  await writeContacts(sql, author, effects, slotValues)
  const writes = [
    ...writesOfReceipts(author, effects),
    ...writesOfVisits(author, visited),
    ...writesOfReports(author, effects, slotValues),
    ...writesOfCallbacks(author, effects),
    ...writesOfContests(author, effects),
    ...writesOfNotes(author, effects),
    ...writesOfOpinions(author, effects),
    ...writesOfHandovers(author, effects),
    ...writesOfSectors(author, effects),
    ...writesOfTrail(author, effects),
  ]
  const changed = [...effects.reports.values()].filter(({ version }) => version > 1)
  const touched = [effects.accounts, effects.contacts, effects.reports].flatMap((rows) => [...rows.values()])
  const loose = looseIn(fields)
  const hasLoose = touched.length > 0 && loose.size > 0
  await writeTogether(sql, effects, writes, changed.length === 0 && !hasLoose)
  if (changed.length > 0) await recountLastVisits(sql, author, changed)
  if (hasLoose) await writeLooseAnswers(sql, author, touched, { fields, loose })
}

/** A part of a statement that writes one kind of row. */
type Write = {
  readonly name:
    | 'receipts'
    | 'visits'
    | 'reports'
    | 'callbacks'
    | 'contests'
    | 'notes'
    | 'opinions'
    | 'insight_opinions'
    | 'handover_notes'
    | 'dismissals'
    | 'arrangements'
    | 'refusals'
    | 'refusals_back'
    | 'changes'
    | 'facts'
    | 'forms'
  readonly write: Prisma.Sql
}

/** None of them reads what another writes: all see the rows as they were before. `last`: nothing is written after them. */
async function writeTogether(
  sql: OrgSql,
  { receipts }: PushEffects,
  writes: readonly Write[],
  last: boolean,
): Promise<void> {
  if (writes.length === 0) return
  const parts = writes.map(({ name, write }) => Prisma.sql`${Prisma.raw(name)} AS (${write})`)
  // A receipt that another transaction has written fails all of it, by a division by zero.
  const complete =
    receipts.length > 0
      ? Prisma.sql`1 / ((SELECT count(*) FROM receipts) = ${receipts.length})::int`
      : Prisma.sql`1`
  const written = sql.$queryRaw`WITH ${Prisma.join(parts, ', ')} SELECT ${complete} AS complete`
  if (last) sql.$commit?.()
  await written
}

function writesOfReceipts(author: Author, { receipts }: PushEffects): Write[] {
  if (receipts.length === 0) return []
  const write = Prisma.sql`
    INSERT INTO sync_receipt (org_id, op_id, device_id, membership_id, entity, entity_id, seq, body_hash, status, answer)
    SELECT ${author.orgId}::uuid, r."opId", ${author.deviceId}::uuid, ${author.membershipId}::uuid, r.entity, r."entityId", r.seq, r."bodyHash", r.status, r.answer
      FROM jsonb_to_recordset(${json(receipts)}::jsonb)
        AS r ("opId" uuid, entity text, "entityId" uuid, seq int, "bodyHash" text, status text, answer jsonb)
    ON CONFLICT DO NOTHING RETURNING 1`
  return [{ name: 'receipts', write }]
}

async function writeQuarantined(sql: OrgSql, author: Author, { quarantined }: PushEffects): Promise<void> {
  if (quarantined.length === 0) return
  const rows = quarantined.map(({ place, ...item }) => ({
    ...item,
    detail: { path: item.path },
    managed: place !== null,
    territoryId: place?.territoryId ?? null,
  }))
  await sql.$executeRaw`
    INSERT INTO sync_quarantine (org_id, id, op_id, body_hash, device_id, membership_id, code, detail, operation, territory_id)
    SELECT ${author.orgId}::uuid, gen_random_uuid(), q."opId", q."bodyHash", ${author.deviceId}::uuid, ${author.membershipId}::uuid, q.code, q.detail, q.operation,
           CASE WHEN q.managed THEN coalesce(q."territoryId", (SELECT t.id FROM territory t WHERE t.org_id = ${author.orgId}::uuid AND t.parent_id IS NULL
                                                                ORDER BY t.id LIMIT 1)) END
      FROM jsonb_to_recordset(${json(rows)}::jsonb)
        AS q ("opId" uuid, "bodyHash" text, code text, detail jsonb, operation jsonb, managed boolean, "territoryId" uuid)
    ON CONFLICT DO NOTHING`
}

function writesOfReports(author: Author, { reports }: PushEffects, slotValues: SlotValues): Write[] {
  if (reports.size === 0) return []
  const rows = [...reports.values()].map((row) => ({
    ...row,
    ...slotValues('report', row.accountId, row.values),
  }))
  const slots = SLOTS.report
  const write = Prisma.sql`
    INSERT INTO report (org_id, id, account_id, contact_id, territory_id, author_id, kind, outcome, day, note, field_set, "values",
      status, missing, duration_seconds, version, captured_at, ${slots.names})
    SELECT ${author.orgId}::uuid, x.id, x."accountId", x."contactId", x."territoryId", x."authorId", x.kind, x.outcome, x.day, x.note, x."fieldSet", x."values",
      x.status, x.missing, x."durationSeconds", x.version, x."capturedAt", ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, "accountId" uuid, "contactId" uuid, "territoryId" uuid, "authorId" uuid, kind text,
        outcome text, day date, note text, "fieldSet" text, "values" jsonb, status text, missing jsonb, "durationSeconds" int, version int,
        "capturedAt" timestamptz, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET contact_id = excluded.contact_id, outcome = excluded.outcome, note = excluded.note,
      field_set = excluded.field_set, "values" = excluded."values", status = excluded.status, missing = excluded.missing, version = excluded.version, ${slots.update}`
  return [{ name: 'reports', write }]
}

/** A report taken back, or standing again, may have been the account's last visit. One whose report is no longer kept stays known. */
async function recountLastVisits(
  sql: OrgSql,
  author: Author,
  changed: readonly ReportState[],
): Promise<void> {
  const accounts = [...new Set(changed.map(({ accountId }) => accountId))]
  await sql.$executeRaw`
    UPDATE account a SET last_visit_day = seen.day
      FROM (SELECT w.id, greatest(
                     (SELECT max(r.day) FROM report r
                       WHERE r.org_id = ${author.orgId}::uuid AND r.account_id = w.id AND r.kind = 'visit' AND r.status <> 'withdrawn'),
                     (SELECT v.last_visit_day FROM account v JOIN retention k ON k.org_id = v.org_id AND v.last_visit_day < k.edge
                       WHERE v.org_id = ${author.orgId}::uuid AND v.id = w.id)) AS day
              FROM unnest(${accounts}::uuid[]) AS w (id)) AS seen
     WHERE a.org_id = ${author.orgId}::uuid AND a.id = seen.id AND a.last_visit_day IS DISTINCT FROM seen.day`
}

function writesOfCallbacks(author: Author, { callbacks }: PushEffects): Write[] {
  if (callbacks.size === 0) return []
  const write = Prisma.sql`
    INSERT INTO callback (org_id, id, account_id, contact_id, assignee_id, former_id, reason, due_day, done_at, version)
    SELECT ${author.orgId}::uuid, x.id, x."accountId", x."contactId", x."assigneeId", x."formerId", x.reason, x."dueDay", CASE WHEN x.done THEN now() END, x.version
      FROM jsonb_to_recordset(${json([...callbacks.values()])}::jsonb)
        AS x (id uuid, "accountId" uuid, "contactId" uuid, "assigneeId" uuid, "formerId" uuid, reason text, "dueDay" date, done boolean, version int)
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET account_id = excluded.account_id, contact_id = excluded.contact_id, reason = excluded.reason,
      due_day = excluded.due_day, done_at = excluded.done_at, version = excluded.version`
  return [{ name: 'callbacks', write }]
}

function writesOfContests(author: Author, { contests }: PushEffects): Write[] {
  const write = contestWrite(author.orgId, contests)
  return write ? [{ name: 'contests', write }] : []
}

function writesOfNotes(author: Author, { notes }: PushEffects): Write[] {
  const write = noteWrite(author.orgId, notes)
  return write ? [{ name: 'notes', write }] : []
}

function writesOfOpinions(author: Author, { returnOpinions, insightOpinions }: PushEffects): Write[] {
  const writes: (Write & { readonly rows: number })[] = [
    {
      name: 'opinions',
      rows: returnOpinions.length,
      write: givebackOpinionWrite(author, returnOpinions),
    },
    {
      name: 'insight_opinions',
      rows: insightOpinions.length,
      write: insightOpinionWrite(
        author,
        author.assignments.map(({ path }) => path),
        insightOpinions,
      ),
    },
  ]
  return writes.filter(({ rows }) => rows > 0)
}

function writesOfHandovers(author: Author, { handoverNotes, dismissals }: PushEffects): Write[] {
  return [
    ...(handoverNotes.length > 0
      ? [{ name: 'handover_notes' as const, write: handoverNoteWrite(author, handoverNotes) }]
      : []),
    ...(dismissals.length > 0
      ? [{ name: 'dismissals' as const, write: dismissalWrite(author, dismissals) }]
      : []),
  ]
}

/** What is asked of sub-sectors, and what is not taken on for objectives. */
function writesOfSectors(author: Author, { arrangements, refusals }: PushEffects): Write[] {
  const { given, takenBack } = refusalWrites(author, refusals)
  const arranged = arrangementWrite(author, arrangements)
  return [
    ...(arranged ? [{ name: 'arrangements' as const, write: arranged }] : []),
    ...(given ? [{ name: 'refusals' as const, write: given }] : []),
    ...(takenBack ? [{ name: 'refusals_back' as const, write: takenBack }] : []),
  ]
}

/** History, facts and the forms they were counted on. */
function writesOfTrail(author: Author, { changes, facts, forms }: PushEffects): Write[] {
  const named = [...forms].map(([hash, members]) => ({ hash, members }))
  const writes: (Write & { readonly rows: number })[] = [
    {
      name: 'changes',
      rows: changes.length,
      write: Prisma.sql`
        INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
        SELECT ${author.orgId}::uuid, x.entity, x."entityId", x.version, x."membershipId", x."opId", x.kind, x.before, x.after
          FROM jsonb_to_recordset(${json(changes)}::jsonb)
            AS x (entity text, "entityId" uuid, version int, "membershipId" uuid, "opId" uuid, kind text, before jsonb, after jsonb)`,
    },
    {
      name: 'facts',
      rows: facts.length,
      write: Prisma.sql`
        INSERT INTO rollup_outbox (org_id, fact)
        SELECT ${author.orgId}::uuid, fact FROM jsonb_array_elements(${json(facts)}::jsonb) AS fact`,
    },
    {
      name: 'forms',
      rows: named.length,
      write: Prisma.sql`
        INSERT INTO field_set (org_id, hash, members)
        SELECT ${author.orgId}::uuid, x.hash, x.members FROM jsonb_to_recordset(${json(named)}::jsonb) AS x (hash text, members jsonb)
         ORDER BY x.hash
        ON CONFLICT DO NOTHING`,
    },
  ]
  return writes.filter(({ rows }) => rows > 0)
}

/** Accounts of which a report moved the last visit and nothing else, apart from those that are written whole. */
function partAccounts(context: PushContext, { accounts }: PushEffects) {
  // Whatever else changes an account gives it a new version.
  const visited = [...accounts.values()].filter(
    ({ id, version }) => context.accounts.get(id)?.version === version,
  )
  const seen = new Set(visited.map(({ id }) => id))
  return { visited, written: new Map([...accounts].filter(([id]) => !seen.has(id))) }
}

function writesOfVisits(author: Author, visited: readonly AccountState[]): Write[] {
  if (visited.length === 0) return []
  const write = Prisma.sql`
    UPDATE account a SET last_visit_day = x.day
      FROM unnest(${visited.map(({ id }) => id)}::uuid[], ${visited.map(({ lastVisitDay }) => lastVisitDay)}::date[]) AS x (id, day)
     WHERE a.org_id = ${author.orgId}::uuid AND a.id = x.id`
  return [{ name: 'visits', write }]
}
