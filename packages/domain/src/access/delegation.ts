import { addDays, type Day } from '../agenda/day.ts'
import { isWithin, type Path } from '../territory/path.ts'
import { FOR_EVER } from './administered-until.ts'
import { ROLE_PERMISSIONS } from './permissions.ts'
import { type DatedGrant, type DelegatedGrant, grantsOn, type Place } from './scope.ts'

/**
 * The right to define questions, handed to somebody on a branch from a day to a day (both inclusive; `validTo` null: for
 * as long as its giver holds it). What was taken back is not among them.
 */
export type DatedDelegation = {
  readonly id: string
  readonly giverId: string
  readonly receiverId: string
  readonly path: Path
  readonly validFrom: Day
  readonly validTo: Day | null
}

/** Delegations to some people, those that their givers rest on in turn, and the roles of all of them by membership. */
export type DelegationFacts = {
  readonly delegations: readonly DatedDelegation[]
  readonly held: ReadonlyMap<string, readonly DatedGrant[]>
}

/** A branch where somebody defines questions; `asHeadquarters`: at levels that are kept for headquarters too. */
type Reach = { readonly path: Path; readonly asHeadquarters: boolean }

const isLive = ({ validFrom, validTo }: DatedDelegation, day: Day): boolean =>
  validFrom <= day && (validTo === null || day <= validTo)

const grantsOf = (memberId: string, day: Day, { held }: DelegationFacts) =>
  grantsOn(day, held.get(memberId) ?? [])

const byRole = (memberId: string, day: Day, facts: DelegationFacts): Reach[] =>
  grantsOf(memberId, day, facts)
    .filter(({ role }) => ROLE_PERMISSIONS[role].includes('field.define'))
    .map(({ role, path }) => ({ path, asHeadquarters: role === 'headquarters' }))

const meet = (a: Path, b: Path): Path | null => (isWithin(a, b) ? b : isWithin(b, a) ? a : null)

/**
 * What was handed on to somebody and holds on a day. It is computed from what its giver holds that day, by role or handed
 * on to him in turn, so that nobody has more than his giver, and what a giver loses is lost below him at once. It holds
 * only where the receiver reads questions by a role of his own. Two people who hand each other something hold nothing by it.
 */
export function delegatedOn(day: Day, memberId: string, facts: DelegationFacts): DelegatedGrant[] {
  return everyDelegated(day, facts).get(memberId) ?? []
}

/** By membership. Grows from roles until nothing is added: what rests on itself alone is never reached. */
function everyDelegated(day: Day, facts: DelegationFacts): Map<string, DelegatedGrant[]> {
  const live = facts.delegations.filter((delegation) => isLive(delegation, day))
  const found = new Map<string, DelegatedGrant[]>()
  for (let grown = true; grown; ) {
    grown = false
    for (const delegation of live) {
      const have = found.get(delegation.receiverId) ?? []
      const from = [...byRole(delegation.giverId, day, facts), ...(found.get(delegation.giverId) ?? [])]
      const more = handedOn(delegation, from, readsOn(delegation.receiverId, day, facts)).filter(
        (one) => !have.some((other) => isSame(one, other)),
      )
      if (more.length === 0) continue
      found.set(delegation.receiverId, [...have, ...more])
      grown = true
    }
  }
  return found
}

const readsOn = (memberId: string, day: Day, facts: DelegationFacts): Path[] =>
  grantsOf(memberId, day, facts)
    .filter(({ role }) => ROLE_PERMISSIONS[role].includes('field.read'))
    .map(({ path }) => path)

function handedOn(
  { id, path }: DatedDelegation,
  givers: readonly Reach[],
  reads: readonly Path[],
): DelegatedGrant[] {
  const found = givers.flatMap(({ path: held, asHeadquarters }) =>
    reads.flatMap((read) => {
      const shared = meet(path, held)
      const branch = shared === null ? null : meet(shared, read)
      return branch === null ? [] : [{ delegationId: id, path: branch, asHeadquarters }]
    }),
  )
  return found.filter((one, at) => found.findIndex((other) => isSame(one, other)) === at)
}

const isSame = (a: DelegatedGrant, b: DelegatedGrant): boolean =>
  a.delegationId === b.delegationId && a.path === b.path && a.asHeadquarters === b.asHeadquarters

/** Whether somebody defines questions at a place on a day, by a role or by what was handed on to him. */
export type DefinesAt = (memberId: string, place: Place, day: Day) => boolean

/** `headquartersOnly`: levels at which managers do not. */
export function definesAt(facts: DelegationFacts, headquartersOnly: readonly number[]): DefinesAt {
  const known = new Map<Day, Map<string, DelegatedGrant[]>>()
  return (memberId, place, day) => {
    const delegated = known.get(day) ?? everyDelegated(day, facts)
    known.set(day, delegated)
    return [...byRole(memberId, day, facts), ...(delegated.get(memberId) ?? [])].some((reach) =>
      holdsAt(reach, place, headquartersOnly),
    )
  }
}

const holdsAt = (reach: Reach, place: Place, headquartersOnly: readonly number[]): boolean =>
  isWithin(reach.path, place.path) && (reach.asHeadquarters || !headquartersOnly.includes(place.rank))

/**
 * The last day of the unbroken run, from a day on, on which something holds; the day before when it does not hold then,
 * FOR_EVER when it never ends. `facts` say on which days it can change.
 */
export function holdsUntil(holds: (day: Day) => boolean, from: Day, facts: DelegationFacts): Day {
  const periods = [...facts.delegations, ...[...facts.held.values()].flat()]
  const changes = new Set(
    periods.flatMap(({ validFrom, validTo }) => [validFrom, ...(validTo ? [addDays(validTo, 1)] : [])]),
  )
  const days = [from, ...[...changes].filter((day) => day > from).sort()]
  const end = days.find((day) => !holds(day))
  return end === undefined ? FOR_EVER : addDays(end, -1)
}
