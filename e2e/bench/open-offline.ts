// Run by the bench with BENCH in the environment: opens the phone as after a night in a pocket, the server gone, on a
// phone four times slower than this machine, and says how long each opening, save and return took as one JSON line.
import { randomUUID } from 'node:crypto'
import { type BrowserContext, type CDPSession, chromium, type Locator, type Page } from '@playwright/test'
import { openSession, PHONE } from '../fixtures.ts'
import { chooseCode, prepared } from '../lock/phone-lock.ts'
import { fillReport } from '../report/phone-form.ts'
import { openLine } from '../sync/line.ts'

/** A tenth of what a report takes at the quickest. */
const FILLED_MS = 3_000

type Asked = {
  readonly url: string
  readonly password: string
  readonly rep: string
  /** Times it is opened, also under a code, and reports saved. */
  readonly opened: number
  readonly locked: number
  readonly saved: number
  /** Times "For me" is opened. */
  readonly forMe: number
  /** What the phone is made to hold. */
  readonly accounts: number
  readonly reports: number
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
const SLOWER = 4
const CODE = '314159'
const FIRST_ACCOUNT = 'article a[href^="/m/accounts/"]'

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
  const { context, accounts } = await openPhone()
  await line.cut()
  const opened: number[] = []
  for (let at = 0; at < asked.opened; at++) opened.push(await openOnce(context))
  const forMe = asked.forMe > 0 ? await openForMe(context) : []
  const { saved, given } = asked.saved > 0 ? await saveSome(context) : { saved: [], given: [] }
  await context.close()
  const locked = asked.locked > 0 ? await openLocked() : []
  process.stdout.write(`${JSON.stringify({ opened, locked, saved, given, forMe, accounts })}\n`)
} finally {
  await browser.close()
  await line.cut()
}

/** A phone that holds all it is asked to hold. */
async function openPhone(): Promise<{ readonly context: BrowserContext; readonly accounts: number }> {
  const context = await browser.newContext({
    baseURL: line.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: PHONE,
    hasTouch: true,
  })
  await openSession(context, asked.rep, asked.password)
  return { context, accounts: await fillPhone(await context.newPage()) }
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
  await page.goto('/m')
  await shown(page)
  await page
    .getByText(/^(Vos comptes arrivent|Votre journée est prête)/)
    .waitFor({ state: 'detached', timeout: 120_000 })
  await page.evaluate(() => navigator.serviceWorker.ready)
  if (asked.locked > 0) await prepared(page)
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
  const { page, session } = await startCold(context)
  const taken = await seen(session, FIRST_ACCOUNT)
  await page.close()
  return taken
}

/** The same under a code, without the time that a person takes to give it: until it can be, and from then on. */
async function openLocked(): Promise<number[]> {
  await line.mend()
  const { context } = await openPhone()
  const page = await context.newPage()
  await page.goto('/m/me')
  await page.getByRole('button', { name: /Votre compte$/ }).tap()
  await page.getByRole('button', { name: 'Mettre un code' }).tap()
  await chooseCode(page, CODE)
  // All that the phone holds is closed first.
  await page.getByLabel('Code', { exact: true }).waitFor({ timeout: 120_000 })
  await page.close()
  await line.cut()
  const times: number[] = []
  // The first one compiles what a phone in use has.
  for (let at = 0; at <= asked.locked; at++) {
    const { page, session } = await startCold(context)
    const shut = await seen(session, 'form input')
    await page.getByLabel('Code', { exact: true }).fill(CODE)
    await page.evaluate(() => {
      ;(window as Watched).tapped = new Promise((done) =>
        addEventListener('pointerup', ({ timeStamp }) => done(timeStamp), { capture: true, once: true }),
      )
    })
    await page.getByRole('button', { name: 'Ouvrir', exact: true }).tap()
    const shown = await seen(session, FIRST_ACCOUNT)
    const tapped = await page.evaluate(() => (window as Watched).tapped ?? 0)
    if (at > 0) times.push(shut + shown - tapped)
    await page.close()
  }
  await context.close()
  return times
}

async function startCold(context: BrowserContext): Promise<{ page: Page; session: CDPSession }> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto('/m', { waitUntil: 'commit' })
  return { page, session }
}

