import { round } from './percentile.mjs'

/** One result as it is printed, keys in one order; `null` where nothing is compared or where it is no time. */
export const lineOf = ({
  name,
  value,
  unit,
  baseline = null,
  ratio = null,
  n,
  p50 = null,
  p95 = null,
  size,
}) => ({
  name,
  value: unit === 'bytes' ? value : round(value),
  unit,
  baseline: baseline === null ? null : round(baseline),
  ratio: ratio === null ? null : round(ratio),
  n,
  p50,
  p95,
  ...(size === undefined ? {} : { size }),
})

const HEADS = ['name', 'value', 'unit', 'baseline', 'ratio', 'n', 'p50', 'p95', 'size']

/** The same for a person: columns under their names. */
export function tableOf(lines) {
  const rows = [HEADS, ...lines.map((line) => HEADS.map((head) => textOf(line[head])))]
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => align(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

const textOf = (value) =>
  value === null || value === undefined ? '' : typeof value === 'number' ? value.toLocaleString('en') : value
const align = (cell, column, widths) =>
  column === 0 || column === 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])
