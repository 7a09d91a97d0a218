import { definitionsOf, findField } from '@fieldback/db/field/field.repo'
import type { ScopedDb } from '@fieldback/db/scoped-db'
import { FieldbackError } from '@fieldback/domain/errors'
import type { FieldDefinition, Localised } from '@fieldback/domain/field/field-spec'
import { type Path, pathIds } from '@fieldback/domain/territory/path'
import type { RehomeRule } from '@fieldback/domain/territory/rehome-rule'

/** A question by whose answers accounts can be told apart: their own, or those of their contacts. */
export type TellingQuestion = {
  readonly fieldId: string
  readonly of: 'account' | 'contact'
  readonly label: Localised
  /** Empty: yes or no. */
  readonly options: readonly { readonly id: string; readonly label: Localised }[]
}

const isChosen = ({ entity, spec }: FieldDefinition): boolean =>
  entity !== 'report' && (spec.type === 'yes_no' || spec.options.length > 0)

const tellsApart = (definition: FieldDefinition): boolean => !definition.retired && isChosen(definition)

/**
 * Whether rules ask for chosen answers alone: by how many accounts another one takes, what a text says would be guessed.
 * Questions that were retired since still tell. NOT_FOUND for an unknown one.
 */
export async function areTelling(sdb: ScopedDb, rules: readonly RehomeRule[]): Promise<boolean> {
  for (const id of new Set(rules.flatMap((rule) => (rule.by === 'answer' ? [rule.fieldId] : []))))
    if (!isChosen((await findField(sdb, id)).definition)) return false
  return true
}

/** NOT_FOUND when they do not. */
export async function requireTelling(sdb: ScopedDb, rules: readonly RehomeRule[]): Promise<void> {
  if (!(await areTelling(sdb, rules))) throw new FieldbackError('NOT_FOUND', { what: 'field' })
}

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
