'use client'
import { useTranslations } from 'next-intl'
import { useMember } from '../../client/member.tsx'
import { useFormats } from '../../client/use-formats.ts'
import type { HeldRole } from './access-rows.ts'

type RoleDaysProps = {
  held: Pick<HeldRole, 'validFrom' | 'validTo'>
  /** Nothing of what holds today without an end. */
  onlyUnusual?: boolean
}

/** From when to when a role is held. */
export function RoleDays({ held: { validFrom, validTo }, onlyUnusual = false }: RoleDaysProps) {
  const text = useTranslations('assignment')
  const formats = useFormats()
  const { day } = useMember()
  const later = validFrom > day
  if (onlyUnusual && !later && validTo === null) return null
  const from = formats.day(validFrom, 'numeric')
  return (
    <span className="text-ink-2">
      {validTo
        ? text('fromTo', { from, to: formats.day(validTo, 'numeric') })
        : text(later ? 'fromLater' : 'since', { from })}
    </span>
  )
}
