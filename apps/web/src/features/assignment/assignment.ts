import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type Assignment = inferRouterOutputs<AppRouter>['assignment']['list']['assignments'][number]
