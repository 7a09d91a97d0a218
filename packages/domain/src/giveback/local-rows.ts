import type { Answer } from '../field/answer.ts'
import type { FieldDefinition } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import type { AccountRow, ContactRow, ReportRow, TerritoryRow } from '../sync/pull.ts'

/** What a reader holds: on the phone everything pulled plus what waits in the outbox; the server loads the same shape. */
export type LocalRows = {
  readonly territories: readonly TerritoryRow[]
  readonly accounts: readonly AccountRow[]
  readonly contacts: readonly ContactRow[]
  readonly reports: readonly ReportRow[]
  /** Older versions of the questions. */
  readonly past: readonly FieldDefinition[]
}

/** Somebody or something a question is asked about, with its present answer. */
export type Holder = {
  readonly account: AccountRow
  /** Set for contact fields. */
  readonly contact: ContactRow | null
  /** The report that said it, for report fields. */
  readonly reportId: string | null
  readonly answer: Answer | undefined
}

export declare function holdersOf(field: EffectiveField, rows: LocalRows): Holder[]
