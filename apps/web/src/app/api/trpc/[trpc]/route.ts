import { appRouter } from '@fieldback/api/root'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { container } from '../../../../server/container.ts'
import { readSession } from '../../../../server/session.ts'

const handle = (req: Request) =>
  fetchRequestHandler({
    endpoint: '/api/trpc',
    req,
    router: appRouter,
    createContext: async () => ({ deps: container().deps, session: await readSession() }),
  })

export { handle as GET, handle as POST }
