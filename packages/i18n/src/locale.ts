export const LOCALES = ['fr', 'en'] as const
export type Locale = (typeof LOCALES)[number]
/** French first: the answer whenever nobody says otherwise. */
export const DEFAULT_LOCALE: Locale = 'fr'

export const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

export type LocaleHints = {
  /** The member's own choice, when somebody is signed in. */
  readonly member?: string | null | undefined
  /** What this browser chose before signing in. */
  readonly cookie?: string | null | undefined
  /** The Accept-Language header. */
  readonly header?: string | null | undefined
}

/** The language to answer in: the member's choice, else this browser's, else the first one it accepts that we speak. */
export function chooseLocale({ member, cookie, header }: LocaleHints): Locale {
  if (isLocale(member)) return member
  if (isLocale(cookie)) return cookie
  return acceptedLanguages(header ?? '').find(isLocale) ?? DEFAULT_LOCALE
}

/** Primary language tags of an Accept-Language header, best first; those refused with q=0 are left out. */
function acceptedLanguages(header: string): string[] {
  return header
    .split(',')
    .map((part, order) => {
      const [tag = '', ...params] = part.trim().split(';')
      const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='))
      const weight = quality === undefined ? 1 : Number(quality.slice(2))
      return { language: tag.split('-')[0]?.toLowerCase() ?? '', weight, order }
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || a.order - b.order)
    .map(({ language }) => language)
}
