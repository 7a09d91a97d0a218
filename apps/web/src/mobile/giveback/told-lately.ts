import type { ReturnCard } from '@fieldback/domain/giveback/return-card'
import { type Told, withTold } from '@fieldback/domain/giveback/told-before'

const storageKey = (membershipId: string): string => `fieldback.told.${membershipId}`

/** What saves on this phone told its reader. A phone that refuses the storage repeats itself, no harm. */
export function readTold(membershipId: string): readonly Told[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey(membershipId)) ?? 'null')
    return Array.isArray(kept) ? kept : []
  } catch {
    return []
  }
}

export function noteTold(
  membershipId: string,
  card: ReturnCard,
  at: { readonly day: string; readonly reportId: string },
): void {
  try {
    localStorage.setItem(storageKey(membershipId), JSON.stringify(withTold(readTold(membershipId), card, at)))
  } catch {
    // Only spares repetition.
  }
}
