import { readView, type View } from '@fieldback/domain/analytics/address'
import { FieldbackError } from '@fieldback/domain/errors'
import { type Cell, toCsv } from '@fieldback/domain/export/csv'
import { openFormats } from '@fieldback/i18n/format'
import { getLocale, getTranslations } from 'next-intl/server'
import {
  byTerritoryOfBucketRows,
  byTerritoryRows,
  distributionRows,
  EXPORTS,
  type Export,
  overviewRows,
  trendRows,
} from '../features/analytics/export-rows.ts'
import { attached, refusedDownload } from './downloaded.ts'
import { logged } from './logged.ts'
import { procedures } from './procedures.ts'

/**
 * The figures of a chart as a file, read by the same procedures as the screen: same rights, same hiding. `of` names the
 * chart, the rest is the address of the view. INVALID_INPUT when that is not enough.
 */
export const exportFigures = logged('analytics.export', async (request) => {
  try {
    const params = new URL(request.url).searchParams
    const of = EXPORTS.find((known) => known === params.get('of'))
    const me = await (await procedures()).org.me()
    const view = readView(params, me.day)
    const { territoryId } = view
    const [locale, text] = [await getLocale(), await getTranslations('analytics')]
    const words = { text, formats: openFormats(locale, me.timeZone) }
    const rows = of && territoryId !== null ? await rowsOf(of, { ...view, territoryId }, words) : null
    if (!of || rows === null) throw new FieldbackError('INVALID_INPUT')
    return new Response(streamed(rows, locale === 'en' ? 'en' : 'fr'), {
      headers: attached(`${text(`export.name.${of}`)}-${view.period.from}-${view.period.to}`),
    })
  } catch (error) {
    return refusedDownload(request, error)
  }
})

type Words = {
  readonly text: Parameters<typeof overviewRows>[1]
  readonly formats: ReturnType<typeof openFormats>
}

/** null when the chart needs a measure that the address does not name. */
async function rowsOf(of: Export, view: View & { territoryId: string }, { text, formats }: Words) {
  const { analytics } = await procedures()
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
