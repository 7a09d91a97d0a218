import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

type Outputs = inferRouterOutputs<AppRouter>['delegation']
export type Definers = Outputs['list']
export type Delegation = Definers['delegations'][number]
export type Receiver = Outputs['receivers'][number]
