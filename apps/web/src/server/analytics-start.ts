import * as z from 'zod'
import type { Start } from '../features/analytics/start.ts'
import { caller } from './caller.ts'

/** Undefined when the reader may not open the place: the screen asks again, and says why. */
export async function analyticsStart(
  params: Promise<Readonly<Record<string, string | string[] | undefined>>>,
): Promise<Start | undefined> {
  const { t } = await params
  const asked = z.uuid().safeParse(t).data ?? null
  // Outside: a session that ended redirects by throwing.
  const { analytics } = await caller()
  try {
    const place = await analytics.place({ territoryId: asked })
    const fields = await analytics.fields({ territoryId: place.place.id })
    return { asked, place, fields } as Start
  } catch {
    return undefined
  }
}
