import { type FileFormat, tableFile } from '@fieldback/api/export/table-file'
import { readView, type View } from '@fieldback/domain/analytics/address'
import {
  answersQuestion,
  crossQuestion,
  fittedTo,
  monthsQuestion,
  placesQuestion,
} from '@fieldback/domain/analytics/question-of-view'
import { FieldbackError } from '@fieldback/domain/errors'
import { openFormats } from '@fieldback/i18n/format'
import { getLocale, getTranslations } from 'next-intl/server'
import { aboveMeasure, answersBeside, monthsBeside } from '../features/analytics/beside-above.ts'
import { aboveOf, chosenIn, labelOf } from '../features/analytics/chosen.ts'
import {
  byTerritoryRows,
  EXPORTS,
  type Export,
  findingRows,
  overviewRows,
  type Row,
} from '../features/analytics/export-rows.ts'
import { downloaded } from './downloaded.ts'
import { procedures } from './procedures.ts'

/**
 * The figures of a chart as a file, read by the same procedures as the screen: same rights, same hiding. `of` names the
 * chart, `as` the format, the rest is the address of the view. INVALID_INPUT when that is not enough.
 */
export const exportFigures = downloaded('analytics.export', async (request) => {
  const params = new URL(request.url).searchParams
  const of = EXPORTS.find((known) => known === params.get('of'))
  const format: FileFormat = params.get('as') === 'xlsx' ? 'xlsx' : 'csv'
  const me = await (await procedures()).org.me()
  const view = readView(params, me.day)
  const { territoryId } = view
  const [locale, text] = [await getLocale(), await getTranslations('analytics')]
  const words = { text, formats: openFormats(locale, me.timeZone) }
  const rows = of && territoryId !== null ? await rowsOf(of, { ...view, territoryId }, words) : null
  if (!of || rows === null) throw new FieldbackError('INVALID_INPUT')
  async function* pages() {
    yield rows ?? []
  }
  return {
    name: `${text(`export.name.${of}`)}-${view.period.from}-${view.period.to}`,
    format,
    chunks: tableFile(format, pages(), locale === 'en' ? 'en' : 'fr'),
  }
})

type Words = Parameters<typeof findingRows>[2]
type Placed = View & { readonly territoryId: string }

/** null when the chart needs what the address does not name. */
async function rowsOf(of: Export, asIs: Placed, words: Words): Promise<Row[] | null> {
  const { analytics } = await procedures()
  const { territoryId, basis, period, grain } = asIs
  if (of === 'overview')
    return overviewRows(await analytics.overview({ territoryId, basis, period, grain }), words.text)
  if (of === 'byTerritory')
    return byTerritoryRows(await analytics.byTerritory({ territoryId, basis, period }), words.text)
  const [place, fields] = await Promise.all([
    analytics.place({ territoryId }),
    analytics.fields({ territoryId }),
  ])
  const { measure, field } = chosenIn(asIs.measure, fields)
  const above = aboveOf(place)
  if (measure === null || (measure.of === 'share' && measure.bucket === null && of !== 'answers')) return null
  const view = fittedTo(asIs, measure, fields)
  const asked = {
    places: () => placesQuestion(view, territoryId, measure),
    months: () => monthsQuestion(view, { territoryId, measure, above }),
    answers: () => field && answersQuestion(view, { territoryId, fieldId: field.id, above }),
    cross: () => crossQuestion(view, territoryId, measure),
  }[of]()
  if (!asked) return null
  const told = await analytics.ask(asked)
  const shut = aboveMeasure(view, place, measure)
  const at = { territoryId, basis, period }
  const findings =
    shut && of === 'months'
      ? monthsBeside(told, await analytics.trend({ ...at, measure: shut }))
      : shut?.of === 'answer' && of === 'answers'
        ? answersBeside(told, await analytics.distribution({ ...at, fieldId: shut.fieldId }))
        : told
  const bucket = 'bucket' in measure ? measure.bucket : null
  const answer = bucket === null || of === 'answers' ? null : labelOf(bucket, field, findings)
  return findingRows(findings, { measure: asked.measure, field, answer }, words)
}
