import { findPlaces, type PlaceRow } from '@fieldback/db/analytics/place.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import type { Hidden, PlaceRef } from '@fieldback/domain/analytics/findings'
import { besideSmall, visible } from '@fieldback/domain/analytics/group-size'
import { keptBack } from '@fieldback/domain/analytics/kept-back'
import { compareRates, type RateVerdict } from '@fieldback/domain/insight/compare-rates'
import { type Rate, wilson } from '@fieldback/domain/insight/wilson'

export const placeRef = ({ id, name, rank, code, closed }: PlaceRow): PlaceRef => ({
  id,
  name,
  rank,
  code,
  closed,
})

/** Some territories, in the order of their ids' list. */
export async function placesOf(sdb: ScopedSql, ids: readonly string[]): Promise<PlaceRef[]> {
  const rows = await findPlaces(sdb, ids)
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(placeRef))
}

/** Cases `k` among `n`, and the people behind them; null for what accounts and contacts hold, where cases decide. */
export type Counted = {
  readonly k: number
  readonly n: number
  readonly people: number | null
  /** Hidden beside a smaller group (analytics/kept-back). */
  readonly kept?: boolean
}

/** A share at one territory and how it moved; what is hidden is null here, on the server. */
export type Figure = {
  readonly people: number | null
  /** Reports, or answers that are known. */
  readonly n: number
  readonly k: number | null
  readonly rate: Rate | null
  /** The same, over as many months before. */
  readonly before: Rate | null
  /** Against before; only intervals that do not touch are called different. */
  readonly verdict: RateVerdict | null
  readonly hidden: Hidden | null
}

/** `elsewhere`: it was there then, and lies under another territory today. */
export type PlaceFigure = Figure & { readonly place: PlaceRef; readonly elsewhere?: boolean }

/** No case at all: nothing to show and nothing to hide. */
const NOTHING: Figure = {
  people: null,
  n: 0,
  k: null,
  rate: null,
  before: null,
  verdict: null,
  hidden: null,
}

/**
 * The share, unless the group is too small. `own`: a total of the reader's own branch, where people are not counted.
 * A territory set beside its neighbours compares people, so `own` is false there, whoever reads.
 */
export function figureOf(now: Counted, before: Counted | null, own: boolean): Figure {
  if (now.n === 0) return { ...NOTHING, people: now.people }
  const rate = shownRate(now, own)
  const past = before && shownRate(before, own)
  const pastRate = past && !('reason' in past) ? past : null
  if ('reason' in rate) {
    return { people: now.people, n: now.n, k: null, rate: null, before: null, verdict: null, hidden: rate }
  }
  return {
    people: now.people,
    n: now.n,
    k: now.k,
    rate,
    before: pastRate,
    verdict: pastRate && compareRates(rate, pastRate).verdict,
    hidden: null,
  }
}

type Sides = { readonly now: Counted; readonly before: Counted | null }

/** Shares of territories set side by side, whose whole tells its own: small groups hidden, and what they could be had from. */
export function figuresBeside(
  parts: readonly (Sides & { readonly id: string })[],
  whole: Sides,
): (id: string) => Figure {
  const keptOf = (side: 'now' | 'before'): string | null => {
    const people = whole[side]?.people ?? null
    if (people === null) return null
    const counted = parts.flatMap(({ id, ...sides }) => {
      const at = sides[side]
      return at ? [{ id, people: at.people ?? 0, n: at.n }] : []
    })
    return keptBack(counted, people)
  }
  const [now, before] = [keptOf('now'), keptOf('before')]
  const figures = new Map(
    parts.map((part) => [
      part.id,
      figureOf(
        { ...part.now, kept: part.id === now },
        part.before && { ...part.before, kept: part.id === before },
        false,
      ),
    ]),
  )
  return (id) => figures.get(id) ?? NOTHING
}

/** The rate with its interval, or why it is hidden. */
export function shownRate({ k, n, people, kept }: Counted, own: boolean): Rate | Hidden {
  const size = kept ? besideSmall(people ?? 0) : visible({ people: people ?? 0, n }, own || people === null)
  if (size.visible) return wilson(k, n)
  return { reason: size.reason, have: size.have, need: size.need }
}
