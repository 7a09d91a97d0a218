import type { FieldDefinition, Localised } from '../field/field-spec.ts'
import type { EffectiveField, PathNode } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow } from '../sync/pull.ts'

/** An answer as shown: labels and figures, no sentence. */
export type AnswerParts =
  | { readonly kind: 'yes' | 'no' }
  | { readonly kind: 'options'; readonly labels: readonly Localised[] }
  | { readonly kind: 'number'; readonly value: number; readonly unit: string | null }
  /** `inDays` is negative once the day has passed. */
  | { readonly kind: 'date'; readonly day: string; readonly inDays: number }
  | { readonly kind: 'text'; readonly text: string }

/** A fact on the account's card. */
export type Badge = {
  readonly fieldId: string
  /** Who asks; `owner.rank` gives the mark. */
  readonly owner: PathNode
  /** The label of the version that was answered. */
  readonly label: Localised
  readonly version: number
  readonly parts: AnswerParts
  readonly from: 'account' | 'contact' | 'report'
  /** The account, the contacts that share this answer, or the report that said it. */
  readonly sourceIds: readonly string[]
  /** Day of the report that said it, null for accounts and contacts. */
  readonly day: string | null
}

export type CardAnswers = {
  readonly account: Pick<AccountRow, 'id' | 'values'>
  readonly contacts: readonly Pick<ContactRow, 'id' | 'values'>[]
  readonly reports: readonly Pick<ReportRow, 'id' | 'day' | 'status' | 'values'>[]
  readonly past: readonly FieldDefinition[]
}

export declare function badgesOf(fields: readonly EffectiveField[], card: CardAnswers, today: string): Badge[]
