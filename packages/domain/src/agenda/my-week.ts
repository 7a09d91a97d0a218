import { stepOf } from '../analytics/period.ts'
import { stands } from '../giveback/rows-index.ts'
import { WON } from '../report/report.ts'
import type { CallbackRow, ReportRow } from '../sync/pull.ts'
import { addDays, type Day } from './day.ts'

/** What somebody did from Monday on, as he told it himself. */
export type MyWeek = {
  /** Monday to Sunday. */
  readonly days: readonly { readonly day: Day; readonly visits: number }[]
  readonly visits: number
  readonly calls: number
  readonly orders: number
  /** Call-backs of his that are open until Sunday. */
  readonly callbacks: number
}

export function weekOf(
  {
    reports,
    callbacks,
    memberId,
  }: {
    readonly reports: Iterable<ReportRow>
    readonly callbacks: Iterable<CallbackRow>
    readonly memberId: string
  },
  today: Day,
): MyWeek {
  const monday = stepOf(today, 'week')
  const days = Array.from({ length: 7 }, (_, at) => ({ day: addDays(monday, at), visits: 0 }))
  const week = { visits: 0, calls: 0, orders: 0 }
  for (const report of reports) {
    const { authorId, day, kind, outcome } = report
    if (authorId !== memberId || day < monday || !stands(report)) continue
    const own = days.find((one) => one.day === day)
    if (!own) continue
    if (kind === 'visit') own.visits += 1
    week[kind === 'visit' ? 'visits' : 'calls'] += 1
    if (outcome === WON) week.orders += 1
  }
  const sunday = addDays(monday, 6)
  const open = [...callbacks].filter(
    ({ assigneeId, done, dueDay }) => assigneeId === memberId && !done && dueDay <= sunday,
  )
  return { days, ...week, callbacks: open.length }
}
