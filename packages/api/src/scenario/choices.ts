import { definitionsOf } from '@fieldback/db/field/field.repo'
import type { Scenario } from '@fieldback/db/scenario/scenario.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { Role } from '@fieldback/domain/access/permissions'
import { verdictAt } from '@fieldback/domain/access/scope'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, FieldType, Localised } from '@fieldback/domain/field/field-spec'
import type { WeighedAccount } from '@fieldback/domain/scenario/facts'
import { linesOf } from '@fieldback/domain/scenario/places'
import type { Rank } from '@fieldback/domain/territory/rank'
import { passes } from '@fieldback/domain/territory/rehome-rule'
import type { TreeStep } from '@fieldback/domain/territory/tree-step'
import { type Laid, layOver } from './live.ts'
import { requireScenario } from './open-scenario.ts'

const PLACES_MAX = 12
const TOWNS_MAX = 300
const QUESTIONS_MAX = 20
const NAMED_MAX = 50

export type DraftPlace = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  /** Name of what it lies under; null for the top of the branch. */
  readonly under: string | null
}

/**
 * Open territories of the draft by any part of their name, at most 12; `above`: of a higher level than this alone;
 * `outside`: not of this one's branch.
 */
export async function places(
  sdb: ScopedDb,
  input: {
    readonly scenarioId: string
    readonly search: string
    readonly above?: Rank | undefined
    readonly outside?: string | undefined
  },
): Promise<{ readonly places: readonly DraftPlace[]; readonly more: number }> {
  const scenario = await requireScenario(sdb, 'territory.arrange', input.scenarioId)
  const { tree } = (await layOver(sdb, scenario)).projection
  const key = nameKey(input.search)
  const lines = linesOf(tree)
  const names = new Map(tree.map(({ id, name }) => [id, name]))
  const found = tree.filter(({ id, name, rank, closed }) => {
    const line = lines.get(id) ?? []
    const fits = !closed && (input.above === undefined || rank < input.above) && nameKey(name).includes(key)
    return fits && line.includes(scenario.territory.id) && !(input.outside && line.includes(input.outside))
  })
  return {
    places: found
      .toSorted((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'fr'))
      .slice(0, PLACES_MAX)
      .map(({ id, name, rank, parentId }) => ({
        id,
        name,
        rank,
        under: id === scenario.territory.id || parentId === null ? null : (names.get(parentId) ?? null),
      })),
    more: Math.max(0, found.length - PLACES_MAX),
  }
}

export type Holdings = {
  readonly accounts: number
  /** Open territories just below it in the draft, by name. */
  readonly below: readonly { readonly id: string; readonly name: string }[]
  /** Those of most accounts first, at most 300. */
  readonly towns: readonly { readonly town: string; readonly accounts: number }[]
  /** Questions of accounts answered by a choice, at most 20, with how many gave each answer. */
  readonly answers: readonly {
    readonly fieldId: string
    readonly label: Localised
    readonly options: readonly {
      readonly option: string
      /** Null for yes ("true") and no ("false"). */
      readonly label: Localised | null
      readonly accounts: number
    }[]
  }[]
  readonly people: readonly { readonly assignmentId: string; readonly name: string; readonly role: Role }[]
}

const CHOICES: readonly FieldType[] = ['yes_no', 'single_choice', 'multiple_choice']

/** What stands on a territory in the draft, as far as a split asks. NOT_FOUND for one that the draft has not. */
export async function holdings(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly territoryId: string },
): Promise<Holdings> {
  const scenario = await requireScenario(sdb, 'territory.arrange', input.scenarioId)
  const { tree } = (await layOver(sdb, scenario)).projection
  const line = linesOf(tree).get(input.territoryId)
  if (!line) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const questions = (await definitionsOf(sdb, line, 'few'))
    .filter(({ entity, spec }) => entity === 'account' && CHOICES.includes(spec.type))
    .slice(0, QUESTIONS_MAX)
  const laid = await layOneByOne(sdb, scenario, input.territoryId, questions)
  const accounts = laid.projection.carried.known.get(input.territoryId) ?? []
  const towns = new Map<string, { town: string; accounts: number }>()
  for (const { city } of accounts) {
    const key = nameKey(city ?? '')
    if (city && key !== '') towns.set(key, { town: city, accounts: (towns.get(key)?.accounts ?? 0) + 1 })
  }
  return {
    accounts: accounts.length,
    below: tree
      .filter(({ parentId, closed }) => parentId === input.territoryId && !closed)
      .map(({ id, name }) => ({ id, name }))
      .sort((a, b) => a.name.localeCompare(b.name, 'fr')),
    towns: [...towns.values()]
      .sort((a, b) => b.accounts - a.accounts || a.town.localeCompare(b.town, 'fr'))
      .slice(0, TOWNS_MAX),
    answers: questions
      .map((question) => answersOf(question, accounts))
      .filter(({ options }) => options.length > 0),
    people: laid.live.held
      .filter(
        ({ territoryId, validTo }) =>
          territoryId === input.territoryId && (validTo === null || validTo >= laid.days.effective),
      )
      .map(({ id, name, role }) => ({ assignmentId: id, name, role })),
  }
}

function answersOf(
  { id, spec }: FieldDefinition,
  accounts: readonly WeighedAccount[],
): Holdings['answers'][number] {
  const options =
    spec.type === 'yes_no'
      ? ['true', 'false'].map((option) => ({ option, label: null }))
      : spec.options.map((option) => ({ option: option.id, label: option.label }))
  return {
    fieldId: id,
    label: spec.label,
    options: options
      .map((one) => ({
        ...one,
        accounts: accounts.filter((account) =>
          passes({ by: 'answer', fieldId: id, option: one.option }, account),
        ).length,
      }))
      .filter((one) => one.accounts > 0),
  }
}

/** Accounts of a territory in the draft by any part of their name or town, at most 50. FORBIDDEN without a right to read them. */
export async function accounts(
  sdb: ScopedDb,
  input: { readonly scenarioId: string; readonly territoryId: string; readonly search: string },
): Promise<{
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly city: string | null }[]
  readonly more: number
}> {
  const scenario = await requireScenario(sdb, 'territory.arrange', input.scenarioId)
  const verdict = verdictAt(sdb.scope, 'account.read', scenario.territory)
  if (!verdict.allowed)
    throw new FieldbackError('FORBIDDEN', { reason: verdict.reason, permission: 'account.read' })
  const laid = await layOneByOne(sdb, scenario, input.territoryId, [])
  const key = nameKey(input.search)
  const found = (laid.projection.carried.known.get(input.territoryId) ?? []).filter(({ name, city }) =>
    nameKey(`${name} ${city ?? ''}`).includes(key),
  )
  return {
    accounts: found.slice(0, NAMED_MAX).map(({ id, name, city }) => ({ id, name, city })),
    more: Math.max(0, found.length - NAMED_MAX),
  }
}

/** Lays a draft with the accounts of one territory known one by one, and their answers to some questions. */
function layOneByOne(
  sdb: ScopedDb,
  scenario: Scenario,
  territoryId: string,
  questions: readonly FieldDefinition[],
): Promise<Laid> {
  const asked = (rule: Extract<TreeStep, { of: 'rehome' }>['rule']): TreeStep => ({
    of: 'rehome',
    fromId: territoryId,
    toId: territoryId,
    rule,
  })
  return layOver(sdb, scenario, [
    asked({ by: 'accounts', ids: [] }),
    ...questions.map(({ id }) => asked({ by: 'answer', fieldId: id, option: '' })),
  ])
}
