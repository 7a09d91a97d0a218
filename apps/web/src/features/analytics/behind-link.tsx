'use client'
import { reportsBehind } from '@fieldback/domain/analytics/behind'
import { behindEntries } from '@fieldback/domain/analytics/behind-address'
import type { Findings } from '@fieldback/domain/analytics/findings'
import type { Question } from '@fieldback/domain/analytics/question'
import { TextLink } from '@fieldback/ui/text-link'
import { nextLink } from '../../client/next-link.tsx'
import { useFormats, useText } from './use-figures.ts'

type Props = {
  asked: Question
  findings: Findings
  /** The row; none: the total. */
  at: readonly string[]
  /** How many it leads to. */
  n: number
}

/** Leads to the reports behind a figure, those that the reader may read; nothing for what is not made of reports. */
export function Behind({ asked, findings, at, n }: Props) {
  const text = useText()
  const formats = useFormats()
  const behind = reportsBehind(asked, findings, at)
  if (!behind || n === 0) return null
  const query = new URLSearchParams(behindEntries(behind).map(([name, value]) => [name, value]))
  return (
    <TextLink data-off-picture href={`/manage/reports?${query}`} renderLink={nextLink}>
      {text('behind', { count: n, reports: formats.number(n) })}
    </TextLink>
  )
}

/** A share, an outcome and a fill rate lead to the reports they count, the rest to those it is taken of. */
export const casesBehind = (
  { k, n }: Findings['total']['now'],
  { measure: { of } }: Pick<Question, 'measure'>,
): number => (of === 'share' || of === 'outcome' || of === 'fill' ? (k ?? 0) : n)
