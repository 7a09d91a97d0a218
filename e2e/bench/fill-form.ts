// Run by the bench with BENCH in the environment: opens and fills a long form as a rep does, on a phone four times slower
// than this machine, and says how long each took as one JSON line.
import { chromium, type Page } from '@playwright/test'
import { PHONE, signIn } from '../fixtures.ts'

type Asked = {
  readonly url: string
  readonly password: string
  readonly rep: string
  /** Times the form is opened, and keys pressed. */
  readonly opened: number
  readonly keys: number
  /** The words of a question of the first section that is answered by typing. */
  readonly typed: string
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
const SLOWER = 4
/** Openings before the first that counts: they fetch and compile what a phone in use has. */
const WARM_UP = 5

const browser = await chromium.launch({
  executablePath: process.env.E2E_BROWSER ?? '',
  args: (process.env.E2E_BROWSER_FLAGS ?? '').split(' '),
})
try {
  const page = await browser.newPage({
    baseURL: asked.url,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    viewport: PHONE,
    hasTouch: true,
  })
  process.stdout.write(`${JSON.stringify(await fill(page))}\n`)
} finally {
  await browser.close()
}

async function fill(page: Page): Promise<{ sections: number[]; keys: number[]; questions: number }> {
  // A phone in use: all that the rep has is on it.
  const whole = page.waitForResponse(
    async (answer) => answer.url().endsWith('/api/sync/pull') && !(await answer.json()).more,
    { timeout: 120_000 },
  )
  await signIn(page, asked.rep, asked.password)
  await whole
  await page
    .getByText(/^(Vos comptes arrivent|Votre journée est prête)/)
    .waitFor({ state: 'detached', timeout: 120_000 })
  await page.goto('/m/accounts')
  await page.locator('main a[href^="/m/accounts/"]:not([href$="/new"])').first().tap({ timeout: 120_000 })
  const start = page.getByRole('link', { name: /^(Commencer|Reprendre) le compte rendu$/ })
  await start.waitFor()
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  const sections: number[] = []
  const openings = WARM_UP + asked.opened
  for (let at = 0; at < openings; at++) {
    await watchSection(page, asked.typed)
    await start.tap()
    const taken = await told(page)
    if (at >= WARM_UP) sections.push(taken)
    if (at < openings - 1) await page.goBack()
  }
  const left = await page.getByText(/^encore \d+ questions$/).textContent()
  const field = page.getByRole('listitem').filter({ hasText: asked.typed }).getByRole('textbox')
  await field.tap()
  const keys: number[] = []
  for (let at = 0; at <= asked.keys; at++) {
    await watchKey(page)
    await page.keyboard.press('a')
    const taken = await told(page)
    if (at > 0) keys.push(taken)
  }
  return { sections, keys, questions: Number(left?.match(/\d+/)?.[0]) }
}

type Watched = { watched?: Promise<number> }

/** From the tap until the section is painted, by the browser's own clock. */
function watchSection(page: Page, words: string): Promise<void> {
  return page.evaluate((title) => {
    const painted = () =>
      new Promise<number>((done) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => done(performance.now())
          channel.port2.postMessage(null)
        }),
      )
    const shown = () => [...document.querySelectorAll('h2, h3')].some((head) => head.textContent === title)
    const until = async (): Promise<number> => {
      for (;;) {
        const at = await painted()
        if (shown()) return at
      }
    }
    ;(window as Watched).watched = new Promise((done) =>
      addEventListener('pointerup', ({ timeStamp }) => void until().then((at) => done(at - timeStamp)), {
        capture: true,
        once: true,
      }),
    )
  }, words)
}

/** From the key until what it did is painted. */
function watchKey(page: Page): Promise<void> {
  return page.evaluate(() => {
    ;(window as Watched).watched = new Promise((done) =>
      addEventListener(
        'keydown',
        ({ timeStamp }) =>
          requestAnimationFrame(() => {
            const channel = new MessageChannel()
            channel.port1.onmessage = () => done(performance.now() - timeStamp)
            channel.port2.postMessage(null)
          }),
        { capture: true, once: true },
      ),
    )
  })
}

function told(page: Page): Promise<number> {
  return page.evaluate(() => (window as Watched).watched ?? Number.POSITIVE_INFINITY)
}
