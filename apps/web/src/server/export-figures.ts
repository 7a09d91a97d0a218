import { type Cell, toCsv } from '@fieldback/domain/export/csv'
import { openFormats } from '@fieldback/i18n/format'
import { TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { getLocale, getTranslations } from 'next-intl/server'
import { readView, type View } from '../features/analytics/address.ts'
import {
  byTerritoryOfBucketRows,
  byTerritoryRows,
  distributionRows,
  EXPORTS,
  type Export,
  overviewRows,
  trendRows,
} from '../features/analytics/export-rows.ts'
import { caller, codeOf } from './caller.ts'

/**
 * The figures of a chart as a file, read by the same procedures as the screen: same rights, same hiding. `of` names the
 * chart, the rest is the address of the view.
 */
export async function exportFigures(params: URLSearchParams): Promise<Response> {
  const of = EXPORTS.find((known) => known === params.get('of'))
  try {
    const me = await (await caller()).org.me()
    const view = readView(params, me.day)
    const { territoryId } = view
    if (of === undefined || territoryId === null) return told('INVALID_INPUT', 400)
    const locale = await getLocale()
    const text = await getTranslations('analytics')
    const rows = await rowsOf(
      of,
      { ...view, territoryId },
      { text, formats: openFormats(locale, me.timeZone) },
    )
    if (rows === null) return told('INVALID_INPUT', 400)
    const name = `${text(`export.name.${of}`)}-${view.period.from}-${view.period.to}.csv`
    return new Response(streamed(rows, locale === 'en' ? 'en' : 'fr'), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
      },
    })
  } catch (error) {
    return told(codeOf(error), error instanceof TRPCError ? getHTTPStatusCodeFromError(error) : 503)
  }
}

const told = (code: string, status: number) =>
  Response.json({ code }, { status, headers: { 'cache-control': 'no-store' } })

type Words = {
  readonly text: Parameters<typeof overviewRows>[1]
  readonly formats: ReturnType<typeof openFormats>
}

/** null when the chart needs a measure that the address does not name. */
async function rowsOf(of: Export, view: View & { territoryId: string }, { text, formats }: Words) {
  const { analytics } = await caller()
  const { territoryId, basis, period, grain, measure } = view
  const at = { territoryId, basis, period }
  if (of === 'overview') return overviewRows(await analytics.overview({ ...at, grain }), text)
  if (of === 'byTerritory') return byTerritoryRows(await analytics.byTerritory(at), text)
  if (of === 'trend' && measure?.of === 'orders')
    return trendRows(await analytics.trend({ ...at, measure }), text)
  if (measure?.of !== 'field') return null
  const { fieldId, bucket } = measure
  if (of === 'distribution')
    return distributionRows(await analytics.distribution({ ...at, fieldId }), text, formats)
  if (bucket === null) return null
  if (of === 'trend') {
    return trendRows(await analytics.trend({ ...at, measure: { of: 'answer', fieldId, bucket } }), text)
  }
  return byTerritoryOfBucketRows(
    await analytics.byTerritoryOfBucket({ ...at, fieldId, bucket }),
    text,
    formats,
  )
}

const ROWS_A_CHUNK = 500

/** Writes a few hundred rows at a time: a file is never held whole. */
function streamed(rows: readonly (readonly Cell[])[], locale: 'fr' | 'en'): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let next = 0
  return new ReadableStream({
    pull(controller) {
      const text = toCsv(rows.slice(next, next + ROWS_A_CHUNK), locale)
      // The byte-order mark belongs to the beginning of the file alone.
      controller.enqueue(encoder.encode(next === 0 ? text : text.slice(1)))
      next += ROWS_A_CHUNK
      if (next >= rows.length) controller.close()
    },
  })
}
