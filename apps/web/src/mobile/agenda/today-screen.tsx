'use client'
import type { Handovers } from '@fieldback/domain/account/handover'
import type { DueVisit } from '@fieldback/domain/agenda/due-visits'
import { roundFirst } from '@fieldback/domain/agenda/round-first'
import { Button } from '@fieldback/ui/button'
import { Card } from '@fieldback/ui/card'
import { Empty } from '@fieldback/ui/empty'
import { List } from '@fieldback/ui/list'
import { NextVisit } from '@fieldback/ui/next-visit'
import { SectionHead } from '@fieldback/ui/section-head'
import BookOpen from 'lucide-react/icons/book-open'
import Navigation from 'lucide-react/icons/navigation'
import Phone from 'lucide-react/icons/phone'
import Store from 'lucide-react/icons/store'
import Sun from 'lucide-react/icons/sun'
import { type ReactNode, useState } from 'react'
import { addressLine, numberOf, routeHref, telHref } from '../account/reach.ts'
import { type Reached, useShown } from '../giveback/record.ts'
import { later, useLate } from '../later.tsx'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { PhoneFrame } from '../phone-frame.tsx'
import { paths, phoneLink } from '../router.tsx'
import { agendaOf } from './agenda-of.ts'
import { CallbackItem } from './callback-row.tsx'
import { type Due, DueList } from './due-list.tsx'
import { readRound } from './kept-round.ts'
import { TodayReturn } from './today-return.tsx'
import { VisitReasonLine } from './visit-reason.tsx'

// With the first account that comes from somebody else, or somebody's absence.
const CameNotice = later(() => import('../handover/came-notice.tsx'))

/** Rows below the first visit, then those for the time that is left, and how many more a tap adds. */
const SOON = 3
const LATER = 4
const MORE = 20

/** What the day holds: the next visit, the others due, what came back, who waits for a call. */
export function TodayScreen() {
  const { texts, formats } = usePhone()
  const state = usePhoneState()
  const text = texts('agenda')
  const today = todayHere()
  const agenda = agendaOf(state, today)
  const day = formats.day(today, 'weekday')
  const { accounts } = state.rows
  const round = readRound(state.identity.membershipId, accounts, today).ids.filter(
    (id) => accounts.has(id) && accounts.get(id)?.lastVisitDay !== today,
  )
  return (
    <PhoneFrame title={text('today.title')} over={day.charAt(0).toUpperCase() + day.slice(1)} current="today">
      {accounts.size === 0 ? (
        state.complete && <NoAccounts />
      ) : (
        <>
          {state.pack.handovers?.news && <News {...state.pack.handovers} />}
          <DueVisits due={roundFirst(agenda.due, round)} planned={round.length}>
            <Button variant="ghost" href={paths.round} renderLink={phoneLink}>
              {text('round', { count: round.length })}
            </Button>
            <TodayReturn reminders={agenda.reminders} />
          </DueVisits>
          {agenda.callbacks.length > 0 && (
            <section aria-labelledby="callbacks">
              <SectionHead id="callbacks" aside={formats.number(agenda.callbacks.length)}>
                {text('callbacks.title')}
              </SectionHead>
              <List>
                {agenda.callbacks.slice(0, MORE).map((callback) => (
                  <CallbackItem key={callback.id} callback={callback} />
                ))}
              </List>
            </section>
          )}
        </>
      )}
    </PhoneFrame>
  )
}

/**
 * Its script comes once the day is shown and can be used; its place is kept, that nothing moves under the thumb. A pack of
 * an earlier version may lack some of it.
 */
function News({ came = [], replaces = [], replacedBy = [] }: Partial<Handovers>) {
  const minHeight = 72 * (replaces.length + replacedBy.length) + (came.length && 44)
  return <div style={{ minHeight }}>{useLate(CameNotice) && <CameNotice />}</div>
}

function NoAccounts() {
  const text = usePhone().texts('agenda')
  return (
    <Card>
      <Empty
        icon={<Store size={28} />}
        title={text('empty.noAccounts')}
        text={text('empty.noAccountsText')}
        action={
          <Button variant="primary" href={paths.newAccount} renderLink={phoneLink}>
            {text('empty.newAccount')}
          </Button>
        }
      />
    </Card>
  )
}

