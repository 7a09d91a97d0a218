import { syncRoute } from '../../../../server/sync-route.ts'

// The procedure checks its input itself.
export const POST = syncRoute('sync.pull', ({ sync }, input) =>
  sync.pull(input as Parameters<typeof sync.pull>[0]),
)
