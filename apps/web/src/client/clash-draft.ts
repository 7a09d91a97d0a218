import type { AppRouter } from '@fieldback/api/root'
import { isNamed } from '@fieldback/domain/field/merge-map'
import type { AnswerMap } from '@fieldback/domain/field/merges'
import { isChoice, keyOf as nameKeyOf } from '@fieldback/domain/field/plan-publish'
import { guessMap } from '@fieldback/domain/field/twins'
import { ADDED, type ClashChoice } from '@fieldback/domain/territory/clash-choice'
import type { inferRouterOutputs } from '@trpc/server'
import { newId } from '../mobile/data/new-id.ts'

/** `nameless`: an earlier step of a draft makes one of them without an id, so that nothing can be chosen. */
export type Clash = inferRouterOutputs<AppRouter>['territory']['mergePreview']['clashes'][number] & {
  readonly nameless?: boolean
}
export type Side = Clash['sides'][number]

/** What is being chosen for a clash; a choice once all is said. */
export type ClashDraft = {
  readonly how: ClashChoice['how']
  /** The question that is kept, renamed, or whose words are. */
  readonly fieldId: string
  readonly others: readonly string[]
  readonly name: { readonly fr: string; readonly en: string }
  readonly maps: Readonly<Record<string, AnswerMap>>
}

/** With the id that the question will bear, where one is made: of what is chosen exactly, for another choice makes another. */
export type NamedDraft = ClashDraft & { readonly madeId: string }

const keyOf = (ids: readonly string[]): string => ids.toSorted().join()
export const clashKey = ({ sides }: Clash): string => keyOf(sides.map(({ fieldId }) => fieldId))
/** The clash that a choice is for. */
export const choiceKey = ({ fieldId, others }: ClashChoice): string => keyOf([fieldId, ...others])

/** A choice that was made, to be changed; one without an id is given one. */
export const draftOf = (choice: ClashChoice): NamedDraft => ({
  how: choice.how,
  fieldId: choice.fieldId,
  others: choice.others,
  name: choice.how === 'apart' ? { fr: choice.label.fr, en: choice.label.en ?? '' } : { fr: '', en: '' },
  maps: choice.how === 'one' ? choice.maps : {},
  madeId: (choice.how === 'one' && choice.madeId) || newId(),
})

/** What is chosen now, under the id of what was chosen (`was`) where that is the same. */
export function named(draft: ClashDraft, was: NamedDraft | undefined): NamedDraft {
  const said = (madeId: string) => JSON.stringify(choiceOf({ ...draft, madeId }))
  const same = was && said(was.madeId) === JSON.stringify(choiceOf(was))
  return { ...draft, madeId: same ? was.madeId : newId() }
}

/** A way with what it begins with: the question of the place that stays, alike answers matched. */
export function draftFor({ sides }: Clash, how: ClashDraft['how'], fieldId?: string): ClashDraft | null {
  const chosen = sides.find((side) => side.fieldId === fieldId) ?? (how === 'apart' ? sides[0] : sides.at(-1))
  if (!chosen) return null
  const others = sides.filter((side) => side !== chosen)
  return {
    how,
    fieldId: chosen.fieldId,
    others: others.map((side) => side.fieldId),
    name: {
      fr: `${chosen.label.fr} (${chosen.place})`,
      en: chosen.label.en ? `${chosen.label.en} (${chosen.place})` : '',
    },
    maps: Object.fromEntries(
      others.flatMap((side) => (isMapped(side, chosen) ? [[side.fieldId, guessedMap(side, chosen)]] : [])),
    ),
  }
}

/** Whether answers of one question go to answers of another one by one. */
export const isMapped = (from: Side, to: Side): boolean => isNamed(from) && isNamed(to)

/** Of several choices, each has its place: one without a counterpart is added. */
function guessedMap(from: Side, to: Side): AnswerMap {
  const none = from.type === 'multiple_choice' && isChoice(to) ? ADDED : null
  const guessed = guessMap({ ...from, options: [...from.options] }, { ...to, options: [...to.options] })
  const ids = new Set([...from.options.map(({ id }) => id), ...Object.keys(guessed)])
  return Object.fromEntries([...ids].map((id) => [id, guessed[id] ?? none]))
}

/** What keeps a new name from setting a question apart; null: nothing, or no name is asked for. */
export function nameFault({ sides }: Clash, { how, fieldId, name }: ClashDraft): 'missing' | 'taken' | null {
  if (how !== 'apart') return null
  if (name.fr.trim() === '') return 'missing'
  const key = nameKeyOf(name.fr)
  return sides.some((side) => side.fieldId !== fieldId && nameKeyOf(side.label.fr) === key) ? 'taken' : null
}

/** As the server takes it; null while a name is missing. */
export function choiceOf({ how, fieldId, others, name, maps, madeId }: NamedDraft): ClashChoice | null {
  const about = { fieldId, others: [...others] }
  if (how === 'keep') return { how, ...about }
  if (how === 'one') return { how, ...about, maps: { ...maps }, madeId }
  const [fr, en] = [name.fr.trim(), name.en.trim()]
  return fr === '' ? null : { how, ...about, label: { fr, ...(en === '' ? {} : { en }) } }
}
