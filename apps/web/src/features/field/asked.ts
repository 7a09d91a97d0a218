import type { AppRouter } from '@fieldback/api/root'
import type { inferRouterOutputs } from '@trpc/server'

export type Asked = inferRouterOutputs<AppRouter>['field']['list']
export type AskedOwner = Asked['owners'][number]
export type AskedField = AskedOwner['fields'][number]

/** Seconds of all questions of an owner. */
export const secondsOf = (owner: AskedOwner): number =>
  owner.fields.reduce((sum, field) => sum + field.seconds, 0)

/** The owners on the way to where most is asked. */
export const longestOwners = ({ owners, longestPath }: Pick<Asked, 'owners' | 'longestPath'>): AskedOwner[] =>
  owners.filter((owner) => longestPath.includes(owner.territory.id))
