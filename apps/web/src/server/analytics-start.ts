import { byTerritoryAt, overviewAt, readView, type View } from '@fieldback/domain/analytics/address'
import { firstQuestion } from '../features/analytics/chosen.ts'
import type { Start } from '../features/analytics/start.ts'
import { caller } from './caller.ts'
import { requireMember } from './member.ts'

type Params = Promise<Readonly<Record<string, string | string[] | undefined>>>
type Analytics = Awaited<ReturnType<typeof caller>>['analytics']
type At = {
  readonly analytics: Analytics
  readonly view: View
  readonly territoryId: string
  readonly children: number
}

/** Where the overview begins, with its figures. */
export const overviewStart = (params: Params): Promise<Start | undefined> =>
  start(params, async ({ analytics, view, territoryId, children }) => {
    const [overview, byTerritory] = [overviewAt(view, territoryId), byTerritoryAt(view, territoryId)]
    const [told, places] = await Promise.all([
      analytics.overview(overview),
      children > 0 ? analytics.byTerritory(byTerritory) : null,
    ])
    return {
      overview: { asked: overview, told },
      ...(places && { byTerritory: { asked: byTerritory, told: places } }),
    }
  })

/** Where the explorer begins, with what can be counted there and the first figures. */
export const explorerStart = (params: Params): Promise<Start | undefined> =>
  start(params, async ({ analytics, view, territoryId }) => {
    const fields = await analytics.fields({ territoryId })
    const asked = firstQuestion(view, territoryId, fields)
    return {
      fields: { asked: { territoryId }, told: fields },
      ...(asked && { ask: { asked, told: await analytics.ask(asked) } }),
    }
  })

/** Undefined when the reader may not open the place: the screen asks again, and says why. */
async function start(params: Params, more: (at: At) => Promise<unknown>): Promise<Start | undefined> {
  // Outside: a session that ended redirects by throwing.
  const [{ day }, { analytics }] = await Promise.all([requireMember(), caller()])
  const written = Object.entries(await params).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const view = readView(new URLSearchParams(written), day)
  try {
    const asked = { territoryId: view.territoryId }
    const told = await analytics.place(asked)
    const at = { analytics, view, territoryId: told.place.id, children: told.children }
    return { place: { asked, told }, ...((await more(at)) as object) } as Start
  } catch {
    return undefined
  }
}
