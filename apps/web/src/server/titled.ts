import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

type AccessText = Awaited<ReturnType<typeof getTranslations<'access'>>>

/** A page's title in the reader's language: `export const generateMetadata = titled('signIn.title')`. */
export const titled = (key: Parameters<AccessText>[0]) => async (): Promise<Metadata> => {
  const text = await getTranslations('access')
  return { title: text(key) }
}
