import type { DatedGrant } from '@fieldback/domain/access/scope'
import type { FieldSetMembers } from '@fieldback/domain/field/field-set'
import { correctedInstant } from '@fieldback/domain/sync/capture'
import type { Operation, OperationPlace } from '@fieldback/domain/sync/operation'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type {
  AccountState,
  CallbackState,
  ContactState,
  LaterChange,
  PushContext,
  Receipt,
  ReportState,
} from '@fieldback/domain/sync/state'
import { pathIds } from '@fieldback/domain/territory/path'
import type { BranchMove } from '@fieldback/domain/territory/path-then'
import { findLeftOfLate } from '../account/handover.repo.ts'
import { standInsOf } from '../assignment/replacement.repo.ts'
import { lockNotes } from '../coaching/pushed-notes.ts'
import { lockContests } from '../contest/pushed-contests.ts'
import { heldTypes } from '../field/conversion.repo.ts'
import { Prisma } from '../generated/prisma/client.ts'
import { namedObjectives } from '../objective/pushed-refusals.ts'
import type { OrgSql } from '../org-sql.ts'
import { type KnownFields, readConversions, readFields } from './known-fields.ts'
import { ACCOUNT_JSON, CALLBACK_JSON, CONTACT_JSON, REPORT_STATE_JSON, TERRITORY_JSON } from './row-sql.ts'

export type Author = {
  readonly orgId: string
  readonly membershipId: string
  readonly deviceId: string
  readonly assignments: readonly DatedGrant[]
}

type Given = Pick<PushContext, 'localDay' | 'phone' | 'hash'> & {
  readonly fields: KnownFields
  readonly locked: LockedBatch
}

export type LockedBatch = { readonly refs: Refs; readonly held: Held }

/**
 * Locks, in a fixed order, the rows that a batch refers to, and reads them: one statement whatever its size. `unread` are
 * operations that could not be read: they have receipts too.
 */
export async function lockBatch(
  sql: OrgSql,
  from: Pick<Author, 'orgId' | 'deviceId'>,
  operations: readonly Operation[],
  unread: readonly OperationPlace[],
): Promise<LockedBatch> {
  const refs = refsOf(operations, unread)
  return { refs, held: await lockRows(sql, from, refs) }
}

/**
 * All that a batch refers to, once it is locked: one more statement whatever its size, since a push waits for each, another
 * where it names questions not met before, and one where it contests one, answers a note, names an objective, or settles
 * a call-back of somebody else. Nothing outside the organisation is visible to the transaction, so a foreign id is simply unknown.
 */
export async function loadPushContext(
  sql: OrgSql,
  author: Author,
  operations: readonly Operation[],
  { fields, locked: { refs, held }, ...pure }: Given,
): Promise<PushContext> {
  const own = held.receipts.filter((row) => row.deviceId === author.deviceId)
  const contests = await lockContests(sql, author, operations)
  const notes = await lockNotes(sql, author.orgId, operations)
  const standIns = await standInsOf(sql, author, held.callbacks)
  const objectives = await namedObjectives(sql, author.orgId, operations)
  const leftOfLate = await findLeftOfLate(sql, author, operations)
  // Read once the locks are held: what another push wrote meanwhile is in it.
  const around = await loadAround(sql, fields, { author, refs, held })
  return {
    ...pure,
    ...around,
    membershipId: author.membershipId,
    assignments: author.assignments,
    standIns,
    leftOfLate,
    accounts: byId(held.accounts),
    contacts: byId(held.contacts),
    reports: byId(held.reports),
    callbacks: byId(held.callbacks),
    contests: byId(contests),
    notes: byId(notes),
    objectives: byId(objectives),
    receipts: new Map(held.receipts.map((row) => [row.opId, row])),
    sent: new Set(own.map((row) => row.opId)),
    sequence: new Set(own.map((row) => `${row.entityId}:${row.seq}`)),
  }
}

type Held = {
  readonly receipts: readonly (Receipt & { readonly deviceId: string })[]
  readonly reports: readonly ReportState[]
  readonly callbacks: readonly CallbackState[]
  readonly contacts: readonly ContactState[]
  readonly accounts: readonly AccountState[]
}

