import { type DatedGrant, grantsOn } from '../access/scope.ts'
import { addDays, type Day } from '../agenda/day.ts'
import { isWithin } from '../territory/path.ts'

/** An account that came to a rep from another; its brief goes once he has visited it or read it. */
export type Handover = {
  readonly accountId: string
  /** Day on which it came. */
  readonly since: Day
  /** Who had it before, where that is known. */
  readonly fromName: string | null
  /** What was left for whoever comes after. */
  readonly note: { readonly text: string; readonly authorName: string } | null
}

export type Handovers = {
  /** The last to come first. */
  readonly came: readonly Handover[]
  /** Some were left off. */
  readonly more: boolean
  /** What the reader himself wants to pass on. */
  readonly own: readonly { readonly accountId: string; readonly text: string }[]
  /** Accounts that left him of late: he may still leave a word, and sees nothing of what came after. */
  readonly left: readonly Left[]
  /** Whom he replaces today, and who replaces him; `until`: last day. */
  readonly replaces: readonly Standing[]
  readonly replacedBy: readonly Standing[]
  /** There is something to say of it on Today. */
  readonly news: boolean
}

type Standing = { readonly name: string; readonly until: Day }

export type Left = {
  readonly accountId: string
  readonly name: string
  readonly city: string | null
  /** Day on which it left. */
  readonly since: Day
}

/** For so long an account is told to have come. */
export const HANDOVER_DAYS = 90
export const HANDOVER_NOTE_MAX = 2_000
/** For so long whoever had an account may still leave a word. */
export const WORD_DAYS = 30

/** An assignment as a rep; `inReplacement`: for the days of somebody's absence alone. */
export type RepPlace = DatedGrant & { readonly inReplacement: boolean }

export type NewPlace = Pick<DatedGrant, 'territoryId' | 'path'> & { readonly since: Day }

/**
 * Places that came to a rep within the last ninety days and that he holds: those he did not hold the day before, by
 * another assignment of his own, at the place itself or above it. What he holds in replacement does not come to him.
 */
export function newPlaces(held: readonly RepPlace[], day: Day): NewPlace[] {
  const own = held.filter(({ inReplacement }) => !inReplacement)
  return own.flatMap((place) => {
    const { territoryId, path, validFrom: since } = place
    const runs = grantsOn(day, [place]).length > 0
    if (!runs || since < addDays(day, -HANDOVER_DAYS)) return []
    const before = grantsOn(addDays(since, -1), own)
    return before.some((grant) => isWithin(grant.path, path)) ? [] : [{ territoryId, path, since }]
  })
}

type Met = { readonly contactId: string | null; readonly day: Day }

/** The people of an account, those met most often first, then those met last; `most` of them. */
export function whoMatters<C extends { readonly id: string }>(
  contacts: readonly C[],
  reports: readonly Met[],
  most: number,
): C[] {
  const met = contacts.map((contact) => {
    const days = reports.flatMap(({ contactId, day }) => (contactId === contact.id ? [day] : []))
    return { contact, times: days.length, last: days.sort().at(-1) ?? '' }
  })
  return met
    .sort((a, b) => b.times - a.times || (a.last < b.last ? 1 : a.last > b.last ? -1 : 0))
    .slice(0, most)
    .map(({ contact }) => contact)
}
