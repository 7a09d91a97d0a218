import type { Page } from '@playwright/test'

/** What runs late counts too: the measure is all script until five seconds after Today is shown. */
export const LATE_MS = 5_000

/** Bytes of script as they come over the wire from now on, cold, compressed, headers included. */
export async function measureScripts(page: Page): Promise<{ bytes: () => number; count: () => number }> {
  const session = await page.context().newCDPSession(page)
  const scripts = new Set<string>()
  const sizes = new Map<string, number>()
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    sizes.set(requestId, encodedDataLength)
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return {
    bytes: () => [...scripts].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0),
    count: () => scripts.size,
  }
}
