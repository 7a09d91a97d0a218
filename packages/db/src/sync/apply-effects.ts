import { nameKey } from '@fieldback/domain/account/normalise'
import type { Answers } from '@fieldback/domain/field/answer'
import { isText } from '@fieldback/domain/field/answer'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { SLOT_COUNTS } from '@fieldback/domain/field/slots'
import type { PushContext, PushEffects } from '@fieldback/domain/sync/state'
import { isWithin } from '@fieldback/domain/territory/path'
import type { OrgTx } from '../client.ts'
import { Prisma } from '../generated/prisma/client.ts'
import type { Author } from './load-context.ts'

/** Somebody else committed one of the batch's receipts meanwhile: roll back, and replay to answer "duplicate". */
export class ReceiptRace extends Error {}

/**
 * Writes a planned batch: one statement per kind of row, receipts and effects in the same transaction.
 * Throws ReceiptRace when an operation of the batch was answered by another transaction.
 */
export async function applyEffects(
  tx: OrgTx,
  author: Author,
  context: PushContext,
  effects: PushEffects,
): Promise<void> {
  await writeReceipts(tx, author, effects)
  const fields = new Map(
    [...context.versions.values(), ...context.definitions].map((field) => [field.id, field]),
  )
  const slotValues = slotValuesOf(context, effects, fields)
  await writeAccounts(tx, author, effects, slotValues)
  await writeContacts(tx, author, effects, slotValues)
  await writeReports(tx, author, effects, slotValues)
  await recountLastVisits(tx, author, effects)
  await writeCallbacks(tx, author, effects)
  await writeLooseAnswers(tx, author, effects, fields)
  await writeChanges(tx, author, effects)
  await writeLedger(tx, author, effects)
  await writeFacts(tx, author, effects)
}

const json = (rows: unknown): string => JSON.stringify(rows)

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

type Fields = ReadonlyMap<string, FieldDefinition>
type Entity = keyof typeof SLOT_COUNTS

/** The typed columns of a row of an account, from its answers; those without an answer are absent, hence null. */
type SlotValues = (entity: Entity, accountId: string, values: Answers) => Record<string, string | number>

/**
 * Only questions asked at the account's home fill columns: disjoint branches share them, so an answer kept from before a
 * move could stand where the new branch keeps another.
 */
function slotValuesOf(context: PushContext, effects: PushEffects, fields: Fields): SlotValues {
  const homeOf = (accountId: string): string => {
    const account = effects.accounts.get(accountId) ?? context.accounts.get(accountId)
    return context.territories.get(account?.territoryId ?? '')?.path ?? ''
  }
  return (entity, accountId, values) => {
    const home = homeOf(accountId)
    const slots: Record<string, string | number> = {}
    for (const [fieldId, { x }] of Object.entries(values)) {
      const field = fields.get(fieldId)
      if (field?.entity !== entity || field.slot === null || x === null || typeof x === 'object') continue
      const owner = context.territories.get(field.territoryId)?.path
      if (owner === undefined || !isWithin(owner, home)) continue
      slots[field.slot] = typeof x === 'boolean' ? String(x) : (x as string | number)
    }
    return slots
  }
}

const slotNames = (entity: Entity): { name: string; type: string }[] =>
  (['t', 'n', 'd'] as const).flatMap((family) =>
    Array.from({ length: SLOT_COUNTS[entity][family] }, (_, i) => ({
      name: `${family}${String(i + 1).padStart(2, '0')}`,
      type: { t: 'text', n: 'float8', d: 'date' }[family],
    })),
  )

/** SQL lists of an entity's typed columns: names, record definition, assignments. Built once, from constants only. */
function slotSql(entity: Entity) {
  const slots = slotNames(entity)
  return {
    names: Prisma.raw(slots.map(({ name }) => name).join(', ')),
    record: Prisma.raw(slots.map(({ name, type }) => `${name} ${type}`).join(', ')),
    from: Prisma.raw(slots.map(({ name }) => `x.${name}`).join(', ')),
    update: Prisma.raw(slots.map(({ name }) => `${name} = excluded.${name}`).join(', ')),
  }
}
const SLOTS = { account: slotSql('account'), contact: slotSql('contact'), report: slotSql('report') }

