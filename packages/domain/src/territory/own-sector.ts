import { type Scope, verdictAt } from '../access/scope.ts'
import { nameKey } from '../account/normalise.ts'
import type { AccountRow, ContactRow, TerritoryRow } from '../sync/pull.ts'
import { LOCAL, SUB_SECTOR } from './rank.ts'
import { passes, type RehomeRule, type RuledAccount } from './rehome-rule.ts'

/** Letters of a sub-sector's name. */
export const SECTOR_NAME_MAX = 80

/** A sub-sector as far as it matters who arranges it. */
export type ArrangedSector = Pick<TerritoryRow, 'path' | 'rank'> & {
  /** A rep made it in his own sector. */
  readonly made: boolean
}

/** Territories that may have sub-sectors: those of the level just above. */
export const isDivisible = ({ rank }: Pick<TerritoryRow, 'rank'>): boolean => rank === LOCAL

/**
 * Whether somebody may change a sub-sector, and take accounts out of it: a manager those of his branch, a rep those that
 * reps made in his own sector.
 */
export function mayArrange(scope: Scope, sector: ArrangedSector): boolean {
  if (sector.rank !== SUB_SECTOR) return false
  if (verdictAt(scope, 'territory.arrange', sector.path).allowed) return true
  return sector.made && verdictAt(scope, 'territory.subdivide', sector.path).allowed
}

/** A name that no neighbour has: two reps may have chosen the same without network. "Bayonne", then "Bayonne 2". */
export function freeName(name: string, taken: readonly string[]): string {
  const keys = new Set(taken.map(nameKey))
  if (!keys.has(nameKey(name))) return name
  for (let number = 2; ; number++) {
    const suffix = ` ${number}`
    const next = `${name.slice(0, SECTOR_NAME_MAX - suffix.length)}${suffix}`
    if (!keys.has(nameKey(next))) return next
  }
}

/** An account as rules look at it; `answers` says what its contacts say, for a question that is asked of them. */
export function ruledAccount(
  { id, city, street, values }: Pick<AccountRow, 'id' | 'city' | 'street' | 'values'>,
  rule: RehomeRule,
  contacts: readonly Pick<ContactRow, 'values'>[] = [],
): RuledAccount {
  if (rule.by !== 'answer' || contacts.length === 0) return { id, city, street, values }
  const said = contacts.flatMap((contact) => {
    const x = contact.values[rule.fieldId]?.x
    return x === undefined || x === null ? [] : Array.isArray(x) ? x.map(String) : [String(x)]
  })
  return said.length === 0
    ? { id, city, street, values }
    : { id, city, street, values: { ...values, [rule.fieldId]: { v: 1, x: said } } }
}

/** An account that a rule is asked about, with its home. */
export type Homed = Pick<AccountRow, 'id' | 'territoryId' | 'city' | 'street' | 'values'>

/** What a rule takes, from where; `kept` lie where the asker takes nothing from. */
export type Selection<A extends Homed> = {
  readonly taken: readonly A[]
  readonly kept: readonly A[]
}

/**
 * The accounts of a territory and its sub-sectors that a rule takes to one of them. Those at `to` already are in neither
 * part; `open` says from which homes accounts may be taken.
 */
export function selectAccounts<A extends Homed>(
  accounts: readonly A[],
  rule: RehomeRule,
  {
    to,
    open,
    contactsOf,
  }: {
    readonly to: string
    readonly open: (territoryId: string) => boolean
    readonly contactsOf?: ((accountId: string) => readonly Pick<ContactRow, 'values'>[]) | undefined
  },
): Selection<A> {
  const taken: A[] = []
  const kept: A[] = []
  const ids = rule.by === 'accounts' ? new Set(rule.ids) : null
  for (const account of accounts) {
    if (account.territoryId === to) continue
    const fits = ids
      ? ids.has(account.id)
      : passes(rule, ruledAccount(account, rule, contactsOf?.(account.id)))
    if (fits) (open(account.territoryId) ? taken : kept).push(account)
  }
  return { taken, kept }
}
