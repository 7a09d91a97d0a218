import { addDays, type Day } from '../agenda/day.ts'
import { type BucketLabel, bucketLabelParts, bucketsOf, UNKNOWN } from '../analytics/bucket.ts'
import type { Localised } from '../field/field-spec.ts'
import type { EffectiveField } from '../field/resolve.ts'
import { WON } from '../report/report.ts'
import type { AccountRow, ReportRow } from '../sync/pull.ts'
import type { LocalRows } from './local-rows.ts'
import { isNewer, stands } from './rows-index.ts'
import { FLOW_DAYS } from './tally.ts'

/** What two accounts answer alike. */
export type Alike = { readonly fieldId: string; readonly label: Localised; readonly answer: BucketLabel }

/** A visit that ended in an order, at an account that answers as another does. */
export type WonAlike = {
  readonly report: ReportRow
  readonly account: AccountRow
  /** Never empty. */
  readonly alike: readonly [Alike, ...Alike[]]
}

/**
 * Visits won over a year at accounts comparable to one: those that answer most of its questions alike, the latest of each.
 * Examples to read, not a claim that something wins.
 */
export function wonAlike(
  account: AccountRow,
  fields: readonly EffectiveField[],
  rows: LocalRows,
  { today, most }: { readonly today: Day; readonly most: number },
): WonAlike[] {
  const said = fields.flatMap((field) => saidBy(account, field))
  if (said.length === 0) return []
  const accounts = new Map(rows.accounts.map((one) => [one.id, one]))
  const latest = new Map<string, ReportRow>()
  const since = addDays(today, -FLOW_DAYS)
  for (const report of rows.reports) {
    const { kind, outcome, accountId, day } = report
    if (kind !== 'visit' || outcome !== WON || accountId === account.id) continue
    if (day <= since || day > today || !stands(report)) continue
    if (isNewer(report, latest.get(accountId))) latest.set(accountId, report)
  }
  return [...latest.values()]
    .flatMap((report): WonAlike[] => {
      const other = accounts.get(report.accountId)
      const [first, ...more] = other ? said.filter(({ holds }) => holds(other)).map(({ alike }) => alike) : []
      return other && first ? [{ report, account: other, alike: [first, ...more] }] : []
    })
    .sort((a, b) => b.alike.length - a.alike.length || (isNewer(a.report, b.report) ? -1 : 1))
    .slice(0, most)
}

type Said = { readonly alike: Alike; readonly holds: (other: AccountRow) => boolean }

/** What an account answers, in the buckets by which it is counted: years of an oven are alike within a range. */
function saidBy({ values }: AccountRow, field: EffectiveField): Said[] {
  const { id, spec } = field
  const bucketsIn = (of: AccountRow['values']) =>
    bucketsOf(spec, of[id]?.x).flatMap(({ bucket }) => (bucket === UNKNOWN ? [] : bucket))
  return bucketsIn(values).map((bucket) => ({
    alike: { fieldId: id, label: spec.label, answer: bucketLabelParts(spec, bucket) },
    holds: (other) => bucketsIn(other.values).includes(bucket),
  }))
}
