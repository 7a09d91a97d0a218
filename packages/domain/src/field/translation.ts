import type { FieldSpec, Localised } from './field-spec.ts'
import { isOwners } from './plan-publish.ts'

/** One text of a question. `part` names it: label, help, why, option.ID, giveback.N (its place among the returns). */
export type Text = { readonly part: string; readonly words: Localised }

const isOwn = (option: FieldSpec['options'][number]): boolean => !option.retired && isOwners(option)

/** The texts of a question that people read, in the order they meet them; answers no longer offered are left out. */
export const textsOf = (spec: FieldSpec): Text[] => [
  { part: 'label', words: spec.label },
  ...(spec.help ? [{ part: 'help', words: spec.help }] : []),
  { part: 'why', words: spec.why },
  ...spec.options.filter(isOwn).map(({ id, label }) => ({ part: `option.${id}`, words: label })),
  ...spec.givebacks.flatMap((giveback, at) =>
    'label' in giveback ? [{ part: `giveback.${at}`, words: giveback.label }] : [],
  ),
]

/** Those that have no English yet: French is always there. */
export const untranslated = (spec: FieldSpec): Text[] =>
  textsOf(spec).filter(({ words }) => words.en === undefined)

/** English words by part; an empty one takes them away. */
export type EnglishWords = Readonly<Record<string, string>>

/** A question with other English words, and nothing else changed; parts it does not have are left aside. */
export function withEnglish(spec: FieldSpec, english: EnglishWords): FieldSpec {
  const said = (part: string, words: Localised): Localised => {
    const typed = english[part]?.trim()
    if (typed === undefined) return words
    return typed === '' ? { fr: words.fr } : { fr: words.fr, en: typed }
  }
  return {
    ...spec,
    label: said('label', spec.label),
    ...(spec.help ? { help: said('help', spec.help) } : {}),
    why: said('why', spec.why),
    options: spec.options.map((option) =>
      isOwn(option) ? { ...option, label: said(`option.${option.id}`, option.label) } : option,
    ),
    givebacks: spec.givebacks.map((giveback, at) =>
      'label' in giveback ? { ...giveback, label: said(`giveback.${at}`, giveback.label) } : giveback,
    ),
  }
}
