import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import {
  type AdministeredRow,
  administeredBranch,
  anyTerritory,
} from '@fieldback/db/territory/administer.repo'
import { pathTerritories } from '@fieldback/db/territory/territory.repo'
import { branchesWith, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import { isWithin, pathIds } from '@fieldback/domain/territory/path'
import { ranksUnder, type StandsHere } from '@fieldback/domain/territory/placement'
import type { Rank } from '@fieldback/domain/territory/rank'

/** Accounts, people and questions of a territory with all below it; nothing of what is said in reports. */
export type BranchCounts = {
  readonly accounts: number
  readonly people: number
  readonly fields: number
  /** Open territories below. */
  readonly territories: number
}

export type AdministeredLine = {
  readonly id: string
  readonly name: string
  readonly rank: Rank
  readonly code: string | null
  readonly counts: BranchCounts
}

export type Administered = {
  readonly territory: {
    readonly id: string
    readonly parentId: string | null
    readonly name: string
    readonly rank: Rank
    readonly code: string | null
  }
  /** From the root, itself left out. */
  readonly above: readonly {
    readonly id: string
    readonly name: string
    readonly rank: Rank
    readonly readable: boolean
  }[]
  readonly counts: BranchCounts
  /** What stands on the territory itself and keeps it from closing. */
  readonly here: StandsHere
  /** Open ones directly under it, by name. */
  readonly children: readonly AdministeredLine[]
  /** Closed ones directly under it, which may open again. */
  readonly closed: readonly AdministeredLine[]
  /** Levels that a territory added here may have. */
  readonly ranks: readonly Rank[]
}

/** One territory as its administrator sees it; without an id, the first of his branches. NOT_FOUND, FORBIDDEN. */
export async function readAdministered(sdb: ScopedDb, territoryId: string | null): Promise<Administered> {
  const first = branchesWith(sdb.scope, 'organisation.administer').flatMap(
    (path) => pathIds(path).at(-1) ?? [],
  )[0]
  const wanted = territoryId ?? first
  if (wanted === undefined) throw new FieldbackError('NOT_FOUND', { what: 'territory' })
  const territory = await requireTerritory(sdb, 'organisation.administer', wanted)
  const rows = await administeredBranch(sdb, territory.path)
  const path = await pathTerritories(sdb, territory.path)
  const lines = rows
    .filter((row) => row.parentId === territory.id)
    .sort((a, b) => a.name.localeCompare(b.name, 'fr'))
    .map((row) => ({ row, line: lineOf(row, rows) }))
  const here = rows.find((row) => row.id === territory.id)
  return {
    territory: {
      id: territory.id,
      parentId: territory.parentId,
      name: territory.name,
      rank: territory.rank,
      code: (await anyTerritory(sdb, territory.id))?.code ?? null,
    },
    above: path.slice(0, -1).map(({ id, name, rank, path: at }) => ({
      id,
      name,
      rank,
      readable: verdictAt(sdb.scope, 'organisation.administer', at).allowed,
    })),
    counts: countsOf(rows, territory.id),
    here: {
      accounts: here?.accounts ?? 0,
      inClosed: rows.reduce((sum, row) => sum + (row.closed ? row.accounts : 0), 0),
      people: here?.members.length ?? 0,
      fields: here?.fields ?? 0,
      children: lines.filter(({ row }) => !row.closed).length,
    },
    children: lines.filter(({ row }) => !row.closed).map(({ line }) => line),
    closed: lines.filter(({ row }) => row.closed).map(({ line }) => line),
    ranks: ranksUnder(territory.rank),
  }
}

function lineOf(row: AdministeredRow, rows: readonly AdministeredRow[]): AdministeredLine {
  const branch = rows.filter((other) => isWithin(row.path, other.path))
  return { id: row.id, name: row.name, rank: row.rank, code: row.code, counts: countsOf(branch, row.id) }
}

/** Somebody who holds two places of a branch is one person. */
function countsOf(branch: readonly AdministeredRow[], topId: string): BranchCounts {
  return {
    accounts: branch.reduce((sum, row) => sum + row.accounts, 0),
    people: new Set(branch.flatMap((row) => row.members)).size,
    fields: branch.reduce((sum, row) => sum + row.fields, 0),
    territories: branch.filter((row) => row.id !== topId && !row.closed).length,
  }
}
