// Run by the bench with BENCH in the environment: opens the phone as after a night in a pocket, the server gone, on a
// phone four times slower than this machine, and says how long each opening took as one JSON line.
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { openSession, PHONE } from '../fixtures.ts'
import { openLine } from '../sync/line.ts'

type Asked = {
  readonly url: string
  readonly password: string
  readonly rep: string
  readonly opened: number
  /** What the phone is made to hold. */
  readonly accounts: number
  readonly reports: number
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
const SLOWER = 4

const line = await openLine(asked.url)
const browser = await chromium.launch({
  executablePath: process.env.E2E_BROWSER ?? '',
  args: (process.env.E2E_BROWSER_FLAGS ?? '').split(' '),
})
try {
  const context = await browser.newContext({
    baseURL: asked.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: PHONE,
    hasTouch: true,
  })
  await openSession(context, asked.rep, asked.password)
  const accounts = await fillPhone(await context.newPage())
  await line.cut()
  const opened: number[] = []
  for (let at = 0; at < asked.opened; at++) opened.push(await openOnce(context))
  process.stdout.write(`${JSON.stringify({ opened, accounts })}\n`)
} finally {
  await browser.close()
  await line.cut()
}

/** Fetches all that the rep has, then has the phone hold as many copies of it as are asked for; answers the accounts. */
async function fillPhone(page: Page): Promise<number> {
  await page.goto(`${line.url}/m`)
  await shown(page)
  await page.evaluate(() => navigator.serviceWorker.ready)
  const held = await page.evaluate(async ({ accounts, reports }) => {
    const { membershipId } = JSON.parse(localStorage.getItem('fieldback.identity') ?? '')
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open(`fieldback-cache-${membershipId}`))
    const store = (name: string) => db.transaction(name, 'readwrite').objectStore(name)
    const rows: { id: string }[] = await done(store('accounts').getAll())
    const past: { id: string; accountId: string }[] = await done(store('reports').getAll())
    const ids = rows.map(({ id }) => id)
    const into = store('accounts')
    for (let at = rows.length; at < accounts; at++) {
      const id = crypto.randomUUID()
      ids.push(id)
      into.put({ ...rows[at % rows.length], id })
    }
    const last = store('reports')
    for (let at = past.length; at < reports; at++)
      last.put({ ...past[at % past.length], id: crypto.randomUUID(), accountId: ids[at % ids.length] })
    const counted = await done(store('accounts').count())
    await done(store('reports').count())
    db.close()
    return counted
  }, asked)
  await page.close()
  return held
}

/** Milliseconds from the navigation until Today's first account is on the screen; the worker has to be started too. */
async function openOnce(context: BrowserContext): Promise<number> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(`${line.url}/m`, { waitUntil: 'commit' })
  const taken = await shown(page)
  await page.close()
  return taken
}

async function shown(page: Page): Promise<number> {
  const at = await page.waitForFunction(
    () => (document.querySelector('article a[href^="/m/accounts/"]') ? performance.now() : null),
    undefined,
    { polling: 'raf', timeout: 60_000 },
  )
  return Number(await at.jsonValue())
}
