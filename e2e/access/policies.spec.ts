import type { Page } from '@playwright/test'
import { addressOf, expect, PASSWORD, signIn, test } from '../fixtures.ts'

const ADDRESSES = ['/m', '/signin', '/hq', '/manage', '/admin', '/api/health', '/nulle-part'] as const

test('chaque adresse porte les en-têtes qui la protègent', async ({ as }) => {
  const page = await as('hq')
  for (const address of ADDRESSES) {
    const headers = (await page.request.get(address, { maxRedirects: 0 })).headers()
    expect(headers['x-content-type-options'], address).toBe('nosniff')
    expect(headers['referrer-policy'], address).toBeTruthy()
    expect(headers['x-powered-by'], address).toBeUndefined()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy, address).toContain("frame-ancestors 'none'")
    const directives = new Map(policy.split('; ').map((one) => [one.split(' ')[0], one] as const))
    const scripts = directives.get('script-src') ?? directives.get('default-src')
    expect(scripts, address).toMatch(/'(self|none)'/)
    expect(scripts, address).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/)
  }
})

test('la politique d’une page tient : ni balise à gestionnaire, ni texte en guise de code', async ({
  browser,
}) => {
  // Not a page of the fixture: this one breaks the policy on purpose.
  const page = await browser.newPage()
  await page.goto('/signin')
  expect(await runInjected(page), 'door').toEqual({})
  await signIn(page, addressOf('rep'), PASSWORD)
  await expect(page.getByRole('article')).toBeVisible()
  expect(await runInjected(page), 'phone').toEqual({})
  await page.close()
})

/** Tries what markup in a text would try; answers what ran. */
const runInjected = (page: Page): Promise<object> =>
  page.evaluate(() => {
    const ran: { byMarkup?: boolean; byText?: boolean } = {}
    Object.assign(window, { ran })
    const holder = document.createElement('div')
    holder.innerHTML = '<img src="data:," onerror="window.ran.byMarkup = true">'
    document.body.append(holder)
    setTimeout('window.ran.byText = true')
    return new Promise<object>((done) => {
      // Handlers and timers run in order: when these have, the others had their chance.
      holder.firstElementChild?.addEventListener('error', () => setTimeout(() => done(ran)))
    })
  })

test('un autre site ne peut rien changer ici : son envoi est refusé', async ({ as }) => {
  const page = await as('local')
  const answer = await page.request.post('/api/trpc/access.setLocale', {
    headers: { origin: 'https://ailleurs.example' },
    data: { locale: 'en' },
  })
  expect(answer.status()).toBe(403)
})

test('l’état du service se lit sans compte : base, migrations, travaux', async ({ request }) => {
  const answer = await request.get('/api/health')
  expect(answer.status()).toBe(200)
  const health = await answer.json()
  expect(health).toMatchObject({ status: 'ok', database: 'ok', migrations: 'ok' })
  expect(health.jobLagSeconds).toBeLessThan(60)
})
