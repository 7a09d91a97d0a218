import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type Settings = inferRouterOutputs<AppRouter>['org']['get']
