import type { FieldEntity, FieldSpec, FieldType } from './field-spec.ts'

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
  computed: 'n',
  date: 'd',
  short_text: null,
  long_text: null,
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
