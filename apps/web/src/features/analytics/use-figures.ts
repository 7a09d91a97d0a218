'use client'
import { type Formats, openFormats } from '@fieldback/i18n/format'
import { useLocale, useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useMember } from '../../client/member.tsx'

/** Numbers, months and days in the reader's language. */
export function useFormats(): Formats {
  const locale = useLocale()
  const { timeZone } = useMember()
  return useMemo(() => openFormats(locale, timeZone), [locale, timeZone])
}

export const useText = () => useTranslations('analytics')
export type AnalyticsText = ReturnType<typeof useText>
