import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTestCluster } from './test-cluster.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** Vitest's global setup of the database tests: uses the cluster that `npm test` started, or starts one. */
export default async function setup() {
  if (process.env.TEST_DATABASE_OWNER_URL) return undefined
  const cluster = await startTestCluster({ root })
  Object.assign(process.env, cluster.env)
  return async () => {
    for (const key of Object.keys(cluster.env)) delete process.env[key]
    await cluster.stop()
  }
}
