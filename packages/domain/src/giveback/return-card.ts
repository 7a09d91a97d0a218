import type { BucketLabel } from '../analytics/bucket.ts'
import type { GivebackKind, Localised } from '../field/field-spec.ts'
import type { Rate } from '../insight/wilson.ts'
import type { PathNode } from '../territory/path-node.ts'
import type { Badge } from './badge.ts'
import type { Reminder } from './reminder.ts'
import type { TrendAbove } from './trend-above.ts'

/** One sentence each, in i18n; the params of each are beside it. */
export const RETURN_CODES = [
  /** yes, answered, reachable, withEmail, holder (account | contact): this one joined, and the count is a round one */
  'SEGMENT_THRESHOLD',
  /** the same: this one joined */
  'SEGMENT_NEW',
  /** the same: this save changed nothing in it */
  'SEGMENT_STATUS',
  /** answered, unanswered, holder: nobody in it yet */
  'SEGMENT_PROGRESS',
  /** day, dueDay, inDays (to dueDay, 0 when it is already due): set now, due within 60 days */
  'REMINDER_SET',
  /** the same, due later */
  'REMINDER_LATER',
  /** the same, set before */
  'REMINDER_KEPT',
  /** no date to come */
  'REMINDER_PROGRESS',
  /** everyDays, usualDays, nextDay: this answer brings the next visit nearer, or puts it off */
  'PRIORITY_SOONER',
  'PRIORITY_LATER',
  /** the same: it did so before */
  'PRIORITY_KEPT',
  /** no answer that changes the rhythm of visits here */
  'PRIORITY_PROGRESS',
  /** sooner, later: accounts whose rhythm it changes */
  'PRIORITY_STATUS',
  /** lastShare, lastN: the last thirty days; beforeShare, beforeN: the year before them */
  'TREND_UP',
  'TREND_DOWN',
  'TREND_STEADY',
  /** have, need, missing */
  'TREND_PROGRESS',
  /** insight: the key of what stands out of this question's answers; `answer`: of which one */
  'INSIGHT_FOUND',
  /** have, need: answers enough to be judged every month, or not yet */
  'INSIGHT_COUNTED',
  'INSIGHT_PROGRESS',
  /** hereShare, thereShare, hereN, thereN, place */
  'COMPARISON_PLACE_HIGHER',
  'COMPARISON_PLACE_LOWER',
  'COMPARISON_PLACE_UNCLEAR',
  /** hereShare: orders with this answer; thereShare: with the others; hereN, thereN: reports */
  'COMPARISON_OUTCOME_HIGHER',
  'COMPARISON_OUTCOME_LOWER',
  'COMPARISON_OUTCOME_UNCLEAR',
  /** hereShare, hereK, hereN: nothing to compare with yet */
  'COMPARISON_HERE',
  /** have, need, missing, side (any | this | others) */
  'COMPARISON_PROGRESS',
  /** have: enough answers here, and this one was left out */
  'COMPARISON_READY',
  /** said now, already there, not known yet; `badge` has the fact */
  'BADGE_ADDED',
  'BADGE_KEPT',
  'BADGE_PROGRESS',
] as const
export type ReturnCode = (typeof RETURN_CODES)[number]

/** A line under the picture: `n` alone, or `n` out of `of`. */
export const EVIDENCE_CODES = [
  'MEMBERS',
  'UNANSWERED',
  'REACHABLE',
  'WITH_EMAIL',
  /** This answer among those here, and among those of the territory above. */
  'HERE',
  'THERE',
  /** Orders among reports with this answer, and with the others. */
  'WITH_ANSWER',
  'WITH_OTHERS',
  /** This answer in the last thirty days, and in the year before them. */
  'LAST_DAYS',
  'DAYS_BEFORE',
  /** Cases there are, out of those needed. */
  'CASES',
] as const
export type EvidenceCode = (typeof EVIDENCE_CODES)[number]
export type EvidenceLine = { readonly code: EvidenceCode; readonly n: number; readonly of: number | null }

export type Proof =
  /** A dot each; `mark` says where the one just met is. */
  | {
      readonly kind: 'dots'
      readonly yes: number
      readonly other: number
      readonly unanswered: number
      readonly mark: 'yes' | 'other' | null
    }
  /** `here` and `there` out of their totals; `mark` is the answer just given. */
  | {
      readonly kind: 'bars'
      readonly totals: { readonly here: number; readonly there: number | null }
      readonly bars: readonly {
        readonly bucket: string
        readonly label: BucketLabel
        readonly here: number
        readonly there: number | null
        readonly mark: boolean
      }[]
    }
  /**
   * Shares of this answer, oldest first, a step of thirty days each; null where too few answered. `k` of the `n` answers of
   * them all.
   */
  | {
      readonly kind: 'line'
      readonly shares: readonly (number | null)[]
      readonly from: readonly string[]
      readonly k: number
      readonly n: number
      /** The place above, to be drawn beside; null when nothing of it may be, or is there. */
      readonly above: TrendAbove | null
    }
  | {
      readonly kind: 'intervals'
      readonly rows: readonly { readonly side: 'here' | 'there'; readonly rate: Rate }[]
    }

/** What a save gives back, as data: i18n writes the sentence from `code`, `params` and the labels. */
export type ReturnCard = {
  readonly kind: GivebackKind
  readonly fieldId: string
  readonly owner: PathNode
  readonly code: ReturnCode
  /** Names ending in Day are YYYY-MM-DD, in Share 0..1, `place` a territory's name. */
  readonly params: Readonly<Record<string, string | number>>
  readonly field: Localised
  /** The segment's or reminder's own label. */
  readonly giveback: Localised | null
  /** The answer that is compared. */
  readonly answer: BucketLabel | null
  /** The fact on the card, for BADGE_ADDED and BADGE_KEPT. */
  readonly badge: Badge | null
  readonly evidence: readonly EvidenceLine[]
  readonly proof: Proof | null
  /** The territory above is not in the pack: it will be added with the network. */
  readonly partial: boolean
  /** Instant of the pack's figures, null when all was counted here. */
  readonly asOf: string | null
}

/** What a card says beyond its question and its owner. */
export type Said = Pick<ReturnCard, 'code'> &
  Partial<Omit<ReturnCard, 'code' | 'kind' | 'fieldId' | 'owner' | 'field'>>

export type AlsoDone =
  | { readonly kind: 'badge'; readonly code: 'BADGE_ADDED'; readonly badge: Badge }
  | { readonly kind: 'reminder'; readonly code: 'REMINDER_SET'; readonly reminder: Reminder }
