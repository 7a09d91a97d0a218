// Run by the bench with BENCH in the environment: opens the phone as after a night in a pocket, the server gone, on a
// phone four times slower than this machine, and says how long each opening took as one JSON line.
import { randomUUID } from 'node:crypto'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { openSession, PHONE } from '../fixtures.ts'
import { fillReport, tapSave } from '../report/phone-form.ts'
import { openLine } from '../sync/line.ts'

type Asked = {
  readonly url: string
  readonly password: string
  readonly rep: string
  /** Times it is opened, and reports saved. */
  readonly opened: number
  readonly saved: number
  /** What the phone is made to hold. */
  readonly accounts: number
  readonly reports: number
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
const SLOWER = 4

type Row = { readonly id: string; readonly accountId: string }
const NOUNS = ['accounts', 'contacts', 'reports'] as const
type Noun = (typeof NOUNS)[number]
type Pulled = Record<Noun, Row[]> & { readonly more: boolean }
type Held = Readonly<Record<Noun, Map<string, Row>>>

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
  const saved = asked.saved > 0 ? await saveSome(context) : []
  process.stdout.write(`${JSON.stringify({ opened, saved, accounts })}\n`)
} finally {
  await browser.close()
  await line.cut()
}

/** Fetches all that the rep has, and as many copies of it as are asked for; answers the accounts. */
async function fillPhone(page: Page): Promise<number> {
  const held: Held = { accounts: new Map(), contacts: new Map(), reports: new Map() }
  let whole = false
  await page.route('**/api/sync/pull', async (route) => {
    const response = await route.fetch({ timeout: 60_000 })
    const told: Pulled = await response.json()
    // The accounts of the day come first, and again in their turn.
    for (const noun of NOUNS) for (const row of told[noun]) held[noun].set(row.id, row)
    if (!told.more && !whole) {
      whole = true
      multiply(held, told)
    }
    await route.fulfill({ response, json: told })
  })
  await page.goto(`${line.url}/m`)
  await shown(page)
  await page
    .getByText(/^(Vos comptes arrivent|Votre journée est prête)/)
    .waitFor({ state: 'detached', timeout: 120_000 })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.close()
  return held.accounts.size
}

/** Adds to the last page copies of what is held, until there are as many as asked for. */
function multiply(held: Held, told: Pulled): void {
  const own = Object.fromEntries(NOUNS.map((noun) => [noun, [...held[noun].values()]])) as Record<Noun, Row[]>
  const add = (noun: Noun, row: Row): void => {
    told[noun].push(row)
    held[noun].set(row.id, row)
  }
  const copies = (noun: Noun, wanted: number, over: (at: number) => object = () => ({})): void => {
    const rows = own[noun]
    for (let at = rows.length; at < wanted; at++)
      add(noun, { ...rows[at % rows.length], ...over(at), id: randomUUID() } as Row)
  }
  copies('accounts', asked.accounts)
  const ids = [...held.accounts.keys()]
  const ofAccount = (at: number) => ({ accountId: ids[at % ids.length] ?? '' })
  copies('contacts', (own.contacts.length * asked.accounts) / own.accounts.length, ofAccount)
  copies('reports', asked.reports, ofAccount)
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

/** Milliseconds from the tap on Save until the phone says that it has kept the report, one visit after the other. */
async function saveSome(context: BrowserContext): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(`${line.url}/m`)
  await shown(page)
  const session = await context.newCDPSession(page)
  const times: number[] = []
  // The first one compiles what a phone in use has.
  for (let at = 0; at <= asked.saved; at++) {
    await page.getByRole('link', { name: 'Lire la fiche' }).tap()
    await fillReport(page, { outcome: 'À revoir', note: `Passage ${at}` })
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
    await page.evaluate(() => {
      const kept = () => document.querySelector('h1')?.textContent === 'Enregistré'
      const until = async (): Promise<number> => {
        while (!kept()) await new Promise(requestAnimationFrame)
        return performance.now()
      }
      ;(window as Watched).saved = new Promise((done) =>
        addEventListener('pointerup', ({ timeStamp }) => void until().then((at) => done(at - timeStamp)), {
          capture: true,
          once: true,
        }),
      )
    })
    await tapSave(page)
    const taken = await page.evaluate(() => (window as Watched).saved ?? Number.POSITIVE_INFINITY)
    if (at > 0) times.push(taken)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await page.getByRole('link', { name: 'Aujourd’hui' }).last().tap()
    await shown(page)
  }
  await page.close()
  return times
}

type Watched = { saved?: Promise<number> }

async function shown(page: Page): Promise<number> {
  const at = await page.waitForFunction(
    () => (document.querySelector('article a[href^="/m/accounts/"]') ? performance.now() : null),
    undefined,
    { polling: 'raf', timeout: 60_000 },
  )
  return Number(await at.jsonValue())
}