/** Receipts of the batch and of its rows, and the rows themselves, locked: reports, call-backs, contacts, accounts. */
async function lockRows(
  sql: OrgSql,
  { orgId: org, deviceId }: Pick<Author, 'orgId' | 'deviceId'>,
  refs: Refs,
): Promise<Held> {
  const contacts = [...refs.of('contact'), ...refs.contacts]
  const accounts = [...refs.of('account'), ...refs.accounts]
  const rows = await sql.$queryRaw<Held[]>`
    WITH r AS MATERIALIZED (
      SELECT ${REPORT_STATE_JSON} AS row, r.account_id FROM report r
       WHERE r.org_id = ${org}::uuid AND r.id = ANY (${refs.of('report')}::uuid[])
       ORDER BY r.id FOR NO KEY UPDATE OF r),
    b AS MATERIALIZED (
      SELECT ${CALLBACK_JSON} AS row FROM callback b
       WHERE b.org_id = ${org}::uuid AND b.id = ANY (${refs.of('callback')}::uuid[])
       ORDER BY b.id FOR NO KEY UPDATE OF b),
    c AS MATERIALIZED (
      SELECT ${CONTACT_JSON} AS row, c.account_id FROM contact c
       WHERE c.org_id = ${org}::uuid AND c.id = ANY (${contacts}::uuid[]) AND c.deleted_at IS NULL
       ORDER BY c.id FOR NO KEY UPDATE OF c),
    a AS MATERIALIZED (
      SELECT ${ACCOUNT_JSON} AS row FROM account a
       WHERE a.org_id = ${org}::uuid AND a.deleted_at IS NULL
         AND a.id = ANY (${accounts}::uuid[] || ARRAY(SELECT account_id FROM r) || ARRAY(SELECT account_id FROM c))
       ORDER BY a.id FOR NO KEY UPDATE OF a)
    SELECT ${heldTypes(org, 'keep')}::text AS held,
           (SELECT coalesce(json_agg(json_build_object('opId', s.op_id, 'entity', s.entity, 'entityId', s.entity_id, 'seq', s.seq,
                      'bodyHash', s.body_hash, 'status', s.status, 'answer', s.answer, 'deviceId', s.device_id)), '[]')
              FROM (SELECT * FROM sync_receipt WHERE org_id = ${org}::uuid AND op_id = ANY (${refs.ops}::uuid[])
                    UNION ALL SELECT * FROM sync_receipt
                     WHERE org_id = ${org}::uuid AND device_id = ${deviceId}::uuid AND entity_id = ANY (${refs.entities}::uuid[])
                       AND op_id <> ALL (${refs.ops}::uuid[])) AS s) AS receipts,
           (SELECT coalesce(json_agg(row), '[]') FROM r) AS reports,
           (SELECT coalesce(json_agg(row), '[]') FROM b) AS callbacks,
           (SELECT coalesce(json_agg(row), '[]') FROM c) AS contacts,
           (SELECT coalesce(json_agg(row), '[]') FROM a) AS accounts`
  return only(rows)
}

