import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'

export const PASSWORD = 'fieldback-demo'
export const PHONE = { width: 390, height: 844 } as const
export const DESK = { width: 1440, height: 900 } as const

export type Who = 'rep' | 'local' | 'regional' | 'hq' | 'admin' | 'other-rep'
const ADDRESS: Readonly<Record<Who, string>> = {
  rep: 'rep@demo.fieldback.test',
  local: 'local@demo.fieldback.test',
  regional: 'regional@demo.fieldback.test',
  hq: 'hq@demo.fieldback.test',
  admin: 'admin@demo.fieldback.test',
  'other-rep': 'rep@other.fieldback.test',
}
export const addressOf = (who: Who): string => ADDRESS[who]

type Look = { readonly locale?: 'fr-FR' | 'en-GB'; readonly phone?: boolean }
/** `at` is the page opened first: one's home unless said otherwise. */
type Entry = Look & { readonly at?: string }

type Fixtures = {
  /** A page of a fresh browser where nobody is signed in: the desk's unless said otherwise. */
  readonly browse: (look?: Look) => Promise<Page>
  /** A page of a fresh browser, signed in: the phone's for reps, the desk's for the others. */
  readonly as: (who: Who, entry?: Entry) => Promise<Page>
}

/** Journeys fail on a broken content security policy and on an uncaught error, whatever else they look at. */
export const test = base.extend<Fixtures>({
  browse: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const troubles: string[] = []
    await use(async ({ locale = 'fr-FR', phone = false } = {}) => {
      const context = await browser.newContext({
        locale,
        timezoneId: 'Europe/Paris',
        viewport: phone ? PHONE : DESK,
        hasTouch: phone,
        // What a worker of the page fetches, `page.route` does not see: the journeys of the worker open their own phone.
        serviceWorkers: 'block',
      })
      contexts.push(context)
      context.on('page', waitForAnswers)
      const page = await context.newPage()
      watch(page, troubles)
      return page
    })
    for (const context of contexts) await context.close()
    expect(troubles).toEqual([])
  },
  as: async ({ browse }, use) => {
    await use(async (who, { locale = 'fr-FR', phone = who.endsWith('rep'), at = '/' } = {}) => {
      const page = await browse({ locale, phone })
      await openSession(page.context(), ADDRESS[who], PASSWORD)
      await page.goto(at)
      return page
    })
  },
})

/** Collects what a person would never see and we must: policy violations and uncaught errors. */
export function watch(page: Page, troubles: string[]): void {
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) troubles.push(`policy: ${message.text()}`)
  })
}

/**
 * Has what opens a page wait until it answers: what is typed or chosen before is lost, while a tap on a button waits by
 * itself. Who looks at a page before that says until when to wait.
 */
function waitForAnswers(page: Page): void {
  const goto = page.goto.bind(page)
  const reload = page.reload.bind(page)
  // A page that leads on to another cannot be asked: the other one is.
  const isDeaf = () => page.evaluate(() => 'giveEarlyClickBack' in window).catch(() => true)
  const opened = async <Answer>(answer: Answer, until: string | undefined): Promise<Answer> => {
    if (!until) await expect.poll(isDeaf, 'the page does not answer').toBe(false)
    return answer
  }
  page.goto = async (address, options) => opened(await goto(address, options), options?.waitUntil)
  page.reload = async (options) => opened(await reload(options), options?.waitUntil)
}

/** Signs in as the door's form does, without opening the door: the journeys of `access/` look at that. */
export async function openSession(
  { request }: BrowserContext,
  email: string,
  password: string,
): Promise<void> {
  const session = await request.get('/api/auth/csrf')
  const { csrfToken } = await session.json()
  const answer = await request.post('/api/auth/callback/password', {
    headers: { origin: new URL(session.url()).origin },
    form: { email, password, csrfToken, json: 'true' },
  })
  const { url } = await answer.json()
  expect(url, 'the session was refused').not.toContain('error=')
}

/** Signs in with a password, in whichever language the browser asks for. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/signin')
  await tryPassword(page, email, password)
  await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
}

/** Fills the door's form in, from the sign-in page, and sends it. The password's field comes once the page answers. */
export async function tryPassword(page: Page, email: string, password: string): Promise<void> {
  await page.getByRole('button', { name: /^(utiliser un mot de passe|use a password)$/i }).click()
  await page.getByLabel(/^(mot de passe|password)$/i).fill(password)
  await page.getByLabel(/^(adresse de travail|work address|work e-mail)/i).fill(email)
  await page.getByRole('button', { name: /^(se connecter|sign in)$/i }).click()
}

export { expect }
