import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

/** As they arrive over the wire, where nothing is read-only. */
type Told = inferRouterOutputs<AppRouter>['analytics']

/** What a screen needs before it can ask for figures: sent with the page, so that it asks once and not thrice. */
export type Start = {
  /** The territory of the address; null: where the reader begins. */
  readonly asked: string | null
  readonly place: Told['place']
  readonly fields: Told['fields']
}

/** The part of a query that is known from the start, while the address still names the same territory. */
export const placeAtStart = (start: Start | undefined, territoryId: string | null) =>
  start && start.asked === territoryId ? { initialData: start.place } : {}

export const fieldsAtStart = (start: Start | undefined, territoryId: string) =>
  start && start.place.place.id === territoryId ? { initialData: start.fields } : {}
