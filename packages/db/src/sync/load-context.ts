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
  const reports = await rows(tx.$queryRaw<{ row: ReportState }[]>`
    SELECT ${REPORT_STATE_JSON} AS row FROM report r WHERE r.org_id = ${org}::uuid AND r.id = ANY (${refs.entities}::uuid[])
     ORDER BY r.id FOR NO KEY UPDATE OF r`)
  const callbacks = await rows(tx.$queryRaw<{ row: CallbackState }[]>`
    SELECT ${CALLBACK_JSON} AS row FROM callback b WHERE b.org_id = ${org}::uuid AND b.id = ANY (${refs.entities}::uuid[])
     ORDER BY b.id FOR NO KEY UPDATE OF b`)
  const contacts = await rows(tx.$queryRaw<{ row: ContactState }[]>`
    SELECT ${CONTACT_JSON} AS row FROM contact c
     WHERE c.org_id = ${org}::uuid AND c.id = ANY (${[...refs.entities, ...refs.contacts]}::uuid[]) AND c.deleted_at IS NULL
     ORDER BY c.id FOR NO KEY UPDATE OF c`)
  const accountIds = [
    ...new Set([
      ...refs.accounts,
      ...refs.entities,
      ...[...reports, ...contacts].map((row) => row.accountId),
    ]),
  ]
  const accounts = await rows(tx.$queryRaw<{ row: AccountState }[]>`
    SELECT ${ACCOUNT_JSON} AS row FROM account a
     WHERE a.org_id = ${org}::uuid AND a.id = ANY (${accountIds}::uuid[]) AND a.deleted_at IS NULL
     ORDER BY a.id FOR NO KEY UPDATE OF a`)
  const later = await tx.$queryRaw<{ entity_id: string; version: number; after: ChangeEntry['after'] }[]>`
    SELECT c.entity_id, c.version, c.after FROM change c
      JOIN unnest(${refs.based.map((b) => b.id)}::uuid[], ${refs.based.map((b) => b.entity)}::text[], ${refs.based.map((b) => b.base)}::int[])
        AS known (id, entity, base) ON c.entity_id = known.id AND c.entity = known.entity AND c.version > known.base
     WHERE c.org_id = ${org}::uuid`
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
  const paths = await tx.$queryRaw<{ path: string }[]>`
    SELECT t.path FROM territory t WHERE t.org_id = ${author.orgId}::uuid AND t.id = ANY (${wanted}::uuid[])`
  const owners = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.territory_id AS id FROM field_definition d
     WHERE d.org_id = ${author.orgId}::uuid AND d.id = ANY (${[...refs.fields]}::uuid[])`
  // Ids are gathered here: as a subquery they would make the planner read every territory.
  const above = [...paths, ...author.assignments].flatMap(({ path }) => pathIds(path))
  const ids = [...new Set([...above, ...owners.map(({ id }) => id)])]
  const places = await tx.$queryRaw<{ row: TerritoryRow }[]>`
    SELECT ${TERRITORY_JSON} AS row FROM territory t WHERE t.org_id = ${author.orgId}::uuid AND t.id = ANY (${ids}::uuid[])`
  return byId(places.map(({ row }) => row))
}

type FieldNeeds = {
  readonly refs: Refs
  readonly reports: readonly ReportState[]
  readonly contacts: readonly ContactState[]
  readonly accounts: readonly AccountState[]
  readonly territoryIds: readonly string[]
}

/** Live definitions of those territories, and every version that the batch or the touched rows name. */
async function loadFields(
  tx: OrgTx,
  org: string,
  needs: FieldNeeds,
): Promise<Pick<PushContext, 'definitions' | 'versions' | 'fieldSets'>> {
  const setNames = [...needs.refs.fieldSets, ...needs.reports.flatMap((report) => report.fieldSet ?? [])]
  const sets = await tx.fieldSet.findMany({ where: { orgId: org, hash: { in: [...new Set(setNames)] } } })
  const fieldSets = new Map(sets.map((set) => [set.hash, set.members as unknown as FieldSetMembers]))
  const named = new Set(needs.refs.fields)
  for (const row of [...needs.reports, ...needs.contacts, ...needs.accounts])
    for (const id of Object.keys(row.values)) named.add(id)
  for (const members of fieldSets.values()) for (const [id] of members) named.add(id)

  const rows = await tx.$queryRaw<{ row: FieldDefinition; current: boolean }[]>`
    SELECT ${DEFINITION_JSON} AS row, v.version = d.current_version AND d.retired_at IS NULL AS current
      FROM field_definition d JOIN field_version v ON v.org_id = d.org_id AND v.field_id = d.id
     WHERE d.org_id = ${org}::uuid AND (d.territory_id = ANY (${[...needs.territoryIds]}::uuid[]) OR d.id = ANY (${[...named]}::uuid[]))`
  return {
    definitions: rows.filter(({ current }) => current).map(({ row }) => row),
    versions: new Map(rows.map(({ row }) => [`${row.id}:${row.version}`, row])),
    fieldSets,
  }
}
