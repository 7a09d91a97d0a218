import {
  type Arrival,
  findArrivals,
  findCame,
  findLeft,
  findOwnNotes,
  repPlaces,
} from '@fieldback/db/account/handover.repo'
import { requireTerritory, type ScopedDb, type ScopedSql } from '@fieldback/db/scoped-db'
import { type Handovers, newPlaces } from '@fieldback/domain/account/handover'

/** More than anybody visits in ninety days. */
const CAME_MAX = 300
const LEFT_MAX = 100

/** The accounts that came to the reader as a rep, those that left him, and what he wants to pass on. */
export async function ownHandovers(sdb: ScopedSql): Promise<Handovers> {
  const held = await repPlaces(sdb)
  const came = await findCame(sdb, { held, places: newPlaces(held, sdb.scope.day), limit: CAME_MAX + 1 })
  return {
    came: came.slice(0, CAME_MAX),
    more: came.length > CAME_MAX,
    own: await findOwnNotes(sdb, CAME_MAX),
    left: await findLeft(sdb, held, LEFT_MAX),
  }
}

const ARRIVALS_MAX = 100

/** Accounts that came to a branch and wait for their first visit there: at most a hundred, `more` beyond. NOT_FOUND, FORBIDDEN. */
export async function listArrivals(
  sdb: ScopedDb,
  territoryId: string,
): Promise<{ readonly arrivals: Arrival[]; readonly more: boolean }> {
  const { path } = await requireTerritory(sdb, 'account.read', territoryId, { evenClosed: true })
  const found = await findArrivals(sdb, path, ARRIVALS_MAX + 1)
  return { arrivals: found.slice(0, ARRIVALS_MAX), more: found.length > ARRIVALS_MAX }
}
