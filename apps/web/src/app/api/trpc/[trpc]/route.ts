import { appRouter } from '@fieldback/api/root'
import { BATCH_BYTES_MAX } from '@fieldback/domain/sync/operation'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { outsideProxy } from '../../../../server/outside-proxy.ts'
import { bounded } from '../../../../server/read-json-body.ts'
import { contextOf } from '../../../../server/request-context.ts'
import { readSession, renewSession } from '../../../../server/session.ts'
import { toldAs } from '../../../../server/told-error.ts'
import { keepWritten, readWritten } from '../../../../server/written.ts'

// Passing by the proxy takes longer than most of what is asked here.
const handle = outsideProxy('trpc', async (request, requestId) => {
  try {
    await renewSession()
    const session = await readSession()
    const written = await readWritten()
    const answer = await fetchRequestHandler({
      endpoint: '/api/trpc',
      // Nothing is open to who has no session: what he sends is not read.
      req: session ? await bounded(request, BATCH_BYTES_MAX) : new Request(request.url, bare(request)),
      router: appRouter,
      createContext: async () => contextOf(session, requestId, written),
    })
    if (request.method === 'POST') await keepWritten()
    return answer
  } catch (error) {
    return toldAs(error)
  }
})

const bare = ({ method, headers }: Request): RequestInit => ({ method, headers })

export { handle as GET, handle as POST }
