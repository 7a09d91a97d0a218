'use client'
import { SectionHead } from '@fieldback/ui/section-head'
import { Stats } from '@fieldback/ui/stats'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { View } from './coaching.ts'

const USES = ['read', 'listed', 'exported', 'useful'] as const

/** What was done with what reps wrote. */
export function UsedSection({ counts }: Pick<View, 'counts'>) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  return (
    <section aria-labelledby="used">
      <SectionHead id="used">{text('used.title')}</SectionHead>
      <Stats
        items={USES.map((use) => ({ term: text(`used.${use}`), value: formats.number(counts[use] ?? 0) }))}
      />
      <p className="mt-3 text-caption text-ink-2">{text('used.note')}</p>
    </section>
  )
}
