import type { ErrorCode, ErrorParams } from '../errors.ts'
import { answerKey } from './answer-key.ts'
import { isBounded } from './bounds.ts'
import { type Carried, carryOver, type Loosened } from './carry-over.ts'
import type { Conversion } from './conversion.ts'
import { BECOMES, type Way } from './convert.ts'
import type { FieldDefinition, FieldSpec } from './field-spec.ts'
import { answerIds, isNamed, withLocalAnswers } from './merge-map.ts'
import { liveLinks, sourcesOf } from './merges.ts'
import {
  isChoice,
  isDated,
  isNumber,
  type PublishInput,
  type PublishPlan,
  planPublication,
} from './plan-publish.ts'
import { type Referable, referencesOf } from './plan-references.ts'
import { withoutBounds } from './said-bounds.ts'
import { names } from './tighten.ts'

export type RetypeInput = Omit<PublishInput, 'previous' | 'entity' | 'territoryId'> & {
  /** The question in force. */
  readonly definition: FieldDefinition
  readonly way: Way
  /** Live questions that may hang on it: of its territory and below. */
  readonly hanging: readonly Referable[]
  /** What becomes less strict has been read. */
  readonly acceptLooser: boolean
}

type Fault = { readonly code: ErrorCode; readonly params: ErrorParams }
export type RetypePlan = {
  readonly publication: Extract<PublishPlan, { ok: true }>
  readonly conversion: Omit<Conversion, 'fieldId' | 'live'>
  readonly carried: readonly Carried[]
  readonly loosened: readonly Loosened[]
}
export type RetypeVerdict = ({ readonly ok: true } & RetypePlan) | ({ readonly ok: false } & Fault)

/** Old answers that a person may say the new one of, one by one. */
export const WAY_MOST = 500
export const STEPS_MOST = 50

/**
 * Decides another type of answer for a published question, touching nothing: a new question at the same place, published
 * by the same rules as any, whose answers before were given to the old one. What a level below had made stricter goes
 * on where the new type can say it.
 * RETYPE_TYPE {question}, RETYPE_MAP {option}, RETYPE_HELD {question}, PROMOTION_LOOSENS {count}, CONFLICT (retired), and
 * those of planPublication.
 */
export function planRetype(input: RetypeInput): RetypeVerdict {
  const { definition, way } = input
  if (definition.retired) return { ok: false, code: 'CONFLICT', params: { what: 'field' } }
  if (!BECOMES[definition.spec.type].includes(input.spec.type))
    return { ok: false, code: 'RETYPE_TYPE', params: { question: definition.spec.label.fr } }
  const held = input.hanging.find(
    ({ id, spec }) => id !== definition.id && referencesOf(spec).includes(definition.id),
  )
  if (held) return { ok: false, code: 'RETYPE_HELD', params: { question: held.spec.label.fr } }
  const links = liveLinks(definition)
  const ids = [definition.id, ...sourcesOf(links)]
  const publication = planPublication({
    ...input,
    territoryId: definition.territoryId,
    entity: definition.entity,
    previous: null,
    // It leaves its words to the new one, and keeps its key; so does what one that is drafted is made of.
    holders: input.holders.map((holder) =>
      ids.includes(holder.fieldId) ? { ...holder, retired: true } : holder,
    ),
  })
  if (!publication.ok) return publication
  const { spec } = publication
  const option = wayFault(definition.spec, way, spec)
  if (option !== null) return { ok: false, code: 'RETYPE_MAP', params: { option } }
  const { carried, loosened, map } = carriedOn(definition, spec, way)
  if (loosened.length > 0 && !input.acceptLooser)
    return { ok: false, code: 'PROMOTION_LOOSENS', params: { count: loosened.length } }
  return {
    ok: true,
    publication,
    conversion: {
      entity: definition.entity,
      from: definition.id,
      links,
      spec,
      way: tidyWay(definition.spec, { ...way, map }),
    },
    carried,
    loosened,
  }
}

/** Only what its type can use: options convert by the map alone, ranges are of numbers. */
export function tidyWay(from: Pick<FieldSpec, 'type'>, { map, steps }: Way): Way {
  const named = isNamed(from)
  return {
    map: Object.fromEntries(Object.entries(map).map(([key, place]) => [named ? key : answerKey(key), place])),
    steps: isNumber(from) ? steps.toSorted((a, b) => a.from - b.from) : [],
    natural: !named,
  }
}

/** The answer that has no place, or one that is none; null when all is said. */
function wayFault(from: FieldSpec, { map, steps }: Way, to: FieldSpec): string | null {
  const places = isNamed(to) ? new Set(answerIds(to)) : null
  const isPlace = (place: string | null) => place === null || places === null || places.has(place)
  const wrong = Object.entries(map).find(([, place]) => !isPlace(place))
  if (wrong) return wrong[0]
  const step = steps.find(({ place }) => !isPlace(place))
  if (step) return String(step.from)
  if (!isNamed(from)) return null
  return answerIds(from).find((id) => map[id] === undefined) ?? null
}

/**
 * What levels below made of it, said again of the new one: bounds only in the measure they were told in, answers only
 * from choices to choices. With the map of their own answers too.
 */
function carriedOn(definition: FieldDefinition, to: FieldSpec, way: Way) {
  const from = definition.spec
  const measured =
    (isNumber(from) && isNumber(to) && from.unit === to.unit && from.currency === to.currency) ||
    (isDated(from) && isDated(to))
  const chosen = isNamed(from) && isChoice(to)
  const lost: Loosened[] = []
  const tightenings = (definition.tightenings ?? []).map((tightening) => {
    const { territoryId, spec } = tightening
    if (!measured && isBounded(spec)) lost.push({ territoryId, aspect: 'bounds' })
    if (!chosen && names(spec, 'options')) lost.push({ territoryId, aspect: 'options' })
    const bounded = measured ? spec : withoutBounds(spec)
    const { withoutGroups: _, ...asked } = bounded
    return { ...tightening, spec: chosen ? bounded : { ...asked, without: [], options: [] } }
  })
  const over = carryOver({ ...definition, tightenings }, to, { map: chosen ? way.map : null, owner: false })
  return {
    carried: over.carried,
    loosened: [...lost, ...over.loosened],
    map: over.map ?? (isNamed(from) ? withLocalAnswers(from, way.map, new Set()) : way.map),
  }
}
