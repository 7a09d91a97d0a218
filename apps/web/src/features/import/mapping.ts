import type { ImportMapping } from '@fieldback/domain/import/import'

/** What a column becomes; null when it is left out. */
export const targetAt = (mapping: ImportMapping, column: number): string | null =>
  Object.keys(mapping).find((target) => mapping[target] === column) ?? null

/** A column becomes a target, or nothing: it takes the target from the column that had it. */
export function assign(mapping: ImportMapping, column: number, target: string | null): ImportMapping {
  const others = Object.entries(mapping).filter(([, at]) => at !== column)
  return Object.fromEntries(target === null ? others : [...others, [target, column]])
}

/** How a spreadsheet names a column, from 0: A, Z, AA. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26)
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (column % 26))
}

/** Columns that become something, in the order of the file. */
export const usedColumns = (mapping: ImportMapping): { readonly target: string; readonly column: number }[] =>
  Object.entries(mapping)
    .map(([target, column]) => ({ target, column }))
    .toSorted((a, b) => a.column - b.column)
