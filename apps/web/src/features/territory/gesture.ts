import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

type Outputs = inferRouterOutputs<AppRouter>['territory']
export type PossiblePlaces = Outputs['parents']
export type MovePreview = Outputs['movePreview']
export type MergePreview = Outputs['mergePreview']
export type SplitChoices = Outputs['splitChoices']
export type Rule = inferRouterInputs<AppRouter>['territory']['splitPreview']['rule']
