import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { enqueue } from '@fieldback/db/sync/enqueue'
import {
  accountsAround,
  insertArrangement,
  subSectorsOf,
  toldArrangements,
} from '@fieldback/db/territory/arrangement.repo'
import { nameKey } from '@fieldback/domain/account/normalise'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import type { ToldArrangement } from '@fieldback/domain/territory/arrangement'
import { countedPlaces } from '@fieldback/domain/territory/counted-places'
import { isDivisible, selectAccounts } from '@fieldback/domain/territory/own-sector'
import { LOCAL } from '@fieldback/domain/territory/rank'
import { type RehomeRule, streetOf } from '@fieldback/domain/territory/rehome-rule'
import type { SectorAsk } from '@fieldback/domain/territory/sector-ask'
import { questionsTellingApart, requireTelling, type TellingQuestion } from '../field/telling-apart.ts'
import { AROUND_MOST } from './arrange-sector.ts'

const TOLD_MOST = 20
const TOLD_DAYS = 30
const TOWNS_MOST = 500
const STREETS_MOST = 500

/** The local territory whose sub-sectors are arranged. NOT_FOUND, FORBIDDEN, TERRITORY_RANK. */
async function requireDivisible(sdb: ScopedDb, territoryId: string): Promise<TerritoryRow> {
  const territory = await requireTerritory(sdb, 'account.move', territoryId)
  if (!isDivisible(territory))
    throw new FieldbackError('TERRITORY_RANK', { rank: territory.rank, need: LOCAL })
  return territory
}

async function around(sdb: ScopedDb, territoryId: string, fieldId: string | null) {
  const all = await accountsAround(sdb, territoryId, { fieldId, limit: AROUND_MOST + 1 })
  if (all.length > AROUND_MOST) throw new FieldbackError('TOO_LARGE', { max: AROUND_MOST })
  return all
}

export type Town = { readonly name: string; readonly accounts: number }
export type RulePlaces = {
  readonly towns: readonly Town[]
  /** Of the town asked for. */
  readonly streets: readonly Town[]
  /** Some were left off, of one of the lists. */
  readonly more: boolean
  readonly questions: readonly TellingQuestion[]
}

/** The towns of a territory's accounts, and the streets of one of them: what a rule may name. */
export async function rulePlaces(
  sdb: ScopedDb,
  { territoryId, town }: { readonly territoryId: string; readonly town: string | null },
): Promise<RulePlaces> {
  const territory = await requireDivisible(sdb, territoryId)
  const all = await around(sdb, territory.id, null)
  const towns = named(all.map(({ city }) => [nameKey(city ?? ''), city ?? '']))
  const there = town === null ? [] : all.filter(({ city }) => nameKey(city ?? '') === nameKey(town))
  const streets = named(
    there.map(({ street }) => {
      const { key, name } = streetOf(street ?? '')
      return [key, name]
    }),
  )
  return {
    towns: towns.slice(0, TOWNS_MOST),
    streets: streets.slice(0, STREETS_MOST),
    more: towns.length > TOWNS_MOST || streets.length > STREETS_MOST,
    questions: await questionsTellingApart(sdb, territory.path),
  }
}

const named = (places: readonly (readonly [key: string, name: string])[]): Town[] =>
  countedPlaces(places).map(({ name, accounts }) => ({ name, accounts }))

/** Where the accounts that a rule means would come from: the territory, then its sub-sectors, those with none too. */
export type RulePreview = {
  readonly taken: number
  readonly from: readonly { readonly territoryId: string; readonly name: string; readonly accounts: number }[]
}

/** What a rule would take to a new sub-sector, or to one there is. */
export async function previewRule(
  sdb: ScopedDb,
  {
    territoryId,
    rule,
    to,
  }: { readonly territoryId: string; readonly rule: RehomeRule; readonly to: string | null },
): Promise<RulePreview> {
  const territory = await requireDivisible(sdb, territoryId)
  await requireTelling(sdb, [rule])
  const all = await around(sdb, territory.id, rule.by === 'answer' ? rule.fieldId : null)
  const contacts = new Map(all.map((account) => [account.id, account.contacts]))
  const { taken } = selectAccounts(all, rule, {
    to: to ?? '',
    open: () => true,
    contactsOf: (id) => contacts.get(id) ?? [],
  })
  const sectors = await subSectorsOf(sdb, territory.id)
  const from = [territory, ...sectors].map(({ id, name }) => ({
    territoryId: id,
    name,
    accounts: taken.filter((account) => account.territoryId === id).length,
  }))
  return { taken: taken.length, from }
}

/** Asks for it: a job does it within seconds, and what became of it is in `arrangementsAt`. */
export async function askOfSector(
  sdb: ScopedDb,
  {
    territoryId,
    sectorId,
    ask,
  }: { readonly territoryId: string; readonly sectorId: string | null; readonly ask: SectorAsk },
  { now, newId }: { readonly now: () => Date; readonly newId: () => string },
): Promise<{ readonly id: string }> {
  const territory = await requireDivisible(sdb, territoryId)
  if ((sectorId === null) !== (ask.of === 'make')) throw new FieldbackError('INVALID_INPUT')
  if ('rule' in ask) await requireTelling(sdb, [ask.rule])
  const id = newId()
  await insertArrangement(sdb, {
    id,
    sectorId: sectorId ?? newId(),
    territoryId: territory.id,
    ask,
    at: now(),
  })
  await enqueue(sdb.tx, 'arrange', sdb.scope.orgId)
  return { id }
}

/** What was asked of the sub-sectors of a territory in the last month, the last first. */
export async function arrangementsAt(
  sdb: ScopedDb,
  territoryId: string,
  now: Date,
): Promise<ToldArrangement[]> {
  const territory = await requireDivisible(sdb, territoryId)
  const since = new Date(now.getTime() - TOLD_DAYS * 86_400_000)
  return toldArrangements(sdb, [territory.id], since, TOLD_MOST)
}
