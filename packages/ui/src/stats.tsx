import type { ReactNode } from 'react'

export type Stat = {
  term: string
  value: ReactNode
  /** After the figure, small: "par semaine". For before and after: `value={<>135 <small>puis</small> 99</>}`. */
  unit?: string | undefined
  /** The context, below. */
  note?: ReactNode
}

/** Two to four figures, parted by hairlines, never boxed. Two a row on a narrow screen. */
export function Stats({ items }: { items: readonly Stat[] }) {
  return (
    <dl className="grid grid-cols-2 gap-y-5 sm:auto-cols-fr sm:grid-flow-col sm:grid-cols-none">
      {items.map(({ term, value, unit, note }) => (
        <div
          key={term}
          className="px-5 odd:pl-0 even:shadow-[-1px_0_0_var(--fb-line)] sm:odd:pl-5 sm:first:pl-0 sm:[&:not(:first-child)]:shadow-[-1px_0_0_var(--fb-line)]"
        >
          <dt className="text-ink-2">{term}</dt>
          <dd className="font-strong text-[26px] tabular-nums leading-8 tracking-[-0.02em] [&_small]:font-medium [&_small]:text-ink-2 [&_small]:text-small [&_small]:tracking-normal">
            {value}
            {unit && <small> {unit}</small>}
          </dd>
          {note && <dd className="text-caption text-ink-2">{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
