import type { ReactNode } from 'react'

export type Stat = {
  term: string
  value: ReactNode
  /** After the figure, small: "par semaine". For before and after: `value={<>135 <small>puis</small> 99</>}`. */
  unit?: string | undefined
  /** The context, below. */
  note?: ReactNode
}

/** Two to four figures, parted by hairlines, never boxed. Two a row where there is little room. */
export function Stats({ items }: { items: readonly Stat[] }) {
  return (
    <div className="@container">
      <dl className="grid grid-cols-2 gap-y-5 @xl:auto-cols-fr @xl:grid-flow-col @xl:grid-cols-none">
        {items.map(({ term, value, unit, note }) => (
          <div
            key={term}
            className="px-5 odd:pl-0 even:shadow-[-1px_0_0_var(--fb-line)] @xl:not-first:pl-5 @xl:not-first:shadow-[-1px_0_0_var(--fb-line)]"
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
    </div>
  )
}
