'use client'
import { lockOn } from '@fieldback/domain/field/tighten'
import { TextLink } from '@fieldback/ui/text-link'
import ListFilter from 'lucide-react/icons/list-filter'
import Lock from 'lucide-react/icons/lock'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { nextLink } from '../../client/next-link.tsx'
import { useLabel } from '../../client/use-label.ts'
import type { AskedField, AskedOwner } from './asked.ts'
import { aspectsOf } from './locks-block.tsx'

/** The territory whose list is read. */
export type ReadAt = { readonly territoryId: string; readonly canDefine: boolean }

type AskedProps = { readonly field: AskedField; readonly owner: AskedOwner; readonly at: ReadAt }

/** Nothing is left that a level below may change. */
const isShut = (field: AskedField): boolean => aspectsOf(field).every((aspect) => lockOn(field, aspect))

/** Whether a question is asked as it comes from above, more precisely, or held shut. */
export function AskedState({ field, owner, at }: AskedProps) {
  const desk = useTranslations('fieldDesk')
  const text = useTranslations('fieldTighten')
  const here = field.touches.some(({ node }) => node.id === at.territoryId)
  if (owner.place === 'below') return <Quiet>{desk('asked.reps', { count: owner.reps ?? 0 })}</Quiet>
  if (field.touches.length > 0)
    return (
      <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
        <ListFilter size={16} className="text-ink-3" />
        {text(here ? 'state.here' : 'state.above')}
      </span>
    )
  if (owner.place === 'here' || !isShut(field)) return <Quiet>{desk(`asked.place.${owner.place}`)}</Quiet>
  return (
    <Quiet>
      <Lock size={16} className="text-ink-3" />
      {text('state.locked')}
    </Quiet>
  )
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-ink-2">{children}</span>
)

/** Under a long question, the room that a finger is given would take the question's own from a mouse. */
const AS_SEEN = 'desk:after:content-none'

/** The way to make an inherited question stricter, for who may and while something is left to change. */
export function TightenLink({ field, owner, at }: AskedProps) {
  const text = useTranslations('fieldTighten')
  const label = useLabel()
  const said = field.touches.some(({ node }) => node.id === at.territoryId)
  if (owner.place !== 'above' || !at.canDefine || (isShut(field) && !said)) return null
  return (
    <TextLink
      href={`/manage/fields/${field.id}/tighten?at=${at.territoryId}`}
      renderLink={nextLink}
      className={AS_SEEN}
      aria-label={text('openOf', { question: label(field.label) })}
    >
      {text('open')}
    </TextLink>
  )
}

/** The way to ask a question of a branch of the whole territory. */
export function PromoteLink({ field, owner, at }: AskedProps) {
  const text = useTranslations('fieldPromote')
  const label = useLabel()
  if (owner.place !== 'below' || !at.canDefine) return null
  return (
    <TextLink
      href={`/manage/fields/promote?at=${at.territoryId}&from=${field.id}`}
      renderLink={nextLink}
      className={AS_SEEN}
      aria-label={text('openOf', { question: label(field.label) })}
    >
      {text('open')}
    </TextLink>
  )
}
