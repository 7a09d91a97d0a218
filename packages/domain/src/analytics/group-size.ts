/** People behind a figure that compares people or reaches somebody without rights on the records. */
export const GROUP_MIN = 5
/** Cases under which a share says nothing. */
export const CASES_MIN = 8
/** Cases a side under which nothing stands out, and answers that two such sides take. */
export const SIDE_MIN = 30
export const INSIGHT_ANSWERS_MIN = 2 * SIDE_MIN

export type SizeVerdict =
  | { readonly visible: true }
  | {
      readonly visible: false
      /** `beside`: of enough people, and hidden so that a smaller group cannot be had by taking it from the total (kept-back). */
      readonly reason: 'people' | 'cases' | 'beside'
      readonly have: number
      readonly need: number
    }

/** Why a group of enough people is hidden beside a smaller one. */
export const besideSmall = (people: number) =>
  ({ visible: false, reason: 'beside', have: people, need: GROUP_MIN }) as const

/**
 * Whether a share may be shown. `own`: totals of the reader's own branch, where people are not counted; cases always
 * are. Plain totals of one's own branch need neither and do not ask.
 */
export function visible(size: { readonly people: number; readonly n: number }, own: boolean): SizeVerdict {
  if (!own && size.people < GROUP_MIN) {
    return { visible: false, reason: 'people', have: size.people, need: GROUP_MIN }
  }
  return size.n < CASES_MIN
    ? { visible: false, reason: 'cases', have: size.n, need: CASES_MIN }
    : { visible: true }
}
