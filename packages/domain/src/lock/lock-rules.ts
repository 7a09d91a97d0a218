/** A code has at least so many signs: with fewer, trying them all takes an evening. */
export const CODE_MIN = 6
export const CODE_MAX = 64

/** Why a code is too easily guessed by who has the phone in his hand; null when it is not. */
export function codeFault(code: string): 'short' | 'plain' | null {
  if (code.length < CODE_MIN) return 'short'
  const steps = new Set(Array.from(code.slice(1), (sign, at) => sign.charCodeAt(0) - code.charCodeAt(at)))
  const [step = 0] = steps
  // 000000, 123456, 987654.
  return steps.size === 1 && Math.abs(step) <= 1 ? 'plain' : null
}

/** Wrong codes that cost nothing: gloves and rain. */
const FREE_TRIES = 5
const WAIT_FIRST = 30_000
const WAIT_MOST = 60 * 60_000

/** Milliseconds before the next code may be tried after so many wrong ones in a row: none at first, then twice as long each time. */
export const waitAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(WAIT_MOST, WAIT_FIRST * 2 ** Math.min(wrong - FREE_TRIES, 20))