/**
 * When an element is there, by the page's clock. Asked of the page itself: what the driver of the browser looks with is read
 * and run by the slowed phone first, for a tenth of a second that is not the phone's.
 */
async function seen(session: CDPSession, selector: string): Promise<number> {
  const { result } = await session.send('Runtime.evaluate', {
    expression: `new Promise((done) => {
      const look = () => document.querySelector('${selector}') ? done(performance.now()) : requestAnimationFrame(look)
      look()
    })`,
    awaitPromise: true,
    returnByValue: true,
  })
  return Number(result.value)
}

/**
 * Milliseconds from the tap on Save until the phone says that it has kept the report, and until it shows what that gives
 * back, one visit after the other.
 */
async function saveSome(context: BrowserContext): Promise<{ saved: number[]; given: number[] }> {
  const page = await context.newPage()
  await page.goto('/m')
  await shown(page)
  const session = await context.newCDPSession(page)
  const times: { saved: number[]; given: number[] } = { saved: [], given: [] }
  // The first one compiles what a phone in use has.
  for (let at = 0; at <= asked.saved; at++) {
    await page.getByRole('link', { name: 'Lire la fiche' }).tap()
    await fillReport(page, { outcome: 'À revoir', note: `Passage ${at}` })
    // Nobody fills a form in within a second: as long as the phone needs, at its slowest, to count what the return is set beside.
    await page.waitForTimeout(FILLED_MS)
    const button = page.getByRole('button', { name: 'Enregistrer', exact: true })
    const [saved, given] = await fromTap(page, session, button, [
      ['h1', 'Enregistré'],
      ['main section p', 'Ce que ça vous rend'],
    ])
    if (at > 0) {
      times.saved.push(saved ?? 0)
      times.given.push(given ?? 0)
    }
    await page.getByRole('link', { name: 'Aujourd’hui' }).last().tap()
    await shown(page)
  }
  await page.close()
  return times
}

/** Milliseconds from the tap on "For me", on a phone that was just opened, until all that comes back is there. */
async function openForMe(context: BrowserContext): Promise<number[]> {
  const times: number[] = []
  // The first one compiles what a phone in use has.
  for (let at = 0; at <= asked.forMe; at++) {
    const { page, session } = await startCold(context)
    await shown(page)
    // The place of what comes back today is filled once the whole phone is read.
    await page.locator('main div[aria-hidden].min-h-44').waitFor({ state: 'detached', timeout: 60_000 })
    const link = page.locator('nav a[href="/m/me"]')
    const [taken] = await fromTap(page, session, link, [['#findings', '']])
    if (at > 0) times.push(taken ?? 0)
    await page.close()
  }
  return times
}

type Mark = readonly [selector: string, text: string]

/** Milliseconds from a tap until each mark is on the screen, by the page's clock, on the slowed phone. */
async function fromTap(
  page: Page,
  session: CDPSession,
  target: Locator,
  marks: readonly Mark[],
): Promise<number[]> {
  // The place alone is tapped: a tap by name has the driver look through the page in the same breath.
  const box = await target.boundingBox()
  if (!box) throw new Error('There is nothing to tap.')
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.evaluate((awaited) => {
    const until = async ([selector, text]: Mark): Promise<number> => {
      const isThere = () =>
        [...document.querySelectorAll(selector)].some((found) => found.textContent.includes(text))
      while (!isThere()) await new Promise(requestAnimationFrame)
      return performance.now()
    }
    ;(window as Watched).reached = new Promise((done) =>
      addEventListener(
        'pointerup',
        ({ timeStamp }) =>
          void Promise.all(awaited.map(until)).then((found) => done(found.map((at) => at - timeStamp))),
        { capture: true, once: true },
      ),
    )
  }, marks)
  await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
  const taken = await page.evaluate(() => (window as Watched).reached ?? [])
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  return taken
}

type Watched = { reached?: Promise<number[]>; tapped?: Promise<number> }

function shown(page: Page): Promise<void> {
  return page.locator(FIRST_ACCOUNT).first().waitFor({ state: 'attached', timeout: 60_000 })
}
