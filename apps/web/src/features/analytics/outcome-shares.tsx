'use client'
import type { Activity } from '@fieldback/api/analytics/overview'
import { OUTCOMES, REPORT_KINDS } from '@fieldback/domain/report/report'
import { DistributionBar } from '@fieldback/ui/distribution-bar'
import { useFormats, useText } from './use-figures.ts'

/** How the period's reports ended, and how they were made. */
export function OutcomeShares({ total }: { total: Activity }) {
  const text = useText()
  const formats = useFormats()
  const share = (n: number) => formats.percent(total.reports === 0 ? 0 : n / total.reports)
  const segments = <Key extends keyof Activity & string>(keys: readonly Key[], label: (key: Key) => string) =>
    keys.map((key) => ({ key, value: total[key], label: `${label(key)}, ${share(total[key])}` }))
  const outcomes = segments(OUTCOMES, (key) => text(`outcome.${key}`))
  const kinds = segments(REPORT_KINDS, (key) => text(`kind.${key}`))
  return (
    <div className="grid gap-5">
      <DistributionBar thick segments={outcomes} label={outcomes.map(({ label }) => label).join(' ; ')} />
      <DistributionBar thick segments={kinds} label={kinds.map(({ label }) => label).join(' ; ')} />
    </div>
  )
}
