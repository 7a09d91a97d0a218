import { findLiveSession } from '@fieldback/db/access/session.repo'
import { type Db, inOrg, type OrgTx } from '@fieldback/db/client'
import { lockPublications } from '@fieldback/db/field/field.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import {
  type Arrangement,
  nextArrangement,
  notePostponed,
  settleArrangement,
} from '@fieldback/db/territory/arrangement.repo'
import { grantsOn } from '@fieldback/domain/access/scope'
import type { Log } from '@fieldback/domain/ports/runtime'
import { localDay } from '../open-session.ts'
import { arrangeStep } from './arrange-sector.ts'

type JobDeps = {
  readonly db: Db
  readonly log: Log
  readonly now: () => Date
  readonly newId: () => string
}

/** On a slow machine a hundred accounts get their time: they would be tried again for ever. */
const TIMEOUT_MS = 20_000
/** What failed as often is told to be so. */
const ATTEMPTS_MOST = 5

/**
 * Does what was asked of the sub-sectors of an organisation, one after the other, a bounded transaction at a time. What
 * fails lets the others go first; `stop` ends it between two transactions.
 */
export async function arrangeSectors(
  deps: JobDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly steps: number; readonly done: boolean }> {
  for (let steps = 0; ; steps++) {
    if (stop?.aborted) return { steps, done: false }
    let work: Arrangement | null = null
    try {
      await inOrg(
        deps.db,
        orgId,
        async (tx) => {
          work = await nextArrangement(tx, orgId)
          if (work) await takeStep(tx, orgId, work, deps)
        },
        { timeout: TIMEOUT_MS },
      )
      if (!work) return { steps, done: true }
    } catch (error) {
      if (!work) throw error
      await postpone(deps, orgId, work, error)
    }
  }
}

async function takeStep(tx: OrgTx, orgId: string, work: Arrangement, deps: JobDeps): Promise<void> {
  // Who else names or places territories comes before or after; rights and paths are read as he left them.
  await lockPublications({ tx, scope: { orgId } })
  const step = await arrangeStep(await scopedAs(tx, orgId, work, deps.now()), work, deps)
  if (step !== 'more') await settleArrangement(tx, orgId, { id: work.id, at: deps.now(), ...step })
}

/** Who asked, by what he may do today: nothing once his access has ended. */
async function scopedAs(tx: OrgTx, orgId: string, { askedBy }: Arrangement, now: Date): Promise<ScopedDb> {
  const ids = { orgId, membershipId: askedBy, deviceId: askedBy, provedAt: 0 }
  const live = await findLiveSession(tx, ids)
  const day = localDay(live?.timeZone ?? 'UTC', now)
  const grants = live && !live.revoked ? grantsOn(day, live.assignments) : []
  return { tx, scope: { orgId, membershipId: askedBy, deviceId: askedBy, day, grants } }
}

async function postpone(deps: JobDeps, orgId: string, work: Arrangement, error: unknown): Promise<void> {
  deps.log.error('arrange.step-failed', { error: error instanceof Error ? error.name : 'unknown' })
  await inOrg(deps.db, orgId, (tx) =>
    work.attempts + 1 < ATTEMPTS_MOST
      ? notePostponed(tx, orgId, work.id)
      : settleArrangement(tx, orgId, {
          id: work.id,
          at: deps.now(),
          state: 'refused',
          code: 'UNAVAILABLE',
          kept: 0,
        }),
  )
}
