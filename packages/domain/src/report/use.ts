import type { Day } from '../agenda/day.ts'

/** One was opened; some stood in a list; some left in a file. */
export type UseKind = 'read' | 'listed' | 'exported'

/** How often somebody used another's reports of late. */
export type ReportUser = Readonly<Record<UseKind, number>> & {
  readonly name: string
  readonly lastDay: Day
}

/** What "of late" is. */
export const USES_DAYS = 90
