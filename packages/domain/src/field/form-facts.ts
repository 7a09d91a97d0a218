import { daysBetween } from '../agenda/day.ts'
import type { Outcome, ReportKind } from '../report/report.ts'
import type { AccountRow } from '../sync/pull.ts'
import type { FormFacts } from './form-state.ts'

/** What a form is about. `report` null: a card that is filled without a report. */
export type FormSubject = {
  readonly account: Pick<AccountRow, 'kind' | 'activity' | 'priority' | 'lastVisitDay'>
  /** Rank of its home. */
  readonly rank: number
  readonly day: string
  readonly report: {
    readonly met: boolean
    readonly outcome: Outcome | null
    readonly kind: ReportKind
    /** It is corrected: the last visit may be this very one. */
    readonly amended: boolean
  } | null
}

/**
 * The facts that conditions read, the same on the phone and on the server. Days since the last visit are counted to the
 * day of the form, from a visit that came before it: of a correction made once the account was seen again, or of that very
 * visit, they are not known.
 */
export function formFacts({ account, rank, day, report }: FormSubject): FormFacts {
  const { lastVisitDay, activity } = account
  const sinceVisit = lastVisitDay === null ? null : daysBetween(lastVisitDay, day)
  const known = sinceVisit !== null && (report?.amended ? sinceVisit > 0 : sinceVisit >= 0)
  return {
    kind: account.kind,
    priority: account.priority,
    rank: String(rank),
    ...(activity === null ? {} : { activity }),
    ...(known ? { daysSinceVisit: sinceVisit } : {}),
    ...(report
      ? {
          contactMet: report.met,
          reportKind: report.kind,
          ...(report.outcome === null ? {} : { outcome: report.outcome }),
        }
      : {}),
  }
}
