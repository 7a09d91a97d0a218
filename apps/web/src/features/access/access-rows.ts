import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

type Access = inferRouterOutputs<AppRouter>['access']

export type PersonRow = Access['people']['rows'][number]
export type PersonCard = Access['person']
export type HeldRole = PersonRow['roles'][number]
export type DeviceRow = PersonCard['devices'][number]
