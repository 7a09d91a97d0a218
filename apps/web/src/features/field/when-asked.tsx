'use client'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import type { AskedField } from './asked.ts'

/** That a question is asked only under a condition, and what it hangs on. */
export function WhenAsked({ when }: { when: NonNullable<AskedField['when']> }) {
  const text = useTranslations('fieldCondition')
  const label = useLabel()
  const formats = useFormats()
  const named = [...when.labels.map(label), ...when.facts.map((fact) => text(`fact.${fact}`))]
  return (
    <span className="wrap-anywhere block font-regular text-caption text-ink-2">
      {named.length > 0 ? text('askedWhen', { what: formats.list(named) }) : text('asked')}
    </span>
  )
}
