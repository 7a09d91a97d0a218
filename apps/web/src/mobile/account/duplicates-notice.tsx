'use client'
import type { DuplicateReason } from '@fieldback/domain/account/duplicates'
import { List } from '@fieldback/ui/list'
import { ListRow } from '@fieldback/ui/list-row'
import { phoneLink } from '../router.tsx'
import { useAccountTexts } from './use-account-texts.ts'

export type LikelyCard = {
  readonly id: string
  readonly name: string
  readonly text: string
  readonly href: string
  readonly reasons: readonly DuplicateReason[]
}

/** Cards that may be the one being typed: shown beside the form, never in its way. */
export function DuplicatesNotice({ title, cards }: { title: string; cards: readonly LikelyCard[] }) {
  const text = useAccountTexts()
  return (
    <div aria-live="polite" className="empty:-mt-7">
      {cards.length > 0 && (
        <>
          <p className="mb-2 font-medium text-small">{title}</p>
          <List>
            {cards.map((card) => (
              <ListRow
                key={card.id}
                href={card.href}
                renderLink={phoneLink}
                chevron
                title={card.name}
                text={[card.text, text(`duplicates.${card.reasons[0] ?? 'close_name_same_place'}`)]
                  .filter(Boolean)
                  .join(' · ')}
              />
            ))}
          </List>
        </>
      )}
    </div>
  )
}
