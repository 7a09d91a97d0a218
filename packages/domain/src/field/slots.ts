import type { FieldEntity, FieldSpec, FieldType } from './field-spec.ts'
import { dayOfMoment } from './types/moment.ts'

/** Typed columns pre-created on each entity's row (prisma/schema): text t01.., float8 n01.., date d01... */
export const SLOT_COUNTS: Readonly<Record<FieldEntity, Readonly<Record<'t' | 'n' | 'd', number>>>> = {
  report: { t: 12, n: 6, d: 4 },
  account: { t: 6, n: 3, d: 3 },
  contact: { t: 6, n: 3, d: 3 },
}

const FAMILY: Readonly<Record<FieldType, 't' | 'n' | 'd' | null>> = {
  yes_no: 't',
  single_choice: 't',
  // Several answers do not fit one column: the child table holds them.
  multiple_choice: null,
  integer: 'n',
  decimal: 'n',
  money: 'n',
  duration: 'n',
  rating: 'n',
  computed: 'n',
  date: 'd',
  // By its day.
  date_time: 'd',
  // What says how to reach somebody, where or who is not counted.
  short_text: null,
  long_text: null,
  phone: null,
  email: null,
  web_address: null,
  postal_address: null,
  position: null,
  account_reference: null,
  contact_reference: null,
  photo: null,
  // One item or several, in the child table alike.
  list_reference: null,
}

/** Every slot of an entity that could hold the answers of a field; empty for fields kept in the child table. */
export function slotsFor(entity: FieldEntity, spec: FieldSpec): string[] {
  const family = FAMILY[spec.type]
  if (!spec.reportable || family === null) return []
  return Array.from(
    { length: SLOT_COUNTS[entity][family] },
    (_, i) => `${family}${String(i + 1).padStart(2, '0')}`,
  )
}

/** The first slot that no field on an overlapping branch uses, or null: the answers then go to the child table. */
export const freeSlot = (entity: FieldEntity, spec: FieldSpec, taken: ReadonlySet<string>): string | null =>
  slotsFor(entity, spec).find((slot) => !taken.has(slot)) ?? null

/** A value as a column of its family, or the child table, holds it: text, a number, a day. */
export function slotValue(spec: Pick<FieldSpec, 'type'>, x: string | number | boolean): string | number {
  if (typeof x === 'boolean') return String(x)
  return FAMILY[spec.type] === 'd' && typeof x === 'string' ? dayOfMoment(x) : x
}

/** Which column of the child table holds a reportable answer that has none of its own. */
export const looseFamily = (spec: Pick<FieldSpec, 'type'>): 't' | 'n' | 'd' => FAMILY[spec.type] ?? 't'
