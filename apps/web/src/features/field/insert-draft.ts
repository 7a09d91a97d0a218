import { FIELD_ENTITIES } from '@fieldback/domain/field/field-spec'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { tighten } from '@fieldback/domain/field/tighten'
import type { PathNode } from '@fieldback/domain/territory/path-node'

/** The id of a question that is not published yet. */
export const NEW = 'draft'

/**
 * The form's questions with the drafted one where the phone will ask it: report, then account, then contact; in each,
 * from the root down; in a level, by position, a new one last. What levels below the writer made of it holds on. `at` is
 * the draft's place.
 */
export function insertDraft(
  fields: readonly EffectiveField[],
  draft: EffectiveField,
  writer: PathNode,
): { readonly list: EffectiveField[]; readonly at: number } {
  const drafted = asBelow(fields, draft, writer)
  const others = fields.filter((field) => field.id !== drafted.id)
  const place = (field: EffectiveField): number => FIELD_ENTITIES.indexOf(field.entity)
  const isBefore = (field: EffectiveField): boolean => {
    if (field.entity !== drafted.entity) return place(field) < place(drafted)
    if (field.owner.rank !== drafted.owner.rank) return field.owner.rank < drafted.owner.rank
    if (drafted.id === NEW) return true
    if (field.spec.position !== drafted.spec.position) return field.spec.position < drafted.spec.position
    return field.id < drafted.id
  }
  const before = others.filter(isBefore)
  return {
    list: [...before, drafted, ...others.filter((field) => !before.includes(field))],
    at: before.length,
  }
}

/** The draft with the tightenings of the levels between the writer and the form's place. */
function asBelow(fields: readonly EffectiveField[], draft: EffectiveField, writer: PathNode): EffectiveField {
  const known = fields.find(({ id }) => id === draft.id)
  return (known?.touched ?? [])
    .filter(({ node }) => node.rank > writer.rank)
    .reduce((field, { node }) => {
      const said = known?.tightenings?.find(({ territoryId }) => territoryId === node.id)
      return said ? tighten(field, said, node) : field
    }, draft)
}
