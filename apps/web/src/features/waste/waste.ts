import type { AppRouter } from '@fieldback/api/root'
import type { Formats } from '@fieldback/i18n/format'
import type { inferRouterOutputs } from '@trpc/server'

export type Waste = inferRouterOutputs<AppRouter>['waste']['audit']
export type WasteField = Waste['fields'][number]

/** 40 s, 25 min, 9 h 30, 66 h: minutes tell nothing of many hours. */
export function spentWords(formats: Formats, seconds: number): string {
  if (seconds < 60) return formats.duration(Math.round(seconds))
  return formats.minutes(seconds < 36_000 ? Math.round(seconds / 60) : Math.round(seconds / 3600) * 60)
}
