import type { ScopedSql } from '@fieldback/db/scoped-db'
import { findPath, type ViewRow } from '@fieldback/db/view/view.repo'
import { type AskedMeasure, readView, type View } from '@fieldback/domain/analytics/address'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import {
  fittedTo,
  measuredIn,
  monthsQuestion,
  placesQuestion,
  questionOf,
} from '@fieldback/domain/analytics/question-of-view'
import { type ErrorCode, FieldbackError } from '@fieldback/domain/errors'
import { startOfView } from '@fieldback/domain/view/start-of-view'
import { ask } from '../analytics/ask.ts'
import type { Keep } from '../analytics/ask-counts.ts'
import { type CountedField, countedFields } from '../analytics/place.ts'

/** A view as one of its readers opens it: at a territory of his, over the months of today. */
export type OpenedView = {
  readonly id: string
  readonly name: string
  readonly view: View & { readonly territoryId: string }
  /** It opens at a branch of the reader's and not at its own territory, which he may not read. */
  readonly moved: boolean
}

/** What a view measures: the question it is of, and which of its answers. */
export type ViewSubject = {
  readonly measure: AskedMeasure
  readonly field: CountedField | null
  readonly answer: BucketLabel | null
}

/** Its figures with its reader's rights; or why there are none: a question that is not asked there, a place that has closed. */
export type ToldView = OpenedView &
  (
    | { readonly failed: ErrorCode }
    | {
        readonly failed: null
        readonly subject: ViewSubject
        /** The total, compared as the view says; its territories where they were asked for. */
        readonly now: Findings
        /** Twelve months at least; null where nothing has months. */
        readonly months: Findings | null
      }
  )

/** Where the reader opens a view; null when he reads no figures anywhere. */
export async function openView(
  sdb: ScopedSql,
  { id, name, query }: Pick<ViewRow, 'id' | 'name' | 'query'>,
): Promise<OpenedView | null> {
  const view = readView(new URLSearchParams(query), sdb.scope.day)
  const path = view.territoryId === null ? null : await findPath(sdb, view.territoryId)
  const start = startOfView(sdb.scope, view.territoryId && path ? { id: view.territoryId, path } : null)
  if (!start) return null
  const { territoryId } = start
  // Of a place that has closed, or of somebody else's, one's own branch is shown as it is: its level and neighbour are not.
  const moved = start.moved || (view.territoryId !== null && view.territoryId !== territoryId)
  const compare = moved && view.compare?.with === 'territory' ? ({ with: 'previous' } as const) : view.compare
  return { id, name, moved, view: { ...view, territoryId, compare } }
}

/** Its figures, by the procedure that answers the explorer. `places`: each of its territories too. */
export async function tellView(
  sdb: ScopedSql,
  opened: OpenedView,
  { places, keep }: { readonly places: boolean; readonly keep: Keep },
): Promise<ToldView> {
  const { territoryId } = opened.view
  try {
    const fields = await countedFields(sdb, territoryId)
    const subject = subjectIn(opened.view, fields)
    if (!subject) return { ...opened, failed: 'NOT_FOUND' }
    const { measure, field } = subject
    const view = fittedTo(opened.view, measure, fields)
    const whole: Question = { ...questionOf(view, territoryId, measure), split: [] }
    const now = await ask(sdb, places ? placesQuestion(view, territoryId, measure) : whole, keep)
    const flow = field === null || field.entity === 'report'
    const months = flow
      ? await ask(sdb, monthsQuestion(view, { territoryId, measure, above: null }), keep)
      : null
    return { ...opened, failed: null, subject, now, months }
  } catch (error) {
    // A database that does not answer is no property of the view.
    if (!(error instanceof FieldbackError)) throw error
    return { ...opened, failed: error.code }
  }
}

function subjectIn(view: View, fields: readonly CountedField[]): ViewSubject | null {
  const measure = measuredIn(view.measure, fields)
  if (!measure || (measure.of === 'share' && measure.bucket === null)) return null
  const field = 'fieldId' in measure ? (fields.find(({ id }) => id === measure.fieldId) ?? null) : null
  const bucket = 'bucket' in measure ? measure.bucket : null
  const answer = field?.answers.find((one) => one.bucket === bucket)?.label
  return { measure, field, answer: answer ?? (bucket === null ? null : { kind: 'other', bucket }) }
}
