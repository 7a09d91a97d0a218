/**
 * A piece of a formula. Questions are written {id} where a formula is kept, [label] where people write it; both keep their
 * place, so that a fault is shown where it stands.
 */
export type FormulaToken = {
  readonly kind: 'number' | 'word' | 'sign' | 'field' | 'label'
  /** Of a question, what stands between its marks; of a sign, the one way it is read. */
  readonly text: string
  readonly at: number
  readonly length: number
}

/** The signs of keyboards and of word processors. */
const SIGNS: Readonly<Record<string, string>> = {
  '×': '*',
  '÷': '/',
  '−': '-',
  '≤': '<=',
  '≥': '>=',
  '≠': '<>',
  '!=': '<>',
  '==': '=',
  ',': ';',
}

const PIECE =
  /\s+|(?<number>\d{1,15}(?:\.\d{1,10})?)|\{(?<field>[^{}[\]]{1,64})\}|\[(?<label>[^{}[\]]{1,400})\]|(?<word>\p{L}+)|(?<sign><=|>=|<>|!=|==|.)/suy

/** Cuts a text into pieces; whatever it is, each character belongs to one. A comma separates arguments: decimals take a point. */
export function lexFormula(text: string): FormulaToken[] {
  const tokens: FormulaToken[] = []
  PIECE.lastIndex = 0
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    const { number, field, label, word, sign } = match.groups ?? {}
    const place = { at: match.index, length: match[0].length }
    if (number !== undefined) tokens.push({ kind: 'number', text: number, ...place })
    else if (field !== undefined) tokens.push({ kind: 'field', text: field, ...place })
    else if (label !== undefined) tokens.push({ kind: 'label', text: label.trim(), ...place })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase(), ...place })
    else if (sign !== undefined)
      tokens.push({ kind: 'sign', text: Object.hasOwn(SIGNS, sign) ? (SIGNS[sign] ?? sign) : sign, ...place })
  }
  return tokens
}
