import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import type { RampStep } from './map-scale.ts'

export type HeatCell = {
  /** The figure. */
  text: string
  /** Read aloud and shown on rest: "Bretagne, oct., 31 %, intervalle 28 à 34 %". */
  label: string
  /** Its class, or hatched where it is hidden. */
  step: RampStep | 'hidden'
}

export type HeatTableProps = {
  caption: string
  /** Names the rows. */
  corner: string
  columns: readonly { key: string; head: string }[]
  /** A cell a column; null where there is nothing. */
  rows: readonly { key: string; head: ReactNode; cells: readonly (HeatCell | null)[] }[]
}

const GROUND = [
  'bg-ramp-1 text-ramp-1-on',
  'bg-ramp-2 text-ramp-2-on',
  'bg-ramp-3 text-ramp-3-on',
  'bg-ramp-4 text-ramp-4-on',
  'bg-ramp-5 text-ramp-5-on',
]
const HATCHED = 'hatch [--hatch-ground:var(--fb-nodata)] [--hatch-line:var(--fb-control)]'

/** Two axes: every cell bears its figure, its colour only says where to look. Scrolls sideways inside itself. */
export function HeatTable({ caption, corner, columns, rows }: HeatTableProps) {
  return (
    <div className="scroll-hint relative -mx-1 overflow-x-auto px-1">
      <table className="border-separate border-spacing-0.5 text-small tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="h-8 pr-3 text-left font-medium text-caption text-ink-2">
              {corner}
            </th>
            {columns.map(({ key, head }) => (
              <th
                key={key}
                scope="col"
                className="min-w-14 max-w-32 px-1 text-center align-bottom font-medium text-caption text-ink-2"
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className="whitespace-nowrap pr-3 text-left font-medium">
                {row.head}
              </th>
              {row.cells.map((cell, at) => (
                <td
                  key={columns[at]?.key}
                  title={cell?.label}
                  className={joinClasses(
                    'h-9 rounded-xs px-1 text-center',
                    cell && (cell.step === 'hidden' ? HATCHED : GROUND[cell.step - 1]),
                  )}
                >
                  {cell && (
                    <>
                      <span aria-hidden>{cell.text}</span>
                      <span className="sr-only">{cell.label}</span>
                    </>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
