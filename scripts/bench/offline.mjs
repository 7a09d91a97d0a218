import { timesOf } from './percentile.mjs'
import { inBrowser } from './screens.mjs'

/** A territory's accounts and their history, as a phone of the largest sector holds them. */
const HELD = { accounts: 5_000, reports: 20_000 }

/**
 * On a phone four times slower than this machine, the server gone: how long it takes to show Today from a cold start, also
 * under a code, and from a tap on Save until the phone says that it has kept a report.
 */
export async function measureOffline({ root, env, url, plan, password }, { opened, wanted }) {
  const told = await inBrowser({ root, env }, 'open-offline.ts', {
    url,
    password,
    rep: plan.reps[0].email,
    opened: wanted.includes('m.cold-offline.ms') ? opened : 0,
    locked: wanted.includes('m.cold-offline-locked.ms') ? opened : 0,
    saved: wanted.includes('m.save.ms') ? opened : 0,
    ...HELD,
  })
  const lines = {
    'm.cold-offline.ms': told.opened,
    'm.cold-offline-locked.ms': told.locked,
    'm.save.ms': told.saved,
  }
  return wanted.map((name) => {
    const { n, p50, p95 } = timesOf(lines[name])
    return { name, value: p50, unit: 'ms', n, p50, p95, size: told.accounts }
  })
}
