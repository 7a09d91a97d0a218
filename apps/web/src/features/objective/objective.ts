import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

type Told = inferRouterOutputs<AppRouter>['objective']['list']
export type Objectives = Told
export type Objective = Told['objectives'][number]
export type Questions = Told['questions']
