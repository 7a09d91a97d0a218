'use client'
import { PRIVATE } from '@fieldback/domain/coaching/digest'
import { SectionHead } from '@fieldback/ui/section-head'
import { Stats } from '@fieldback/ui/stats'
import { useTranslations } from 'next-intl'
import { useFormats } from '../../client/use-formats.ts'
import type { View } from './coaching.ts'

const USES = ['read', 'listed', 'exported'] as const

/** What was done with what reps wrote, and what they made of what came back: theirs alone under five people. */
export function UsedSection({ view: { counts, here } }: { view: View }) {
  const text = useTranslations('coachingDesk')
  const formats = useFormats()
  const shown = here.size.visible || here.size.reason !== 'people'
  return (
    <section aria-labelledby="used">
      <SectionHead id="used">{text('used.title')}</SectionHead>
      <Stats
        items={USES.map((use) => ({ term: text(`used.${use}`), value: formats.number(counts[use] ?? 0) }))}
      />
      <p className="mt-3 mb-5 text-caption text-ink-2">{text('used.note')}</p>
      <Stats
        items={PRIVATE.map((figure) => ({
          term: text(`used.${figure}`),
          value: shown ? (
            formats.number(counts[figure] ?? 0)
          ) : (
            <span className="font-regular text-body text-ink-2">{text('depth.people')}</span>
          ),
        }))}
      />
    </section>
  )
}
