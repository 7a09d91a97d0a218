'use client'
import type { Overview } from '@fieldback/api/analytics/overview'
import { CASES_MIN } from '@fieldback/domain/analytics/group-size'
import { compareRates } from '@fieldback/domain/insight/compare-rates'
import { wilson } from '@fieldback/domain/insight/wilson'
import { Stats } from '@fieldback/ui/stats'
import { useFormats, useText } from './use-figures.ts'
import { intervalText } from './words.ts'

/** The period's totals, each with what it is compared with. */
export function ActivityStats({ overview: { total, before, people } }: { overview: Overview }) {
  const text = useText()
  const formats = useFormats()
  const than = (was: number) =>
    before.reports === 0 ? text('stats.noBefore') : text('stats.before', { count: formats.number(was) })
  const rate = wilson(total.order, total.reports)
  const past = wilson(before.order, before.reports)
  const verdict = compareRates({ k: rate.k, n: rate.n }, { k: past.k, n: past.n }).verdict
  const enough = total.reports >= CASES_MIN
  const comparable = enough && before.reports >= CASES_MIN
  return (
    <Stats
      items={[
        { term: text('stats.reports'), value: formats.number(total.reports), note: than(before.reports) },
        { term: text('stats.visits'), value: formats.number(total.visit), note: than(before.visit) },
        { term: text('stats.orders'), value: formats.number(total.order), note: than(before.order) },
        {
          term: text('stats.rate'),
          value: enough ? formats.percent(rate.share) : text('stats.few'),
          note: enough
            ? text('stats.rateNote', {
                interval: intervalText(rate, text, formats),
                compared: comparable ? verdict : 'alone',
                before: formats.percent(past.share),
              })
            : text('stats.fewNote', { need: CASES_MIN }),
        },
        { term: text('stats.people'), value: formats.number(people), note: text('stats.peopleNote') },
      ]}
    />
  )
}
