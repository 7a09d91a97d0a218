import { nameKey, personKey } from '@fieldback/domain/account/normalise'
import { cellRows } from '@fieldback/domain/analytics/fold'
import type { Answers } from '@fieldback/domain/field/answer'
import type { FieldDefinition } from '@fieldback/domain/field/field-spec'
import { OUTCOMES } from '@fieldback/domain/report/report'
import type { Row } from './insert-rows.ts'
import { tookOf } from './ledger.ts'
import { type KeptAccount, LEVEL_NAMES, ledgerFor, type Organisation } from './organisation.ts'
import type { Phone } from './phone-numbers.ts'
import type { Random } from './random.ts'
import type { Report } from './reports.ts'
import { rollupsOf } from './rollups.ts'
import { FOUNDED, frenchInstant } from './working-days.ts'

export type TableRows = readonly [table: string, rows: readonly Row[]]

const founded = frenchInstant(FOUNDED, 480)

/** Everything of an organisation, in the order that foreign keys allow. `random` names what has no id of its own yet. */
export function tablesOf(organisation: Organisation, random: Random): TableRows[] {
  const org = { org_id: organisation.id }
  const tables: TableRows[] = [
    ...frame(organisation),
    ...fieldRows(organisation),
    ...accountRows(organisation),
    ...reportRows(organisation, random),
    ...rollupRows(organisation),
  ]
  return tables.map(([table, rows]) => [
    table,
    table === 'organisation' ? rows : rows.map((row) => ({ ...org, ...row })),
  ])
}

function frame({ id, name, slug, members, territories }: Organisation): TableRows[] {
  return [
    [
      'organisation',
      [{ id, name, slug, level_names: json(LEVEL_NAMES), epoch: crypto.randomUUID(), created_at: founded }],
    ],
    [
      'membership',
      members.map((member) => ({
        id: member.membershipId,
        person_id: member.personId,
        display_name: member.name,
        created_at: frenchInstant(member.since, 500),
      })),
    ],
    [
      'territory',
      territories.map((node) => ({
        id: node.id,
        parent_id: node.parentId,
        rank: node.rank,
        name: node.name,
        code: node.code,
        path: node.path,
        created_at: founded,
      })),
    ],
    [
      'assignment',
      members.map((member) => ({
        id: member.assignmentId,
        membership_id: member.membershipId,
        territory_id: member.at.id,
        role: member.role,
        valid_from: member.since,
        created_at: frenchInstant(member.since, 500),
      })),
    ],
  ]
}

function fieldRows({ definitions, publishers, forms }: Organisation): TableRows[] {
  const by = (field: FieldDefinition): string | null => publishers.get(field.territoryId) ?? null
  return [
    [
      'field_definition',
      definitions.map((field) => ({
        id: field.id,
        territory_id: field.territoryId,
        entity: field.entity,
        key: field.key,
        current_version: field.version,
        slot: field.slot,
        created_by: by(field),
        created_at: founded,
      })),
    ],
    [
      'field_version',
      definitions.map((field) => ({
        field_id: field.id,
        version: field.version,
        spec: json(field.spec),
        published_by: by(field),
        published_at: founded,
      })),
    ],
    [
      'field_set',
      [...forms.fieldSets].map(([hash, members]) => ({ hash, members: json(members), created_at: founded })),
    ],
  ]
}

function accountRows({ accounts, reports, definitions }: Organisation): TableRows[] {
  const fields = byId(definitions)
  const seen = lastVisits(reports)
  const people = accounts.flatMap((account) => account.contacts.map((contact) => ({ account, contact })))
  return [
    ['account', accounts.map((account) => accountRow(account, seen, fields))],
    [
      'account_home',
      accounts.map(({ id, home, createdDay, createdBy }) => ({
        account_id: id,
        from_at: frenchInstant(createdDay, 540),
        territory_id: home.id,
        moved_by: createdBy,
      })),
    ],
    [
      'contact',
      people.map(({ account, contact }) => ({
        id: contact.id,
        account_id: account.id,
        first_name: contact.firstName,
        last_name: contact.lastName,
        name_key: personKey(contact.firstName, contact.lastName),
        job_title: contact.jobTitle,
        ...phoneColumns(contact.phone),
        email: contact.email,
        email_raw: contact.email,
        opted_out_at: contact.optedOutDay && frenchInstant(contact.optedOutDay, 620),
        values: json(contact.values),
        version: 1,
        created_by: account.createdBy,
        created_at: frenchInstant(contact.createdDay, 540),
        ...slotColumns(contact.values, fields),
      })),
    ],
    [
      'field_answer',
      [...accounts, ...people.map(({ contact }) => contact)].flatMap((row) => looseAnswers(row, fields)),
    ],
  ]
}

const phoneColumns = (phone: Phone | null) => ({ phone: phone?.e164 ?? null, phone_raw: phone?.raw ?? null })

type Fields = ReadonlyMap<string, FieldDefinition>
const byId = (definitions: readonly FieldDefinition[]): Fields =>
  new Map(definitions.map((field) => [field.id, field]))

