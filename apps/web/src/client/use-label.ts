'use client'
import type { Localised } from '@fieldback/domain/field/field-spec'
import { useLocale } from 'next-intl'

/** A text of the organisation in the reader's language, in French when it has no other. */
export function useLabel(): (text: Localised) => string {
  const locale = useLocale()
  return (text) => (locale === 'en' ? (text.en ?? text.fr) : text.fr)
}