const milliseconds = (instant: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(extract(epoch FROM ${instant}) * 1000)::float8`

/** The row of a statement that reads from no table, and so has one. */
function only<T>([row]: readonly T[]): T {
  if (!row) throw new Error('A statement without FROM answered no row.')
  return row
}

const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

/** Of a batch in which nothing could be read. */
const FAR = Date.parse('9999-01-01')

type Refs = ReturnType<typeof refsOf>

/** The ids that a batch names, whatever they turn out to be. */
function refsOf(operations: readonly Operation[], unread: readonly OperationPlace[]) {
  const accounts = new Set<string>()
  const contacts = new Set<string>()
  const territories = new Set<string>()
  const fields = new Set<string>()
  const fieldSets = new Set<string>()
  for (const { body } of operations) {
    if ('accountId' in body) accounts.add(body.accountId)
    if ('contactId' in body && body.contactId) contacts.add(body.contactId)
    if ('territoryId' in body && body.territoryId) territories.add(body.territoryId)
    if ('fieldSet' in body) fieldSets.add(body.fieldSet)
    if ('fieldId' in body) fields.add(body.fieldId)
    for (const id of Object.keys(('values' in body && body.values) || {})) fields.add(id)
    for (const id of Object.keys(('seconds' in body && body.seconds) || {})) fields.add(id)
  }
  return {
    ops: [...operations, ...unread].map(({ opId }) => opId),
    entities: [...new Set([...operations, ...unread].map(({ entityId }) => entityId))],
    /** Ids of the operations' own entities of one kind. */
    of: (entity: string) =>
      operations.filter(({ kind }) => kind.startsWith(`${entity}.`)).map(({ entityId }) => entityId),
    based: operations
      .filter((operation) => operation.kind === 'report.amend' || operation.kind.endsWith('.update'))
      .map(({ entityId, base, kind }) => ({ id: entityId, base, entity: kind.split('.')[0] ?? '' })),
    /** The first capture: what was moved before it does not matter. */
    since: new Date(Math.max(0, Math.min(FAR, ...operations.map(correctedInstant)))).toISOString(),
    accounts: [...accounts],
    contacts: [...contacts],
    territories: [...territories],
    fields,
    fieldSets: [...fieldSets],
  }
}

type Around = Pick<
  PushContext,
  'territories' | 'moves' | 'pastHomes' | 'later' | 'definitions' | 'versions' | 'conversions' | 'fieldSets'
>

type PastHome = { readonly territoryId: string; readonly toAt: number }

type AroundRow = {
  /** Under which questions are known. */
  readonly stamp: string
  readonly places: readonly TerritoryRow[]
  readonly moves: readonly BranchMove[]
  readonly homes: readonly { readonly id: string; readonly homes: readonly PastHome[] }[]
  readonly later: readonly {
    readonly entity_id: string
    readonly changes: readonly LaterChange[]
  }[]
  readonly forms: readonly { readonly hash: string; readonly members: FieldSetMembers }[]
}

/**
 * The territories of the accounts, of the author's assignments and of new accounts, with all above them, and the owners of
 * named fields; what changed since the bases that the batch names; live definitions of those territories, and every
 * version that the batch or the touched rows name.
 */
async function loadAround(
  sql: OrgSql,
  known: KnownFields,
  { author, refs, held }: { readonly author: Author; readonly refs: Refs; readonly held: Held },
): Promise<Around> {
  const { orgId: org, assignments } = author
  const { reports, contacts, accounts } = held
  const wanted = [...new Set([...accounts.map((account) => account.territoryId), ...refs.territories])]
  const own = assignments.flatMap(({ path }) => pathIds(path))
  const setNames = [...refs.fieldSets, ...reports.flatMap((report) => report.fieldSet ?? [])]
  const answered = [...reports, ...contacts, ...accounts].flatMap((row) => Object.keys(row.values))
  const { based } = refs
  const accountIds = accounts.map(({ id }) => id)
  const since = refs.since
  // Ids as arrays, which are gathered once: a join would make the planner read every territory.
  const rows = await sql.$queryRaw<AroundRow[]>`
    WITH home AS MATERIALIZED (
      SELECT h.account_id, h.territory_id, h.to_at FROM account_home h
       WHERE h.org_id = ${org}::uuid AND h.account_id = ANY (${accountIds}::uuid[]) AND h.to_at > ${since}::timestamptz),
    place AS MATERIALIZED (
      SELECT t.id, ${TERRITORY_JSON} AS row FROM territory t WHERE t.org_id = ${org}::uuid AND t.id = ANY (
        ${own}::uuid[]
        || ARRAY(SELECT unnest(string_to_array(rtrim(p.path, '/'), '/'))::uuid FROM territory p
                  WHERE p.org_id = ${org}::uuid AND p.id = ANY (${wanted}::uuid[] || ARRAY(SELECT territory_id FROM home)))
        || ARRAY(SELECT d.territory_id FROM field_definition d
                  WHERE d.org_id = ${org}::uuid AND d.id = ANY (${[...refs.fields]}::uuid[])))),
    form AS MATERIALIZED (
      SELECT s.hash, s.members FROM field_set s
       WHERE s.org_id = ${org}::uuid AND s.hash = ANY (${[...new Set(setNames)]}::text[])),
    later AS (
      SELECT c.entity_id, json_agg(json_build_object('version', c.version, 'after', c.after, 'opId', c.op_id, 'membershipId', c.membership_id,
                                     'by', m.display_name, 'at', to_char(c.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY c.version) AS changes
        FROM change c
        JOIN membership m ON m.org_id = ${org}::uuid AND m.id = c.membership_id
        JOIN unnest(${based.map((b) => b.id)}::uuid[], ${based.map((b) => b.entity)}::text[], ${based.map((b) => b.base)}::int[])
          AS known (id, entity, base) ON c.entity_id = known.id AND c.entity = known.entity AND c.version > known.base
       WHERE c.org_id = ${org}::uuid GROUP BY c.entity_id)
    SELECT (SELECT o.epoch || ' ' || o.fields_stamp FROM organisation o WHERE o.id = ${org}::uuid) AS stamp,
           (SELECT coalesce(json_agg(row), '[]') FROM place) AS places,
           (SELECT coalesce(json_agg(json_build_object('at', ${milliseconds(Prisma.sql`m.at`)}, 'from', m.from_path, 'to', m.to_path)
                                     ORDER BY m.seq DESC), '[]')
              FROM branch_move m WHERE m.org_id = ${org}::uuid AND m.at > ${since}::timestamptz) AS moves,
           (SELECT coalesce(json_agg(json_build_object('id', g.account_id, 'homes', g.homes)), '[]')
              FROM (SELECT account_id, json_agg(json_build_object('territoryId', territory_id, 'toAt', ${milliseconds(Prisma.sql`to_at`)})) AS homes
                      FROM home GROUP BY account_id) AS g) AS homes,
           (SELECT coalesce(json_agg(form), '[]') FROM form) AS forms,
           (SELECT coalesce(json_agg(later), '[]') FROM later) AS later`
  const { stamp, places, moves, homes, later, forms } = only(rows)
  const members = forms.flatMap((form) => form.members.map(([id]) => id))
  // The stamp was read with the locks held: a branch that was moved meanwhile has its new columns.
  const fields = await readFields(sql, known, {
    orgId: org,
    stamp,
    wanted: { territories: places.map(({ id }) => id), ids: [...refs.fields, ...answered, ...members] },
  })
  const conversions = await readConversions(sql, known, { orgId: org, stamp })
  return {
    territories: byId(places),
    moves,
    pastHomes: new Map(homes.map((account) => [account.id, account.homes])),
    later: new Map(later.map(({ entity_id, changes }) => [entity_id, changes])),
    definitions: fields.filter(({ current }) => current).map(({ row }) => row),
    versions: new Map(fields.map(({ row }) => [`${row.id}:${row.version}`, row])),
    conversions,
    fieldSets: new Map(forms.map(({ hash, members }) => [hash, members])),
  }
}
