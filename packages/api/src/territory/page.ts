import { type Holder, holdersOf } from '@fieldback/db/assignment/assignment.repo'
import { definitionsOf } from '@fieldback/db/field/field.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { medianDuration, weeklyReports } from '@fieldback/db/territory/activity.repo'
import { readHere } from '@fieldback/db/territory/administer.repo'
import {
  pathTerritories,
  type TerritoryWithAccounts,
  territoriesOf,
} from '@fieldback/db/territory/territory.repo'
import type { Role } from '@fieldback/domain/access/permissions'
import { branchesWith, grantableRoles, type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { GROUP_MIN } from '@fieldback/domain/analytics/group-size'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isDivisible } from '@fieldback/domain/territory/own-sector'
import { isWithin, type Path, parentPath } from '@fieldback/domain/territory/path'
import type { StandsHere } from '@fieldback/domain/territory/placement'
import { type Rank, SUB_SECTOR } from '@fieldback/domain/territory/rank'
import { type AskedHere, readAsked } from '../field/asked.ts'

export type Place = { readonly id: string; readonly name: string; readonly rank: Rank }

export type ChildLine = Place & {
  /** First name in order, and how many hold the place or lie below it. */
  readonly heldBy: { readonly first: string; readonly count: number } | null
  readonly accounts: number
  readonly reports30Days: number
  /** Twelve weeks, oldest first. */
  readonly weeks: readonly number[]
  readonly ownFields: number
  /** Closed, and told for the accounts that are still in it or below. */
  readonly closed: boolean
}

/** Median seconds of a report; `hidden`: fewer than five people file there. */
export type EntryTime =
  | { readonly state: 'known'; readonly seconds: number; readonly reports: number }
  | { readonly state: 'hidden'; readonly people: number; readonly need: number }
  | { readonly state: 'none' }

export type TerritoryPage = {
  readonly territory: TerritoryRow
  /** From the root, itself left out; `readable` when the reader may open it. */
  readonly above: readonly (Place & { readonly readable: boolean })[]
  readonly accounts: number
  readonly prospects: number
  readonly reps: number
  /** On the territory itself; it closes when nothing stands there. */
  readonly here: StandsHere
  /** Territories directly under it. */
  readonly children: readonly ChildLine[]
  /** Mean of the last four weeks. */
  readonly reportsPerWeek: number
  readonly entryTime: EntryTime
  /** Of the territory above. */
  readonly entryTimeAbove: EntryTime
  readonly asked: AskedHere
  readonly can: {
    readonly arrange: boolean
    /** Sub-sectors made by a rule take accounts with them. */
    readonly divide: boolean
    /** A sub-sector whose accounts may go back to the territory above. */
    readonly dissolve: boolean
    readonly rename: boolean
    /** A sub-sector, from its local territory to another of one's own. */
    readonly move: boolean
    /** A sub-sector of one's branch: at once when nothing stands on it, on a day to come otherwise. */
    readonly close: boolean
    readonly define: boolean
    readonly moveAccounts: boolean
    readonly readAccounts: boolean
    readonly grant: readonly Role[]
  }
}

/** All that the page of one territory says. NOT_FOUND, FORBIDDEN. */
export async function readPage(sdb: ScopedDb, territoryId: string): Promise<TerritoryPage> {
  const territory = await requireTerritory(sdb, 'territory.read', territoryId)
  const path = await pathTerritories(sdb, territory.path)
  const rows = await territoriesOf(sdb, territory.path)
  const reps = await holdersOf(sdb, territory.path, ['rep'])
  const under = rows
    .filter((row) => row.parentId === territory.id)
    .sort((a, b) => a.name.localeCompare(b.name, 'fr'))
  const activity = await weeklyReports(sdb, [territory.id, ...under.map((row) => row.id)])
  const here = await readHere(sdb, territory.id)
  const parent = path.at(-2)
  const weeks = activity.get(territory.id)?.weeks ?? []
  return {
    territory,
    above: path.slice(0, -1).map((place) => ({
      id: place.id,
      name: place.name,
      rank: place.rank,
      readable: verdictAt(sdb.scope, 'territory.read', place.path).allowed,
    })),
    accounts: sum(rows.map((row) => row.accounts)),
    prospects: sum(rows.map((row) => row.prospects)),
    reps: new Set(reps.map((rep) => rep.membershipId)).size,
    here,
    children: await childLines(sdb, under, { rows, reps, activity }),
    reportsPerWeek: sum(weeks.slice(-4)) / 4,
    entryTime: await entryTime(sdb, territory),
    entryTimeAbove: parent ? await entryTime(sdb, parent) : { state: 'none' },
    asked: await readAsked(sdb, territory, path, reps),
    can: rightsAt(sdb, territory),
  }
}

const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0)

async function entryTime(sdb: ScopedDb, territory: TerritoryRow): Promise<EntryTime> {
  const median = await medianDuration(sdb, territory)
  if (!median) return { state: 'none' }
  return median.authors < GROUP_MIN
    ? { state: 'hidden', people: median.authors, need: GROUP_MIN }
    : { state: 'known', seconds: median.seconds, reports: median.reports }
}

type Known = {
  readonly rows: readonly TerritoryWithAccounts[]
  readonly reps: readonly Holder[]
  readonly activity: Awaited<ReturnType<typeof weeklyReports>>
}

async function childLines(
  sdb: ScopedDb,
  under: readonly TerritoryWithAccounts[],
  { rows, reps, activity }: Known,
): Promise<ChildLine[]> {
  const own = await definitionsOf(
    sdb,
    under.map((child) => child.id),
  )
  return under.map((child) => {
    const held = new Map(
      reps.filter((rep) => isWithin(child.path, rep.path)).map((rep) => [rep.membershipId, rep.displayName]),
    )
    const first = [...held.values()][0]
    return {
      id: child.id,
      name: child.name,
      rank: child.rank,
      heldBy: first === undefined ? null : { first, count: held.size },
      accounts: sum(rows.filter((row) => isWithin(child.path, row.path)).map((row) => row.accounts)),
      reports30Days: activity.get(child.id)?.last30Days ?? 0,
      weeks: activity.get(child.id)?.weeks ?? [],
      ownFields: own.filter((field) => field.territoryId === child.id).length,
      closed: child.closed,
    }
  })
}

/** Somebody arranges a local territory, and something that is not in it. */
const movesFrom = (scope: Scope, local: Path): boolean =>
  verdictAt(scope, 'territory.arrange', local).allowed &&
  branchesWith(scope, 'territory.arrange').some((branch) => !isWithin(local, branch))

function rightsAt({ scope }: ScopedDb, { path, rank }: TerritoryRow): TerritoryPage['can'] {
  const holds = (permission: Parameters<typeof verdictAt>[1]) =>
    verdictAt(scope, permission, { path, rank }).allowed
  const arrange = holds('territory.arrange')
  return {
    arrange: arrange && rank === 2,
    dissolve: arrange && rank === SUB_SECTOR && verdictAt(scope, 'account.move', parentPath(path)).allowed,
    divide: arrange && holds('account.move') && isDivisible({ rank }),
    close: arrange && rank === 3,
    move: arrange && rank === SUB_SECTOR && movesFrom(scope, parentPath(path)),
    rename: arrange && (rank === 3 || holds('organisation.administer')),
    define: holds('field.define'),
    moveAccounts: holds('account.move'),
    readAccounts: holds('account.read'),
    grant: grantableRoles(scope, path),
  }
}
