import { timesOf } from './percentile.mjs'
import { inBrowser } from './screens.mjs'

/** A territory's accounts and their history, as a phone of the largest sector holds them. */
const HELD = { accounts: 5_000, reports: 20_000 }

/** How long the phone takes to show Today from a cold start with the server gone, four times slower than this machine. */
export async function measureOffline({ root, env, url, plan, password }, { opened }) {
  const told = await inBrowser({ root, env }, 'open-offline.ts', {
    url,
    password,
    rep: plan.reps[0].email,
    opened,
    ...HELD,
  })
  const { n, p50, p95 } = timesOf(told.opened)
  return { name: 'm.cold-offline.ms', value: p50, unit: 'ms', n, p50, p95, size: told.accounts }
}
