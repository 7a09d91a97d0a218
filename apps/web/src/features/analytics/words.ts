import type { PlaceFigure } from '@fieldback/api/analytics/figure'
import type { CountedField } from '@fieldback/api/analytics/place'
import type { PlaceRef } from '@fieldback/domain/analytics/findings'
import type { Grain } from '@fieldback/domain/analytics/period'
import type { Rate } from '@fieldback/domain/insight/wilson'
import { inLocale } from '@fieldback/i18n/figure-words'
import type { Formats } from '@fieldback/i18n/format'
import type { AnalyticsText } from './use-figures.ts'

/** Regions whose French name does not take "en"; INSEE codes. */
const DANS_LES = new Set(['32', '52'])
const DANS_LE = new Set(['44'])
const A = new Set(['04', '06'])

/**
 * "en Nouvelle-Aquitaine", "dans le Grand Est", "in Brittany"; null where French has no rule to go by, as for
 * departments: the sentence is then written around the bare name.
 */
export function placeWithin(place: PlaceRef, locale: string): string | null {
  if (locale === 'en') return `in ${place.name}`
  if (place.rank === 0) return place.code === 'FR' ? `en ${place.name}` : null
  if (place.rank !== 1 || place.code === null) return null
  if (DANS_LES.has(place.code)) return `dans les ${place.name}`
  if (DANS_LE.has(place.code)) return `dans le ${place.name}`
  return A.has(place.code) ? `à ${place.name}` : `en ${place.name}`
}

/** Short enough for the end of a line: "N.-Aquitaine". */
export function shortName(name: string, most = 14): string {
  if (name.length <= most) return name
  const initial = name.replace(/^(\p{L})\p{L}+-/u, '$1.-')
  return initial.length <= most ? initial : `${initial.slice(0, most - 1).trimEnd()}…`
}

/** "28 à 34 %" */
export const intervalText = ({ low, high }: Rate, text: AnalyticsText, formats: Formats): string =>
  text('interval', { low: formats.number(low * 100), high: formats.percent(high) })

export const fieldText = (field: Pick<CountedField, 'label'>, locale: string): string =>
  inLocale(field.label, locale)

/** "+ 4 pts" where the intervals do not touch, "no clear difference" where they do; null without anything to compare with. */
export function changeText(
  { rate, before, verdict }: Pick<PlaceFigure, 'rate' | 'before' | 'verdict'>,
  text: AnalyticsText,
  formats: Formats,
): string | null {
  if (!rate || !before || !verdict) return null
  if (verdict === 'unclear') return text('change.unclear')
  const points = Math.round((rate.share - before.share) * 100)
  return text('change.points', { count: Math.abs(points), points: formats.change(points) })
}

/** A step of time under an axis or in a table: "16 nov.", "nov. 2026". */
export function stepText(
  at: string,
  grain: Grain,
  formats: Formats,
  style: 'short' | 'long' = 'short',
): string {
  if (grain === 'month') return formats.month(at, style)
  return formats.day(at, style)
}

/** Months under an axis: "déc." within a year, "déc. 25" over more. */
export function monthTicks(months: readonly string[], formats: Formats): string[] {
  return months.map((month) =>
    formats.month(month, 'short').replace(/\s*\d{2}(\d{2})$/, months.length > 12 ? ' $1' : ''),
  )
}
