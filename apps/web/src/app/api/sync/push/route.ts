import { syncRoute } from '../../../../server/sync-route.ts'

// The procedure checks its input itself.
export const POST = syncRoute('sync.push', ({ sync }, input) =>
  sync.push(input as Parameters<typeof sync.push>[0]),
)