async function writeAccounts(
  tx: OrgTx,
  author: Author,
  { accounts }: PushEffects,
  slotValues: SlotValues,
): Promise<void> {
  if (accounts.size === 0) return
  const rows = [...accounts.values()].map((row) => ({
    ...row,
    nameKey: nameKey(row.name),
    ...slotValues('account', row.id, row.values),
  }))
  const slots = SLOTS.account
  await tx.$executeRaw`
    INSERT INTO account (org_id, id, territory_id, kind, name, name_key, activity, street, postcode, city, latitude, longitude,
      phone, phone_raw, email, email_raw, visit_every_days, priority, priority_reason, last_visit_day, "values", version, created_by, ${slots.names})
    SELECT ${author.orgId}::uuid, x.id, x."territoryId", x.kind, x.name, x."nameKey", x.activity, x.street, x.postcode, x.city, x.latitude, x.longitude,
      x.phone, x."phoneRaw", x.email, x."emailRaw", x."visitEveryDays", x.priority, x."priorityReason", x."lastVisitDay", x."values", x.version, ${author.membershipId}::uuid, ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, "territoryId" uuid, kind text, name text, "nameKey" text, activity text,
        street text, postcode text, city text, latitude float8, longitude float8, phone text, "phoneRaw" text, email text, "emailRaw" text,
        "visitEveryDays" int, priority smallint, "priorityReason" text, "lastVisitDay" date, "values" jsonb, version int, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET kind = excluded.kind, name = excluded.name, name_key = excluded.name_key, activity = excluded.activity,
      street = excluded.street, postcode = excluded.postcode, city = excluded.city, latitude = excluded.latitude, longitude = excluded.longitude,
      phone = excluded.phone, phone_raw = excluded.phone_raw, email = excluded.email, email_raw = excluded.email_raw,
      last_visit_day = excluded.last_visit_day, "values" = excluded."values", version = excluded.version, ${slots.update}`
  const created = [...accounts.values()]
    .filter((row) => row.version === 1)
    .map((row) => ({ id: row.id, territoryId: row.territoryId }))
  if (created.length === 0) return
  await tx.$executeRaw`
    INSERT INTO account_home (org_id, account_id, from_at, territory_id, moved_by)
    SELECT ${author.orgId}::uuid, x.id, now(), x."territoryId", ${author.membershipId}::uuid
      FROM jsonb_to_recordset(${json(created)}::jsonb) AS x (id uuid, "territoryId" uuid)
     WHERE NOT EXISTS (SELECT 1 FROM account_home h WHERE h.org_id = ${author.orgId}::uuid AND h.account_id = x.id)`
}

