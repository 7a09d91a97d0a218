import type { FieldSpec, Localised, TighteningSpec } from './field-spec.ts'
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

/** Those that a level added to a question that it inherits: its help, and its own answers. */
export const addedTexts = ({ help, options }: TighteningSpec): Text[] => [
  ...(help ? [{ part: 'help', words: help }] : []),
  ...options
    .filter(({ retired }) => !retired)
    .map(({ id, label }) => ({ part: `option.${id}`, words: label })),
]

/** Those that have no English yet: French is always there. */
export const untranslated = (texts: readonly Text[]): Text[] =>
  texts.filter(({ words }) => words.en === undefined)

/** English words by part; an empty one takes them away. */
export type EnglishWords = Readonly<Record<string, string>>

const sayIn =
  (english: EnglishWords) =>
  (part: string, words: Localised): Localised => {
    const typed = english[part]?.trim()
    if (typed === undefined) return words
    return typed === '' ? { fr: words.fr } : { fr: words.fr, en: typed }
  }

/** What a level added, with other English words, and nothing else changed. */
export function addedWithEnglish(spec: TighteningSpec, english: EnglishWords): TighteningSpec {
  const said = sayIn(english)
  return {
    ...spec,
    ...(spec.help ? { help: said('help', spec.help) } : {}),
    options: spec.options.map((option) =>
      option.retired ? option : { ...option, label: said(`option.${option.id}`, option.label) },
    ),
  }
}

/** A question with other English words, and nothing else changed; parts it does not have are left aside. */
export function withEnglish(spec: FieldSpec, english: EnglishWords): FieldSpec {
  const said = sayIn(english)
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
