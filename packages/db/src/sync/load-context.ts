import type { DatedGrant } from '@fieldback/domain/access/scope'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import type { Operation } from '@fieldback/domain/sync/operation'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type {
  AccountState,
  CallbackState,
  ChangeEntry,
  ContactState,
  PushContext,
  Receipt,
  ReportState,
} from '@fieldback/domain/sync/state'
import { pathIds } from '@fieldback/domain/territory/path'
import type { OrgTx } from '../client.ts'
import type { Prisma } from '../generated/prisma/client.ts'
import {
  ACCOUNT_JSON,
  CALLBACK_JSON,
  CONTACT_JSON,
  DEFINITION_JSON,
  REPORT_STATE_JSON,
  TERRITORY_JSON,
} from './row-sql.ts'

export type Author = {
  readonly orgId: string
  readonly membershipId: string
  readonly deviceId: string
  readonly assignments: readonly DatedGrant[]
}

type Pure = Pick<PushContext, 'localDay' | 'phone'>

/**
 * Reads and locks, in a fixed order, all that a batch refers to: a constant number of statements whatever its size.
 * Nothing outside the organisation is visible to the transaction, so a foreign id is simply unknown.
 */
export async function loadPushContext(
  tx: OrgTx,
  author: Author,
  operations: readonly Operation[],
  pure: Pure,
): Promise<PushContext> {
  const refs = refsOf(operations)
  const org = author.orgId
  const rows = async <T>(query: Promise<{ row: T }[]>): Promise<T[]> => (await query).map(({ row }) => row)

  const receipts = await tx.$queryRaw<ReceiptRow[]>`
    SELECT op_id, entity, entity_id, seq, body_hash, status, answer, device_id FROM sync_receipt
     WHERE org_id = ${org}::uuid AND (op_id = ANY (${refs.ops}::uuid[])
        OR (device_id = ${author.deviceId}::uuid AND entity_id = ANY (${refs.entities}::uuid[])))`
  // A statement costs more than what it finds: what nothing in the batch can mean is not asked.
  const reports = await whenAny(refs.of('report'), (ids) =>
    rows(tx.$queryRaw<{ row: ReportState }[]>`
      SELECT ${REPORT_STATE_JSON} AS row FROM report r WHERE r.org_id = ${org}::uuid AND r.id = ANY (${ids}::uuid[])
       ORDER BY r.id FOR NO KEY UPDATE OF r`),
  )
  const callbacks = await whenAny(refs.of('callback'), (ids) =>
    rows(tx.$queryRaw<{ row: CallbackState }[]>`
      SELECT ${CALLBACK_JSON} AS row FROM callback b WHERE b.org_id = ${org}::uuid AND b.id = ANY (${ids}::uuid[])
       ORDER BY b.id FOR NO KEY UPDATE OF b`),
  )
  const contacts = await whenAny([...refs.of('contact'), ...refs.contacts], (ids) =>
    rows(tx.$queryRaw<{ row: ContactState }[]>`
      SELECT ${CONTACT_JSON} AS row FROM contact c
       WHERE c.org_id = ${org}::uuid AND c.id = ANY (${ids}::uuid[]) AND c.deleted_at IS NULL
       ORDER BY c.id FOR NO KEY UPDATE OF c`),
  )
  const theirs = [...reports, ...contacts].map((row) => row.accountId)
  const accounts = await whenAny([...refs.of('account'), ...refs.accounts, ...theirs], (ids) =>
    rows(tx.$queryRaw<{ row: AccountState }[]>`
      SELECT ${ACCOUNT_JSON} AS row FROM account a
       WHERE a.org_id = ${org}::uuid AND a.id = ANY (${ids}::uuid[]) AND a.deleted_at IS NULL
       ORDER BY a.id FOR NO KEY UPDATE OF a`),
  )
  const later = await whenAny(
    refs.based,
    (based) => tx.$queryRaw<{ entity_id: string; version: number; after: ChangeEntry['after'] }[]>`
    SELECT c.entity_id, c.version, c.after FROM change c
      JOIN unnest(${based.map((b) => b.id)}::uuid[], ${based.map((b) => b.entity)}::text[], ${based.map((b) => b.base)}::int[])
        AS known (id, entity, base) ON c.entity_id = known.id AND c.entity = known.entity AND c.version > known.base
     WHERE c.org_id = ${org}::uuid`,
  )
  const places = await loadPlaces(tx, author, accounts, refs)
  const fields = await loadFields(tx, org, {
    refs,
    reports,
    contacts,
    accounts,
    territoryIds: [...places.keys()],
  })

  return {
    ...pure,
    ...fields,
    membershipId: author.membershipId,
    assignments: author.assignments,
    territories: places,
    accounts: byId(accounts),
    contacts: byId(contacts),
    reports: byId(reports),
    callbacks: byId(callbacks),
    later: groupLater(later),
    receipts: new Map(receipts.map((row) => [row.op_id, receiptOf(row)])),
    sequence: new Set(
      receipts.filter((row) => row.device_id === author.deviceId).map((row) => `${row.entity_id}:${row.seq}`),
    ),
  }
}

type ReceiptRow = {
  op_id: string
  entity: string
  entity_id: string
  seq: number
  body_hash: string
  status: Receipt['status']
  answer: Prisma.JsonValue
  device_id: string
}

const receiptOf = (row: ReceiptRow): Receipt => ({
  opId: row.op_id,
  entity: row.entity,
  entityId: row.entity_id,
  seq: row.seq,
  bodyHash: row.body_hash,
  status: row.status,
  answer: row.answer as unknown as Receipt['answer'],
})

