import { type Answers, isEmpty } from '../field/answer.ts'
import { type Conversion, isCountedAt } from '../field/conversion.ts'
import type { DefinitionOf } from '../field/definition-at.ts'
import type { FieldSetMembers } from '../field/field-set.ts'
import type { FieldEntity } from '../field/field-spec.ts'
import type { Outcome, ReportKind, ReportStatus } from '../report/report.ts'
import { bucketsOf } from './bucket.ts'
import { askedBefore, convertedAnswers, withConverted } from './converted.ts'
import type { BucketedAnswer, ReportFact } from './fact.ts'
import { askedTwice, overlapsOf } from './overlaps.ts'

/** A report as the roll-ups see it, before or after a change. */
export type ReportState = {
  /** The report's own territory. */
  readonly thenAt: string
  /** Its account's present home. */
  readonly todayAt: string
  readonly day: string
  readonly kind: ReportKind
  readonly outcome: Outcome
  readonly member: string
  readonly status: ReportStatus
  /** The questions of the form it was filled on. */
  readonly form: FieldSetMembers
  readonly values: Answers
}

/** What counting needs to know of questions: each version, and all conversions, those that were taken back included. */
export type Counting = {
  readonly definitionOf: DefinitionOf
  readonly conversions: readonly Conversion[]
  /** Where the document's account stands in the count of changed types (countingPlace); left out: all of it is done. */
  readonly place?: string
}

/** Conversions that a document is counted by now. */
const countedBy = ({ conversions, place }: Counting): readonly Conversion[] =>
  place === undefined ? conversions : conversions.filter((one) => isCountedAt(one, place))

/** Plain order of ids, so that the same state always makes the same fact. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Reportable answers of an entity in the buckets of the versions they were given under: a later version never moves
 * what was already counted. `definitionOf` decides what is reportable.
 */
export function bucketedAnswers(entity: FieldEntity, values: Answers, counting: Counting): BucketedAnswer[] {
  const { definitionOf, conversions } = counting
  const document = { entity, values, definitionOf }
  const read = withConverted(conversions, document)
  return [
    ...Object.entries(values)
      .sort(([a], [b]) => byText(a, b))
      .flatMap(([fieldId, answer]) => {
        const definition = definitionOf(fieldId, answer.v)
        return definition?.entity === entity && definition.spec.reportable
          ? bucketsOf(definition.spec, answer.x).map(({ bucket, value }) => [fieldId, bucket, value] as const)
          : []
      }),
    ...overlapsOf(entity, read.values, read.definitionOf),
    ...convertedAnswers(conversions, document, countedBy(counting)),
  ]
}

/** What a report counts for, with a sign; null when it is withdrawn and counts nowhere. */
export function reportFact(sign: 1 | -1, state: ReportState, counting: Counting): ReportFact | null {
  const { definitionOf } = counting
  if (state.status === 'withdrawn') return null
  const countable = (fieldId: string, version: number): boolean => {
    const definition = definitionOf(fieldId, version)
    return definition?.entity === 'report' && definition.spec.reportable
  }
  // What a later form asked and an amendment answered was asked too, or answers would outnumber questions.
  const answered = Object.entries(state.values).filter(([, answer]) => !isEmpty(answer.x))
  const form = [...state.form, ...answered.map(([fieldId, answer]) => [fieldId, answer.v] as const)]
  const asked = form.filter(([fieldId, version]) => countable(fieldId, version))
  return {
    of: 'report',
    sign,
    thenAt: state.thenAt,
    todayAt: state.todayAt,
    day: state.day,
    kind: state.kind,
    outcome: state.outcome,
    member: state.member,
    asked: [...new Set(asked.map(([fieldId]) => fieldId))].sort(byText),
    answers: [
      ...bucketedAnswers('report', state.values, counting),
      ...askedTwice(asked, { form, definitionOf }),
      ...askedBefore(countedBy(counting), form),
    ],
  }
}

const sameFact = (a: ReportFact, b: ReportFact): boolean =>
  JSON.stringify({ ...a, sign: 1 }) === JSON.stringify({ ...b, sign: 1 })

/**
 * Facts that take the roll-ups from one state of a report to the next: minus the old, plus the new, nothing when they
 * count alike. null: it did not exist, or is no more. A move of its account touches the basis "today" alone.
 */
export function factsOfChange(
  before: ReportState | null,
  after: ReportState | null,
  counting: Counting,
): ReportFact[] {
  const minus = before && reportFact(-1, before, counting)
  const plus = after && reportFact(1, after, counting)
  if (!minus || !plus) return [minus, plus].filter((fact) => fact !== null)
  if (sameFact(minus, plus)) return []
  if (sameFact(minus, { ...plus, todayAt: minus.todayAt })) {
    return [
      { ...minus, thenAt: null },
      { ...plus, thenAt: null },
    ]
  }
  return [minus, plus]
}
