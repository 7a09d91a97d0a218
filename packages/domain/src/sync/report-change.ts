import type { ReportFact } from '../analytics/fact.ts'
import { type ReportState as Counted, type Counting, factsOfChange } from '../analytics/report-fact.ts'
import { countingPlace } from '../field/conversion.ts'
import type { AccountState, PushContext, ReportState } from './state.ts'

/** What counting a report needs to know. */
type Known = Pick<PushContext, 'versions' | 'conversions' | 'fieldSets'>

export const countingOf = (
  { versions, conversions }: Pick<PushContext, 'versions' | 'conversions'>,
  account: Pick<AccountState, 'id' | 'territoryId'>,
): Counting => ({
  definitionOf: (fieldId, version) => versions.get(`${fieldId}:${version}`),
  conversions,
  place: countingPlace(account),
})

const counted = (known: Known, home: string, report: ReportState): Counted => ({
  thenAt: report.territoryId,
  todayAt: home,
  day: report.day,
  kind: report.kind,
  outcome: report.outcome,
  member: report.authorId,
  status: report.status,
  // A form nobody kept asked at least what was answered.
  form: (report.fieldSet && known.fieldSets.get(report.fieldSet)) || [],
  values: report.values,
})

/** Facts that take the roll-ups from one state of a report to the next; a withdrawn report counts nowhere. */
export const reportChange = (
  known: Known,
  account: Pick<AccountState, 'id' | 'territoryId'>,
  before: ReportState | null,
  after: ReportState,
): ReportFact[] =>
  factsOfChange(
    before && counted(known, account.territoryId, before),
    counted(known, account.territoryId, after),
    countingOf(known, account),
  )
