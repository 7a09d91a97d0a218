// Run by the bench with BENCH in the environment: opens screens as people do, and says what was measured as one JSON line.
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { DESK, PHONE, signIn } from '../fixtures.ts'
import { LATE_MS, measureScripts } from '../sync/measure-scripts.ts'

type Asked = {
  readonly url: string
  readonly open: number
  readonly script: boolean
  readonly password: string
  readonly hq: string
  readonly rep: string
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
const look = { baseURL: asked.url, locale: 'fr-FR', timezoneId: 'Europe/Paris' }

const browser = await chromium.launch({
  executablePath: process.env.E2E_BROWSER ?? '',
  args: (process.env.E2E_BROWSER_FLAGS ?? '').split(' '),
})
try {
  const opened = asked.open > 0 ? await inContext({ viewport: DESK }, openHeadOffice) : []
  const script = asked.script ? await inContext({ viewport: PHONE, hasTouch: true }, openToday) : null
  process.stdout.write(`${JSON.stringify({ opened, script })}\n`)
} finally {
  await browser.close()
}

async function inContext<T>(
  more: Parameters<typeof browser.newContext>[0],
  work: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ ...look, ...more })
  try {
    return await work(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

/** Milliseconds from the navigation until totals and territories stand on the screen, by the browser's own clock. */
async function openHeadOffice(page: Page): Promise<number[]> {
  await signIn(page, asked.hq, asked.password)
  const times: number[] = []
  // The first one fetches what a browser then has.
  for (let at = 0; at <= asked.open; at++) {
    await page.goto('about:blank')
    await page.goto('/hq', { waitUntil: 'commit' })
    const shown = await page.waitForFunction(
      () => {
        const total = document.querySelector('main dl dd')?.textContent ?? ''
        const places = document.querySelectorAll('section[aria-labelledby="by-territory"] tbody tr').length
        return /\d/.test(total) && places > 1 ? performance.now() : null
      },
      undefined,
      { polling: 'raf', timeout: 60_000 },
    )
    if (at > 0) times.push(Number(await shown.jsonValue()))
  }
  return times
}

/** Script fetched by the phone's first screen, cold; the door's own scripts stay out. */
async function openToday(page: Page): Promise<{ bytes: number; files: number }> {
  await signIn(page, asked.rep, asked.password)
  await page.goto('about:blank')
  const scripts = await measureScripts(page)
  await page.goto('/m')
  await page
    .getByRole('article')
    .getByRole('link', { name: 'Lire la fiche' })
    .first()
    .waitFor({ timeout: 60_000 })
  await new Promise((done) => setTimeout(done, LATE_MS))
  return { bytes: scripts.bytes(), files: scripts.count() }
}
