import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type TerritoryPage = inferRouterOutputs<AppRouter>['territory']['get']
export type Place = Pick<TerritoryPage['territory'], 'id' | 'name' | 'rank'>
