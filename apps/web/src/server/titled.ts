import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

type DoorText = Awaited<ReturnType<typeof getTranslations<'accessDoor'>>>

/** A page's title in the reader's language: `export const generateMetadata = titled('signIn.title')`. */
export const titled = (key: Parameters<DoorText>[0]) => async (): Promise<Metadata> => {
  const text = await getTranslations('accessDoor')
  return { title: text(key) }
}
