import { SAID } from '../report/answer-test.ts'
import { UNKNOWN } from './bucket.ts'
import type { Findings } from './findings.ts'
import { firstDay, lastDay, type Month } from './period.ts'
import type { Behind, Filter, Question } from './question.ts'
import { measuredId } from './select-cells.ts'

/**
 * The reports behind a row of an answer (`at`; none: the total), as `report.list` takes them; null where there are none to list: accounts and
 * contacts, times of entry. Numerator for a share, an outcome and a fill rate; for the rest all that it is taken of.
 */
export function reportsBehind(
  question: Question,
  { measured, axes }: Pick<Findings, 'measured' | 'axes'>,
  at: readonly string[],
): Behind | null {
  const { measure } = question
  const answered = axes.flatMap((axis) => (axis.by === 'answer' ? [axis.field] : []))
  if (measure.of === 'entry' || [measured, ...answered].some((field) => field && field.entity !== 'report'))
    return null
  const key = (by: 'territory' | 'answer' | 'month'): string | null => {
    const place = axes.findIndex((axis) => axis.by === by)
    return place < 0 ? null : (at[place] ?? null)
  }
  const month: Month | null = key('month')
  const own = measuredId(question)
  const bucket = measure.of === 'share' || measure.of === 'count' ? measure.bucket : null
  const answers: Filter[] = [...question.filters]
  const narrow = (fieldId: string, ...to: string[]) => {
    const place = answers.findIndex((filter) => filter.fieldId === fieldId)
    if (place >= 0) answers[place] = { fieldId, buckets: to }
    else answers.push({ fieldId, buckets: to })
  }
  if (own !== null && bucket !== null) narrow(own, bucket)
  else if (own !== null && measure.of === 'fill') narrow(own, SAID, UNKNOWN)
  else if (own !== null && !answers.some(({ fieldId }) => fieldId === own)) narrow(own, SAID)
  const answer = key('answer')
  const [field] = answered
  if (field && answer !== null) narrow(field.id, answer)
  const place = key('territory')
  // One that lies elsewhere today is read from where it lay: the reader may have no right to where it is.
  const moved = axes.some(
    (axis) => axis.by === 'territory' && axis.places.some(({ id, elsewhere }) => id === place && elsewhere),
  )
  return {
    territoryId: (moved ? null : place) ?? question.territoryId,
    below: moved ? place : null,
    basis: question.basis,
    from: firstDay(month ?? question.period.from),
    to: lastDay(month ?? question.period.to),
    kind: question.kind,
    outcomes: measure.of === 'outcome' ? [measure.outcome] : question.outcomes,
    answers,
    counted: true,
  }
}
