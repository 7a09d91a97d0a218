'use client'
import type { CountedField, Place } from '@fieldback/api/analytics/place'
import { type AskedMeasure, byTerritoryAt, type View } from '@fieldback/domain/analytics/address'
import type { BucketLabel } from '@fieldback/domain/analytics/bucket'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import {
  answersQuestion,
  fittedTo,
  monthsQuestion,
  placesQuestion,
} from '@fieldback/domain/analytics/question-of-view'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../client/trpc.tsx'
import { aboveMeasure, answersBeside, monthsBeside } from './beside-above.ts'
import { aboveOf, chosenIn, completed, labelOf } from './chosen.ts'
import { atStart, type Start } from './start.ts'
import { useView } from './use-view.tsx'
import type { Asked } from './waiting.tsx'

/** While figures are partial, or a pair of questions is being counted. */
const ASKED_EVERY_MS = 3_000

/** A question, and what is known of its answer. */
export type Answering = Asked<Findings> & { readonly asked: Question | null }

/** What the explorer shows of the view in the address. */
export type Explorer = {
  /** Without what cannot be asked here. */
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
  readonly places: Answering
  readonly months: Answering
  /** How the answers share out; not asked where no question is measured. */
  readonly answers: Answering | null
}

/** Asks all that the explorer shows; what comes first came with the page. */
export function useExplorer(start: Start | undefined): Explorer {
  const trpc = useTRPC()
  const { view: asked } = useView()
  const here = { territoryId: asked.territoryId }
  const kept = { placeholderData: keepPreviousData }
  const place = useQuery(trpc.analytics.place.queryOptions(here, { ...kept, ...atStart(start?.place, here) }))
  const territoryId = asked.territoryId ?? place.data?.place.id
  const there = { territoryId: territoryId ?? '' }
  const fields = useQuery(
    trpc.analytics.fields.queryOptions(territoryId ? there : skipToken, {
      ...kept,
      ...atStart(start?.fields, there),
    }),
  )
  const { measure: wanted, field } = chosenIn(asked.measure, fields.data ?? null)
  const view = wanted && fields.data ? fittedTo(asked, wanted, fields.data) : asked
  const flow = field === null || field.entity === 'report'
  const answers = useAsk(
    territoryId && field
      ? answersQuestion(view, { territoryId, fieldId: field.id, above: aboveOf(place.data) })
      : null,
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
  const above = useAbove({ view, territoryId, place: place.data, measure })
  const bucket = measure && 'bucket' in measure ? measure.bucket : null
  const answer = bucket === null ? null : labelOf(bucket, field, answers.data)
  return {
    view,
    territoryId,
    place,
    fields,
    field,
    measure,
    answer,
    places,
    months: { ...months, data: months.data && monthsBeside(months.data, above.trend) },
    answers: field ? { ...answers, data: answers.data && answersBeside(answers.data, above.answers) } : null,
  }
}

type AboveAsked = Pick<Explorer, 'view' | 'territoryId' | 'measure'> & { readonly place: Place | undefined }

/** What may be told of a level above that the reader may not read. */
function useAbove({ view, territoryId, place, measure }: AboveAsked) {
  const { analytics } = useTRPC()
  const shut = aboveMeasure(view, place, measure)
  const at = territoryId && shut ? { ...byTerritoryAt(view, territoryId), measure: shut } : null
  const fieldId = shut?.of === 'answer' ? shut.fieldId : null
  const trend = useQuery(analytics.trend.queryOptions(at ?? skipToken))
  const answers = useQuery(
    analytics.distribution.queryOptions(at && fieldId ? { ...at, fieldId } : skipToken),
  )
  return { trend: trend.data, answers: answers.data }
}

/** One question to the figures, asked again while what it tells is not whole or is slow. */
export function useAsk(asked: Question | null, start?: Start): Answering {
  const trpc = useTRPC()
  const query = useQuery(
    trpc.analytics.ask.queryOptions(asked ?? skipToken, {
      placeholderData: keepPreviousData,
      ...(asked ? atStart(start?.ask, asked) : {}),
      refetchInterval: ({ state: { data } }) =>
        data && (data.counting || data.prepared.state === 'preparing') ? ASKED_EVERY_MS : false,
    }),
  )
  return { ...query, asked }
}
