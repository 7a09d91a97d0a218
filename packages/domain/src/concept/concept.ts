import * as z from 'zod'
import type { ErrorCode, ErrorParams } from '../errors.ts'
import { type FieldDefinition, type FieldEntity, localised, optionId } from '../field/field-spec.ts'
import { mapFault, readsAs } from '../field/merge-map.ts'
import { type AnswerMap, liveLinks } from '../field/merges.ts'

/** What is counted in common: yes and no, or a list of answers. */
export const conceptSpec = z
  .object({
    label: localised,
    type: z.enum(['yes_no', 'single_choice']),
    options: z.array(z.object({ id: optionId, label: localised })).max(50),
  })
  .refine(({ type, options }) => (type === 'yes_no' ? options.length === 0 : options.length >= 2), {
    path: ['options'],
  })
  .refine(({ options }) => new Set(options.map(({ id }) => id)).size === options.length, {
    path: ['options'],
  })
export type ConceptSpec = z.infer<typeof conceptSpec>

/** The meaning that questions of several branches share; of a territory above them all. */
export type Concept = {
  readonly id: string
  readonly territoryId: string
  readonly entity: FieldEntity
  readonly spec: ConceptSpec
}

/** A question of a concept; `replacedBy`: the question that it was made into, which is asked instead. */
export type ConceptLink = {
  readonly definition: FieldDefinition
  readonly map: AnswerMap
  readonly replacedBy: string | null
}

type Verdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: ErrorCode; readonly params: ErrorParams }

/**
 * Whether a question's answers can be counted under a concept. CONCEPT_TYPE {question}: of something else, not counted,
 * or answered otherwise; CONCEPT_MAP {question, option}: an answer without its place.
 */
export function planLink(
  { entity, spec }: Pick<Concept, 'entity' | 'spec'>,
  definition: Pick<FieldDefinition, 'entity' | 'spec'>,
  map: AnswerMap,
): Verdict {
  const question = definition.spec.label.fr
  const fits = definition.entity === entity && definition.spec.reportable && readsAs(definition.spec, spec)
  if (!fits) return { ok: false, code: 'CONCEPT_TYPE', params: { question } }
  const option = mapFault(definition.spec, map, spec)
  return option === null ? { ok: true } : { ok: false, code: 'CONCEPT_MAP', params: { question, option } }
}

/**
 * A concept as a question to be counted: nobody is asked it, the answers of those linked to it are read as its own. One
 * that was made into another of the same concept is counted there.
 */
export function conceptAsField(concept: Concept, links: readonly ConceptLink[]): FieldDefinition {
  const linked = new Set(links.map(({ definition }) => definition.id))
  const counted = links.filter(({ replacedBy }) => replacedBy === null || !linked.has(replacedBy))
  const { label, type, options } = concept.spec
  return {
    id: concept.id,
    territoryId: concept.territoryId,
    entity: concept.entity,
    key: 'concept',
    version: 1,
    retired: false,
    slot: null,
    spec: {
      label,
      why: label,
      type,
      options,
      required: false,
      reportable: true,
      position: 0,
      shared: false,
      givebacks: [],
    },
    merges: {
      live: true,
      unasked: true,
      links: counted.map(({ definition, map }) => ({
        from: definition.id,
        map,
        links: liveLinks(definition),
      })),
    },
  }
}

/**
 * Which answers of a question that replaces others are which of their concept: what all those read as one agree on. null
 * where they do not.
 */
export function mapOfPromoted(
  ids: readonly string[],
  sources: readonly { readonly toNew: AnswerMap; readonly toConcept: AnswerMap }[],
): AnswerMap {
  return Object.fromEntries(
    ids.map((id) => {
      const places = sources.flatMap(({ toNew, toConcept }) =>
        Object.keys(toNew).flatMap((from) => (toNew[from] === id ? [toConcept[from] ?? null] : [])),
      )
      const [first = null] = places
      return [id, places.every((place) => place === first) ? first : null]
    }),
  )
}
