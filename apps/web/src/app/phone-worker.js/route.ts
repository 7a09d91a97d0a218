import { phoneWorker } from '../../server/phone-worker.ts'

export const dynamic = 'force-dynamic'

/** Asked for at each opening of the phone: a copy kept on the way would hold phones on an old build. */
export const GET = (): Response =>
  new Response(phoneWorker(), {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  })
