'use client'
import type { Figure, PlaceFigure } from '@fieldback/api/analytics/figure'
import type { Place } from '@fieldback/api/analytics/place'
import { compareRates } from '@fieldback/domain/insight/compare-rates'
import { useLocale } from 'next-intl'
import type { Rates } from './use-explorer.ts'
import { type AnalyticsText, useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'
import { bucketText, fieldText, periodText, placeWithin } from './words.ts'

/**
 * The territory worth naming: the highest of those whose interval stands clear above the whole; null when none does,
 * and then none is named.
 */
export function standingOut(rates: Rates): PlaceFigure | null {
  const { rate: whole } = rates.total
  if (!whole) return null
  const clear = rates.rows.filter(({ rate }) => rate && compareRates(rate, whole).verdict === 'higher')
  return clear.toSorted((a, b) => (b.rate?.share ?? 0) - (a.rate?.share ?? 0))[0] ?? null
}

/** The answer: "31 % en Nouvelle-Aquitaine, 22 % en France". */
export function ExplorerTitle({ place: { place }, rates }: { place: Place; rates: Rates }) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { rate, hidden, n } = rates.total
  if (!rate) {
    return hidden
      ? text('explorer.title.few', { have: hidden.have, need: hidden.need })
      : text('explorer.title.none', { count: n })
  }
  // Nobody else is asked: above its owner, a field's figures are still the owner's.
  const asked = 'field' in rates && rates.field.owner.rank > place.rank ? rates.field.owner : place
  const here = placeWithin(asked, locale)
  const whole = formats.percent(rate.share)
  const out = standingOut(rates)
  if (!out?.rate) {
    // Only where several could differ is it news that none does.
    const compared = rates.rows.filter((row) => row.rate).length > 1 ? 'yes' : 'no'
    return here
      ? text('explorer.title.one', { share: whole, where: here, compared })
      : text('explorer.title.oneNamed', { share: whole, place: asked.name, compared })
  }
  const there = placeWithin(out.place, locale)
  const top = formats.percent(out.rate.share)
  if (here && there) return text('explorer.title.two', { top, there, whole, here })
  return text('explorer.title.twoNamed', { top, there: out.place.name, whole, here: asked.name })
}

/** What is counted, over which period, and how it moved. */
export function ExplorerLede({ rates }: { rates: Rates }) {
  const text = useText()
  const locale = useLocale()
  const formats = useFormats()
  const { view } = useView()
  const stock = 'field' in rates && rates.field.entity !== 'report'
  const subject =
    'field' in rates
      ? text('explorer.subject', {
          field: fieldText(rates.field, locale),
          answer: bucketText(rates.label, text, formats),
        })
      : text('explorer.subjectOrders')
  return text('explorer.lede', {
    subject,
    period: stock ? text('explorer.now') : periodText(view.period, text, formats),
    moved: movedText(rates.total, text, formats),
  })
}

function movedText(
  { rate, before, verdict }: Figure,
  text: AnalyticsText,
  formats: ReturnType<typeof useFormats>,
): string {
  if (!rate || !before || !verdict) return ''
  const points = Math.abs(Math.round((rate.share - before.share) * 100))
  return text('explorer.moved', { verdict, points: formats.number(points), count: points })
}
