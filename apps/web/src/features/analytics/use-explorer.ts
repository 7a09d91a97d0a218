'use client'
import type { CountedField, Place } from '@fieldback/api/analytics/place'
import type { AskedMeasure, View } from '@fieldback/domain/analytics/address'
import { type BucketLabel, UNKNOWN } from '@fieldback/domain/analytics/bucket'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { QuestionInput } from '@fieldback/domain/analytics/question'
import {
  measuredIn,
  monthsQuestion,
  placesQuestion,
  questionOf,
} from '@fieldback/domain/analytics/question-of-view'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { atStart, type Start } from './start.ts'
import { useView } from './use-view.tsx'
import type { Asked } from './waiting.tsx'

/** While figures are partial, or a pair of questions is being counted. */
const ASKED_EVERY_MS = 3_000

/** What the explorer shows of the view in the address. */
export type Explorer = {
  readonly view: View
  readonly territoryId: string | undefined
  readonly place: Asked<Place>
  readonly fields: Asked<CountedField[]>
  /** Null: reports themselves, or a question that the place does not have. */
  readonly field: CountedField | null
  /** Null while it is not known. */
  readonly measure: AskedMeasure | null
  /** The answer that is measured. */
  readonly answer: BucketLabel | null
  readonly places: Asked<Findings>
  readonly months: Asked<Findings>
  /** How the answers share out; not asked where no question is measured. */
  readonly answers: Asked<Findings> | null
}

/** Asks all that the explorer shows; what comes first came with the page. */
export function useExplorer(start: Start | undefined): Explorer {
  const trpc = useTRPC()
  const { view } = useView()
  const here = { territoryId: view.territoryId }
  const kept = { placeholderData: keepPreviousData }
  const place = useQuery(trpc.analytics.place.queryOptions(here, { ...kept, ...atStart(start?.place, here) }))
  const territoryId = view.territoryId ?? place.data?.place.id
  const there = { territoryId: territoryId ?? '' }
  const fields = useQuery(
    trpc.analytics.fields.queryOptions(territoryId ? there : skipToken, {
      ...kept,
      ...atStart(start?.fields, there),
    }),
  )
  const wanted = fields.data ? measuredIn(view.measure, fields.data) : null
  const field = wanted ? fieldOf(wanted, fields.data ?? []) : null
  const flow = field === null || field.entity === 'report'
  const answers = useAsk(
    territoryId && field ? answersQuestion({ view, territoryId, field, above: aboveOf(place.data) }) : null,
    start,
  )
  const measure = wanted && completed(wanted, answers.data)
  const places = useAsk(territoryId && measure ? placesQuestion(view, territoryId, measure) : null, start)
  const months = useAsk(
    territoryId && measure && flow
      ? monthsQuestion(view, { territoryId, measure, above: aboveOf(place.data) })
      : null,
    start,
  )
  const bucket = measure && 'bucket' in measure ? measure.bucket : null
  const answer = bucket === null ? null : labelOf(bucket, field, answers.data)
  return { view, territoryId, place, fields, field, measure, answer, places, months, answers: field ? answers : null }
}

/** One question to the figures, asked again while what it tells is not whole or is slow. */
export function useAsk(asked: QuestionInput | null, start?: Start): Asked<Findings> {
  const trpc = useTRPC()
  return useQuery(
    trpc.analytics.ask.queryOptions(asked ?? skipToken, {
      placeholderData: keepPreviousData,
      ...(asked && atStart(start?.ask, asked)),
      refetchInterval: ({ state: { data } }) =>
        data && (data.counting || data.prepared.state === 'preparing') ? ASKED_EVERY_MS : false,
    }),
  )
}

/** The territory above, where the reader may read its figures. */
export function aboveOf(place: Place | undefined): string | null {
  const above = place?.line.at(-2)
  return above?.open ? above.id : null
}

const fieldOf = (measure: AskedMeasure, fields: readonly CountedField[]): CountedField | null =>
  measure.of === 'outcome' ? null : (fields.find(({ id }) => id === measure.fieldId) ?? null)

/** What an answer means: as it is offered, as it was given, else its bare name. */
export function labelOf(bucket: string, field: CountedField | null, answers: Findings | undefined): BucketLabel {
  const given = answers?.axes.flatMap((axis) => (axis.by === 'answer' ? axis.answers : [])) ?? []
  const known = [...(field?.answers ?? []), ...given].find((one) => one.bucket === bucket)
  return known?.label ?? { kind: 'other', bucket }
}

type AnswersAsked = {
  readonly view: View
  readonly territoryId: string
  readonly field: CountedField
  readonly above: string | null
}

/** How the answers to a question share out, beside the territory above. */
export function answersQuestion({ view, territoryId, field, above }: AnswersAsked): QuestionInput {
  const measure: AskedMeasure = { of: 'share', fieldId: field.id, bucket: null }
  return {
    ...questionOf(view, territoryId, measure),
    split: [{ by: 'answer', fieldId: field.id }],
    compare: above === null ? null : { with: 'territory', territoryId: above },
  }
}

/** A share of which no answer was asked for nor is offered is that of the answer given most often. */
function completed(measure: AskedMeasure, answers: Findings | undefined): AskedMeasure | null {
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
): QuestionInput | null {
  const wanted = measuredIn(view.measure, fields)
  return wanted && completed(wanted, undefined) && placesQuestion(view, territoryId, wanted)
}

