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
  const script = asked.script ? await inContext({ viewport: PHONE, hasTouch: true }, openPhone) : null
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

type Script = { readonly bytes: number; readonly files: number }

/**
 * Script fetched by the phone's first screen, and what the report's form adds to it when it is opened by its address, both
 * cold; the door's own scripts stay out.
 */
async function openPhone(page: Page): Promise<{ readonly today: Script; readonly form: Script }> {
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
  const today = { bytes: scripts.bytes(), files: scripts.count() }
  await page.getByRole('article').getByRole('link', { name: 'Lire la fiche' }).first().tap()
  await page.getByRole('link', { name: 'Commencer le compte rendu' }).tap()
  const question = page.getByRole('heading', { name: 'Comment ça s’est fini ?' })
  await question.waitFor({ timeout: 60_000 })
  // The other screens, fetched ahead some seconds after Today, are not the form's.
  const address = page.url()
  await page.goto('about:blank')
  const before = { bytes: scripts.bytes(), files: scripts.count() }
  await page.goto(address)
  await question.waitFor({ timeout: 60_000 })
  const form = {
    bytes: scripts.bytes() - before.bytes - today.bytes,
    files: scripts.count() - before.files - today.files,
  }
  return { today, form }
}
