import type { FieldType, GivebackKind } from '../field/field-spec.ts'

const COUNTABLE: readonly FieldType[] = [
  'yes_no',
  'single_choice',
  'multiple_choice',
  'integer',
  'decimal',
  'computed',
]

/**
 * The answers each return can be made of. A badge is a fact in three words, so no long text; a comparison needs shares;
 * a segment needs answers that can be listed; a reminder needs a day.
 */
const FITS: Readonly<Record<GivebackKind, readonly FieldType[]>> = {
  badge: [...COUNTABLE, 'date', 'short_text'],
  comparison: COUNTABLE,
  segment: ['yes_no', 'single_choice', 'multiple_choice'],
  reminder: ['date'],
}

export const fitsType = (kind: GivebackKind, type: FieldType): boolean => FITS[kind].includes(type)
