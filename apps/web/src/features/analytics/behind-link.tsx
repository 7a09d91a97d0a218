'use client'
import type { Behind as BehindFigure } from '@fieldback/domain/analytics/question'
import { TextLink } from '@fieldback/ui/text-link'
import { nextLink } from '../../client/next-link.tsx'
import { reportsBehind } from './reports-behind.ts'
import { useFormats, useText } from './use-figures.ts'

/** Leads to the reports behind a figure, those that the reader may read; nothing for what is not made of reports. */
export function Behind({ behind, n }: { behind: BehindFigure | null; n: number }) {
  const text = useText()
  const formats = useFormats()
  if (!behind || n === 0) return null
  return (
    <TextLink href={reportsBehind(behind)} renderLink={nextLink}>
      {text('behind', { count: n, reports: formats.number(n) })}
    </TextLink>
  )
}