type DueVisitsProps = {
  due: readonly DueVisit[]
  /** How many of them, the first, are of the reader's round. */
  planned: number
  children: ReactNode
}

function DueVisits({ due, planned, children }: DueVisitsProps) {
  const text = usePhone().texts('agenda')
  const { rows, whole } = usePhoneState()
  const [shown, setShown] = useState(LATER)
  const [next, ...others] = due.flatMap((visit) => {
    const account = rows.accounts.get(visit.accountId)
    return account ? [{ visit, account }] : []
  })
  const soon = others.slice(0, SOON)
  // The rest of a long round is on its own screen.
  const from = Math.max(SOON, planned - 1)
  const later = others.slice(from, from + shown)
  useShown([...(next ? [next] : []), ...soon, ...later].flatMap(answerShown))
  if (!next) {
    return (
      <>
        <NothingDue />
        {children}
      </>
    )
  }
  const rest = others.length - from - later.length
  return (
    <>
      <section aria-labelledby="visits">
        <h2 id="visits" className="sr-only">
          {text('visits.title')}
        </h2>
        <NextCard {...next} />
        <DueList visits={soon} from={next.account} className="mt-3" />
      </section>
      {children}
      {later.length > 0 && (
        <section aria-labelledby="later">
          <SectionHead id="later" aside={text('visits.byPriority')}>
            {text('visits.later')}
          </SectionHead>
          <DueList visits={later} from={next.account} note={text('visits.distance')} />
          {whole && rest > 0 && (
            <Button variant="ghost" className="mt-2" onClick={() => setShown(shown + MORE)}>
              {text('visits.more', { count: Math.min(rest, MORE), rest })}
            </Button>
          )}
        </section>
      )}
    </>
  )
}

/** A visit that an answer asks for is what its question gives back. */
const answerShown = ({ visit: { accountId, reasons } }: Due): Reached[] =>
  reasons.flatMap((reason) =>
    reason.code === 'ANSWER' ? [{ fieldId: reason.fieldId, kind: 'priority', accountId }] : [],
  )

function NextCard({ visit, account }: Due) {
  const { texts, formats } = usePhone()
  const { rows } = usePhoneState()
  const text = texts('agenda')
  const route = routeHref(account, navigator.userAgent)
  const number =
    numberOf(account) ??
    [...rows.contacts.values()]
      .filter(({ accountId }) => accountId === account.id)
      .map(numberOf)
      .find((found) => found !== null) ??
    null
  const seen = account.lastVisitDay
  return (
    <NextVisit
      eyebrow={text('visits.next')}
      when={seen === null ? null : text('visits.seen', { day: formats.day(seen, 'short') })}
      name={account.name}
      place={
        <>
          {addressLine({ ...account, postcode: null })}
          <span className="mt-3 grid gap-1.5 rounded-md bg-canvas p-3">
            {visit.reasons.slice(0, 2).map((reason) => (
              <VisitReasonLine key={reason.code} reason={reason} />
            ))}
          </span>
        </>
      }
      actions={
        <>
          <Button
            variant="quiet"
            href={paths.account(account.id)}
            renderLink={phoneLink}
            icon={<BookOpen size={18} />}
          >
            {text('visits.read')}
          </Button>
          {route && (
            <Button variant="quiet" href={route} aria-label={text('route')} className="w-13 px-0">
              <Navigation size={18} />
            </Button>
          )}
          {number && (
            <Button
              variant="quiet"
              href={telHref(number)}
              aria-label={text('call', { name: account.name })}
              className="w-13 px-0"
            >
              <Phone size={18} />
            </Button>
          )}
        </>
      }
    />
  )
}

function NothingDue() {
  const text = usePhone().texts('agenda')
  return (
    <Card>
      <Empty
        icon={<Sun size={28} />}
        title={text('empty.nothingDue')}
        text={text('empty.nothingDueText')}
        action={
          <Button href={paths.accounts} renderLink={phoneLink} icon={<Store size={18} />}>
            {text('empty.accounts')}
          </Button>
        }
      />
    </Card>
  )
}
