import { nameKey } from '../account/normalise.ts'

/** Words that say nothing of what is asked: articles, question words, and what many questions begin with. */
const EMPTY = new Set(
  (
    'le la les l un une des du de d et ou au aux a en dans sur par pour avec sans ce cet cette ces son sa ses leur leurs il elle ' +
    'on ils elles qui que quoi quel quelle quels quelles est sont etre ont avoir t y ne pas plus moins nombre type genre date ' +
    'autre autres prochain prochaine dernier derniere principal principale principaux nouveau nouvelle combien quand comment pourquoi ' +
    'the an of and or in on at by for with without this that these those his her its their he she it they who which what is are be ' +
    'been has have had do does did not no yes more less number kind other others next last main new how many much when why s'
  ).split(' '),
)

/** Words of the field that both languages use for the same thing, by their stems. */
const SAME: readonly (readonly string[])[] = [
  ['parl', 'speak', 'spok', 'langu', 'languag'],
  ['vend', 'vent', 'sell', 'sal'],
  ['achet', 'achat', 'buy', 'purchas'],
  ['concurrent', 'competitor', 'rival'],
  ['marqu', 'brand'],
  ['client', 'customer'],
  ['fournisseur', 'supplier'],
  ['livraison', 'livr', 'deliver', 'deliveri'],
  ['employ', 'salari', 'staff'],
  ['anne', 'year'],
  ['prix', 'pric'],
  ['taill', 'siz'],
  ['four', 'oven'],
  ['satisfait', 'satisfi', 'satisfaction'],
  ['decideur', 'decision', 'decid'],
  ['sit', 'websit', 'web'],
]
const CANON = new Map(SAME.flatMap((stems) => stems.map((stem) => [stem, stems[0] ?? stem] as const)))

const ENDINGS = /(issements?|ements?|ations?|ments?|euses?|eurs?|ives?|ifs?|ings?|ees?|es|ed|er|ez|s|e|y)$/

/** The part of a word that its forms share, in either language; rough, for comparing alone. */
export function stemOf(word: string): string {
  const stem = word.length > 4 ? word.replace(ENDINGS, '') : word.replace(/(?<=..)[se]$/, '')
  const cut = stem.length < 3 ? word : stem
  return CANON.get(cut) ?? cut
}

/** The words of a label that say what is asked, as stems, each once; what it says in brackets too. */
export const stemsOf = (label: string): string[] => [
  ...new Set(
    nameKey(label)
      .split(' ')
      .filter((word) => word !== '' && !EMPTY.has(word))
      .map(stemOf),
  ),
]

/** Letters of which two words of one place begin alike: "breton" and "Bretagne". */
const ALIKE = 4
/** Stands for a word that names the place where a question is asked: two branches differ in it by what they are. */
export const PLACE = '*'

/** The stems with those that name a place put as one. `places`: names of the territories down to the owner. */
export function stemsWithout(stems: readonly string[], places: readonly string[]): string[] {
  const names = places.flatMap((name) =>
    nameKey(name)
      .split(' ')
      .filter((word) => word.length >= ALIKE && !EMPTY.has(word)),
  )
  const isPlace = (stem: string) =>
    stem.length >= ALIKE && names.some((name) => name.slice(0, ALIKE) === stem.slice(0, ALIKE))
  return [...new Set(stems.map((stem) => (isPlace(stem) ? PLACE : stem)))]
}

/** A stem as one of these labels writes it; the stem itself when none does. */
export const wordOf = (stem: string, labels: readonly string[]): string =>
  labels.flatMap((label) => nameKey(label).split(' ')).find((word) => stemOf(word) === stem) ?? stem
