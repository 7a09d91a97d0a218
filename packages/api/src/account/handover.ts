import {
  type Arrival,
  findArrivals,
  findCame,
  findLeft,
  findOwnNotes,
  repPlaces,
} from '@fieldback/db/account/handover.repo'
import { replacementsAround } from '@fieldback/db/assignment/replacement.repo'
import { requireTerritory, type ScopedDb, type ScopedSql } from '@fieldback/db/scoped-db'
import { type Handovers, newPlaces } from '@fieldback/domain/account/handover'

/** More than anybody visits in ninety days. */
const CAME_MAX = 300
const LEFT_MAX = 100

/** The accounts that came to the reader as a rep, those that left him, what he wants to pass on, and who is away. */
export async function ownHandovers(sdb: ScopedSql): Promise<Handovers> {
  const { membershipId, day } = sdb.scope
  const held = await repPlaces(sdb)
  const came = await findCame(sdb, { held, places: newPlaces(held, day), limit: CAME_MAX + 1 })
  const standing = (await replacementsAround(sdb, [membershipId])).filter(({ validFrom }) => validFrom <= day)
  const replaces = standing.flatMap(({ substituteId, absentName: name, validTo: until }) =>
    substituteId === membershipId ? [{ name, until }] : [],
  )
  const replacedBy = standing.flatMap(({ absentId, substituteName: name, validTo: until }) =>
    absentId === membershipId ? [{ name, until }] : [],
  )
  return {
    came: came.slice(0, CAME_MAX),
    more: came.length > CAME_MAX,
    own: await findOwnNotes(sdb, CAME_MAX),
    left: await findLeft(sdb, held, LEFT_MAX),
    replaces,
    replacedBy,
    news: came.length + standing.length > 0,
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
