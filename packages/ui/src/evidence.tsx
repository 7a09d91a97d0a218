import type { ReactNode } from 'react'

export type EvidenceProps = {
  rows: readonly { term: string; value: ReactNode }[]
  /** The picture and its legend, above the figures. */
  children?: ReactNode
}

/** The figures behind a sentence: how many, out of how many, since when, computed where. */
export function Evidence({ rows, children }: EvidenceProps) {
  return (
    <div className="rounded-md bg-surface p-4">
      {children && <div className="mb-3.5">{children}</div>}
      <dl className="grid gap-1.5 text-small">
        {rows.map(({ term, value }) => (
          <div key={term} className="flex justify-between gap-4">
            <dt className="text-ink-2">{term}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
