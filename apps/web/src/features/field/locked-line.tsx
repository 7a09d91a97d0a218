'use client'
import type { Lockable } from '@fieldback/domain/field/lockable'
import type { EffectiveField } from '@fieldback/domain/field/resolve'
import { lockOn } from '@fieldback/domain/field/tighten'
import Lock from 'lucide-react/icons/lock'
import { useTranslations } from 'next-intl'

/** Who locked an aspect; nothing when nobody did. */
export function LockedLine({ field, aspect }: { field: EffectiveField; aspect: Lockable }) {
  const text = useTranslations('fieldTighten')
  const lock = lockOn(field, aspect)
  if (!lock) return null
  return (
    <span className="inline-flex items-start gap-1.5">
      <Lock size={14} className="mt-0.5 flex-none" />
      {text('narrow.locked', { place: lock.by.name, aspect: text(`aspect.${aspect}`) })}
    </span>
  )
}
