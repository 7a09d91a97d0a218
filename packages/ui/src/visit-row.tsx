import ChevronRight from 'lucide-react/icons/chevron-right'
import type { ReactNode } from 'react'
import { joinClasses } from './join-classes.ts'
import { plainLink, type RenderLink } from './link.ts'
import { Reason, type ReasonProps } from './reason.tsx'

export type VisitRowProps = {
  href: string
  renderLink?: RenderLink | undefined
  /** The time; without one, the distance; undefined when no row of the list has either: there is no such column then. */
  when?: ReactNode
  /** Machine-readable time, when `when` is a time. */
  dateTime?: string | undefined
  name: ReactNode
  place: ReactNode
  reason?: (Pick<ReasonProps, 'rank' | 'levelLabel'> & { text: ReactNode }) | undefined
}

/** A visit on one glance: when, who, where, why. In a List with inset="time", or "edge" without `when`. */
export function VisitRow({
  href,
  renderLink = plainLink,
  when,
  dateTime,
  name,
  place,
  reason,
}: VisitRowProps) {
  const whenClass = 'text-ink-2 text-small tabular-nums leading-6'
  return (
    <li>
      {renderLink({
        href,
        className: joinClasses(
          'grid min-h-18 items-start gap-x-3 py-3.5 pr-3 pl-5 transition-colors hover:bg-canvas active:bg-sunken focus-visible:-outline-offset-2',
          when === undefined ? 'grid-cols-[minmax(0,1fr)_20px]' : 'grid-cols-[44px_minmax(0,1fr)_20px]',
        ),
        children: (
          <>
            {when !== undefined &&
              (dateTime ? (
                <time dateTime={dateTime} className={whenClass}>
                  {when}
                </time>
              ) : (
                <span className={whenClass}>{when}</span>
              ))}
            <span className="block">
              <b className="block text-lead">{name}</b>
              <span className="block text-ink-2 text-small">{place}</span>
              {reason && (
                <Reason rank={reason.rank} levelLabel={reason.levelLabel} className="-mr-6 mt-1.5">
                  {reason.text}
                </Reason>
              )}
            </span>
            <ChevronRight size={20} className="mt-0.5 text-ink-3" />
          </>
        ),
      })}
    </li>
  )
}
