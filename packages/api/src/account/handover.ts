import { findCame, findOwnNotes, repPlaces } from '@fieldback/db/account/handover.repo'
import type { ScopedSql } from '@fieldback/db/scoped-db'
import { type Handovers, newPlaces } from '@fieldback/domain/account/handover'

/** More than anybody visits in ninety days. */
const CAME_MAX = 300

/** The accounts that came to the reader as a rep, and what he wants to pass on himself. */
export async function ownHandovers(sdb: ScopedSql): Promise<Handovers> {
  const held = await repPlaces(sdb)
  const came = await findCame(sdb, { held, places: newPlaces(held, sdb.scope.day), limit: CAME_MAX + 1 })
  return {
    came: came.slice(0, CAME_MAX),
    more: came.length > CAME_MAX,
    own: await findOwnNotes(sdb, CAME_MAX),
  }
}
