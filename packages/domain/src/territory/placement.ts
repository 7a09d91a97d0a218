import type { ErrorCode, ErrorParams } from '../errors.ts'
import { isWithin, type Path, pathIds } from './path.ts'
import { RANKS, type Rank } from './rank.ts'

export type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }

/** Levels a territory may have under a parent: any below the parent's; a level may be skipped. */
export const ranksUnder = (parent: Rank): Rank[] => RANKS.filter((rank) => rank > parent)

/** Whether a territory of a level may lie under a parent; TERRITORY_RANK when it may not. */
export const rankFault = (parent: Rank, rank: Rank): Fault | null =>
  rank > parent ? null : { code: 'TERRITORY_RANK', params: { rank, parent } }

export type Standing = { readonly path: Path; readonly rank: Rank }

/**
 * Whether a territory with its whole branch may move under another: never the top of all (TERRITORY_ROOT), never into
 * its own branch (TERRITORY_CYCLE), only under a lower rank (TERRITORY_RANK).
 */
export function moveFault(territory: Standing, parent: Standing): Fault | null {
  if (pathIds(territory.path).length < 2) return { code: 'TERRITORY_ROOT', params: {} }
  if (isWithin(territory.path, parent.path)) return { code: 'TERRITORY_CYCLE', params: {} }
  return rankFault(parent.rank, territory.rank)
}

/** What a territory leaves and joins when it moves: those above it before and not after, and the other way round. */
export function linesChanged(from: Path, to: Path): { readonly left: string[]; readonly joined: string[] } {
  const before = pathIds(from)
  const after = pathIds(to)
  return {
    left: before.filter((id) => !after.includes(id)),
    joined: after.filter((id) => !before.includes(id)),
  }
}

/** What stands on a territory itself; it closes when nothing does. */
export type StandsHere = {
  readonly accounts: number
  /** In closed territories below: they would be out of reach with it. */
  readonly inClosed: number
  readonly people: number
  readonly children: number
  readonly fields: number
}

export const isEmptyPlace = (here: StandsHere): boolean =>
  here.accounts + here.inClosed + here.people + here.children + here.fields === 0

/** TERRITORY_NOT_EMPTY with what stands on a territory that was to close. */
export const notEmpty = (territoryId: string, here: StandsHere): Fault => ({
  code: 'TERRITORY_NOT_EMPTY',
  params: { ...here, territoryId },
})

/** The same read back; null for another fault. */
export function standingOf({
  code,
  params,
}: Fault): { readonly territoryId: string; readonly here: StandsHere } | null {
  if (code !== 'TERRITORY_NOT_EMPTY') return null
  const count = (of: keyof StandsHere) => Number(params[of] ?? 0)
  return {
    territoryId: String(params.territoryId ?? ''),
    here: {
      accounts: count('accounts'),
      inClosed: count('inClosed'),
      people: count('people'),
      children: count('children'),
      fields: count('fields'),
    },
  }
}
