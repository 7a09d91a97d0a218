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

/** The latest visit of each account that ended in an order, over a year. */
export function latestWon({ reports }: Pick<LocalRows, 'reports'>, today: Day): ReportRow[] {
  const since = addDays(today, -FLOW_DAYS)
  const latest = new Map<string, ReportRow>()
  for (const report of reports) {
    const { kind, outcome, accountId, day } = report
    if (kind !== 'visit' || outcome !== WON || day <= since || day > today || !stands(report)) continue
    if (isNewer(report, latest.get(accountId))) latest.set(accountId, report)
  }
  return [...latest.values()]
}

/**
 * Visits won at accounts comparable to one: those that answer most of its questions alike, the latest first. Examples to
 * read, not a claim that something wins.
 */
export function wonAlike(
  account: AccountRow,
  fields: readonly EffectiveField[],
  { won, accountOf, most }: WonAmong,
): WonAlike[] {
  const said = fields.flatMap((field) => saidBy(account, field))
  if (said.length === 0) return []
  return won
    .flatMap((report): WonAlike[] => {
      const other = report.accountId === account.id ? undefined : accountOf(report.accountId)
      const [first, ...more] = other ? said.filter(({ holds }) => holds(other)).map(({ alike }) => alike) : []
      return other && first ? [{ report, account: other, alike: [first, ...more] }] : []
    })
    .sort((a, b) => b.alike.length - a.alike.length || (isNewer(a.report, b.report) ? -1 : 1))
    .slice(0, most)
}

export type WonAmong = {
  /** One of each account (`latestWon`). */
  readonly won: readonly ReportRow[]
  readonly accountOf: (id: string) => AccountRow | undefined
  readonly most: number
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
