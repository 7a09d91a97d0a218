import { appRouter } from '@fieldback/api/root'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { logged } from '../../../../server/logged.ts'
import { requestContext } from '../../../../server/request-context.ts'
import { renewSession } from '../../../../server/session.ts'

const handle = logged('trpc', async (req) => {
  await renewSession()
  return fetchRequestHandler({ endpoint: '/api/trpc', req, router: appRouter, createContext: requestContext })
})

export { handle as GET, handle as POST }
