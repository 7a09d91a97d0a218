import { unanswered } from '@fieldback/domain/giveback/reminder'
import { agendaOf } from '../agenda/agenda-of.ts'
import type { PhoneState } from '../data/store.ts'
import { todayHere } from '../phone.tsx'
import type { Reached } from './record.ts'

/** Reminders that a visit, a call or a call-back of an account follows; `before`: what the phone held until then. */
export const followedOn = (before: PhoneState, accountId: string): Reached[] =>
  unanswered(agendaOf(before, todayHere()).reminders, accountId, before.rows.reports.values()).map(
    ({ fieldId }) => ({ fieldId, kind: 'reminder', accountId }),
  )
