'use client'
import { Progress } from '@fieldback/ui/progress'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import { useLabel } from '../../client/use-label.ts'
import { usePromotions } from './use-promotions.ts'

/** Questions whose type was changed and whose earlier answers are still being counted, for whoever opens the page. */
export function CountingNotices({ territoryId }: { territoryId: string }) {
  const text = useTranslations('fieldRetype')
  const formats = useFormats()
  const label = useLabel()
  return usePromotions(territoryId).map(({ fieldId, label: words, counting }) => {
    if (!counting) return null
    const { done, of } = counting
    const title = text('notice.counting', { question: label(words) })
    return (
      <section key={fieldId} aria-label={title} className="grid gap-2 rounded-card border border-line p-5">
        <p className="wrap-anywhere font-strong">{title}</p>
        <Progress label={title} done={done} total={of}>
          {of === 0
            ? text('notice.countingSoon')
            : text('notice.countingHow', { done: formats.number(done), of: formats.number(of) })}
        </Progress>
      </section>
    )
  })
}
