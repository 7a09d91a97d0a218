/** No question takes longer than this at once: the rest is time spent with the client. */
const AT_ONCE_MOST = 60
/** Nor longer than an hour in all, however often one comes back to it. */
const IN_ALL_MOST = 3_600

/**
 * Seconds spent on a question, with those of one more answer; `elapsed` in milliseconds by the phone's clock, which may
 * have been set meanwhile, or have slept.
 */
export const withSpent = (seconds: number, elapsed: number): number =>
  Math.min(IN_ALL_MOST, seconds + Math.min(AT_ONCE_MOST, Math.max(0, Math.round(elapsed / 1000))))
