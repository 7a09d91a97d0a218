import { container } from '../../../server/container.ts'
import { checkHealth, MIGRATIONS } from '../../../server/health.ts'

export const dynamic = 'force-dynamic'

/** For a load balancer and for whoever operates it; holds nothing of any organisation. */
export async function GET(): Promise<Response> {
  const { deps, env } = container()
  const health = await checkHealth(deps.db, {
    migrations: MIGRATIONS,
    data: env.FIELDBACK_DATA,
    foldLag: env.FIELDBACK_FOLD_LAG,
  })
  return Response.json(health, {
    status: health.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  })
}
