import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { levelSolidGround, type Rank } from './level.ts'
import { plainLink, type RenderLink } from './link.ts'

export type BarItem = {
  key: string
  name: ReactNode
  /** Null when hidden: too few people or cases. */
  value: number | null
  /** The figure, or why there is none ("trop peu"). */
  valueLabel: ReactNode
  href?: string | undefined
  chosen?: boolean | undefined
}

export type BarListProps = {
  /** Names the list. */
  label: string
  items: readonly BarItem[]
  /** The full length; the largest value when absent. */
  max?: number | undefined
  rank?: Rank | undefined
  renderLink?: RenderLink | undefined
}

const HATCHED = 'hatch w-full [--hatch-ground:var(--fb-nodata)] [--hatch-line:var(--fb-control)]'

function Bar({ item, max, rank }: { item: BarItem; max: number; rank: Rank | undefined }) {
  const fill = rank === undefined ? 'bg-ink-2' : levelSolidGround[rank]
  const share = item.value === null ? 100 : Math.min(100, (item.value / max) * 100)
  return (
    <span aria-hidden className="block h-2 overflow-clip rounded-[4px] bg-sunken">
      <span
        style={{ width: `${share}%` }}
        className={joinClasses('block h-full rounded-[4px]', item.value === null ? HATCHED : fill)}
      />
    </span>
  )
}

/** Bars from zero, each with its name and figure. What is hidden is hatched and named, never a bar of zero. */
export function BarList({ label, items, max, rank, renderLink = plainLink }: BarListProps) {
  const full = max ?? Math.max(1e-9, ...items.map((item) => item.value ?? 0))
  return (
    <ul aria-label={label} className="grid gap-1">
      {items.map((item) => (
        <li
          key={item.key}
          className={joinClasses(
            '-mx-2 grid min-h-8 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 rounded-sm px-2 py-1 text-small sm:grid-cols-[170px_minmax(0,1fr)_72px]',
            item.chosen && 'bg-sunken font-medium',
          )}
        >
          <span className="min-w-0 truncate">
            {item.href === undefined
              ? item.name
              : renderLink({
                  href: item.href,
                  className: 'touch hover:underline hover:underline-offset-4',
                  children: item.name,
                })}
          </span>
          <span className="order-last col-span-2 sm:order-none sm:col-span-1">
            <Bar item={item} max={full} rank={rank} />
          </span>
          <span
            className={joinClasses(
              'text-right tabular-nums',
              item.value === null ? 'text-ink-2' : 'font-strong',
            )}
          >
            {item.valueLabel}
          </span>
        </li>
      ))}
    </ul>
  )
}
