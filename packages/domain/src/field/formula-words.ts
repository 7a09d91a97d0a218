import { type Parsed, parseTokens } from './formula.ts'
import { type FormulaToken, lexFormula } from './formula-token.ts'

export type Named = { readonly id: string; readonly label: string }
export type FormulaLanguage = 'fr' | 'en'

const FRENCH: Readonly<Record<string, string>> = { if: 'si', round: 'arrondi', days: 'jours', day: 'jour' }
const ENGLISH = new Map(Object.entries(FRENCH).map(([en, fr]) => [fr, en]))

/** A label as it stands between brackets; those that come twice are numbered. Keyed by id. */
export function formulaNames(fields: readonly Named[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    fields.map(({ id, label }) => {
      const plain =
        label
          .replace(/[[\]{}]/g, ' ')
          .replace(/\s+/g, ' ')
          .trim()
          .slice(0, 380) || '?'
      let name = plain
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${plain} ${n}`
      taken.add(name.toLowerCase())
      return [id, name]
    }),
  )
}

/** A kept formula as people read it: questions by their names, functions in the reader's language. */
export const shownFormula = (
  kept: string,
  names: ReadonlyMap<string, string>,
  language: FormulaLanguage,
): string =>
  rewritten(kept, (token) => {
    if (token.kind === 'field') return names.has(token.text) ? `[${names.get(token.text)}]` : null
    if (token.kind !== 'word') return null
    const english = ENGLISH.get(token.text) ?? token.text
    return language === 'fr' && Object.hasOwn(FRENCH, english) ? (FRENCH[english] ?? null) : english
  })

/**
 * What is kept of a formula as it was written: ids for names, functions in English. What names nothing stays as it was
 * written, and is refused where it stands.
 */
export const keptFormula = (written: string, names: ReadonlyMap<string, string>): string => {
  const ids = idsByName(names)
  return rewritten(written, (token) => {
    if (token.kind === 'word') return ENGLISH.get(token.text) ?? null
    const id = token.kind === 'label' ? ids.get(token.text.toLowerCase()) : undefined
    return id === undefined ? null : `{${id}}`
  })
}

/** Reads a formula as it was written; faults name characters of that text. */
export function parseWritten(written: string, names: ReadonlyMap<string, string>): Parsed {
  const ids = idsByName(names)
  return parseTokens(
    lexFormula(written).map((token): FormulaToken => {
      const id = token.kind === 'label' ? ids.get(token.text.toLowerCase()) : undefined
      return id === undefined ? token : { ...token, kind: 'field', text: id }
    }),
  )
}

const idsByName = (names: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...names].map(([id, name]) => [name.toLowerCase(), id]))

/** A text with some of its pieces said otherwise; null leaves one as it is. */
function rewritten(text: string, say: (token: FormulaToken) => string | null): string {
  let made = ''
  let from = 0
  for (const token of lexFormula(text)) {
    const said = say(token)
    if (said === null) continue
    made += text.slice(from, token.at) + said
    from = token.at + token.length
  }
  return made + text.slice(from)
}
