import { definitionsOf } from '@fieldback/db/field/field.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import type { FieldDefinition, Localised } from '@fieldback/domain/field/field-spec'
import { type Path, pathIds } from '@fieldback/domain/territory/path'

/** A question by whose answers accounts can be told apart: their own, or those of their contacts. */
export type TellingQuestion = {
  readonly fieldId: string
  readonly of: 'account' | 'contact'
  readonly label: Localised
  /** Empty: yes or no. */
  readonly options: readonly { readonly id: string; readonly label: Localised }[]
}

const tellsApart = ({ entity, retired, spec }: FieldDefinition): boolean =>
  entity !== 'report' && !retired && (spec.type === 'yes_no' || spec.options.length > 0)

/** Those that are asked at a place, with answers to choose from. */
export async function questionsTellingApart(sdb: ScopedDb, path: Path): Promise<TellingQuestion[]> {
  const asked = await definitionsOf(sdb, pathIds(path))
  return asked.filter(tellsApart).map(({ id, entity, spec }) => ({
    fieldId: id,
    of: entity === 'contact' ? 'contact' : 'account',
    label: spec.label,
    options: spec.options
      .filter(({ retired }) => !retired)
      .map((option) => ({ id: option.id, label: option.label })),
  }))
}
