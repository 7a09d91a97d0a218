import type { AnswerValue } from '../field/answer.ts'
import type { EffectiveField, PathNode } from '../field/resolve.ts'
import type { RateVerdict } from '../insight/compare-rates.ts'
import type { Rate } from '../insight/wilson.ts'
import type { ReturnPack } from '../sync/pull.ts'
import type { LocalRows } from './local-rows.ts'

/** One bar of a distribution: cases here, and there when it is known. */
export type Bar = { readonly bucket: string; readonly here: number; readonly there: number | null }

/**
 * `place`: the share of this answer here and in the territory above. `outcome`: the share of reports ending in an order
 * with this answer and with the others, here; used where nobody above is asked the question.
 * `here_only`: enough cases here, nothing above in the pack yet. `too_few`: `need - have` cases are missing.
 */
export type Comparison =
  | {
      readonly verdict: RateVerdict
      readonly basis: 'place' | 'outcome'
      readonly bucket: string
      readonly here: Rate
      readonly there: Rate
      /** The territory compared with; null for `outcome`. */
      readonly reference: PathNode | null
      /** Instant of the pack's figures; null when all was counted here. */
      readonly asOf: string | null
      readonly bars: readonly Bar[]
    }
  | {
      readonly verdict: 'here_only'
      readonly bucket: string
      readonly here: Rate
      readonly bars: readonly Bar[]
    }
  | { readonly verdict: 'too_few'; readonly bucket: string; readonly have: number; readonly need: number }

export type ComparisonInput = {
  readonly field: EffectiveField
  readonly answer: AnswerValue
  /** Root to the home of the account. */
  readonly path: readonly PathNode[]
  /** The reader's own territories. */
  readonly mine: readonly string[]
  readonly rows: LocalRows
  readonly pack: ReturnPack
  readonly today: string
}

export declare function comparisonOf(input: ComparisonInput): Comparison | null