async function writeContacts(
  tx: OrgTx,
  author: Author,
  { contacts }: PushEffects,
  slotValues: SlotValues,
): Promise<void> {
  if (contacts.size === 0) return
  const rows = [...contacts.values()].map((row) => ({
    ...row,
    nameKey: nameKey(`${row.lastName} ${row.firstName}`),
    ...slotValues('contact', row.accountId, row.values),
  }))
  const slots = SLOTS.contact
  await tx.$executeRaw`
    INSERT INTO contact (org_id, id, account_id, first_name, last_name, name_key, job_title, phone, phone_raw, email, email_raw,
      opted_out_at, "values", version, created_by, ${slots.names})
    SELECT ${author.orgId}::uuid, x.id, x."accountId", x."firstName", x."lastName", x."nameKey", x."jobTitle", x.phone, x."phoneRaw", x.email, x."emailRaw",
      CASE WHEN x."optedOut" THEN now() END, x."values", x.version, ${author.membershipId}::uuid, ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, "accountId" uuid, "firstName" text, "lastName" text, "nameKey" text, "jobTitle" text,
        phone text, "phoneRaw" text, email text, "emailRaw" text, "optedOut" boolean, "values" jsonb, version int, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name, name_key = excluded.name_key,
      job_title = excluded.job_title, phone = excluded.phone, phone_raw = excluded.phone_raw, email = excluded.email, email_raw = excluded.email_raw,
      opted_out_at = CASE WHEN excluded.opted_out_at IS NULL THEN NULL ELSE coalesce(contact.opted_out_at, excluded.opted_out_at) END,
      "values" = excluded."values", version = excluded.version, ${slots.update}`
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

/** Reportable answers that have no typed column: one row each in the child table. */
async function writeLooseAnswers(
  tx: OrgTx,
  author: Author,
  effects: PushEffects,
  fields: Fields,
): Promise<void> {
  const loose = new Set(
    [...fields.values()]
      .filter((f) => f.spec.reportable && f.slot === null && !isText(f.spec))
      .map((f) => f.id),
  )
  if (loose.size === 0) return
  const touched = [...effects.accounts.values(), ...effects.contacts.values(), ...effects.reports.values()]
  if (touched.length === 0) return
  // A report moves its account's last visit without a new version of it: no version tells what is written already.
  await tx.$executeRaw`DELETE FROM field_answer WHERE org_id = ${author.orgId}::uuid
    AND field_id = ANY (${[...loose]}::uuid[]) AND entity_id = ANY (${touched.map((row) => row.id)}::uuid[])`
  const rows = touched.flatMap((row) =>
    Object.entries(row.values)
      .filter(([fieldId]) => loose.has(fieldId))
      .flatMap(([fieldId, { x }]) => {
        const values = Array.isArray(x) ? x : x === null ? [] : [x]
        const type = fields.get(fieldId)?.spec.type
        return values.map((value, ordinal) => ({
          fieldId,
          entityId: row.id,
          ordinal,
          number: typeof value === 'number' ? value : null,
          day: type === 'date' ? value : null,
          text: typeof value === 'number' || type === 'date' ? null : String(value),
        }))
      }),
  )
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO field_answer (org_id, field_id, entity_id, ordinal, text, number, day)
    SELECT ${author.orgId}::uuid, x."fieldId", x."entityId", x.ordinal, x.text, x.number, x.day
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x ("fieldId" uuid, "entityId" uuid, ordinal smallint, text text, number float8, day date)`
}

async function writeChanges(tx: OrgTx, author: Author, { changes }: PushEffects): Promise<void> {
  if (changes.length === 0) return
  await tx.$executeRaw`
    INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
    SELECT ${author.orgId}::uuid, x.entity, x."entityId", x.version, x."membershipId", x."opId", x.kind, x.before, x.after
      FROM jsonb_to_recordset(${json(changes)}::jsonb)
        AS x (entity text, "entityId" uuid, version int, "membershipId" uuid, "opId" uuid, kind text, before jsonb, after jsonb)`
}

async function writeLedger(tx: OrgTx, author: Author, { ledger }: PushEffects): Promise<void> {
  if (ledger.length === 0) return
  await tx.$executeRaw`
    INSERT INTO ledger_cell AS l (org_id, membership_id, field_id, month, answers, seconds, received, used)
    SELECT ${author.orgId}::uuid, ${author.membershipId}::uuid, x."fieldId", (x.month || '-01')::date, sum(x.answers), sum(x.seconds), sum(x.received), sum(x.used)
      FROM jsonb_to_recordset(${json(ledger)}::jsonb) AS x ("fieldId" uuid, month text, answers int, seconds int, received int, used int)
     GROUP BY x."fieldId", x.month ORDER BY x."fieldId", x.month
    ON CONFLICT (org_id, membership_id, field_id, month) DO UPDATE SET answers = l.answers + excluded.answers,
      seconds = l.seconds + excluded.seconds, received = l.received + excluded.received, used = l.used + excluded.used`
}

/** Facts wait in the same transaction; one job per organisation folds them within about a second. */
async function writeFacts(tx: OrgTx, author: Author, { facts }: PushEffects): Promise<void> {
  if (facts.length === 0) return
  await tx.$executeRaw`
    INSERT INTO rollup_outbox (org_id, fact)
    SELECT ${author.orgId}::uuid, fact FROM jsonb_array_elements(${json(facts)}::jsonb) AS fact`
  await enqueue(tx, 'fold', author.orgId)
}

/** Asks for one run of an organisation's job; requests made while one waits become one. */
export async function enqueue(tx: OrgTx, task: string, orgId: string): Promise<void> {
  await tx.$executeRaw`SELECT enqueue_job(${task}, json_build_object('orgId', ${orgId}::text), ${`${task}:${orgId}`})`
}
