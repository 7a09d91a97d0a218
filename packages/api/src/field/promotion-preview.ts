import type { PlaceRow } from '@fieldback/db/analytics/place.repo'
import { answeredIn } from '@fieldback/db/field/promotion.repo'
import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { ErrorCode, ErrorParams } from '@fieldback/domain/errors'
import type { FieldType, GivebackKind, Localised } from '@fieldback/domain/field/field-spec'
import { LOCKABLE, type Lockable } from '@fieldback/domain/field/lockable'
import { undoableUntil, workingIn } from '@fieldback/domain/field/plan-promotion'
import { names } from '@fieldback/domain/field/tighten'
import type { Rank } from '@fieldback/domain/territory/rank'
import type { LoadedPromotion } from './load-promotion.ts'

type PlaceName = { readonly id: string; readonly name: string; readonly rank: Rank }

/** What a promotion changes, and for whom. */
export type PromotionPreview = {
  /** What it would be refused for now; null when it would go through. */
  readonly fault: { readonly code: ErrorCode; readonly params: ErrorParams } | null
  readonly sources: readonly {
    readonly fieldId: string
    readonly label: Localised
    readonly type: FieldType
    readonly owner: PlaceName
    readonly reps: number
    readonly territories: number
    /** Answers it has, and those of them that say nothing in the new question. */
    readonly answered: number
    readonly left: number
    /** What its owner gets back. */
    readonly given: readonly GivebackKind[]
  }[]
  /** Answers that join the series. */
  readonly joined: number
  readonly territories: number
  readonly reps: number
  /** Reps who are asked something new: beyond the branches that asked it already. */
  readonly newlyAsked: number
  /** What branches had made stricter and goes on. */
  readonly carried: readonly { readonly place: PlaceName; readonly aspects: readonly Lockable[] }[]
  /** What branches had made stricter and is given up. */
  readonly loosened: readonly { readonly place: PlaceName; readonly aspect: Lockable }[]
  /** YYYY-MM-DD */
  readonly undoUntil: string
}

export function previewOf(
  { question, branch, sources, verdict, accepted }: LoadedPromotion,
  answers: ReadonlyMap<string, Readonly<Record<string, number>>>,
  { places, day }: { readonly places: readonly PlaceRow[]; readonly day: string },
): PromotionPreview {
  const told = sources.map(({ definition, owned, map, branch: asked }) => {
    const counts = answers.get(definition.id) ?? {}
    const left = Object.entries(map ?? {}).reduce(
      (sum, [id, place]) => sum + (place === null && id !== UNKNOWN ? (counts[id] ?? 0) : 0),
      0,
    )
    return {
      fieldId: definition.id,
      label: definition.spec.label,
      type: definition.spec.type,
      owner: { id: owned.owner.id, name: owned.owner.name, rank: owned.owner.rank },
      reps: asked.fieldReps,
      territories: asked.territories + 1,
      answered: answeredIn(counts),
      left,
      given: workingIn(asked, question),
    }
  })
  const placeOf = new Map(places.map(({ id, name, rank }) => [id, { id, name, rank }]))
  const named = <T extends { territoryId: string }>(items: readonly T[]) =>
    items.flatMap((item) => {
      const place = placeOf.get(item.territoryId)
      return place ? [{ place, item }] : []
    })
  return {
    fault: verdict.ok ? null : { code: verdict.code, params: verdict.params },
    sources: told,
    joined: told.reduce((sum, { answered, left }) => sum + answered - left, 0),
    territories: branch.territories + 1,
    reps: branch.fieldReps,
    newlyAsked: Math.max(0, branch.fieldReps - told.reduce((sum, { reps }) => sum + reps, 0)),
    carried: accepted.ok
      ? named(accepted.carried).map(({ place, item }) => ({
          place,
          aspects: LOCKABLE.filter((aspect) => names(item.spec, aspect)),
        }))
      : [],
    loosened: accepted.ok
      ? named(accepted.loosened).map(({ place, item }) => ({ place, aspect: item.aspect }))
      : [],
    undoUntil: undoableUntil(day),
  }
}
