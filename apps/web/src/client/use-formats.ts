'use client'
import { type Formats, openFormats } from '@fieldback/i18n/format'
import { useLocale } from 'next-intl'
import { useMemo } from 'react'
import { useMember } from './member.tsx'

/** Numbers, days and durations as the reader writes them, instants in the organisation's time zone. */
export function useFormats(): Formats {
  const locale = useLocale()
  const { timeZone } = useMember()
  return useMemo(() => openFormats(locale, timeZone), [locale, timeZone])
}
