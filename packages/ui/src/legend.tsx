import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelMarkText, type Rank } from './level.ts'

const SWATCHES = {
  accent: 'rounded-[3px] bg-accent',
  'accent-line': 'rounded-[3px] bg-accent-line',
  neutral: 'rounded-[3px] bg-line-2',
  ink: 'rounded-[3px] bg-ink-2',
  'ramp-1': 'rounded-[3px] bg-ramp-1',
  'ramp-2': 'rounded-[3px] bg-ramp-2',
  'ramp-3': 'rounded-[3px] bg-ramp-3',
  'ramp-4': 'rounded-[3px] bg-ramp-4',
  'ramp-5': 'rounded-[3px] bg-ramp-5',
  hidden: 'rounded-[3px] hatch [--hatch-ground:var(--fb-nodata)] [--hatch-line:var(--fb-control)]',
  'no-data': 'rounded-[3px] bg-nodata',
  dot: 'rounded-full bg-current',
  circle: 'rounded-full border border-control',
  ring: 'rounded-full border-2 border-ink',
}

export type Swatch = keyof typeof SWATCHES

export const swatchGround = (swatch: Swatch) => SWATCHES[swatch]

export type LegendItem = { swatch: Swatch; label: ReactNode /** Colour of a dot. */; rank?: Rank | undefined }

/** What the colours and shapes stand for, in the order they are drawn. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-caption text-ink-2">
      {items.map(({ swatch, label, rank }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a legend keeps its order and two classes may share a swatch.
        <li key={at} className="inline-flex items-center gap-1.5">
          <span
            aria-hidden
            className={joinClasses(
              'size-3 flex-none',
              SWATCHES[swatch],
              rank === undefined ? swatch === 'dot' && 'text-accent' : levelMarkText[rank],
            )}
          />
          {label}
        </li>
      ))}
    </ul>
  )
}
