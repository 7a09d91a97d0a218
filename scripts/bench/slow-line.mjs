import { inBrowser } from './screens.mjs'

const WAITING = 500

/** How long a phone where reports wait takes to send them over a slow network, and in how many requests. */
export async function measureSlowLine({ root, env, url, plan, password }, wanted) {
  const asked = { url, password, rep: plan.reps[2].email, waiting: WAITING }
  const { seconds, requests } = await inBrowser({ root, env }, 'send-slowly.ts', asked)
  const lines = {
    'sync.500-slow3g.seconds': { value: seconds, unit: 's' },
    'sync.500-slow3g.requests': { value: requests, unit: 'requests' },
  }
  return wanted.map((name) => ({ name, ...lines[name], n: 1, size: WAITING }))
}
