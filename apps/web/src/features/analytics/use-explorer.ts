'use client'
import type { ByTerritory } from '@fieldback/api/analytics/by-territory'
import type { ByTerritoryOfBucket } from '@fieldback/api/analytics/by-territory-of-bucket'
import type { Distribution } from '@fieldback/api/analytics/distribution'
import type { CountedField } from '@fieldback/api/analytics/place'
import { type AskedMeasure, byTerritoryAt } from '@fieldback/domain/analytics/address'
import { UNKNOWN } from '@fieldback/domain/analytics/bucket'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTRPC } from '../../client/trpc.tsx'
import { atStart, type Start } from './start.ts'
import { useView } from './use-view.tsx'
import type { Asked } from './waiting.tsx'

/** A rate by territory: orders among reports, or one answer (`field`, `label`) among answers. */
export type Rates = ByTerritory | ByTerritoryOfBucket

/** What a rate counts, as the address or its defaults say. */
export type Chosen =
  | { readonly of: 'orders' }
  | { readonly of: 'answer'; readonly fieldId: string; readonly bucket: string }

const kept = { placeholderData: keepPreviousData }
/** While figures are partial. */
const ASKED_EVERY_MS = 3_000
const NO_ID = '00000000-0000-4000-8000-000000000000'

/** All that the explorer shows of the view in the address. Each query waits for what it depends on. */
export function useExplorer(start: Start | undefined) {
  const trpc = useTRPC()
  const { view } = useView()
  const here = { territoryId: view.territoryId }
  const place = useQuery(trpc.analytics.place.queryOptions(here, { ...kept, ...atStart(start?.place, here) }))
  const known = view.territoryId ?? place.data?.place.id
  const at = byTerritoryAt(view, known ?? NO_ID)
  const there = { territoryId: at.territoryId }
  const fields = useQuery(
    trpc.analytics.fields.queryOptions(there, {
      ...kept,
      ...atStart(start?.fields, there),
      enabled: known !== undefined,
    }),
  )
  const field = fields.data ? fieldOf(view.measure, fields.data) : null
  const distribution = useQuery(
    trpc.analytics.distribution.queryOptions(
      { ...at, fieldId: field?.id ?? NO_ID },
      {
        ...kept,
        enabled: known !== undefined && field !== null,
        refetchInterval: ({ state: { data } }) => (data?.counting ? ASKED_EVERY_MS : false),
      },
    ),
  )
  const current = distribution.data?.field.id === field?.id ? distribution.data : undefined
  useFiguresAgain(current?.counting?.done)
  const chosen = fields.data ? chosenOf(view.measure, field, current) : null
  const asked = chosen?.of === 'answer' ? chosen : { fieldId: NO_ID, bucket: UNKNOWN }
  const orders = useQuery(
    trpc.analytics.byTerritory.queryOptions(at, {
      ...kept,
      enabled: known !== undefined && chosen?.of === 'orders',
    }),
  )
  const answers = useQuery(
    trpc.analytics.byTerritoryOfBucket.queryOptions(
      { ...at, fieldId: asked.fieldId, bucket: asked.bucket },
      { ...kept, enabled: known !== undefined && chosen?.of === 'answer' },
    ),
  )
  const trend = useQuery(
    trpc.analytics.trend.queryOptions(
      { ...at, measure: chosen ?? { of: 'orders' } },
      {
        ...kept,
        enabled: known !== undefined && chosen !== null && (field?.entity ?? 'report') === 'report',
      },
    ),
  )
  // Until the measure is known, the answers shown before, if any: never orders that another screen left behind.
  const rates = (chosen?.of === 'orders' ? orders : answers) as Asked<Rates>
  return {
    territoryId: known,
    place,
    fields,
    field,
    distribution: current,
    chosen,
    rates,
    trend,
    asked: distribution,
  }
}

/** Rates and trend are asked again each time that more of what was answered before is counted, the last time included. */
function useFiguresAgain(done: number | undefined): void {
  const { analytics } = useTRPC()
  const client = useQueryClient()
  useEffect(() => {
    if (done === undefined) return
    return () => {
      for (const { queryKey } of [analytics.byTerritoryOfBucket.pathFilter(), analytics.trend.pathFilter()])
        client.invalidateQueries({ queryKey })
    }
  }, [done, analytics, client])
}

/** The field of the address; at first, the first that reports answer by choosing; null for orders. */
export function fieldOf(measure: AskedMeasure | null, fields: readonly CountedField[]): CountedField | null {
  if (measure?.of === 'orders') return null
  if (measure) return fields.find(({ id }) => id === measure.fieldId) ?? null
  return (
    fields.find((one) => one.entity === 'report' && !one.retired && !one.concept && one.answers.length > 0) ??
    null
  )
}

/**
 * The answer of the address; at first, the first that is offered, or for numbers and dates the one given most often;
 * null while that is not known, or when nobody answered.
 */
export function chosenOf(
  measure: AskedMeasure | null,
  field: CountedField | null,
  distribution: Pick<Distribution, 'buckets'> | undefined,
): Chosen | null {
  if (field === null) return { of: 'orders' }
  const most = distribution?.buckets
    .filter(({ bucket, n }) => bucket !== UNKNOWN && n > 0)
    .toSorted((a, b) => b.n - a.n)[0]
  const asked = measure?.of === 'field' && measure.fieldId === field.id ? measure.bucket : null
  const bucket = asked ?? field.answers[0]?.bucket ?? most?.bucket
  return bucket === undefined ? null : { of: 'answer', fieldId: field.id, bucket }
}

/** A rate as the address writes it. */
export const measureOf = (rates: Rates): AskedMeasure =>
  'field' in rates ? { of: 'field', fieldId: rates.field.id, bucket: rates.bucket } : { of: 'orders' }
