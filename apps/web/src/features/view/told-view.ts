import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

type Told = inferRouterOutputs<AppRouter>['view']

/** As they arrive over the wire. */
export type ToldView = Told['board'][number]
export type ListedView = Told['list']['views'][number]
export type OpenedView = Told['open']