/** What is found for some keys, once each; nothing is asked for none. */
const whenAny = async <K, T>(keys: readonly K[], find: (keys: K[]) => Promise<T[]>): Promise<T[]> =>
  keys.length > 0 ? find([...new Set(keys)]) : []

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

function groupLater(
  rows: readonly { entity_id: string; version: number; after: ChangeEntry['after'] }[],
): PushContext['later'] {
  const later = new Map<string, { version: number; after: ChangeEntry['after'] }[]>()
  for (const { entity_id, version, after } of rows)
    later.set(entity_id, [...(later.get(entity_id) ?? []), { version, after }])
  return later
}

type Refs = ReturnType<typeof refsOf>

/** The ids that a batch names, whatever they turn out to be. */
function refsOf(operations: readonly Operation[]) {
  const accounts = new Set<string>()
  const contacts = new Set<string>()
  const territories = new Set<string>()
  const fields = new Set<string>()
  const fieldSets = new Set<string>()
  for (const { body } of operations) {
    if ('accountId' in body) accounts.add(body.accountId)
    if ('contactId' in body && body.contactId) contacts.add(body.contactId)
    if ('territoryId' in body) territories.add(body.territoryId)
    if ('fieldSet' in body) fieldSets.add(body.fieldSet)
    if ('fieldId' in body) fields.add(body.fieldId)
    for (const id of Object.keys(('values' in body && body.values) || {})) fields.add(id)
    for (const id of Object.keys(('seconds' in body && body.seconds) || {})) fields.add(id)
  }
  return {
    ops: operations.map((operation) => operation.opId),
    entities: [...new Set(operations.map((operation) => operation.entityId))],
    /** Ids of the operations' own entities of one kind. */
    of: (entity: string) =>
      operations.filter(({ kind }) => kind.startsWith(`${entity}.`)).map(({ entityId }) => entityId),
    based: operations
      .filter((operation) => operation.kind === 'report.amend' || operation.kind.endsWith('.update'))
      .map(({ entityId, base, kind }) => ({ id: entityId, base, entity: kind.split('.')[0] ?? '' })),
    accounts: [...accounts],
    contacts: [...contacts],
    territories: [...territories],
    fields,
    fieldSets: [...fieldSets],
  }
}

/** The territories of the accounts, of the author's assignments and of new accounts, with all above them, and the owners of named fields. */
async function loadPlaces(
  tx: OrgTx,
  author: Author,
  accounts: readonly AccountState[],
  refs: Refs,
): Promise<Map<string, TerritoryRow>> {
  const wanted = [...new Set([...accounts.map((account) => account.territoryId), ...refs.territories])]
  const held = author.assignments.flatMap(({ path }) => pathIds(path))
  // As arrays, which are gathered once: a join would make the planner read every territory.
  const places = await tx.$queryRaw<{ row: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS row FROM territory t WHERE t.org_id = ${author.orgId}::uuid AND t.id = ANY (
      ${held}::uuid[]
      || ARRAY(SELECT unnest(string_to_array(rtrim(p.path, '/'), '/'))::uuid FROM territory p
                WHERE p.org_id = ${author.orgId}::uuid AND p.id = ANY (${wanted}::uuid[]))
      || ARRAY(SELECT d.territory_id FROM field_definition d
                WHERE d.org_id = ${author.orgId}::uuid AND d.id = ANY (${[...refs.fields]}::uuid[])))`
  return byId(places.map(({ row }) => row))
}

type FieldNeeds = {
  readonly refs: Refs
  readonly reports: readonly ReportState[]
  readonly contacts: readonly ContactState[]
  readonly accounts: readonly AccountState[]
  readonly territoryIds: readonly string[]
}

/** A version of a question, or a form that the batch or its reports name. */
type FieldRow =
  | { readonly row: FieldDefinition; readonly current: boolean; readonly hash: null }
  | { readonly row: null; readonly hash: string; readonly members: FieldSetMembers }

/** Live definitions of those territories, and every version that the batch or the touched rows name. */
async function loadFields(
  tx: OrgTx,
  org: string,
  needs: FieldNeeds,
): Promise<Pick<PushContext, 'definitions' | 'versions' | 'fieldSets'>> {
  const touched = [...needs.reports, ...needs.contacts, ...needs.accounts]
  const setNames = [...needs.refs.fieldSets, ...needs.reports.flatMap((report) => report.fieldSet ?? [])]
  const named = new Set([...needs.refs.fields, ...touched.flatMap((row) => Object.keys(row.values))])
  const found = await tx.$queryRaw<FieldRow[]>`
    WITH form AS MATERIALIZED (
      SELECT s.hash, s.members FROM field_set s
       WHERE s.org_id = ${org}::uuid AND s.hash = ANY (${[...new Set(setNames)]}::text[]))
    SELECT ${DEFINITION_JSON} AS row, v.version = d.current_version AND d.retired_at IS NULL AS current, NULL AS hash, NULL::jsonb AS members
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${org}::uuid AND (d.territory_id = ANY (${[...needs.territoryIds]}::uuid[]) OR d.id = ANY (
       ${[...named]}::uuid[] || ARRAY(SELECT (m ->> 0)::uuid FROM form, jsonb_array_elements(form.members) AS m)))
    UNION ALL SELECT NULL, NULL, form.hash, form.members FROM form`
  const rows = found.filter((row) => row.row !== null)
  const sets = found.filter((row) => row.hash !== null)
  const fieldSets = new Map(sets.map(({ hash, members }) => [hash, members]))
  return {
    definitions: rows.filter(({ current }) => current).map(({ row }) => row),
    versions: new Map(rows.map(({ row }) => [`${row.id}:${row.version}`, row])),
    fieldSets,
  }
}
