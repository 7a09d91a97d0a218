import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

type Scenarios = inferRouterOutputs<AppRouter>['scenario']

export type ScenarioPage = Scenarios['get']
export type ScenarioLine = Scenarios['list']['scenarios'][number]
export type PlaceLine = ScenarioPage['places'][number]
export type ShownSide = NonNullable<PlaceLine['before']>
export type GestureLine = ScenarioPage['gestures'][number]
export type ToldStep = GestureLine['told'][number]
export type Figures = ScenarioPage['figures']
export type Step = inferRouterInputs<AppRouter>['scenario']['addGesture']['steps'][number]
export type LineMeeting = GestureLine['meetings'][number]
export type Compared = Scenarios['compare'][number]
export type Rule = Extract<Step, { of: 'rehome' }>['rule']
