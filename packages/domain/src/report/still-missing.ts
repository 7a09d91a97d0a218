import type { FieldDefinition, FieldSpec, Tightening } from '../field/field-spec.ts'

/** A live question of reports, as far as it tells whom it requires an answer of. */
export type Demand = Pick<FieldDefinition, 'id' | 'territoryId'> & {
  readonly spec: Pick<FieldSpec, 'required' | 'requiredIf'>
  readonly tightenings?: readonly Pick<Tightening, 'territoryId' | 'spec'>[]
}

/** The territories from which down a question requires an answer, always or on a condition. */
export const demandedFrom = ({ spec, territoryId, tightenings = [] }: Demand): readonly string[] =>
  spec.required || spec.requiredIf
    ? [territoryId]
    : tightenings.flatMap((below) => (below.spec.required ? below.territoryId : []))

/**
 * Of what a report lacked when it was last judged, what today's questions still require at its account's home: not what was
 * retired since, or is no longer required there. `path`: ids from the root to the home.
 */
export const stillMissing = (
  missing: readonly string[],
  live: readonly Demand[],
  path: readonly string[],
): string[] =>
  missing.filter((id) =>
    live.some((field) => field.id === id && demandedFrom(field).some((place) => path.includes(place))),
  )
