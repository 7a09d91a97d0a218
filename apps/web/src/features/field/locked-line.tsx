'use client'
import type { Lockable } from '@fieldback/domain/field/lockable'
import { lockOn, names } from '@fieldback/domain/field/tighten'
import Lock from 'lucide-react/icons/lock'
import { useTranslations } from 'next-intl'
import type { Ground } from './tightening-draft.ts'

/** Who locked an aspect, and that what the level had said of it is kept; nothing when nobody did. */
export function LockedLine({ ground, aspect }: { ground: Ground; aspect: Lockable }) {
  const text = useTranslations('fieldTighten')
  const lock = lockOn(ground.inherited, aspect)
  if (!lock) return null
  return (
    <span className="inline-flex items-start gap-1.5">
      <Lock size={14} className="mt-0.5 flex-none" />
      <span>
        {text('narrow.locked', { place: lock.by.name, aspect: text(`aspect.${aspect}`) })}
        {ground.own && names(ground.own.spec, aspect) && ` ${text('narrow.kept')}`}
      </span>
    </span>
  )
}
