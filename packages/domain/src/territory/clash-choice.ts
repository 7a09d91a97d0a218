import * as z from 'zod'
import { nameKey } from '../account/normalise.ts'
import { carryOver } from '../field/carry-over.ts'
import { type FieldDefinition, type FieldOption, type FieldSpec, localised } from '../field/field-spec.ts'
import { answerIds, isNamed, readsAs } from '../field/merge-map.ts'
import { type AnswerMap, liveLinks } from '../field/merges.ts'
import { isChoice, isOwners, keyOf, numberedKey } from '../field/plan-publish.ts'
import type { AskedAt, FieldAt } from './fields-meet.ts'

/** Said of an answer that the kept question is to offer too. */
export const ADDED = '+'

const id = z.uuid()
const others = z.array(id).min(1).max(20)
const answerMap = z.record(z.string().max(40), z.string().max(40).nullable())

/**
 * What becomes of questions that clash, all of them named: a choice is good for these alone.
 * `keep`: `fieldId` goes on being asked, the others are retired. `apart`: `fieldId` takes another label, all are asked.
 * `one`: a question in the words of `fieldId` replaces them all and reads what was answered to each; `maps`: what the
 * answers of another are in it, by the id of that one, ADDED for one that it is to offer too; absent where they are read
 * as they stand; `madeId`: the id that it will bear, by which what is chosen for a later step names it. Absent from choices that were
 * made before they gave one.
 */
export const clashChoice = z.discriminatedUnion('how', [
  z.object({ how: z.literal('keep'), fieldId: id, others }),
  z.object({ how: z.literal('apart'), fieldId: id, others, label: localised }),
  z.object({
    how: z.literal('one'),
    fieldId: id,
    others,
    maps: z.record(id, answerMap),
    madeId: id.optional(),
  }),
])
export type ClashChoice = z.infer<typeof clashChoice>

/** Clashes that are settled together at most. */
export const CLASHES_MAX = 100
export const clashChoices = z.array(clashChoice).max(CLASHES_MAX)

/** The questions of the clash that a choice is for. */
export const namedIn = ({ fieldId, others }: ClashChoice): Set<string> => new Set([fieldId, ...others])

/** The choice that was made for a clash; undefined when none names exactly its questions. */
export const choiceFor = (
  clash: readonly AskedAt[],
  choices: readonly ClashChoice[],
): ClashChoice | undefined =>
  choices.find((choice) => {
    const ids = namedIn(choice)
    return ids.size === clash.length && clash.every(({ definition }) => ids.has(definition.id))
  })

/** Questions as they will be asked: what is read as one stands for it under the words that are kept. */
export const asChosen = <F extends AskedAt>(fields: readonly F[], choices: readonly ClashChoice[]): F[] =>
  fields.map((field) => {
    const { definition } = field
    const choice = choices.find((one) => namedIn(one).has(definition.id))
    if (!choice) return field
    if (choice.how !== 'apart')
      return choice.fieldId === definition.id
        ? field
        : { ...field, definition: { ...definition, retired: true } }
    if (choice.fieldId !== definition.id) return field
    const { label } = choice
    return {
      ...field,
      definition: { ...definition, key: keyOf(label.fr), spec: { ...definition.spec, label } },
    }
  })

/** Each answer is itself, as one question of several reads its own. */
export const sameAnswers = (spec: FieldSpec): AnswerMap | null =>
  isNamed(spec) ? Object.fromEntries(answerIds(spec).map((one) => [one, one])) : null

/** Answers of a question that say nothing in the one it becomes: they stay readable under the old one. */
export const leftBehind = (spec: FieldSpec, map: AnswerMap): string[] =>
  isNamed(spec) ? answerIds(spec).filter((one) => (map[one] ?? null) === null) : []

export type ReadAsOne = Extract<ClashChoice, { how: 'one' }>

/**
 * The kept question with the answers that it is to offer too, and where answers go then: one added for several that say
 * the same. An id that is taken is numbered.
 */
export function withAdded<F extends FieldAt>(
  clash: readonly F[],
  choice: ReadAsOne,
): { readonly kept: F; readonly choice: ReadAsOne } | null {
  const kept = clash.find(({ definition }) => definition.id === choice.fieldId)
  if (!kept) return null
  const { spec } = kept.definition
  const ids = new Set(spec.options.map((option) => option.id))
  const added = new Map<string, FieldOption>()
  const place = (option: FieldOption): string => {
    const words = nameKey(option.label.fr)
    const known = added.get(words)
    if (known) return known.id
    const next = numberedKey(option.id, ids)
    ids.add(next)
    added.set(words, { id: next, label: option.label })
    return next
  }
  const maps = Object.fromEntries(
    Object.entries(choice.maps).map(([fieldId, map]) => {
      const options = clash.find(({ definition }) => definition.id === fieldId)?.definition.spec.options ?? []
      const placed = Object.entries(map).map(([from, to]) => {
        const option =
          to === ADDED && isChoice(spec) ? options.find((one) => one.id === from && isOwners(one)) : undefined
        return [from, option ? place(option) : to]
      })
      return [fieldId, Object.fromEntries(placed)]
    }),
  )
  const options = [...spec.options, ...added.values()]
  return {
    kept: { ...kept, definition: { ...kept.definition, spec: { ...spec, options } } },
    choice: { ...choice, maps },
  }
}

/** The ids that choices give to questions that they make. */
export const madeIds = (choices: readonly ClashChoice[]): string[] =>
  choices.flatMap((choice) => (choice.how === 'one' && choice.madeId !== undefined ? [choice.madeId] : []))

/**
 * The question that a choice would make of a clash at a territory, as far as it can be known before it is made; null
 * when its words are none of theirs. `owners`: where each stands then. It has no column yet, and the key of the one that is kept.
 */
export function madeOf(
  clash: readonly FieldAt[],
  chosen: ReadAsOne,
  {
    id,
    territoryId,
    owners,
  }: { readonly id: string; readonly territoryId: string; readonly owners: readonly string[] },
): FieldDefinition | null {
  const joined = withAdded(clash, chosen)
  if (!joined) return null
  const { kept, choice } = joined
  const { spec } = kept.definition
  const parts = clash.map(({ definition }, at) => {
    const converted = !readsAs(definition.spec, spec)
    const map =
      converted || definition.id === choice.fieldId ? sameAnswers(spec) : (choice.maps[definition.id] ?? null)
    const over = carryOver(converted ? { ...definition, spec } : definition, spec, {
      map,
      owner: owners[at] !== territoryId,
    })
    const link = { from: definition.id, map: over.map, links: liveLinks(definition) }
    return { over, link: converted ? { ...link, converted: true as const } : link }
  })
  return {
    ...kept.definition,
    id,
    territoryId,
    slot: null,
    tightenings: parts.flatMap(({ over }) =>
      over.carried.map((one, at) => ({ ...one, id: `${one.territoryId} ${at}`, version: 1 })),
    ),
    merges: { live: true, links: parts.map(({ link }) => link) },
  }
}
