import type { Locale } from './locale.ts'

/** Minutes that people still count in minutes. */
const MINUTES_MOST = 90

/** When somebody may try again: « dans 15 minutes », "in 24 hours". Rounded up: whoever comes back then is not too early. */
export function waitingTime(seconds: number, locale: Locale): string {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  const words = new Intl.RelativeTimeFormat(locale)
  return minutes <= MINUTES_MOST
    ? words.format(minutes, 'minute')
    : words.format(Math.ceil(minutes / 60), 'hour')
}
