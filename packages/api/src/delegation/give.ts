import { writeAudit } from '@fieldback/db/audit/audit.repo'
import {
  type DelegationRow,
  delegationsTo,
  insertDelegation,
  lockDelegation,
  lockReceiver,
  type Standing,
  setTakenBack,
  standingAround,
} from '@fieldback/db/delegation/delegation.repo'
import { delegationFacts } from '@fieldback/db/delegation/delegation-facts.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { definesAt, holdsUntil } from '@fieldback/domain/access/delegation'
import { periodFault } from '@fieldback/domain/access/period-fault'
import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import { type Place, type Scope, verdictAt } from '@fieldback/domain/access/scope'
import { FieldbackError } from '@fieldback/domain/errors'
import type { TerritoryRow } from '@fieldback/domain/sync/pull'
import { isWithin } from '@fieldback/domain/territory/path'
import type { Deps } from '../context.ts'

export type GiveInput = {
  readonly receiverId: string
  readonly territoryId: string
  readonly validFrom: string
  /** Null: for as long as the giver holds it. */
  readonly validTo: string | null
}

const READING: readonly Role[] = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('field.read'))
export const PEOPLE_MAX = 2_000

/**
 * Hands the right to define questions on a branch to somebody who stands there by a role of his own. FORBIDDEN where the
 * reader does not hold it, DELEGATION_BEYOND_GIVER {until} for longer than he does, DELEGATION_DATES, DELEGATION_EXISTS,
 * NOT_FOUND for a person who does not stand there.
 */
export async function give(sdb: ScopedDb, input: GiveInput, newId: () => string): Promise<{ id: string }> {
  const { scope } = sdb
  const { receiverId, territoryId, validFrom, validTo } = input
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  if (periodFault(input, scope.day))
    throw new FieldbackError('DELEGATION_DATES', { from: validFrom, today: scope.day })
  await checkBeyond(sdb, territory, input)
  const receiver = (await receiversAt(sdb, territory, false)).find(
    ({ membershipId }) => membershipId === receiverId,
  )
  if (!receiver) throw new FieldbackError('NOT_FOUND', { what: 'membership' })
  await lockReceiver(sdb, receiverId)
  const held = await delegationsTo(sdb, receiverId)
  if (held.some((row) => row.giverId === scope.membershipId && overlaps(row, territory, input)))
    throw new FieldbackError('DELEGATION_EXISTS')
  const id = newId()
  await insertDelegation(sdb, { id, receiverId, territoryId, validFrom, validTo })
  await note(sdb, newId(), 'delegation.give', { ...input, before: null, after: { validFrom, validTo } })
  return { id }
}

const overlaps = (row: DelegationRow, territory: TerritoryRow, asked: GiveInput): boolean =>
  isWithin(row.path, territory.path) &&
  (row.validTo === null || row.validTo >= asked.validFrom) &&
  (asked.validTo === null || row.validFrom <= asked.validTo)

async function checkBeyond(
  sdb: ScopedDb,
  territory: TerritoryRow,
  { validFrom, validTo }: GiveInput,
): Promise<void> {
  const { tx, scope } = sdb
  const me = scope.membershipId
  const facts = await delegationFacts(tx, scope.orgId, [me])
  const defines = definesAt(facts, scope.headquartersOnly ?? [])
  const until = holdsUntil((day) => defines(me, territory, day), validFrom, facts)
  if (until < (validTo ?? validFrom)) throw new FieldbackError('DELEGATION_BEYOND_GIVER', { until })
}

/** Whom the right can be given at a territory, `below`: or under it, each at his own place; not who has it by his role. */
export async function receiversAt(
  sdb: ScopedDb,
  territory: TerritoryRow,
  below: boolean,
): Promise<Standing[]> {
  const { scope } = sdb
  const standing = await standingAround(sdb, territory.path, { roles: READING, below, limit: PEOPLE_MAX })
  const at = (one: Standing): Standing =>
    isWithin(territory.path, one.path)
      ? one
      : {
          ...one,
          territoryId: territory.id,
          territoryName: territory.name,
          rank: territory.rank,
          path: territory.path,
        }
  const placed = standing.map((one) => ({ one, place: at(one) }))
  const able = placed.filter(({ one, place }) => definesByRole(scope, one.role, place))
  const isAble = (who: Standing, place: Place) =>
    able.some(({ one }) => one.membershipId === who.membershipId && isWithin(one.path, place.path))
  const seen = new Set<string>()
  return placed.flatMap(({ one, place }) => {
    const key = `${one.membershipId}@${place.territoryId}`
    if (one.membershipId === scope.membershipId || isAble(one, place) || seen.has(key)) return []
    seen.add(key)
    return [place]
  })
}

/** Whether a role that somebody holds there lets him define questions at a place. */
export const definesByRole = ({ headquartersOnly = [] }: Scope, role: Role, { rank }: Place): boolean =>
  ROLE_PERMISSIONS[role].includes('field.define') &&
  (role === 'headquarters' || !headquartersOnly.includes(rank))

/** The giver takes back what he gave; so does whoever defines questions there by a role. */
export const mayTakeBack = (scope: Scope, row: DelegationRow): boolean =>
  row.giverId === scope.membershipId ||
  verdictAt({ ...scope, delegated: [] }, 'field.define', { path: row.path, rank: row.rank }).allowed

/** Takes a delegation back, at once, or gives it again. NOT_FOUND, FORBIDDEN. */
export async function setBack(
  sdb: ScopedDb,
  { delegationId, back }: { readonly delegationId: string; readonly back: boolean },
  { now, newId }: Pick<Deps, 'now' | 'newId'>,
): Promise<void> {
  const row = await lockDelegation(sdb, delegationId)
  if (!mayTakeBack(sdb.scope, row))
    throw new FieldbackError('FORBIDDEN', { reason: 'outside_branch', permission: 'field.define' })
  if (row.takenBack === back) return
  await setTakenBack(sdb, row.id, back ? now() : null)
  const { receiverId, territoryId, validFrom, validTo } = row
  const days = { validFrom, validTo }
  await note(sdb, newId(), back ? 'delegation.takeBack' : 'delegation.giveAgain', {
    receiverId,
    territoryId,
    ...days,
    before: back ? days : null,
    after: back ? null : days,
  })
}

const note = (
  sdb: ScopedDb,
  id: string,
  action: string,
  { receiverId, ...detail }: GiveInput & { readonly before: object | null; readonly after: object | null },
): Promise<void> => writeAudit(sdb, { id, action, subjectId: receiverId, detail })
