import type { FieldEntity, FieldType } from '../field/field-spec.ts'
import { type AskedMeasure, ORDERS, PREVIOUS, REPORTS, type View } from './address.ts'
import { lastMonths, monthCount, type Period } from './period.ts'
import type { Question, Split } from './question.ts'

/** A question or concept as one chooses it. */
export type Choosable = {
  readonly id: string
  readonly entity: FieldEntity
  readonly type: FieldType
  readonly retired: boolean
  readonly concept: boolean
  /** Answers that are offered; none for numbers, dates and lists. */
  readonly answers: readonly { readonly bucket: string }[]
}

const NUMBERS: readonly FieldType[] = ['integer', 'decimal', 'money', 'duration', 'rating', 'computed']
/** What can be said of numbers, of other answers; of what accounts and contacts hold nothing is asked nor timed. */
const OF_NUMBERS = ['mean', 'median', 'sum', 'share', 'count', 'fill', 'entry'] as const
const OF_CHOICES = ['share', 'count', 'fill', 'entry'] as const
const OF_FLOWS: readonly string[] = ['fill', 'entry']

export type FieldMeasure = (typeof OF_NUMBERS)[number]

/** The measures a question can be asked for, the most telling first. */
export function measuresOf({
  type,
  entity,
  concept,
}: Pick<Choosable, 'type' | 'entity' | 'concept'>): FieldMeasure[] {
  const all: readonly FieldMeasure[] = NUMBERS.includes(type) ? OF_NUMBERS : OF_CHOICES
  return all.filter((of) => (entity === 'report' && !(concept && of === 'entry')) || !OF_FLOWS.includes(of))
}

/** A measure of a question; a share without its answer takes the first that is offered. */
export function measureOf(field: Choosable, of: FieldMeasure, bucket: string | null = null): AskedMeasure {
  if (of === 'share') return { of, fieldId: field.id, bucket: bucket ?? field.answers[0]?.bucket ?? null }
  return of === 'count' ? { of, fieldId: field.id, bucket } : { of, fieldId: field.id }
}

/**
 * What a view measures among the questions there are. At first: the first that reports answer by choosing, else orders. One
 * that the place does not have is null. A share may be left without its answer, where none is offered and none was given.
 */
export function measuredIn(asked: AskedMeasure | null, fields: readonly Choosable[]): AskedMeasure | null {
  if (asked === null) {
    const first = fields.find(
      (one) => one.entity === 'report' && !one.retired && !one.concept && one.answers.length > 0,
    )
    return first ? measureOf(first, 'share') : ORDERS
  }
  if (asked.of === 'outcome' || asked.fieldId === null) return asked
  const field = fields.find(({ id }) => id === asked.fieldId)
  if (!field) return null
  const [first] = measuresOf(field)
  const of = measuresOf(field).includes(asked.of) ? asked.of : first
  return of ? measureOf(field, of, 'bucket' in asked ? asked.bucket : null) : REPORTS
}

/**
 * A view as it can be asked where these questions are: without filters by questions that are not there. Of what accounts and
 * contacts hold, which has no past, no kind and no outcome, without these either.
 */
export function fittedTo(view: View, measure: AskedMeasure, fields: readonly Choosable[]): View {
  const measured = 'fieldId' in measure ? fields.find(({ id }) => id === measure.fieldId) : undefined
  const stock = measured !== undefined && measured.entity !== 'report'
  const asked = new Set(fields.filter(({ entity }) => entity === 'report').map(({ id }) => id))
  const crossed = view.cross === null || view.cross === 'month' ? null : view.cross.fieldId
  const able = crossingsOf(measure, fields)
  const cross = crossed === null ? able.months : able.fields.some(({ id }) => id === crossed)
  return {
    ...view,
    cross: cross ? view.cross : null,
    filters: stock ? [] : view.filters.filter(({ fieldId }) => asked.has(fieldId)),
    outcomes: stock ? [] : view.outcomes,
    kind: stock ? null : view.kind,
    compare: stock && view.compare?.with !== 'territory' ? null : view.compare,
  }
}

/** Whether a number of one place stands for itself: a count cannot be compared with that of the place above it. */
export const isRate = ({ of }: AskedMeasure): boolean => of !== 'count' && of !== 'sum'

type Base = Omit<Question, 'split'>

