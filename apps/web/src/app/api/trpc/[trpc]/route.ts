import { appRouter } from '@fieldback/api/root'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { outsideProxy } from '../../../../server/outside-proxy.ts'
import { bounded } from '../../../../server/read-json-body.ts'
import { contextOf } from '../../../../server/request-context.ts'
import { readSession, renewSession } from '../../../../server/session.ts'
import { toldAs } from '../../../../server/told-error.ts'

// Passing by the proxy takes longer than most of what is asked here.
const handle = outsideProxy('trpc', async (request, requestId) => {
  try {
    await renewSession()
    return await fetchRequestHandler({
      endpoint: '/api/trpc',
      req: await bounded(request, BATCH_BYTES_MAX),
      router: appRouter,
      createContext: async () => contextOf(await readSession(), requestId),
    })
  } catch (error) {
    return toldAs(error)
  }
})

export { handle as GET, handle as POST }
