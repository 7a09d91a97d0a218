import { homePage } from '@fieldback/domain/access/scope'
import { memberProcedure, router } from '../trpc.ts'

export const orgRouter = router({
  /** Who is signed in, in which organisation's day, and where he lands. */
  me: memberProcedure.query(({ ctx }) => ({
    membershipId: ctx.scope.membershipId,
    displayName: ctx.me.displayName,
    locale: ctx.me.locale,
    day: ctx.scope.day,
    home: homePage(ctx.scope.grants),
    roles: [...new Set(ctx.scope.grants.map((grant) => grant.role))],
  })),
})
