/** Pairs of reports, one after the other on the same account, that both answer a question. */
export type Steadiness = {
  readonly pairs: number
  /** Of them, those in which the answer is the same. */
  readonly same: number
  /** Days between the two, on average. */
  readonly gapDays: number
}

/** Fewer pairs say nothing. */
export const PAIRS_MIN = 30
/** Share of pairs from which an answer is one of the account rather than of the visit. */
const STEADY = 0.9
/** When a question is asked again, what is known should still hold this often. */
const STILL_TRUE = 0.75
/** Days after which a question may be asked again. */
const AGAIN_AFTER = [365, 180, 90] as const

/**
 * After how many days a question had better be asked again, where its answer seldom changes from one visit to the next;
 * null where it changes, or where visits are too far apart for it to spare one in two. Changes are taken to be as likely
 * on any day; one change more than was seen is reckoned with, since few pairs prove little (rule of succession).
 */
export function askAgainAfter({ pairs, same, gapDays }: Steadiness): number | null {
  if (pairs < PAIRS_MIN || same / pairs < STEADY || gapDays <= 0) return null
  const holds = (same + 1) / (pairs + 2)
  return AGAIN_AFTER.find((days) => days >= 2 * gapDays && holds ** (days / gapDays) >= STILL_TRUE) ?? null
}
