import type { FieldType, GivebackKind } from '../field/field-spec.ts'

/**
 * The returns that the answers of a type can make. A badge is a fact in three words, so no long text; a comparison needs
 * shares; a segment needs answers that can be listed; a reminder needs a day; a priority needs few answers, each with its rhythm.
 */
const FITS: Readonly<Record<FieldType, readonly GivebackKind[]>> = {
  yes_no: ['badge', 'comparison', 'segment', 'priority'],
  single_choice: ['badge', 'comparison', 'segment', 'priority'],
  multiple_choice: ['badge', 'comparison', 'segment', 'priority'],
  integer: ['badge', 'comparison'],
  decimal: ['badge', 'comparison'],
  money: ['badge', 'comparison'],
  duration: ['badge', 'comparison'],
  rating: ['badge', 'comparison'],
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
  list_reference: ['badge', 'comparison', 'segment'],
  photo: ['badge'],
  computed: ['badge', 'comparison'],
}

/** False for a type, or a return, of a later release than this phone's. */
export const fitsType = (kind: GivebackKind, type: FieldType): boolean => FITS[type]?.includes(kind) ?? false
