import { nameKey, normaliseEmail } from '../account/normalise.ts'
import { HEADER_WORDS } from './header-words.ts'
import { IMPORT_TARGETS, type ImportColumn, type ImportKind, type ImportMapping } from './import.ts'

/** A question that a column may answer, by every title it has. */
export type GuessedField = { readonly target: string; readonly labels: readonly string[] }

type Candidate = { readonly target: string; readonly column: number; readonly score: number }

const EXACT = 1_000
const WITHIN = 400
const SAMPLES = 100

/**
 * What each column probably is: by its title (in French or English; case, accents and spaces do not count), else by what
 * its first values look like. A column is taken once and a target once, the surest first; required targets are not
 * invented.
 */
export function guessMapping(
  kind: ImportKind,
  columns: readonly ImportColumn[],
  fields: readonly GuessedField[] = [],
): ImportMapping {
  const candidates = columns.flatMap((column, index) => candidatesFor(kind, column, index, fields))
  const mapping: Record<string, number> = {}
  const taken = new Set<number>()
  for (const { target, column } of candidates.sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (mapping[target] !== undefined || taken.has(column)) continue
    mapping[target] = column
    taken.add(column)
  }
  return mapping
}

function candidatesFor(
  kind: ImportKind,
  { header, samples }: ImportColumn,
  column: number,
  fields: readonly GuessedField[],
): Candidate[] {
  const title = nameKey(header)
  const own = IMPORT_TARGETS[kind].flatMap(({ key }, order) => {
    const score = Math.max(titleScore(title, wordsOf(kind, key)), sampleScore(key, samples))
    // Between two equal guesses, the target that comes first in the template.
    return score > 0 ? [{ target: key, column, score: score - order / 100 }] : []
  })
  const asked = fields.flatMap(({ target, labels }) =>
    title !== '' && labels.some((label) => nameKey(label) === title)
      ? [{ target, column, score: EXACT + 1 }]
      : [],
  )
  return [...own, ...asked]
}

const wordsOf = (kind: ImportKind, target: string): string[] => HEADER_WORDS[kind][target]?.split(', ') ?? []

/** The earlier a title stands in the list, the surer; a title that holds one among other words counts less. */
function titleScore(title: string, words: readonly string[]): number {
  if (title === '') return 0
  const exact = words.indexOf(title)
  if (exact >= 0) return EXACT - exact
  const within = words.filter((word) => word.length > 2 && ` ${title} `.includes(` ${word} `))
  return within.length === 0 ? 0 : WITHIN + Math.max(...within.map((word) => word.length))
}

const LOOKS_LIKE: Readonly<Record<string, (text: string) => boolean>> = {
  email: (text) => normaliseEmail(text) !== null,
  phone: (text) => /^(\+|00|0)[\d\s().-]{8,18}$/.test(text) && text.replace(/\D/g, '').length >= 9,
  postcode: (text) => /^\d{5}$/.test(text),
}

const sampleScore = (target: string, samples: readonly string[]): number => {
  const looks = LOOKS_LIKE[target]
  return looks && samples.length > 0 && samples.every((sample) => looks(sample.trim())) ? SAMPLES : 0
}
