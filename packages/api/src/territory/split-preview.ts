import { countReports } from '@fieldback/db/account/move.repo'
import { definitionsOf } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { readHere } from '@fieldback/db/territory/administer.repo'
import { type Counted, townsAt } from '@fieldback/db/territory/choices.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { Fault } from '@fieldback/domain/territory/placement'
import { type RehomeRule, streetOf } from '@fieldback/domain/territory/rehome-rule'
import { requireTelling } from '../field/telling-apart.ts'
import { ACCOUNTS_MAX, allAccountsAt, passingAccounts, tooMany } from './pass-accounts.ts'

/** Towns and streets shown at most. */
const CHOICES_MAX = 300

export type Street = Counted & { readonly odd: number; readonly even: number }

export type SplitChoices = {
  readonly accounts: number
  /** The fullest first. */
  readonly towns: readonly Counted[]
  /** Of the town that was asked for. */
  readonly streets: readonly Street[]
  /** Some towns or streets were left off. */
  readonly more: boolean
  /** Questions asked of its accounts, with their answers. */
  readonly questions: readonly {
    readonly id: string
    readonly label: Localised
    readonly answers: readonly { readonly option: string; readonly label: Localised | null }[]
  }[]
}

/** By what the accounts of a territory may be told apart. */
export async function splitChoices(
  sdb: ScopedDb,
  { territoryId, town }: { readonly territoryId: string; readonly town: string | null },
): Promise<SplitChoices> {
  const territory = await requireTerritory(sdb, 'territory.arrange', territoryId)
  const towns = await townsAt(sdb, territory.id, CHOICES_MAX + 1)
  const here = await allAccountsAt(sdb, territory.id, { values: false })
  const streets =
    town === null ? [] : streetsOf(here.filter(({ city }) => nameKey(city ?? '') === nameKey(town)))
  return {
    accounts: here.length,
    towns: towns.slice(0, CHOICES_MAX),
    streets: streets.slice(0, CHOICES_MAX),
    more: towns.length > CHOICES_MAX || streets.length > CHOICES_MAX,
    questions: await questionsOf(sdb, territory.path),
  }
}

function streetsOf(accounts: readonly { readonly street: string | null }[]): Street[] {
  const found = new Map<string, Street>()
  for (const { street } of accounts) {
    const { number, key, name } = streetOf(street ?? '')
    if (key === '') continue
    const known = found.get(key) ?? { name, accounts: 0, odd: 0, even: 0 }
    found.set(key, {
      ...known,
      accounts: known.accounts + 1,
      odd: known.odd + (number !== null && number % 2 === 1 ? 1 : 0),
      even: known.even + (number !== null && number % 2 === 0 ? 1 : 0),
    })
  }
  return [...found.values()].sort((a, b) => b.accounts - a.accounts || a.name.localeCompare(b.name, 'fr'))
}

async function questionsOf(sdb: ScopedDb, path: Path): Promise<SplitChoices['questions']> {
  const asked = await definitionsOf(sdb, pathIds(path))
  return asked.flatMap(({ id, entity, retired, spec }) => {
    if (entity !== 'account' || retired) return []
    const answers =
      spec.type === 'yes_no'
        ? ['true', 'false'].map((option) => ({ option, label: null }))
        : spec.options
            .filter((option) => !option.retired)
            .map((option) => ({ option: option.id, label: option.label }))
    return answers.length === 0 ? [] : [{ id, label: spec.label, answers }]
  })
}

export type SplitPreview = {
  readonly accounts: number
  readonly of: number
  readonly reports: number
  readonly fault: Fault | null
}

/** What a split would pass on. */
export async function previewSplit(
  sdb: ScopedDb,
  { fromId, rule }: { readonly fromId: string; readonly rule: RehomeRule },
): Promise<SplitPreview> {
  const from = await requireTerritory(sdb, 'territory.arrange', fromId)
  await requireTelling(sdb, [rule])
  const ids = await passingAccounts(sdb, from.id, rule)
  const { accounts: all } = await readHere(sdb, from.id)
  const reports = ids.length > ACCOUNTS_MAX ? 0 : await countReports(sdb, ids)
  return { accounts: ids.length, of: all, reports, fault: tooMany({ accounts: ids.length, reports }) }
}
