import { isText } from '@fieldback/domain/field/answer'
import { answerKey } from '@fieldback/domain/field/answer-key'
import { BECOMES } from '@fieldback/domain/field/convert'
import type { FieldDefinition, FieldSpec, FieldType } from '@fieldback/domain/field/field-spec'
import { answerIds, isNamed } from '@fieldback/domain/field/merge-map'
import { isChoice, isNumber } from '@fieldback/domain/field/plan-publish'
import { guessMap } from '@fieldback/domain/field/twins'
import { type Draft, draftOf, emptyDraft, figure, specOf } from './draft.ts'

/**
 * A question on its way to another type. `places`: what old answers were said to become, by answerKey: the key of an
 * option, "true" or "false", or what would have been typed; null for nothing. `froms`: the bound of each answer.
 */
export type RetypeDraft = Draft & {
  readonly places: Readonly<Record<string, string | null>>
  readonly froms: Readonly<Record<string, string>>
  readonly acceptLooser: boolean
}

/** The old question in the first type that its answers can become. */
export function retypeDraftOf(definition: FieldDefinition): RetypeDraft {
  const { spec } = definition
  const draft = draftOf(definition)
  const type: FieldType = BECOMES[spec.type][0] ?? spec.type
  return {
    ...draft,
    type,
    options:
      draft.options.length > 0
        ? draft.options
        : spec.type === 'yes_no'
          ? [
              { key: 'true', id: null, fr: 'Oui', en: 'Yes' },
              { key: 'false', id: null, fr: 'Non', en: 'No' },
            ]
          : emptyDraft.options,
    // Text was never counted; what replaces it is, where it can be.
    kept: draft.kept && { ...draft.kept, reportable: isText(spec) || spec.reportable },
    places: {},
    froms: {},
    acceptLooser: false,
  }
}

/** Whether old answers are said one by one: what somebody typed. */
export const isSaidOneByOne = ({ type }: Pick<FieldSpec, 'type'>): boolean => isText({ type })

/** Whether numbers become answers by ranges. */
export const goesByRanges = (from: Pick<FieldSpec, 'type'>, to: Pick<FieldSpec, 'type'>): boolean =>
  isNumber(from) && isNamed(to)

/** Ids of the answers that the draft offers, by their keys on the screen. */
function idsOf(draft: Draft, spec: FieldSpec): ReadonlyMap<string, string> {
  if (!isChoice(draft))
    return new Map([
      ['true', 'true'],
      ['false', 'false'],
    ])
  const written = draft.options.filter(({ fr }) => fr.trim() !== '')
  return new Map(written.flatMap(({ key }, at) => (spec.options[at] ? [[key, spec.options[at].id]] : [])))
}

/** Where each answer of the old question goes, by key on the screen: as it was said, or as its words let guess. */
export function placesOf(draft: RetypeDraft, definition: FieldDefinition): Record<string, string | null> {
  const spec = specOf(draft)
  const keys = new Map([...idsOf(draft, spec)].map(([key, id]) => [id, key]))
  const guessed = guessMap(definition.spec, spec)
  return Object.fromEntries(
    answerIds(definition.spec).map((id) => {
      const said = draft.places[id]
      return [id, said === undefined ? (keys.get(guessed[id] ?? '') ?? null) : said]
    }),
  )
}

/** As the server takes it. */
export function retypeOf(draft: RetypeDraft, definition: FieldDefinition) {
  const spec = specOf(draft)
  const ids = idsOf(draft, spec)
  const idOf = (place: string | null) =>
    place === null ? null : isNamed(spec) ? (ids.get(place) ?? null) : place
  const places = isNamed(definition.spec)
    ? placesOf(draft, definition)
    : isSaidOneByOne(definition.spec)
      ? draft.places
      : {}
  const steps = goesByRanges(definition.spec, spec)
    ? [...ids].flatMap(([key, place]) => {
        const from = figure(draft.froms[key] ?? '')
        return from === undefined ? [] : [{ from, place }]
      })
    : []
  return {
    fieldId: definition.id,
    version: definition.version,
    spec,
    way: {
      map: Object.fromEntries(Object.entries(places).map(([key, place]) => [key, idOf(place)])),
      steps: steps.toSorted((a, b) => a.from - b.from),
    },
    acceptLooser: draft.acceptLooser,
  }
}

/** Most of a list of choices that a phone shows without scrolling. */
const TAKEN_MOST = 8

/** The most given answers as choices, each in the words in which it was given first. */
export function takenChoices(said: readonly string[]): Draft['options'] {
  const seen = new Set<string>()
  return said
    .filter((words) => words.trim() !== '' && !seen.has(answerKey(words)) && seen.add(answerKey(words)))
    .slice(0, TAKEN_MOST)
    .map((words, at) => ({ key: `t${at}`, id: null, fr: words.trim().slice(0, 300), en: '' }))
}
