import { test as base, type BrowserContext, expect, type Page } from '@playwright/test'

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

type Fixtures = {
  /** A page of a fresh browser, signed in: the phone's for reps, the desk's for the others. */
  readonly as: (who: Who, options?: { locale?: 'fr-FR' | 'en-GB'; phone?: boolean }) => Promise<Page>
}

/** Journeys fail on a broken content security policy and on an uncaught error, whatever else they look at. */
export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const troubles: string[] = []
    await use(async (who, { locale = 'fr-FR', phone = who.endsWith('rep') } = {}) => {
      const context = await browser.newContext({
        locale,
        timezoneId: 'Europe/Paris',
        viewport: phone ? PHONE : DESK,
        hasTouch: phone,
      })
      contexts.push(context)
      const page = await context.newPage()
      watch(page, troubles)
      await signIn(page, ADDRESS[who], PASSWORD)
      return page
    })
    for (const context of contexts) await context.close()
    expect(troubles).toEqual([])
  },
})

/** Collects what a person would never see and we must: policy violations and uncaught errors. */
export function watch(page: Page, troubles: string[]): void {
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) troubles.push(`policy: ${message.text()}`)
  })
}

/** Signs in with a password, in whichever language the browser asks for. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/signin')
  await page.getByRole('button', { name: /mot de passe|password/i }).click()
  await page.getByLabel(/^(adresse de travail|work address|work e-mail)/i).fill(email)
  await page.getByLabel(/^(mot de passe|password)$/i).fill(password)
  await page.getByRole('button', { name: /^(se connecter|sign in)$/i }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/signin'))
}

export { expect }
