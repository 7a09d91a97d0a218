'use client'
import { opinionIn } from '@fieldback/domain/giveback/opinion'
import type { Reminder } from '@fieldback/domain/giveback/reminder'
import { TextLink } from '@fieldback/ui/text-link'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { useEffect, useMemo, useState } from 'react'
import { heldRows } from '../data/held-rows.ts'
import type { PhoneState } from '../data/store.ts'
import { knownFields } from '../giveback/known-fields.ts'
import { ownOpinions } from '../giveback/own-opinions.ts'
import { useShown, useUsed } from '../giveback/record.ts'
import { ReturnView } from '../giveback/return-text.tsx'
import { chooseTodayReturn, type SectorReturn } from '../giveback/sector-returns.ts'
import { todayHere, usePhone, usePhoneState } from '../phone.tsx'
import { paths, phoneLink } from '../router.tsx'

/** Above this many reports the day is shown first and its return a moment later. */
const AT_ONCE = 2_000

/** The one thing that comes back today. */
export function TodayReturn({ reminders }: { reminders: readonly Reminder[] }) {
  const found = useTodayReturn(reminders)
  if (found === 'soon') return <div aria-hidden className="min-h-44 rounded-card bg-accent-soft" />
  if (found === null) return null
  return <TodayCard found={found} />
}

function TodayCard({ found: { card, accountId } }: { found: SectorReturn }) {
  const text = usePhone().texts('agenda')
  const { rows } = usePhoneState()
  const used = useUsed()
  const { fieldId, kind } = card
  useShown([{ fieldId, kind, accountId }])
  const account = accountId === null ? undefined : rows.accounts.get(accountId)
  const onUsed = () => used({ fieldId, kind, accountId })
  return (
    <ReturnView
      card={card}
      eyebrow={text('today.gives')}
      onUsed={onUsed}
      {...(account
        ? {
            action: (
              <TextLink
                href={paths.account(account.id)}
                renderLink={phoneLink}
                onClick={onUsed}
                endIcon={<ChevronRight size={16} />}
              >
                {account.name}
              </TextLink>
            ),
          }
        : {})}
    />
  )
}

const find = (state: PhoneState, reminders: readonly Reminder[]): SectorReturn | null =>
  chooseTodayReturn(
    {
      fields: knownFields(state.frame),
      rows: heldRows(state),
      pack: state.pack,
      mine: state.territoryIds,
      today: todayHere(),
    },
    reminders,
    opinionIn(ownOpinions(state)),
  )

/** Chosen at once on a rep's rows; on a whole region's, or before all is read, after the first paint, its place kept. */
function useTodayReturn(reminders: readonly Reminder[]): SectorReturn | 'soon' | null {
  const state = usePhoneState()
  const many = !state.whole || state.rows.reports.size > AT_ONCE
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are new at each change of anything it reads.
  const now = useMemo(() => (many ? null : find(state, reminders)), [state.rows, state.pack, reminders, many])
  const [later, setLater] = useState<SectorReturn | 'soon' | null>('soon')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same.
  useEffect(() => {
    if (!many || !state.whole) return
    const timer = setTimeout(() => setLater(find(state, reminders)), 300)
    return () => clearTimeout(timer)
  }, [state.rows, state.pack, state.whole, reminders, many])
  return many ? later : now
}
