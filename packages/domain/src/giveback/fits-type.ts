import type { FieldType, GivebackKind } from '../field/field-spec.ts'

/**
 * The returns that the answers of a type can make. A badge is a fact in three words, so no long text; comparisons,
 * trends and insights need shares; a segment needs answers that can be listed; a reminder needs a day; a priority needs few answers, each with its rhythm.
 */
const FITS: Readonly<Record<FieldType, readonly GivebackKind[]>> = {
  yes_no: ['badge', 'comparison', 'trend', 'insight', 'segment', 'priority'],
  single_choice: ['badge', 'comparison', 'trend', 'insight', 'segment', 'priority'],
  multiple_choice: ['badge', 'comparison', 'trend', 'insight', 'segment', 'priority'],
  integer: ['badge', 'comparison', 'trend', 'insight'],
  decimal: ['badge', 'comparison', 'trend', 'insight'],
  money: ['badge', 'comparison', 'trend', 'insight'],
  duration: ['badge', 'comparison', 'trend', 'insight'],
  rating: ['badge', 'comparison', 'trend', 'insight'],
  date: ['badge', 'reminder'],
  date_time: ['badge', 'reminder'],
  short_text: ['badge'],
  long_text: [],
  phone: ['badge'],
  email: ['badge'],
  web_address: ['badge'],
  postal_address: ['badge'],
  position: ['badge'],
  account_reference: ['badge'],
  contact_reference: ['badge'],
  list_reference: ['badge', 'comparison', 'trend', 'insight', 'segment'],
  photo: ['badge'],
  computed: ['badge', 'comparison', 'trend', 'insight'],
}

/** False for a type, or a return, of a later release than this phone's. */
export const fitsType = (kind: GivebackKind, type: FieldType): boolean => FITS[type]?.includes(kind) ?? false
