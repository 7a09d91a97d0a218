import { nameKey } from '@fieldback/domain/account/normalise'
import { type Answers, isText } from '@fieldback/domain/field/answer'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { looseFamily, SLOT_COUNTS, slotValue } from '@fieldback/domain/field/slots'
import type { AccountState, PushContext, PushEffects } from '@fieldback/domain/sync/state'
import { isWithin } from '@fieldback/domain/territory/path'
import { Prisma } from '../generated/prisma/client.ts'
import type { OrgSql } from '../org-sql.ts'
import { enqueue } from './enqueue.ts'
import type { Author } from './load-context.ts'

/** Who writes, wherever the records come from: a phone, or a file. */
export type Writer = Pick<Author, 'orgId' | 'membershipId'>

/** What writing accounts and contacts needs to know of the organisation: homes, and the questions answered. */
export type RecordContext = Pick<PushContext, 'versions' | 'definitions'> & {
  readonly territories: ReadonlyMap<string, { readonly path: string }>
  readonly accounts: ReadonlyMap<string, Pick<AccountState, 'territoryId'>>
}

/** States to write; `ref` is left as it is where it is not given. */
export type RecordEffects = Pick<PushEffects, 'contacts' | 'changes' | 'facts'> & {
  readonly accounts: ReadonlyMap<string, AccountState & { readonly ref?: string | null }>
}

/** Writes accounts and contacts with their typed columns, loose answers, history and facts: a statement per kind of row. */
export async function writeRecords(
  tx: OrgSql,
  writer: Writer,
  context: RecordContext,
  effects: RecordEffects,
): Promise<void> {
  const fields = fieldsById(context)
  const slotValues = slotValuesOf(context, effects, fields)
  await writeAccounts(tx, writer, effects, slotValues)
  await writeContacts(tx, writer, effects, slotValues)
  const touched = [...effects.accounts.values(), ...effects.contacts.values()]
  await writeLooseAnswers(tx, writer, touched, { fields, loose: looseIn(fields) })
  await writeChanges(tx, writer, effects)
  await writeFacts(tx, writer, effects)
}

export const fieldsById = ({ versions, definitions }: RecordContext): Fields =>
  new Map([...versions.values(), ...definitions].map((field) => [field.id, field]))

export const json = (rows: unknown): string => JSON.stringify(rows)

export type Fields = ReadonlyMap<string, FieldDefinition>
type Entity = keyof typeof SLOT_COUNTS

/** The typed columns of a row of an account, from its answers; those without an answer are absent, hence null. */
export type SlotValues = (
  entity: Entity,
  accountId: string,
  values: Answers,
) => Record<string, string | number>

/**
 * Only questions asked at the account's home fill columns: disjoint branches share them, so an answer kept from before a
 * move could stand where the new branch keeps another.
 */
