import type { Answers, AnswerValue } from '../field/answer.ts'
import type { FieldEntity, FieldSpec } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, ReturnPack, TerritoryRow } from '../sync/pull.ts'
import type { PathNode } from '../territory/path-node.ts'
import type { LocalRows } from './local-rows.ts'

/** Rows for tests: the path from France to Pays Basque, and makers that fill in what a test does not talk about. */
export const TODAY = '2026-11-24'

const place = (id: string, rank: PathNode['rank'], name: string, path: string): TerritoryRow => ({
  id,
  rank,
  name,
  path,
  parentId: path.split('/').at(-3) ?? null,
})
export const TERRITORIES = [
  place('fr', 0, 'France', 'fr/'),
  place('na', 1, 'Nouvelle-Aquitaine', 'fr/na/'),
  place('d64', 2, 'Pyrénées-Atlantiques', 'fr/na/d64/'),
  place('pb', 3, 'Pays Basque', 'fr/na/d64/pb/'),
  place('d40', 2, 'Landes', 'fr/na/d40/'),
]
export const PATH: PathNode[] = TERRITORIES.slice(0, 4).map(({ id, name, rank }) => ({ id, name, rank }))

export const nodeOf = (id: string): PathNode => {
  const found = TERRITORIES.find((territory) => territory.id === id)
  if (!found) throw new Error(`no territory ${id}`)
  return { id, name: found.name, rank: found.rank }
}

export const answers = (given: Readonly<Record<string, AnswerValue>>): Answers =>
  Object.fromEntries(Object.entries(given).map(([id, x]) => [id, { v: 1, x }]))

export const field = (
  id: string,
  over: { entity?: FieldEntity; owner?: string; version?: number; spec?: Partial<FieldSpec> } = {},
): EffectiveField => {
  const owner = nodeOf(over.owner ?? 'pb')
  return {
    id,
    territoryId: owner.id,
    owner,
    entity: over.entity ?? 'contact',
    key: id,
    version: over.version ?? 1,
    retired: false,
    slot: null,
    locked: [],
    touched: [],
    spec: {
      label: { fr: id },
      why: { fr: 'Pour vous' },
      type: 'yes_no',
      options: [],
      required: false,
      reportable: true,
      position: 0,
      shared: false,
      givebacks: [],
      ...over.spec,
    },
  }
}

export const account = (id: string, over: Partial<AccountRow> = {}): AccountRow => ({
  id,
  territoryId: 'pb',
  kind: 'client',
  name: `Compte ${id}`,
  activity: null,
  street: null,
  postcode: null,
  city: null,
  latitude: null,
  longitude: null,
  phone: null,
  phoneRaw: null,
  email: null,
  emailRaw: null,
  visitEveryDays: 60,
  priority: 0,
  priorityReason: null,
  lastVisitDay: null,
  values: {},
  version: 1,
  ...over,
})

export const contact = (id: string, accountId: string, over: Partial<ContactRow> = {}): ContactRow => ({
  id,
  accountId,
  firstName: 'Maider',
  lastName: id,
  jobTitle: null,
  phone: null,
  phoneRaw: null,
  email: null,
  emailRaw: null,
  optedOut: false,
  values: {},
  version: 1,
  ...over,
})

export const report = (id: string, accountId: string, over: Partial<ReportRow> = {}): ReportRow => ({
  id,
  accountId,
  contactId: null,
  territoryId: 'pb',
  authorId: 'me',
  authorName: 'Maialen Iribarne',
  kind: 'visit',
  outcome: 'none',
  day: TODAY,
  note: null,
  values: {},
  status: 'accepted',
  missing: [],
  version: 1,
  ...over,
})

export const rowsOf = (over: Partial<LocalRows> = {}): LocalRows => ({
  territories: TERRITORIES,
  accounts: [],
  contacts: [],
  reports: [],
  past: [],
  ...over,
})

export const EMPTY_PACK: ReturnPack = { asOf: '', distributions: [], activity: [], ledger: [] }
