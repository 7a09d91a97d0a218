import { orgRouter } from './org/router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  org: orgRouter,
})

/** The web imports this as a type only. */
export type AppRouter = typeof appRouter