export function slotValuesOf(
  context: RecordContext,
  effects: Pick<RecordEffects, 'accounts'>,
  fields: Fields,
): SlotValues {
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
      slots[field.slot] = slotValue(field.spec, x)
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
export const SLOTS = { account: slotSql('account'), contact: slotSql('contact'), report: slotSql('report') }

export async function writeAccounts(
  tx: OrgSql,
  writer: Writer,
  { accounts }: Pick<RecordEffects, 'accounts'>,
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
    INSERT INTO account (org_id, id, ref, territory_id, kind, name, name_key, activity, street, postcode, city, latitude, longitude,
      phone, phone_raw, email, email_raw, visit_every_days, priority, priority_reason, last_visit_day, "values", version, created_by, ${slots.names})
    SELECT ${writer.orgId}::uuid, x.id, x.ref, x."territoryId", x.kind, x.name, x."nameKey", x.activity, x.street, x.postcode, x.city, x.latitude, x.longitude,
      x.phone, x."phoneRaw", x.email, x."emailRaw", x."visitEveryDays", x.priority, x."priorityReason", x."lastVisitDay", x."values", x.version, ${writer.membershipId}::uuid, ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, ref text, "territoryId" uuid, kind text, name text, "nameKey" text, activity text,
        street text, postcode text, city text, latitude float8, longitude float8, phone text, "phoneRaw" text, email text, "emailRaw" text,
        "visitEveryDays" int, priority smallint, "priorityReason" text, "lastVisitDay" date, "values" jsonb, version int, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET ref = coalesce(excluded.ref, account.ref), kind = excluded.kind, name = excluded.name, name_key = excluded.name_key, activity = excluded.activity,
      street = excluded.street, postcode = excluded.postcode, city = excluded.city, latitude = excluded.latitude, longitude = excluded.longitude,
      phone = excluded.phone, phone_raw = excluded.phone_raw, email = excluded.email, email_raw = excluded.email_raw,
      visit_every_days = excluded.visit_every_days, last_visit_day = excluded.last_visit_day, "values" = excluded."values", version = excluded.version, ${slots.update}`
  const created = [...accounts.values()]
    .filter((row) => row.version === 1)
    .map((row) => ({ id: row.id, territoryId: row.territoryId }))
  if (created.length === 0) return
  await tx.$executeRaw`
    INSERT INTO account_home (org_id, account_id, from_at, territory_id, moved_by)
    SELECT ${writer.orgId}::uuid, x.id, now(), x."territoryId", ${writer.membershipId}::uuid
      FROM jsonb_to_recordset(${json(created)}::jsonb) AS x (id uuid, "territoryId" uuid)
     WHERE NOT EXISTS (SELECT 1 FROM account_home h WHERE h.org_id = ${writer.orgId}::uuid AND h.account_id = x.id)`
}

export async function writeContacts(
  tx: OrgSql,
  writer: Writer,
  { contacts }: Pick<RecordEffects, 'contacts'>,
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
    SELECT ${writer.orgId}::uuid, x.id, x."accountId", x."firstName", x."lastName", x."nameKey", x."jobTitle", x.phone, x."phoneRaw", x.email, x."emailRaw",
      CASE WHEN x."optedOut" THEN now() END, x."values", x.version, ${writer.membershipId}::uuid, ${slots.from}
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x (id uuid, "accountId" uuid, "firstName" text, "lastName" text, "nameKey" text, "jobTitle" text,
        phone text, "phoneRaw" text, email text, "emailRaw" text, "optedOut" boolean, "values" jsonb, version int, ${slots.record})
     ORDER BY x.id
    ON CONFLICT (org_id, id) DO UPDATE SET first_name = excluded.first_name, last_name = excluded.last_name, name_key = excluded.name_key,
      job_title = excluded.job_title, phone = excluded.phone, phone_raw = excluded.phone_raw, email = excluded.email, email_raw = excluded.email_raw,
      opted_out_at = CASE WHEN excluded.opted_out_at IS NULL THEN NULL ELSE coalesce(contact.opted_out_at, excluded.opted_out_at) END,
      "values" = excluded."values", version = excluded.version, ${slots.update}`
}

const NO_VALUE = { text: null, number: null, day: null } as const
const LOOSE = { t: 'text', n: 'number', d: 'day' } as const

/** Reportable questions that have no typed column. */
export const looseIn = (fields: Fields): Set<string> =>
  new Set(
    [...fields.values()]
      .filter(({ spec, slot }) => spec.reportable && slot === null && !isText(spec))
      .map(({ id }) => id),
  )

/** Reportable answers that have no typed column: one row each in the child table. */
export async function writeLooseAnswers(
  tx: OrgSql,
  writer: Writer,
  touched: readonly { readonly id: string; readonly values: Answers }[],
  { fields, loose }: { readonly fields: Fields; readonly loose: ReadonlySet<string> },
): Promise<void> {
  if (loose.size === 0) return
  if (touched.length === 0) return
  // A report moves its account's last visit without a new version of it: no version tells what is written already.
  await tx.$executeRaw`DELETE FROM field_answer WHERE org_id = ${writer.orgId}::uuid
    AND field_id = ANY (${[...loose]}::uuid[]) AND entity_id = ANY (${touched.map((row) => row.id)}::uuid[])`
  const rows = touched.flatMap((row) =>
    Object.entries(row.values)
      .filter(([fieldId]) => loose.has(fieldId))
      .flatMap(([fieldId, { x }]) => {
        const spec = fields.get(fieldId)?.spec
        if (!spec || x === null) return []
        const values: readonly (string | number | boolean)[] = Array.isArray(x)
          ? x
          : typeof x === 'object'
            ? []
            : [x]
        const column = LOOSE[looseFamily(spec)]
        return values.map((value, ordinal) => ({
          fieldId,
          entityId: row.id,
          ordinal,
          ...NO_VALUE,
          [column]: slotValue(spec, value),
        }))
      }),
  )
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO field_answer (org_id, field_id, entity_id, ordinal, text, number, day)
    SELECT ${writer.orgId}::uuid, x."fieldId", x."entityId", x.ordinal, x.text, x.number, x.day
      FROM jsonb_to_recordset(${json(rows)}::jsonb) AS x ("fieldId" uuid, "entityId" uuid, ordinal smallint, text text, number float8, day date)`
}

export async function writeChanges(
  tx: OrgSql,
  writer: Writer,
  { changes }: Pick<RecordEffects, 'changes'>,
): Promise<void> {
  if (changes.length === 0) return
  await tx.$executeRaw`
    INSERT INTO change (org_id, entity, entity_id, version, membership_id, op_id, kind, before, after)
    SELECT ${writer.orgId}::uuid, x.entity, x."entityId", x.version, x."membershipId", x."opId", x.kind, x.before, x.after
      FROM jsonb_to_recordset(${json(changes)}::jsonb)
        AS x (entity text, "entityId" uuid, version int, "membershipId" uuid, "opId" uuid, kind text, before jsonb, after jsonb)`
}

/** Facts wait in the same transaction; one job per organisation folds them within about a second. */
export async function writeFacts(
  tx: OrgSql,
  writer: Writer,
  { facts }: Pick<RecordEffects, 'facts'>,
): Promise<void> {
  if (facts.length === 0) return
  await tx.$executeRaw`
    INSERT INTO rollup_outbox (org_id, fact)
    SELECT ${writer.orgId}::uuid, fact FROM jsonb_array_elements(${json(facts)}::jsonb) AS fact`
  await enqueue(tx, 'fold', writer.orgId)
}
