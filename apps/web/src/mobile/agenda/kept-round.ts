import type { AccountRow } from '@fieldback/domain/sync/pull'

/** A day's own order of accounts. Ids alone: it lies on this phone and nowhere else. */
export type Round = { readonly day: string; readonly ids: readonly string[] }

const keyOf = (membershipId: string): string => `fieldback.round.${membershipId}`

/** The round as it was left: what was seen on an earlier day is over, the rest is still to do. */
export function readRound(
  membershipId: string,
  accounts: ReadonlyMap<string, Pick<AccountRow, 'lastVisitDay'>>,
  today: string,
): Round {
  const kept = readKept(membershipId)
  if (!kept) return { day: today, ids: [] }
  const { day, ids } = kept
  const isOver = (id: string): boolean => {
    const seen = accounts.get(id)?.lastVisitDay ?? ''
    return day < today && seen >= day && seen < today
  }
  return { day: today, ids: ids.filter((id) => !isOver(id)) }
}

/** As it was written; null when there is none that can be read. */
export function readKept(membershipId: string): Round | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(membershipId)) ?? 'null')
    return isRound(kept) ? kept : null
  } catch {
    return null
  }
}

const isRound = (value: unknown): value is Round =>
  typeof value === 'object' &&
  value !== null &&
  'day' in value &&
  'ids' in value &&
  typeof value.day === 'string' &&
  Array.isArray(value.ids) &&
  value.ids.every((id) => typeof id === 'string')

/** Whether it could be kept: a full storage says no. */
export function writeRound(membershipId: string, round: Round): boolean {
  try {
    localStorage.setItem(keyOf(membershipId), JSON.stringify(round))
    return true
  } catch {
    return false
  }
}

export const forgetRound = (membershipId: string): void => localStorage.removeItem(keyOf(membershipId))
