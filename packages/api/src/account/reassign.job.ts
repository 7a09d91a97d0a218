import { findSender } from '@fieldback/db/access/invitation.repo'
import { lockAccounts, type MovingAccount } from '@fieldback/db/account/move.repo'
import {
  type Candidate,
  type Line,
  nextBack,
  nextMeant,
  type Reassigning,
  setReassignmentState,
  takeReassignment,
  writeLines,
} from '@fieldback/db/account/reassignment.repo'
import { openPaths } from '@fieldback/db/assignment/assignment.repo'
import { type Db, inOrg, type OrgTx } from '@fieldback/db/client'
import { delegationFacts } from '@fieldback/db/delegation/delegation-facts.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { grantsOn, verdictAt } from '@fieldback/domain/access/scope'
import { fitting, type KeptReason } from '@fieldback/domain/account/reassignment'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { localDay } from '../open-session.ts'
import { carryOver, MOVE_MAX, REPORTS_MAX } from './move.ts'

type ReassignDeps = { readonly db: Db; readonly now: () => Date }

/**
 * Moves what an organisation's reassignments mean, or takes it back, a bounded transaction at a time: killed at any moment,
 * the next one goes on where the last commit left it. `done` is false when it was asked to stop before the end.
 */
export async function workReassignments(
  { db, now }: ReassignDeps,
  orgId: string,
  stop?: AbortSignal,
): Promise<{ readonly batches: number; readonly done: boolean }> {
  let most = MOVE_MAX
  for (let batches = 0; ; batches++) {
    if (stop?.aborted) return { batches, done: false }
    const size = most
    try {
      const worked = await inOrg<boolean>(db, orgId, (tx) => batch(tx, orgId, { now: now(), most: size }))
      if (!worked) return { batches, done: true }
    } catch (error) {
      // On a machine under load a transaction may outlast its bound: fewer accounts do not.
      if (most === 1) throw error
      most = Math.ceil(most / 4)
    }
  }
}

type Turn = { readonly now: Date; readonly most: number }

/** One batch; false when there is nothing to do, or somebody else does it. */
async function batch(tx: OrgTx, orgId: string, turn: Turn): Promise<boolean> {
  const { now } = turn
  const work = await takeReassignment(tx, orgId)
  if (!work) return false
  const undoing = work.state === 'undoing'
  const sdb = await asMember(tx, orgId, { membershipId: (undoing && work.undoneBy) || work.askedBy, now })
  try {
    const more = await (undoing ? takeBack(sdb, work, turn) : moveOn(sdb, work, turn))
    if (!more)
      await setReassignmentState(tx, orgId, { id: work.id, state: undoing ? 'undone' : 'moved', at: now })
  } catch (error) {
    // A right that was lost or a place that was closed meanwhile; what has moved stays, and can be taken back.
    if (!(error instanceof FieldbackError)) throw error
    await setReassignmentState(tx, orgId, { id: work.id, state: 'stopped', at: now, failure: error.code })
  }
  return true
}

/** What somebody may today, as if he asked himself: his rights are looked at for each batch. */
async function asMember(
  tx: OrgTx,
  orgId: string,
  { membershipId, now }: { readonly membershipId: string; readonly now: Date },
): Promise<ScopedDb> {
  const { timeZone } = await findSender(tx, orgId)
  const { held } = await delegationFacts(tx, orgId, [membershipId])
  const day = localDay(timeZone, now)
  const grants = grantsOn(day, held.get(membershipId) ?? [])
  return { tx, scope: { orgId, membershipId, deviceId: membershipId, day, grants } }
}

async function moveOn(sdb: ScopedDb, work: Reassigning, { now, most }: Turn): Promise<boolean> {
  const { filter, toId } = work
  const to = await requireTerritory(sdb, 'account.move', toId)
  const { path: branch } = await requireTerritory(sdb, 'account.move', filter.territoryId, {
    evenClosed: true,
  })
  const found = await nextMeant(sdb, { filter, branch, toId }, work, most)
  const batch = fitting(found, REPORTS_MAX)
  const last = batch.at(-1)
  if (!last) return false
  const lines = await carry(sdb, batch, {
    to,
    now,
    from: (candidate) => candidate.home,
    as: ['moved', 'kept'],
  })
  await writeLines(sdb, work.id, lines, { atHome: last.home, atAccount: last.id })
  return true
}

async function takeBack(sdb: ScopedDb, work: Reassigning, { now, most }: Turn): Promise<boolean> {
  const batch = fitting(await nextBack(sdb, work.id, most), REPORTS_MAX)
  const home = batch[0]?.home
  if (home === undefined) return false
  const path = (await openPaths(sdb, [home])).get(home)
  const lines =
    path === undefined
      ? batch.map((one) => lineOf(one, 'stayed', 'HOME_CLOSED'))
      : await carry(sdb, batch, {
          to: { id: home, path },
          now,
          from: () => work.toId,
          as: ['back', 'stayed'],
        })
  await writeLines(sdb, work.id, lines, work)
  return true
}

type Carried = {
  readonly to: Pick<TerritoryRow, 'id' | 'path'>
  readonly now: Date
  /** Where an account must still be. */
  readonly from: (candidate: Candidate) => string
  readonly as: readonly ['moved', 'kept'] | readonly ['back', 'stayed']
}

const lineOf = ({ id, home }: Candidate, state: Line['state'], reason: KeptReason | null = null): Line => ({
  accountId: id,
  fromId: home,
  state,
  reason,
})

/** Moves those of some accounts that may move, locked; says of the others why they stay. */
async function carry(
  sdb: ScopedDb,
  candidates: readonly Candidate[],
  { to, now, from, as: [gone, left] }: Carried,
): Promise<Line[]> {
  const locked = await lockAccounts(
    sdb,
    candidates.map(({ id }) => id),
  )
  const byId = new Map(locked.map((account) => [account.id, account]))
  const judged = candidates.map((candidate) => {
    const account = byId.get(candidate.id)
    return { candidate, account, reason: whyNot(sdb, { account, candidate, to, from: from(candidate) }) }
  })
  const leaving = judged.flatMap(({ account, reason }) => (account && reason === null ? [account] : []))
  if (leaving.length > 0) await carryOver(sdb, leaving, to, now)
  return judged.map(({ candidate, reason }) => lineOf(candidate, reason === null ? gone : left, reason))
}

function whyNot(
  { scope }: ScopedDb,
  asked: {
    readonly account: MovingAccount | undefined
    readonly candidate: Candidate
    readonly to: Pick<TerritoryRow, 'path'>
    readonly from: string
  },
): KeptReason | null {
  const { account, candidate, to, from } = asked
  if (account?.territoryId !== from) return 'CHANGED'
  if (candidate.reports > REPORTS_MAX) return 'TOO_LARGE'
  const may = [account.path, to.path].every((path) => verdictAt(scope, 'account.move', path).allowed)
  return may ? null : 'FORBIDDEN'
}
