'use client'
import { lockOn } from '@fieldback/domain/field/tighten'
import { TextLink } from '@fieldback/ui/text-link'
import ListFilter from 'lucide-react/icons/list-filter'
import Lock from 'lucide-react/icons/lock'
import { useTranslations } from 'next-intl'
import { nextLink } from '../../client/next-link.tsx'
import { useLabel } from '../../client/use-label.ts'
import type { AskedField, AskedOwner } from './asked.ts'
import { aspectsOf } from './locks-block.tsx'

/** The territory whose list is read. */
export type ReadAt = { readonly territoryId: string; readonly canDefine: boolean }

type AskedStateProps = { readonly field: AskedField; readonly owner: AskedOwner; readonly at: ReadAt }

/** Whether a question is asked as it comes, more precisely, or held shut; and the way to tighten it. */
export function AskedState({ field, owner, at }: AskedStateProps) {
  const desk = useTranslations('fieldDesk')
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  if (owner.place !== 'above')
    return (
      <span className="whitespace-nowrap text-ink-2">
        {owner.place === 'below'
          ? desk('asked.reps', { count: owner.reps ?? 0 })
          : desk(`asked.place.${owner.place}`)}
      </span>
    )
  const shut = aspectsOf(field).every((aspect) => lockOn(field, aspect))
  return (
    <span className="flex flex-wrap items-center gap-x-3 whitespace-nowrap">
      {saidState()}
      {at.canDefine && !shut && (
        <TextLink
          href={`/manage/fields/${field.id}/tighten?at=${at.territoryId}`}
          renderLink={nextLink}
          aria-label={text('openOf', { question: label(field.label) })}
        >
          {text('open')}
        </TextLink>
      )}
    </span>
  )

  function saidState() {
    const here = field.touches.some(({ node }) => node.id === at.territoryId)
    if (field.touches.length > 0)
      return (
        <span className="inline-flex items-center gap-1.5">
          <ListFilter size={16} className="text-ink-3" />
          {text(here ? 'state.here' : 'state.above')}
        </span>
      )
    if (!shut) return <span className="text-ink-2">{desk('asked.place.above')}</span>
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <Lock size={16} className="text-ink-3" />
        {text('state.locked')}
      </span>
    )
  }
}
