'use client'
import type { Activity, Overview } from '@fieldback/api/analytics/overview'
import { addDays } from '@fieldback/domain/agenda/day'
import { addMonths, firstDay, type Grain, monthOfDay } from '@fieldback/domain/analytics/period'
import { TrendLine } from '@fieldback/ui/trend-line'
import { useFormats, useText } from './use-figures.ts'
import { monthTicks, stepText } from './words.ts'

/** Reports and orders over time. A step that today or the period cuts is left out of the lines: it would look like a fall. */
export function ActivityTrend({ overview }: { overview: Overview }) {
  const text = useText()
  const formats = useFormats()
  const { grain } = overview
  const whole = overview.series.filter((step) => isWhole(step, grain, overview))
  if (whole.length < 2) return <p className="text-ink-2 text-small">{text('overview.short')}</p>
  const last = whole.at(-1)
  return (
    <>
      <TrendLine
        title={text('overview.timeTitle')}
        desc={text('overview.timeDesc', {
          steps: whole.length,
          first: formats.number(whole[0]?.reports ?? 0),
          last: formats.number(last?.reports ?? 0),
        })}
        series={[
          {
            values: whole.map(({ reports }) => reports),
            endLabel: text('overview.reportsEnd', { count: formats.number(last?.reports ?? 0) }),
            rank: 0,
          },
          {
            values: whole.map(({ order }) => order),
            endLabel: text('overview.ordersEnd', { count: formats.number(last?.order ?? 0) }),
          },
        ]}
        xLabels={
          grain === 'month'
            ? monthTicks(
                whole.map(({ at }) => at),
                formats,
              )
            : whole.map(({ at }) => stepText(at, grain, formats))
        }
        format={(value) => formats.number(value)}
        height={240}
      />
      {whole.length < overview.series.length && (
        <p className="mt-2 text-caption text-ink-2">{text('overview.cut', { grain })}</p>
      )}
    </>
  )
}

function isWhole({ at }: Activity & { at: string }, grain: Grain, { days }: Overview): boolean {
  const next =
    grain === 'month' ? firstDay(addMonths(monthOfDay(at), 1)) : addDays(at, grain === 'week' ? 7 : 1)
  return at >= days.from && addDays(next, -1) <= days.to
}
