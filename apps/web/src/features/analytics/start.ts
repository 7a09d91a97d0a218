import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/** As they arrive over the wire, where nothing is read-only. */
type Told = inferRouterOutputs<AppRouter>['analytics']
type Asked = inferRouterInputs<AppRouter>['analytics']

/** What was asked while the page was made, and what was told. */
type Answer<Name extends keyof Told> = { readonly asked: Asked[Name]; readonly told: Told[Name] }

/** What a screen shows first: sent with the page, whose figures stand there before its script runs. */
export type Start = {
  readonly [Name in 'fields' | 'overview' | 'byTerritory' | 'ask']?: Answer<Name>
} & { readonly place: Answer<'place'> }

/** The part of a query that is known from the start, while the address still says the same. */
export const atStart = <Name extends keyof Told>(answer: Answer<Name> | undefined, asked: Asked[Name]) =>
  answer && JSON.stringify(answer.asked) === JSON.stringify(asked) ? { initialData: answer.told } : {}
