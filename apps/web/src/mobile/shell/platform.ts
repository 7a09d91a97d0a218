export type Platform = 'ios' | 'ios-other' | 'android' | 'other'

type Told = { readonly userAgent: string; readonly maxTouchPoints: number }

/** Whose words say how to install: an iPad calls itself a Macintosh, and only its fingers give it away. */
export function platformOf({ userAgent, maxTouchPoints }: Told): Platform {
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1))
    return /CriOS|FxiOS|EdgiOS|OPiOS|GSA\//.test(userAgent) ? 'ios-other' : 'ios'
  return /Android/.test(userAgent) ? 'android' : 'other'
}

export const isIos = (told: Told): boolean => platformOf(told).startsWith('ios')

/** Opened by its icon rather than in a browser. */
export const isInstalled = (): boolean =>
  matchMedia('(display-mode: standalone)').matches ||
  ('standalone' in navigator && navigator.standalone === true)
