import {
  type DelegationRow,
  delegationsAround,
  delegationsTo,
  standingAround,
} from '@fieldback/db/delegation/delegation.repo'
import { delegationFacts } from '@fieldback/db/delegation/delegation-facts.repo'
import { requireTerritory, type ScopedDb } from '@fieldback/db/scoped-db'
import { FOR_EVER } from '@fieldback/domain/access/administered-until'
import { type DelegationFacts, delegatedOn, holdsUntil } from '@fieldback/domain/access/delegation'
import { ROLE_PERMISSIONS, ROLES, type Role } from '@fieldback/domain/access/permissions'
import type { Rank } from '@fieldback/domain/territory/rank'
import { definesByRole, mayTakeBack, receiversAt } from './give.ts'

/** Lines of one list. */
const LIST_MAX = 500
const DEFINING: readonly Role[] = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes('field.define'))

export type Placed = {
  readonly membershipId: string
  readonly displayName: string
  readonly territoryId: string
  readonly territoryName: string
  readonly rank: Rank
}

export type DelegationLine = Omit<DelegationRow, 'path'> & {
  /** Its last day as things stand: its own, or the day on which its giver's right ends; null: no end. */
  readonly until: string | null
  /** It begins later, and gives nothing yet. */
  readonly later: boolean
  /** It gives nothing: its giver holds no such right any more, or its receiver no role there. */
  readonly idle: boolean
  /** The reader may take it back. */
  readonly changeable: boolean
}

export type Definers = {
  /** Managers define nothing at this level: the organisation keeps it for headquarters. */
  readonly kept: boolean
  /** Who may by a role, at this territory or above it. */
  readonly byRole: readonly (Placed & { readonly role: Role })[]
  /** To whom it was handed on: here, above and below. */
  readonly delegations: readonly DelegationLine[]
  readonly more: boolean
}

/** Who may ask questions at a territory, and to whom the right was handed on there and below. NOT_FOUND, FORBIDDEN. */
export async function readDefiners(sdb: ScopedDb, territoryId: string): Promise<Definers> {
  const { scope } = sdb
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const standing = await standingAround(sdb, territory.path, {
    roles: DEFINING,
    below: false,
    limit: LIST_MAX,
  })
  const rows = await delegationsAround(sdb, territory.path, LIST_MAX + 1)
  return {
    kept: (scope.headquartersOnly ?? []).includes(territory.rank),
    byRole: standing
      .filter(({ role }) => definesByRole(scope, role, territory))
      .map(({ path: _path, ...one }) => one),
    delegations: await linesOf(sdb, rows.slice(0, LIST_MAX)),
    more: rows.length > LIST_MAX,
  }
}

/** What was handed on to the reader. */
export const readReceived = async (sdb: ScopedDb): Promise<DelegationLine[]> =>
  linesOf(sdb, await delegationsTo(sdb, sdb.scope.membershipId))

/** Whom the reader may give it at a territory and below, by name. NOT_FOUND, FORBIDDEN. */
export async function readReceivers(sdb: ScopedDb, territoryId: string): Promise<Placed[]> {
  const territory = await requireTerritory(sdb, 'field.define', territoryId)
  const found = await receiversAt(sdb, territory, true)
  return found.map(({ membershipId, displayName, territoryId: at, territoryName, rank }) => ({
    membershipId,
    displayName,
    territoryId: at,
    territoryName,
    rank,
  }))
}

async function linesOf(sdb: ScopedDb, rows: readonly DelegationRow[]): Promise<DelegationLine[]> {
  const { tx, scope } = sdb
  if (rows.length === 0) return []
  const facts = await delegationFacts(tx, scope.orgId, [...new Set(rows.map(({ receiverId }) => receiverId))])
  return rows.map((row) => {
    const { path: _path, ...told } = row
    const later = row.validFrom > scope.day
    const from = later ? row.validFrom : scope.day
    const until = holdsUntil((day) => gives(row, day, facts), from, facts)
    return {
      ...told,
      until: until === FOR_EVER ? null : until,
      later,
      idle: until < from,
      changeable: mayTakeBack(scope, row),
    }
  })
}

const gives = ({ id, receiverId }: DelegationRow, day: string, facts: DelegationFacts): boolean =>
  delegatedOn(day, receiverId, facts).some(({ delegationId }) => delegationId === id)
