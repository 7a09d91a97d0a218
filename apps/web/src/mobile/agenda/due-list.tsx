'use client'
import type { DueVisit } from '@fieldback/domain/agenda/due-visits'
import type { AccountRow } from '@fieldback/domain/sync/pull'
import { List } from '@fieldback/ui/list'
import { VisitRow } from '@fieldback/ui/visit-row'
import type { ReactNode } from 'react'
import { metresFrom } from '../account/distance.ts'
import { usePhone } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { VisitReasonLine } from './visit-reason.tsx'

export type Due = { readonly visit: DueVisit; readonly account: AccountRow }

type DueListProps = {
  visits: readonly Due[]
  from: AccountRow
  className?: string
  /** Says what the first column is. */
  note?: string
}

/** Without an hour, the first column says how far it is from the visit before; there is none when nobody can tell. */
export function DueList({ visits, from, className, note }: DueListProps) {
  if (visits.length === 0) return null
  const metres = metresFrom(
    from,
    visits.map(({ account }) => account),
  )
  return (
    <>
      <List inset={metres ? 'time' : 'edge'} className={className}>
        {visits.map((due, at) => (
          <DueRow
            key={due.account.id}
            {...due}
            when={metres ? <Distance metres={metres[at] ?? null} name={from.name} /> : undefined}
          />
        ))}
      </List>
      {metres && note && <p className="mt-2 text-caption text-ink-2">{note}</p>}
    </>
  )
}

function Distance({ metres, name }: { metres: number | null; name: string }) {
  const { texts, formats } = usePhone()
  if (metres === null) return null
  const distance = formats.distance(metres < 1_000 ? metres : Math.round(metres / 1_000) * 1_000)
  return (
    <>
      <span aria-hidden className="whitespace-nowrap">
        {distance}
      </span>
      <span className="sr-only">{texts('agenda')('visits.far', { distance, name })}</span>
    </>
  )
}

function DueRow({ visit, account, when }: Due & { when: ReactNode }) {
  return (
    <VisitRow
      href={paths.account(account.id)}
      renderLink={phoneLink}
      when={when}
      name={account.name}
      place={
        <>
          {account.city}
          <VisitReasonLine reason={visit.reasons[0]} brief className="-mr-6 mt-1.5" />
        </>
      }
    />
  )
}
