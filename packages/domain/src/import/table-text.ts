/** What separates cells, in the order of preference when nothing tells. */
const SEPARATORS = [';', ',', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

const LINES_LOOKED_AT = 20

/**
 * The separator of a text from its beginning: the one that cuts the first lines into the same number of cells, the more
 * the better. What stands inside quotes cuts nothing. A single column has none; it is then read by ";".
 */
export function guessSeparator(head: string): Separator {
  const lines = firstLines(head)
  let best: { separator: Separator; score: number } = { separator: ';', score: 0 }
  for (const separator of SEPARATORS) {
    const counts = lines.map((line) => line.split(separator).length - 1)
    const [first = 0] = counts
    if (first === 0) continue
    const alike = counts.filter((count) => count === first).length / counts.length
    const score = alike * 1_000 + Math.min(first, 500)
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

/** The first lines that hold something, quoted parts taken out; the last one may be cut and is left out when others are there. */
function firstLines(head: string): string[] {
  const bare = head.replace(/"(?:[^"]|"")*"/g, '')
  const lines = bare.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '')
  return (lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, LINES_LOOKED_AT)
}

/** Our own files put an apostrophe before what a spreadsheet would run as a formula: taken off again. */
export const withoutApostrophe = (cell: string): string =>
  /^'[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell
