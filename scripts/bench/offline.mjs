import { timesOf } from './percentile.mjs'
import { inBrowser } from './screens.mjs'

/** A territory's accounts and their history, as a phone of the largest sector holds them. */
const HELD = { accounts: 5_000, reports: 20_000 }

/**
 * On a phone four times slower than this machine, the server gone: how long it takes to show Today from a cold start, also
 * under a code, from a tap on Save until the phone says that it has kept a report and until it shows what that gives back,
 * and from a tap on "For me" until all that comes back is there.
 */
export async function measureOffline({ root, env, url, plan, password }, { opened, saved, wanted }) {
  const told = await inBrowser({ root, env }, 'open-offline.ts', {
    url,
    password,
    rep: plan.reps[0].email,
    opened: wanted.includes('m.cold-offline.ms') ? opened : 0,
    locked: wanted.includes('m.cold-offline-locked.ms') ? opened : 0,
    saved: wanted.includes('m.save.ms') || wanted.includes('return.on-save.ms') ? saved : 0,
    forMe: wanted.includes('return.for-me.ms') ? opened : 0,
    ...HELD,
  })
  const lines = {
    'm.cold-offline.ms': told.opened,
    'm.cold-offline-locked.ms': told.locked,
    'm.save.ms': told.saved,
    'return.on-save.ms': told.given,
    'return.for-me.ms': told.forMe,
  }
  return wanted.map((name) => {
    const { n, p50, p95 } = timesOf(lines[name])
    return { name, value: p50, unit: 'ms', n, p50, p95, size: told.accounts }
  })
}
