import type { Localised } from '../field/field-spec.ts'
import type { EffectiveField, PathNode } from '../field/resolve.ts'
import type { LocalRows } from './local-rows.ts'

/** A date somebody gave, to be recalled `daysBefore` it. */
export type Reminder = {
  readonly fieldId: string
  readonly owner: PathNode
  readonly label: Localised
  readonly accountId: string
  readonly contactId: string | null
  /** The date answered. */
  readonly day: string
  /** The day it is recalled; may be past while `day` is not. */
  readonly dueDay: string
}

export type ReminderWindow = { readonly today: string; readonly days: number }

export declare function remindersOf(
  fields: readonly EffectiveField[],
  rows: LocalRows,
  window: ReminderWindow,
): Reminder[]