/** What a view asks of the figures at a territory. What would narrow a measure that cannot be narrowed so is left out. */
export function questionOf(view: View, territoryId: string, measure: AskedMeasure): Base {
  const { basis, period, filters, outcomes, kind, compare } = view
  const at = { territoryId, basis, period, measure }
  if (measure.of === 'entry') {
    const among = compare?.with === 'territory' ? PREVIOUS : compare
    return { ...at, filters: [], outcomes: [], kind: null, compare: among }
  }
  const own = measure.of === 'share' || measure.of === 'fill' ? measure.fieldId : null
  return {
    ...at,
    filters: filters.filter(({ fieldId }) => fieldId !== own),
    outcomes: measure.of === 'outcome' ? [] : [...outcomes],
    kind,
    compare,
  }
}

/** The territories just below or of a level; null for times of entry, which are kept without territory. */
export function placesQuestion(view: View, territoryId: string, measure: AskedMeasure): Question {
  const split: Split[] = measure.of === 'entry' ? [] : [{ by: 'territory', rank: view.level }]
  return { ...questionOf(view, territoryId, measure), split }
}

/** A short period says little of a trend. */
const MONTHS_MIN = 12

/** At least as many months, up to the end of the period. */
export const trendPeriod = (period: Period): Period =>
  lastMonths(period.to, Math.max(MONTHS_MIN, monthCount(period)))

/** By month; a rate beside the territory it is compared with, or else the one above, where `above` may be read. */
export function monthsQuestion(
  view: View,
  { territoryId, measure, above }: { territoryId: string; measure: AskedMeasure; above: string | null },
): Question {
  const other = view.compare?.with === 'territory' ? view.compare.territoryId : above
  const beside = other !== null && isRate(measure) && measure.of !== 'entry'
  return {
    ...questionOf(view, territoryId, measure),
    period: trendPeriod(view.period),
    split: [{ by: 'month' }],
    compare: beside ? { with: 'territory', territoryId: other } : null,
  }
}

/** Territories crossed with months, or with the answers to a question; null where the view does not cross them. */
export function crossQuestion(view: View, territoryId: string, measure: AskedMeasure): Question | null {
  const { cross } = view
  if (cross === null || measure.of === 'entry') return null
  const across: Split = cross === 'month' ? { by: 'month' } : { by: 'answer', fieldId: cross.fieldId }
  const base = questionOf(view, territoryId, measure)
  const own = cross !== 'month' && 'fieldId' in measure && measure.fieldId === cross.fieldId
  if (own && measure.of === 'fill') return null
  return {
    ...base,
    // By its own answers, a share or a count leaves open which.
    measure: own && 'bucket' in measure ? { ...measure, bucket: null } : measure,
    split: [{ by: 'territory', rank: view.level }, across],
    compare: null,
  }
}

/** What territories can be crossed with for a measure: months where reports are counted, and questions of the same kind. */
export function crossingsOf<Field extends Choosable>(
  measure: AskedMeasure,
  fields: readonly Field[],
): { readonly months: boolean; readonly fields: readonly Field[] } {
  if (measure.of === 'entry') return { months: false, fields: [] }
  const measured = 'fieldId' in measure ? fields.find(({ id }) => id === measure.fieldId) : undefined
  const stock = measured !== undefined && measured.entity !== 'report'
  const able = fields.filter(({ id, entity }) =>
    id === measured?.id ? measure.of !== 'fill' : !stock && entity === 'report',
  )
  return { months: !stock, fields: able }
}

/** Questions by whose answers a measure can be narrowed: other ones that reports answer, with answers to choose from. */
export function narrowingsOf<Field extends Choosable>(
  measure: AskedMeasure,
  fields: readonly Field[],
): readonly Field[] {
  if (measure.of === 'entry') return []
  const measured = 'fieldId' in measure ? fields.find(({ id }) => id === measure.fieldId) : undefined
  if (measured && measured.entity !== 'report') return []
  return fields.filter(
    ({ id, entity, answers }) => entity === 'report' && answers.length > 0 && id !== measured?.id,
  )
}

/** How the answers to a question share out, beside the territory it is compared with or the one above. */
export function answersQuestion(
  view: View,
  { territoryId, fieldId, above }: { territoryId: string; fieldId: string; above: string | null },
): Question {
  const other = view.compare?.with === 'territory' ? view.compare.territoryId : above
  return {
    ...questionOf(view, territoryId, { of: 'share', fieldId, bucket: null }),
    split: [{ by: 'answer', fieldId }],
    compare: other === null ? null : { with: 'territory', territoryId: other },
  }
}
