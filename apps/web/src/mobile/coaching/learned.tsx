'use client'
import { coachingTexts } from '@fieldback/i18n/phone-coaching'
import { LevelMark } from '@fieldback/ui/level-mark'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { SectionHead } from '@fieldback/ui/section-head'
import { useMarkLabel } from '../agenda/visit-reason.tsx'
import { usePhone, usePhoneState } from '../phone.tsx'

/** What managers read of the reader's own territories. */
export function Learned() {
  const { locale, formats } = usePhone()
  const { pack, frame } = usePhoneState()
  const markLabel = useMarkLabel()
  const text = coachingTexts(locale)
  const digests = (pack.digests ?? []).flatMap((digest) => {
    const territory = frame.territories.find(({ id }) => id === digest.territoryId)
    return territory ? [{ ...digest, territory }] : []
  })
  const [first] = digests
  if (!first) return null
  return (
    <section aria-labelledby="taught">
      <SectionHead id="taught">{text('learned.title')}</SectionHead>
      <List inset="mark">
        {digests.map(({ territory, counts }) => (
          <ListRow
            key={territory.id}
            lead={<LevelMark rank={territory.rank} label={markLabel(territory)} />}
            title={territory.name}
            text={text('learned.counts', counts)}
          />
        ))}
      </List>
      <p className="mt-3 text-caption text-ink-2">
        {text('learned.since', { since: formats.month(first.since, 'long') })}
      </p>
    </section>
  )
}