function accountRow(account: KeptAccount, seen: ReadonlyMap<string, string>, fields: Fields): Row {
  return {
    id: account.id,
    territory_id: account.home.id,
    kind: account.kind,
    name: account.name,
    name_key: nameKey(account.name),
    activity: account.activity,
    street: account.street,
    postcode: account.postcode,
    city: account.city,
    latitude: account.latitude,
    longitude: account.longitude,
    ...phoneColumns(account.phone),
    email: account.email,
    email_raw: account.email,
    visit_every_days: account.visitEveryDays,
    priority: account.priority,
    priority_reason: account.priorityReason,
    last_visit_day: seen.get(account.id) ?? null,
    values: json(account.values),
    version: 1,
    created_by: account.createdBy,
    created_at: frenchInstant(account.createdDay, 540),
    ...slotColumns(account.values, fields),
  }
}

/** The latest visit of each account; a call or a report taken back is none. */
function lastVisits(reports: readonly Report[]): Map<string, string> {
  const days = new Map<string, string>()
  for (const { account, kind, day, status } of reports) {
    if (kind === 'visit' && status !== 'withdrawn' && day > (days.get(account.id) ?? ''))
      days.set(account.id, day)
  }
  return days
}

/** Typed columns of a row, as packages/db/src/sync/apply-effects.ts fills them. */
function slotColumns(values: Answers, fields: Fields): Row {
  const columns: Record<string, string | number> = {}
  for (const [fieldId, { x }] of Object.entries(values)) {
    const slot = fields.get(fieldId)?.slot
    if (!slot || x === null || typeof x === 'object') continue
    columns[slot] = typeof x === 'boolean' ? String(x) : x
  }
  return columns
}

/** Reportable answers that have no typed column: one row each. */
function looseAnswers(row: { readonly id: string; readonly values: Answers }, fields: Fields): Row[] {
  return Object.entries(row.values).flatMap(([fieldId, { x }]) => {
    const field = fields.get(fieldId)
    if (!field?.spec.reportable || field.slot !== null || !Array.isArray(x)) return []
    return x.map((text, ordinal) => ({ field_id: fieldId, entity_id: row.id, ordinal, text }))
  })
}

function reportRows(organisation: Organisation, random: Random): TableRows[] {
  const { reports, callbacks, definitions } = organisation
  const fields = byId(definitions)
  return [
    ['report', reports.map((report) => reportRow(report, fields))],
    ['field_answer', reports.flatMap((report) => looseAnswers(report, fields))],
    [
      'change',
      reports.filter(({ status }) => status === 'withdrawn').map((report) => withdrawal(report, random)),
    ],
    [
      'callback',
      callbacks.map(({ id, report, reason, dueDay, doneAt }) => ({
        id,
        account_id: report.account.id,
        contact_id: report.contact?.id ?? null,
        assignee_id: report.authorId,
        reason,
        due_day: dueDay,
        done_at: doneAt,
        version: doneAt === null ? 1 : 2,
        created_at: report.receivedAt,
      })),
    ],
    [
      'ledger_cell',
      ledgerFor(organisation).map(({ membershipId, fieldId, ...cell }) => ({
        membership_id: membershipId,
        field_id: fieldId,
        ...cell,
      })),
    ],
    [
      'field_seconds',
      tookOf(reports).map(({ fieldId, month, from, n }) => ({ field_id: fieldId, month, bin: from, n })),
    ],
  ]
}

const reportRow = (report: Report, fields: Fields): Row => ({
  id: report.id,
  account_id: report.account.id,
  contact_id: report.contact?.id ?? null,
  territory_id: report.account.home.id,
  author_id: report.authorId,
  kind: report.kind,
  outcome: report.outcome,
  day: report.day,
  note: report.note,
  field_set: report.fieldSet,
  values: json(report.values),
  status: report.status,
  missing: json(report.missing),
  duration_seconds: report.durationSeconds,
  version: report.status === 'withdrawn' ? 2 : 1,
  captured_at: report.capturedAt,
  received_at: report.receivedAt,
  ...slotColumns(report.values, fields),
})

/** A report that was taken back keeps its history. */
const withdrawal = (report: Report, random: Random): Row => ({
  entity: 'report',
  entity_id: report.id,
  version: 2,
  at: report.receivedAt,
  membership_id: report.authorId,
  op_id: random.uuid(report.receivedAt),
  kind: 'report.withdraw',
  before: json({ status: 'accepted' }),
  after: json({ status: 'withdrawn', reason: 'Saisi deux fois' }),
})

function rollupRows(organisation: Organisation): TableRows[] {
  const { cells, days, people, stocks } = rollupsOf(organisation)
  return [
    [
      'rollup_cell',
      cellRows(cells).map(({ fieldId, territoryId, n, sum, ...cell }) => ({
        field_id: fieldId,
        territory_id: territoryId,
        ...cell,
        ...Object.fromEntries(
          OUTCOMES.flatMap((outcome) => [
            [`n_${outcome}`, n[outcome]],
            [`sum_${outcome}`, sum[outcome]],
          ]),
        ),
      })),
    ],
    ['rollup_day', days.map(({ territoryId, ...cell }) => ({ territory_id: territoryId, ...cell }))],
    [
      'rollup_person',
      people.map(({ territoryId, membershipId, ...cell }) => ({
        territory_id: territoryId,
        membership_id: membershipId,
        ...cell,
      })),
    ],
    [
      'stock_cell',
      stocks.map(({ fieldId, territoryId, ...cell }) => ({
        field_id: fieldId,
        territory_id: territoryId,
        ...cell,
      })),
    ],
  ]
}

const json = (value: unknown): string => JSON.stringify(value)
