import { container } from '../../../server/container.ts'
import { checkHealth, MIGRATIONS } from '../../../server/health.ts'

export const dynamic = 'force-dynamic'

/** For a load balancer and for whoever operates it; holds nothing of any organisation. */
export async function GET(): Promise<Response> {
  const health = await checkHealth(container().deps.db, MIGRATIONS)
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
