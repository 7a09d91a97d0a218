import { monthStart } from '@fieldback/domain/agenda/day'
import type { TookRow } from '@fieldback/domain/analytics/fact'
import { addTook } from '@fieldback/domain/analytics/ledger-fact'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { secondsBin } from '@fieldback/domain/field/seconds-histogram'
import type { Forms } from './define-fields.ts'
import type { Random } from './random.ts'
import type { Report } from './reports.ts'

export type LedgerCell = {
  readonly membershipId: string
  readonly fieldId: string
  /** YYYY-MM-01 */
  readonly month: string
  answers: number
  seconds: number
  received: number
  used: number
}

/** What each rep gave and got: answers and seconds are those of the reports; returns come at the same moments. */
export function ledgerOf(random: Random, reports: readonly Report[], forms: Forms): LedgerCell[] {
  const cells = new Map<string, LedgerCell>()
  const cell = (report: Report, fieldId: string): LedgerCell => {
    const month = monthStart(report.day)
    const key = `${report.authorId}/${fieldId}/${month}`
    const found = cells.get(key)
    if (found) return found
    const made = {
      membershipId: report.authorId,
      fieldId,
      month,
      answers: 0,
      seconds: 0,
      received: 0,
      used: 0,
    }
    cells.set(key, made)
    return made
  }
  for (const report of reports) {
    for (const fieldId of Object.keys(report.values)) {
      const given = cell(report, fieldId)
      given.answers += 1
      given.seconds += report.seconds[fieldId] ?? 0
    }
    for (const field of returning(report, forms)) {
      if (!random.chance(SHOWN[field.key] ?? 0.45)) continue
      const got = cell(report, field.id)
      got.received += 1
      if (random.chance(0.35)) got.used += 1
    }
  }
  return [...cells.values()]
}

/** How long answers took, by bins and without person; `month` is YYYY-MM-01. */
export const tookOf = (reports: readonly Report[]): TookRow[] =>
  addTook(
    reports.flatMap((report) =>
      Object.keys(report.values).map((fieldId) => ({
        fieldId,
        month: monthStart(report.day),
        from: secondsBin(report.seconds[fieldId] ?? 0),
        n: 1,
      })),
    ),
  )

/** How often a return is shown, where that is not usual: the audit has something to propose. */
const SHOWN: Readonly<Record<string, number>> = { projet_12_mois: 0.001 }

/** Questions whose return the rep may have met at that moment. */
const returning = ({ account, contact }: Report, forms: Forms): EffectiveField[] =>
  [
    ...forms.asked(account.home, 'report'),
    ...forms.asked(account.home, 'account'),
    ...(contact ? forms.asked(account.home, 'contact') : []),
  ].filter(({ spec }) => spec.givebacks.length > 0)
