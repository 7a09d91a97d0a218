'use client'
import type { Place } from '@fieldback/api/analytics/place'
import { type AskedMeasure, PREVIOUS } from '@fieldback/domain/analytics/address'
import { isRank } from '@fieldback/domain/territory/rank'
import { inLocale } from '@fieldback/i18n/figure-words'
import { Select } from '@fieldback/ui/select'
import { useQuery } from '@tanstack/react-query'
import { useLocale } from 'next-intl'
import { useTRPC } from '../../client/trpc.tsx'
import { useText } from './use-figures.ts'
import { useView } from './use-view.tsx'

/** Territories just below, or all of a level. */
export function LevelFilter({ place }: { place: Place }) {
  const text = useText()
  const locale = useLocale()
  const { view, change } = useView()
  const below = place.levelNames.flatMap((name, rank) =>
    isRank(rank) && rank > place.place.rank ? [{ value: String(rank), label: inLocale(name, locale) }] : [],
  )
  if (place.children === 0 || below.length < 2) return null
  return (
    <Select
      label={text('level.label')}
      value={view.level === null ? '' : String(view.level)}
      onChange={(value) => {
        const rank = Number(value)
        change({ level: value !== '' && isRank(rank) ? rank : null, sort: null })
      }}
      options={[{ value: '', label: text('level.below') }, ...below]}
    />
  )
}

/** What the figures are compared with: months before, the year before, or another territory. */
export function CompareFilter({ place, measure }: { place: Place; measure: AskedMeasure }) {
  const text = useText()
  const { view, change } = useView()
  const others = useQuery({
    ...useTRPC().analytics.beside.queryOptions({ territoryId: place.place.id }),
    enabled: measure.of !== 'entry',
  })
  const { compare } = view
  const value = compare === null ? 'none' : compare.with === 'territory' ? compare.territoryId : compare.with
  const known = others.data ?? []
  return (
    <Select
      label={text('compare.label')}
      value={value}
      onChange={(chosen) =>
        change({
          compare:
            chosen === 'none'
              ? null
              : chosen === 'previous'
                ? PREVIOUS
                : chosen === 'year'
                  ? { with: 'year' }
                  : { with: 'territory', territoryId: chosen },
        })
      }
      options={[
        { value: 'previous', label: text('compare.previous') },
        { value: 'year', label: text('compare.year') },
        ...(measure.of === 'entry'
          ? []
          : known.map(({ id, name, above }) => ({
              value: id,
              label: name,
              group: text(above ? 'compare.above' : 'compare.beside'),
            }))),
        { value: 'none', label: text('compare.none') },
      ]}
    />
  )
}
