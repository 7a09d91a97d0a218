import type { ReactNode } from 'react'
import { Reason, type ReasonProps } from './reason.tsx'

export type NextVisitProps = {
  /** "Prochaine visite" */
  eyebrow: ReactNode
  /** "9:30, à 12 min" */
  when: ReactNode
  name: ReactNode
  place: ReactNode
  reason?: (Pick<ReasonProps, 'rank' | 'levelLabel'> & { text: ReactNode }) | undefined
  /** Three at most, variant quiet, the first with its words. */
  actions: ReactNode
}

/** The visit to come: its reason and its three gestures at hand. */
export function NextVisit({ eyebrow, when, name, place, reason, actions }: NextVisitProps) {
  return (
    <article className="rounded-card bg-surface px-5 pt-[18px] pb-5 shadow-1">
      <p className="flex justify-between gap-3 text-ink-2 text-small">
        <span>{eyebrow}</span>
        <span className="tabular-nums">{when}</span>
      </p>
      <h3 className="mt-1 text-[22px] leading-7 tracking-[-0.015em]">{name}</h3>
      <p className="text-ink-2 text-small">{place}</p>
      {reason && (
        <Reason rank={reason.rank} levelLabel={reason.levelLabel} className="mt-3 rounded-md bg-canvas p-3">
          {reason.text}
        </Reason>
      )}
      <div className="mt-3 flex gap-2 [&>:first-child]:flex-1">{actions}</div>
    </article>
  )
}
