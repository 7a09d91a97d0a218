import { askRebuild, type Check, holdMeasure, keepChecks } from '@fieldback/db/analytics/rebuild.repo'
import {
  homesOf,
  monthsOfReports,
  moreWait,
  type Place,
  readPlaces,
} from '@fieldback/db/analytics/recount.repo'
import type { Db } from '@fieldback/db/client'
import { inOrgSql } from '@fieldback/db/org-sql'
import { shiftsWait } from '@fieldback/db/territory/shift-counts.repo'
import { Balance, countedAt, rowsIn, today } from '@fieldback/domain/analytics/drift'
import { monthsOf } from '@fieldback/domain/analytics/period'
import type { Log } from '@fieldback/domain/ports/runtime'
import { countHomes, eachKept, openRecount, type Recount, STOCKS, type Unit } from './recount.ts'

/** Territories looked at each time, in a month each; one in so many looks is at the stocks. */
const LOOKS = 4
const STOCKS_EVERY = 5
/** Documents read for one look. */
const MOST = 5_000
const WAITING_MOST = 10_000
const TIMEOUT_MS = 60_000

export type CheckDeps = {
  readonly db: Db
  readonly log: Log
  readonly newId: () => string
  /** From 0 up to 1. */
  readonly random: () => number
  /** A branch with more documents is compared with what is below it. */
  readonly most?: number
}

export type Checked = { readonly looks: number; readonly rows: number; readonly drifted: number }

/**
 * Compares some drawn figures of an organisation with the documents, in a snapshot that holds nothing up. What differs is
 * logged and kept, and has the organisation counted again.
 */
export async function checkRollups(deps: CheckDeps, orgId: string): Promise<Checked> {
  const checks = await inOrgSql(
    deps.db,
    orgId,
    async (tx) => {
      // While all is counted again, or an organisation is being made, halves would be compared.
      if (!(await holdMeasure(tx, orgId))) return []
      // Each look reads all that waits; in a rush, or while a branch is on its way, the next hour does as well.
      if ((await moreWait(tx, orgId, WAITING_MOST)) || (await shiftsWait(tx, orgId))) return []
      const recount = await openRecount(tx, orgId)
      const { places } = await readPlaces(tx, orgId)
      const known = await monthsOfReports(tx, orgId)
      const months = known ? monthsOf({ from: known.first.slice(0, 7), to: known.last.slice(0, 7) }) : []
      const looks: Check[] = []
      for (let look = 0; look < LOOKS; look++) {
        const place = drawPlace(places, deps.random)
        const month = months[Math.floor(deps.random() * months.length)]
        const stocks = month === undefined || Math.floor(deps.random() * STOCKS_EVERY) === 0
        if (place)
          looks.push({
            id: deps.newId(),
            ...(await lookAt(recount, {
              places,
              place,
              most: deps.most ?? MOST,
              unit: stocks ? STOCKS : `${month}-01`,
            })),
          })
      }
      return looks
    },
    { snapshot: true, timeout: TIMEOUT_MS, plans: 'auto' },
  )
  const drifted = checks.filter((check) => check.drifted > 0)
  await inOrgSql(deps.db, orgId, async (tx) => {
    await keepChecks(tx, orgId, checks)
    if (drifted.length > 0) await askRebuild(tx, orgId, { id: deps.newId(), why: 'drift' })
  })
  for (const { territoryId, month, how, rows, drifted: off } of drifted)
    deps.log.error('rollup.drift', { orgId, territoryId, month: month ?? STOCKS, how, rows, drifted: off })
  const sum = (of: (check: Check) => number) => checks.reduce((total, check) => total + of(check), 0)
  return { looks: checks.length, rows: sum(({ rows }) => rows), drifted: sum((check) => check.drifted) }
}

/** Each level as often: of few regions and many sectors, both are looked at. */
function drawPlace(places: readonly Place[], random: () => number): Place | undefined {
  const ranks = [...new Set(places.map(({ rank }) => rank))].sort((a, b) => a - b)
  const rank = ranks[Math.floor(random() * ranks.length)]
  const there = places.filter((place) => place.rank === rank)
  return there[Math.floor(random() * there.length)]
}

type Look = {
  readonly places: readonly Place[]
  readonly place: Place
  readonly unit: Unit
  readonly most: number
}

async function lookAt(recount: Recount, look: Look): Promise<Omit<Check, 'id'>> {
  const { place, unit } = look
  const of = { territoryId: place.id, month: unit === STOCKS ? null : unit }
  const counted = await lookAtDocuments(recount, look)
  if (counted) return { ...of, how: 'counted', ...counted }
  const summed = await lookBelow(recount, look)
  return summed ? { ...of, how: 'summed', ...summed } : { ...of, how: 'left', rows: 0, drifted: 0 }
}

const found = (balance: Balance) => ({ rows: balance.rows, drifted: rowsIn(balance.drift()) })

/** All that a territory counts, on both bases, beside the documents; null when these are too many. */
async function lookAtDocuments(recount: Recount, { place, unit, most }: Look) {
  const homes = await homesOf(recount.tx, recount.orgId, place.id)
  const documents = await countHomes(recount, { unit, homes, most })
  if (!documents) return null
  const at = new Set([place.id])
  const balance = new Balance()
  balance.add(countedAt(documents, at), 1)
  await eachKept(recount, { unit, places: [place.id] }, (kept) => balance.add(countedAt(kept, at), -1))
  return found(balance)
}

/**
 * What a territory counts today is what those below it count and what is its own. As organised then the tree may have been
 * another: that is compared by a rebuild, and below.
 */
async function lookBelow(recount: Recount, { places, place, unit, most }: Look) {
  const own = await countHomes(recount, { unit, homes: [place.id], most, today: true })
  if (!own) return null
  const below = new Set(places.filter(({ parentId }) => parentId === place.id).map(({ id }) => id))
  const at = new Set([place.id])
  const balance = new Balance()
  balance.add(today(countedAt(own, at)), 1)
  await eachKept(recount, { unit, places: [place.id, ...below] }, (kept) => {
    balance.add(today(countedAt(kept, at)), -1)
    balance.add(today(countedAt(kept, below, place.id)), 1)
  })
  return found(balance)
}
