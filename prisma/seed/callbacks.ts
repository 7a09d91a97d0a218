import { addDays, type Day } from '@fieldback/domain/agenda/day'
import { callbackReason } from './notes.ts'
import type { Random } from './random.ts'
import type { Report } from './reports.ts'
import { frenchInstant } from './working-days.ts'

export type Callback = {
  readonly id: string
  readonly report: Report
  readonly reason: string
  readonly dueDay: Day
  readonly doneAt: string | null
}

type Plan = { readonly today: Day; readonly demoRepId: string }

/** Days from today of the call-backs that wait for the demonstration rep: two late, two today, the others ahead. */
const DEMO_DUE = [-3, -1, 0, 0, 1, 2, 5, 9, 14]
/** Of every other rep: whoever stands in for him has somebody to call. */
const OTHERS_DUE = [0]

/** Call-backs promised at the end of visits and calls; all but a few of the past ones are done. */
export function callbacksOf(
  random: Random,
  reports: readonly Report[],
  { today, demoRepId }: Plan,
): Callback[] {
  const waiting = new Map([[demoRepId, [...DEMO_DUE]]])
  const callbacks: Callback[] = []
  // The latest first, so that what waits comes from the last visits.
  for (const report of [...reports].reverse()) {
    if (!promises(report)) continue
    const due = waiting.get(report.authorId) ?? [...OTHERS_DUE]
    waiting.set(report.authorId, due)
    const chosen = due.shift()
    if (chosen === undefined && !random.chance(0.17)) continue
    const dueDay = chosen === undefined ? addDays(report.day, random.int(4, 35)) : addDays(today, chosen)
    const kept = chosen === undefined && dueDay < today && random.chance(lateness(dueDay, today))
    callbacks.push({
      id: random.uuid(report.capturedAt),
      report,
      reason: callbackReason(random, report.outcome, report.products[0] ?? 'vitrine'),
      dueDay,
      doneAt: kept ? frenchInstant(dueDay, random.int(520, 1080)) : null,
    })
  }
  return callbacks.reverse()
}

type Promising = Report & { readonly outcome: 'quote' | 'revisit' }

const promises = (report: Report): report is Promising =>
  report.status !== 'withdrawn' && (report.outcome === 'quote' || report.outcome === 'revisit')

/** Probability that a call-back of the past was made. */
const lateness = (dueDay: Day, today: Day): number => (dueDay < addDays(today, -10) ? 0.995 : 0.75)
