import type { FieldEntity, FieldSpec } from '@fieldback/domain/field/field-spec'
import { FIELD_ENTITIES } from '@fieldback/domain/field/field-spec'
import { asOwned, type EffectiveField } from '@fieldback/domain/field/resolve'
import type { PathNode } from '@fieldback/domain/territory/path-node'

export type Drafted = {
  readonly territory: PathNode
  /** The question that the draft replaces, null for a new one. */
  readonly fieldId: string | null
  readonly entity: FieldEntity
  readonly spec: FieldSpec
}

/**
 * The form's questions with the draft where the phone will ask it: report, then account, then contact; in each, from the
 * root down; in a level, by position, a new one last. `at` is the draft's place.
 */
export function insertDraft(
  fields: readonly EffectiveField[],
  { territory, fieldId, entity, spec }: Drafted,
): { readonly list: EffectiveField[]; readonly at: number } {
  const definition = {
    id: fieldId ?? 'draft',
    territoryId: territory.id,
    entity,
    key: 'draft',
    version: 1,
    retired: false,
    slot: null,
    spec,
  }
  const drafted = asOwned(definition, territory)
  const others = fields.filter((field) => field.id !== fieldId)
  const place = (field: EffectiveField): number => FIELD_ENTITIES.indexOf(field.entity)
  const isBefore = (field: EffectiveField): boolean => {
    if (field.entity !== entity) return place(field) < place(drafted)
    if (field.owner.rank !== territory.rank) return field.owner.rank < territory.rank
    return field.spec.position <= spec.position
  }
  const before = others.filter(isBefore)
  return {
    list: [...before, drafted, ...others.filter((field) => !before.includes(field))],
    at: before.length,
  }
}
