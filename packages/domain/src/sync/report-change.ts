import { bucketsOf } from '../analytics/bucket.ts'
import type { BucketedAnswer, ReportFact } from '../analytics/fact.ts'
import type { Answers } from '../field/answer.ts'
import { sameValue } from './merge.ts'
import type { AccountState, PushContext, ReportState } from './state.ts'

type Versions = PushContext['versions']
/** What counting a report needs to know. */
type Known = Pick<PushContext, 'versions' | 'fieldSets'>

/** The reportable answers of a document, in the buckets of the versions they were given under. */
export function bucketedAnswers(versions: Versions, values: Answers): BucketedAnswer[] {
  return Object.entries(values).flatMap(([fieldId, answer]) => {
    const definition = versions.get(`${fieldId}:${answer.v}`)
    if (!definition?.spec.reportable) return []
    return bucketsOf(definition.spec, answer.x).map(({ bucket, value }) => [fieldId, bucket, value] as const)
  })
}

function factOf(context: Known, home: string, report: ReportState, sign: 1 | -1): ReportFact {
  const members =
    (report.fieldSet && context.fieldSets.get(report.fieldSet)) ||
    Object.entries(report.values).map(([id, { v }]) => [id, v] as const)
  return {
    of: 'report',
    sign,
    thenAt: report.territoryId,
    todayAt: home,
    day: report.day,
    kind: report.kind,
    outcome: report.outcome,
    member: report.authorId,
    asked: members.filter(([id, v]) => context.versions.get(`${id}:${v}`)?.spec.reportable).map(([id]) => id),
    answers: bucketedAnswers(context.versions, report.values),
  }
}

/** Facts that take the roll-ups from one state of a report to the next; a withdrawn report counts nowhere. */
export function reportChange(
  context: Known,
  account: Pick<AccountState, 'territoryId'>,
  before: ReportState | null,
  after: ReportState,
): ReportFact[] {
  const minus =
    before && before.status !== 'withdrawn' ? factOf(context, account.territoryId, before, -1) : null
  const plus = after.status !== 'withdrawn' ? factOf(context, account.territoryId, after, 1) : null
  if (minus && plus && sameValue({ ...minus, sign: 1 }, plus)) return []
  return [minus, plus].filter((fact) => fact !== null)
}
