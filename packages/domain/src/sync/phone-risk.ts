/** What may cost a phone its unsent work. */
export type PhoneRisk =
  | { readonly kind: 'unsent'; readonly days: number }
  | { readonly kind: 'space'; readonly megabytes: number }
  | { readonly kind: 'not-installed' }

export type PhoneStanding = {
  readonly now: Date
  /** When the oldest work that waits was saved, ISO; null when nothing waits. */
  readonly oldestUnsent: string | null
  /** Bytes the browser still gives us; null where it does not say. */
  readonly freeBytes: number | null
  /** The system erases what a page keeps once it has not been opened for a week. */
  readonly erasedWhenIdle: boolean
}

/** A phone that has met no network for so long will not by itself. */
const UNSENT_DAYS = 3
/** A day's photos, and room for the next full fetch. */
const SPACE_MEGABYTES = 50

/** The risks to say, the most pressing first. Days and megabytes are whole and never flatter. */
export function phoneRisks({ now, oldestUnsent, freeBytes, erasedWhenIdle }: PhoneStanding): PhoneRisk[] {
  const days = oldestUnsent === null ? 0 : Math.floor((now.getTime() - Date.parse(oldestUnsent)) / 86_400_000)
  const megabytes = freeBytes === null ? SPACE_MEGABYTES : Math.floor(Math.max(0, freeBytes) / 1_000_000)
  return [
    ...(days >= UNSENT_DAYS ? [{ kind: 'unsent', days } as const] : []),
    ...(megabytes < SPACE_MEGABYTES ? [{ kind: 'space', megabytes } as const] : []),
    ...(erasedWhenIdle ? [{ kind: 'not-installed' } as const] : []),
  ]
}
