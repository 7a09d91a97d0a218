'use client'
import { weekOf } from '@fieldback/domain/agenda/my-week'
import { remindersOf } from '@fieldback/domain/giveback/reminder'
import { Card } from '@fieldback/ui/card'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { Stats } from '@fieldback/ui/stats'
import Bell from 'lucide-react/icons/bell'
import { useMemo } from 'react'
import { heldRows } from '../data/held-rows.ts'
import { useLabel, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'
import { knownFields } from './known-fields.ts'
import { useShown } from './record.ts'
import { useForMeTexts } from './use-for-me-texts.ts'

/** What one noted since Monday, for oneself: nobody else is shown it by the week. */
export function MyWeek({ today }: { today: string }) {
  const { formats } = usePhone()
  const { rows, identity } = usePhoneState()
  const text = useForMeTexts()
  const week = useMemo(() => {
    const [reports, callbacks] = [rows.reports.values(), rows.callbacks.values()]
    return weekOf({ reports, callbacks, memberId: identity.membershipId }, today)
  }, [rows, identity, today])
  const most = Math.max(1, ...week.days.map(({ visits }) => visits))
  return (
    <section aria-labelledby="week">
      <SectionHead id="week">{text('week.title')}</SectionHead>
      <Card pad>
        <ol className="mb-5 flex h-16 items-end gap-2">
          {week.days.map(({ day, visits }) => (
            <li key={day} className="flex h-full flex-1 flex-col justify-end gap-1 text-center">
              <span className="sr-only">
                {text('week.day', { day: formats.day(day, 'short'), count: visits })}
              </span>
              <span
                aria-hidden
                className={visits > 0 ? 'min-h-1 rounded-sm bg-accent' : 'h-0.5 rounded-sm bg-line'}
                style={visits > 0 ? { height: `${(visits / most) * 100}%` } : undefined}
              />
              <span
                aria-hidden
                className={day === today ? 'font-strong text-caption' : 'text-caption text-ink-2'}
              >
                {formats.day(day, 'initial')}
              </span>
            </li>
          ))}
        </ol>
        <Stats
          items={[
            { term: text('week.visits'), value: formats.number(week.visits) },
            { term: text('week.orders'), value: formats.number(week.orders) },
            { term: text('week.calls'), value: formats.number(week.calls) },
            { term: text('week.callbacks'), value: formats.number(week.callbacks), note: text('week.until') },
          ]}
        />
        <p className="mt-4 text-caption text-ink-2">{text('week.own')}</p>
      </Card>
    </section>
  )
}

const AHEAD_DAYS = 30
const SHOWN = 5

/** Dates that answers hold, of the month to come: those due already are in Today. */
export function Upcoming({ today }: { today: string }) {
  const { formats } = usePhone()
  const state = usePhoneState()
  const text = useForMeTexts()
  const label = useLabel()
  const { rows, frame } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const reminders = useMemo(
    () =>
      remindersOf(knownFields(frame), heldRows(state), { today, days: AHEAD_DAYS })
        .filter(({ dueDay }) => dueDay > today)
        .slice(0, SHOWN),
    [rows, frame, today],
  )
  useShown(reminders.map(({ fieldId, accountId }) => ({ fieldId, accountId, kind: 'reminder' }) as const))
  if (reminders.length === 0) return null
  return (
    <section aria-labelledby="upcoming">
      <SectionHead id="upcoming">{text('upcoming.title')}</SectionHead>
      <List card inset="mark">
        {reminders.map(({ fieldId, accountId, contactId, label: said, day, dueDay }) => (
          <ListRow
            key={`${fieldId}${accountId}${contactId}`}
            lead={<Bell size={20} />}
            title={rows.accounts.get(accountId)?.name ?? ''}
            text={text('upcoming.row', { label: label(said), day: formats.day(day, 'short') })}
            aside={formats.day(dueDay, 'short')}
            href={paths.account(accountId)}
            renderLink={phoneLink}
          />
        ))}
      </List>
    </section>
  )
}
