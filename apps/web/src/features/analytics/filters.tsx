'use client'
import type { Place } from '@fieldback/api/analytics/place'
import { grainsOf } from '@fieldback/domain/analytics/address'
import {
  addMonths,
  lastMonths,
  MONTHS_MAX,
  type Month,
  monthCount,
  monthOfDay,
  type Period,
} from '@fieldback/domain/analytics/period'
import { periodText } from '@fieldback/i18n/figure-words'
import { Segmented } from '@fieldback/ui/segmented'
import { Select } from '@fieldback/ui/select'
import { useState } from 'react'
import { useMember } from '../../client/member.tsx'
import { useFormats, useText } from './use-figures.ts'
import { useView } from './use-view.tsx'

const PRESETS = [1, 3, 6, 12, 24, 36] as const

/** The last months, or any others. */
export function PeriodFilter() {
  const text = useText()
  const formats = useFormats()
  const { day } = useMember()
  const { view, change } = useView()
  const current = monthOfDay(day)
  const preset = PRESETS.find((count) => {
    const last = lastMonths(current, count)
    return last.from === view.period.from && last.to === view.period.to
  })
  const [choosing, setChoosing] = useState(false)
  const custom = choosing || preset === undefined
  const select = (value: string) => {
    setChoosing(value === 'custom')
    if (value !== 'custom') change({ period: lastMonths(current, Number(value)) })
  }
  return (
    <>
      <Select
        label={text('period.label')}
        value={custom ? 'custom' : String(preset)}
        onChange={select}
        options={[
          ...PRESETS.map((count) => ({ value: String(count), label: text('period.last', { count }) })),
          {
            value: 'custom',
            label: preset === undefined ? periodText(view.period, text, formats) : text('period.choose'),
          },
        ]}
      />
      {custom && (
        <MonthRange period={view.period} current={current} onChange={(period) => change({ period })} />
      )}
    </>
  )
}

function MonthRange(props: { period: Period; current: Month; onChange: (period: Period) => void }) {
  const { period, current, onChange } = props
  const text = useText()
  const formats = useFormats()
  // As far back as two of the longest periods, and the address may name a month beyond.
  const months = [
    ...new Set([
      ...Array.from({ length: 2 * MONTHS_MAX }, (_, back) => addMonths(current, -back)),
      period.from,
      period.to,
    ]),
  ].sort()
  const options = months.reverse().map((value) => ({ value, label: formats.month(value, 'short') }))
  const bounded = (next: Period, moved: 'from' | 'to'): Period => {
    const count = monthCount(next)
    if (count >= 1 && count <= MONTHS_MAX) return next
    if (count < 1) return { from: next[moved], to: next[moved] }
    return moved === 'from'
      ? { from: next.from, to: addMonths(next.from, MONTHS_MAX - 1) }
      : { from: addMonths(next.to, 1 - MONTHS_MAX), to: next.to }
  }
  return (
    <>
      <Select
        label={text('period.from')}
        value={period.from}
        options={options}
        onChange={(from) => onChange(bounded({ ...period, from }, 'from'))}
      />
      <Select
        label={text('period.to')}
        value={period.to}
        options={options}
        onChange={(to) => onChange(bounded({ ...period, to }, 'to'))}
      />
    </>
  )
}

/** Reports where they were made, or where their accounts are now. */
export function BasisFilter() {
  const text = useText()
  const { view, change } = useView()
  return (
    <div className="grid justify-items-end gap-1 sm:ml-auto">
      <Segmented
        label={text('basis.label')}
        value={view.basis}
        onChange={(basis) => change({ basis })}
        options={[
          { value: 'then', label: text('basis.then') },
          { value: 'today', label: text('basis.today') },
        ]}
      />
      <p className="max-w-[46ch] text-right text-caption text-ink-2">{text(`basis.note.${view.basis}`)}</p>
    </div>
  )
}

export function GrainFilter() {
  const text = useText()
  const { view, change } = useView()
  return (
    <Segmented
      label={text('grain.label')}
      value={view.grain}
      onChange={(grain) => change({ grain })}
      options={grainsOf(view.period).map((value) => ({ value, label: text(`grain.${value}`) }))}
    />
  )
}

/** Where one begins, for somebody with several branches. */
export function RootFilter({ place }: { place: Place | undefined }) {
  const text = useText()
  const { change } = useView()
  if (!place || place.roots.length < 2) return null
  const root = place.roots.find(({ id }) => place.line.some((one) => one.id === id))
  return (
    <Select
      label={text('root')}
      value={root?.id ?? ''}
      onChange={(territoryId) => change({ territoryId })}
      options={place.roots.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}
