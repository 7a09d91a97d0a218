import type { CountedField, Place } from '@fieldback/api/analytics/place'
import type { AskedMeasure, View } from '@fieldback/domain/analytics/address'
import { type BucketLabel, UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import { fittedTo, measuredIn, placesQuestion } from '@fieldback/domain/analytics/question-of-view'

/** What a view measures and the question it is of; null while what can be measured is not known, or is not there. */
export function chosenIn(
  asked: AskedMeasure | null,
  fields: readonly CountedField[] | null,
): { readonly measure: AskedMeasure | null; readonly field: CountedField | null } {
  const measure = fields && measuredIn(asked, fields)
  const fieldId = measure && 'fieldId' in measure ? measure.fieldId : null
  return { measure, field: fields?.find(({ id }) => id === fieldId) ?? null }
}

/** The territory above, where the reader may read its figures. */
export function aboveOf(place: Place | undefined): string | null {
  const above = place?.line.at(-2)
  return above?.open ? above.id : null
}

/** What an answer means: as it is offered, as it was given, else its bare name. */
export function labelOf(
  bucket: string,
  field: CountedField | null,
  answers: Findings | undefined,
): BucketLabel {
  const given = answers?.axes.flatMap((axis) => (axis.by === 'answer' ? axis.answers : [])) ?? []
  const known = [...(field?.answers ?? []), ...given].find((one) => one.bucket === bucket)
  return known?.label ?? { kind: 'other', bucket }
}

/** A share of which no answer was asked for nor is offered is that of the answer given most often. */
export function completed(measure: AskedMeasure, answers: Findings | undefined): AskedMeasure | null {
  if (measure.of !== 'share' || measure.bucket !== null) return measure
  if (answers?.measured?.id !== measure.fieldId) return null
  const most = answers.rows
    .filter(({ at }) => at[0] !== UNKNOWN)
    .toSorted((a, b) => (b.now.k ?? 0) - (a.now.k ?? 0))[0]
  return most?.at[0] === undefined ? null : { ...measure, bucket: most.at[0] }
}

/** The same for the page that is made on the server, where it can be known before anything was answered. */
export function firstQuestion(
  view: View,
  territoryId: string,
  fields: readonly CountedField[],
): Question | null {
  const wanted = measuredIn(view.measure, fields)
  const measure = wanted && completed(wanted, undefined)
  return measure && placesQuestion(fittedTo(view, measure, fields), territoryId, measure)
}
