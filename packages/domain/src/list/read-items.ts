import { oneLine } from '../account/normalise.ts'
import { guessSeparator, withoutApostrophe } from '../import/table-text.ts'
import type { ItemSpec } from './list.ts'

/** An item as a line says it: nothing is judged yet. */
export type ItemLine = ItemSpec & {
  /** From 1, as an editor counts them. */
  readonly line: number
}

const HEADS = new Set(['code', 'ref', 'reference', 'référence'])

/**
 * The items that a pasted text names, one a line: "code; label; group; English label", of which the label alone is
 * needed; a single cell is the label. Cells as a spreadsheet copies them, or as a file separates them, quoted or not.
 * Empty lines and a first line of heads are passed over.
 */
export function readItems(text: string): ItemLine[] {
  const separator = text.includes('\t') ? '\t' : guessSeparator(text.slice(0, 20_000))
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((raw, at) => ({ line: at + 1, cells: cellsOf(raw, separator) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .filter(({ cells }, at) => at > 0 || cells.length < 2 || !HEADS.has((cells[0] ?? '').toLowerCase()))
    .map(({ line, cells }) => itemOf(line, cells))
}

function itemOf(line: number, cells: readonly string[]): ItemLine {
  const [first = '', second = '', group = '', english = ''] = cells
  const [code, label] = cells.length < 2 ? ['', first] : [first, second]
  return {
    line,
    code: code || null,
    label: { fr: label, ...(english ? { en: english } : {}) },
    group: group || null,
  }
}

/** The cells of one line; a separator inside quotes cuts nothing. */
function cellsOf(raw: string, separator: string): string[] {
  const cells: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < raw.length; at++) {
    const letter = raw[at] ?? ''
    if (quoted && letter === '"' && raw[at + 1] === '"') {
      cell += '"'
      at += 1
    } else if (letter === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted
    } else if (letter === separator && !quoted) {
      cells.push(cell)
      cell = ''
    } else cell += letter
  }
  return [...cells, cell].map((one) => oneLine(withoutApostrophe(one.trim())))
}
