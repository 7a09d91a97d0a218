import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

type Told = inferRouterOutputs<AppRouter>['territory']
export type TerritoryPage = Told['get']
export type RulePlaces = Told['rulePlaces']
export type Arrangement = Told['arrangements'][number]
export type Place = Pick<TerritoryPage['territory'], 'id' | 'name' | 'rank'>
