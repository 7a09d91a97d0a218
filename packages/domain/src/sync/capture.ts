import { type Permission, ROLE_PERMISSIONS } from '../access/permissions.ts'
import { branchesWith, type Grant, grantsOn, verdictAt } from '../access/scope.ts'
import type { Path } from '../territory/path.ts'
import { pathThen } from '../territory/path-then.ts'
import type { Operation } from './operation.ts'
import type { AccountState, PushContext } from './state.ts'

/**
 * When something was captured, and the territories it is judged at. Work is taken where it was allowed and asked as the
 * tree is now or as it was then: a branch or an account may have been moved before the phone found a network.
 */
export type Capture = {
  /** By the server's clock; never later than now. */
  readonly at: string
  /** In the organisation's time zone. */
  readonly day: string
  /** Where the account is, and where it was then. */
  readonly territoryIds: readonly string[]
}

/** The capture of an operation on an account. */
export function captureAt(
  context: PushContext,
  operation: Operation,
  { account, now }: { readonly account: AccountState; readonly now: string },
): Capture {
  const at = captureInstant(operation, now)
  return {
    at,
    day: context.localDay(at),
    territoryIds: [...new Set([account.territoryId, homeThen(context, account, at)])],
  }
}

/** The day the phone says it was, by the server's clock; never later than now. */
export function captureInstant(operation: Operation, now: string): string {
  const corrected = correctedInstant(operation)
  return corrected < Date.parse(now) ? new Date(corrected).toISOString() : now
}

/** Milliseconds since 1970, by the server's clock as the phone knew it. */
export const correctedInstant = ({ capturedAt, clockOffset }: Operation): number =>
  Date.parse(capturedAt) + clockOffset

/** The territory that was an account's home at an instant. */
export function homeThen(context: PushContext, account: AccountState, at: string): string {
  const ended = (context.pastHomes.get(account.id) ?? []).filter(({ toAt }) => toAt > Date.parse(at))
  const [first] = ended.toSorted((a, b) => a.toAt - b.toAt)
  return first?.territoryId ?? account.territoryId
}

/** What the author held with a permission on a day, the last given first; of several, a phone that knew none meant that. */
export const ownTerritory = (
  { assignments }: Pick<PushContext, 'assignments'>,
  permission: Permission,
  day: string,
): string | null => {
  const latest = assignments.toSorted((a, b) =>
    a.validFrom === b.validFrom ? 0 : a.validFrom > b.validFrom ? -1 : 1,
  )
  const held = grantsOn(day, latest).find(({ role }) => ROLE_PERMISSIONS[role].includes(permission))
  return held?.territoryId ?? null
}

export const homePath = (context: PushContext, account: AccountState): Path =>
  context.territories.get(account.territoryId)?.path ?? ''

/** Whether the author held a permission at capture. */
export const heldAtCapture = (context: PushContext, permission: Permission, capture: Capture): boolean =>
  trees(context, capture).some(({ homes, grants }) =>
    homes.some((home) => verdictAt({ ...NOBODY, day: capture.day, grants }, permission, home).allowed),
  )

/** Tells of a territory whether what it owns is asked where the work was captured, or in one of the author's own branches. */
export function askedAtCapture(context: PushContext, capture: Capture): (ownerId: string) => boolean {
  const known = new Map<string, boolean>()
  const found = trees(context, capture)
  const isAsked = (ownerId: string): boolean =>
    found.some(({ homes, branches, pathOf }) => {
      const owner = pathOf(ownerId)
      if (owner === null) return false
      const meets = (branch: Path) => owner.startsWith(branch) || branch.startsWith(owner)
      return homes.some((home) => home.startsWith(owner)) || branches.some(meets)
    })
  // The sixty questions of a form have four owners.
  return (ownerId) => {
    const asked = known.get(ownerId) ?? isAsked(ownerId)
    known.set(ownerId, asked)
    return asked
  }
}

/** Whether the author held a permission at capture in a branch that is asked what a territory owns. */
export const heldWhereAsked = (
  context: PushContext,
  permission: Permission,
  ownerId: string,
  capture: Capture,
): boolean =>
  trees(context, capture).some(({ grants, pathOf }) => {
    const owner = pathOf(ownerId)
    if (owner === null) return false
    const held = branchesWith({ ...NOBODY, day: capture.day, grants }, permission)
    return held.some((branch) => owner.startsWith(branch) || branch.startsWith(owner))
  })

const NOBODY = { orgId: '', membershipId: '', deviceId: '' }

type Tree = {
  readonly homes: readonly Path[]
  /** Held on the day of capture. */
  readonly grants: readonly Grant[]
  /** Ever held. */
  readonly branches: readonly Path[]
  readonly pathOf: (territoryId: string) => Path | null
}

/** The tree as it is, and as it was at capture where a branch was moved since. */
function trees(context: PushContext, { at, day, territoryIds }: Capture): Tree[] {
  const instant = Date.parse(at)
  const held = grantsOn(day, context.assignments)
  const treeBy = (then: (path: Path) => Path): Tree => {
    const pathOf = (id: string): Path | null => {
      const path = context.territories.get(id)?.path
      return path === undefined ? null : then(path)
    }
    return {
      homes: territoryIds.flatMap((id) => pathOf(id) ?? []),
      grants: held.map((grant) => ({ ...grant, path: then(grant.path) })),
      branches: context.assignments.map(({ path }) => then(path)),
      pathOf,
    }
  }
  const now = treeBy((path) => path)
  if (!context.moves.some((move) => move.at > instant)) return [now]
  return [now, treeBy((path) => pathThen(path, context.moves, instant))]
}
