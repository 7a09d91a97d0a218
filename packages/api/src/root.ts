import { orgRouter } from './org/router.ts'
import { syncRouter } from './sync/router.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  org: orgRouter,
  sync: syncRouter,
})

/** The web imports this as a type only. */
export type AppRouter = typeof appRouter
