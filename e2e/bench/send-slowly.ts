// Run by the bench with BENCH in the environment: a phone where hundreds of reports wait gets a slow network, and this says
// how long until all are accepted, and in how many requests, as one JSON line.
import { randomUUID } from 'node:crypto'
import { chromium, type Page } from '@playwright/test'
import { openSession, PHONE } from '../fixtures.ts'

type Asked = {
  readonly url: string
  readonly password: string
  readonly rep: string
  readonly waiting: number
}
const asked = JSON.parse(process.env.BENCH ?? '') as Asked
/** 400 kb/s either way, two seconds before an answer begins. */
const SLOW_3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 }

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
  process.stdout.write(`${JSON.stringify(await send(await context.newPage()))}\n`)
} finally {
  await browser.close()
}

type Pulled = {
  readonly me: { readonly membershipId: string }
  readonly accounts: readonly { readonly id: string }[]
}

async function send(page: Page): Promise<{ seconds: number; requests: number }> {
  const first = page.waitForResponse((response) => response.url().endsWith('/api/sync/pull'))
  await page.goto('/m')
  const { me, accounts }: Pulled = await (await first).json()
  const pill = page.locator('a[href="/m/outbox"]')
  await pill.getByText('tout est accepté').waitFor({ timeout: 60_000 })
  await keep(page, me.membershipId, reportsOn(accounts.map(({ id }) => id)))
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_3G)
  let requests = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/sync/')) requests += 1
  })
  const pulled = page.waitForResponse((response) => response.url().endsWith('/api/sync/pull'), {
    timeout: 120_000,
  })
  const start = performance.now()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await pill.getByText(`${asked.waiting} sur ce téléphone`).waitFor()
  await pill.getByText('tout est accepté').waitFor({ timeout: 120_000 })
  const seconds = (performance.now() - start) / 1_000
  await (await pulled).finished()
  return { seconds, requests }
}

/** Reports of visits as the form makes them, on one account after the other. */
function reportsOn(accountIds: readonly string[]) {
  const day = new Date().toISOString().slice(0, 10)
  return Array.from({ length: asked.waiting }, (_, at) => {
    // One after the other: what is one save is counted as one.
    const capturedAt = new Date(Date.now() - (asked.waiting - at) * 60_000).toISOString()
    return {
      opId: randomUUID(),
      entityId: randomUUID(),
      seq: 1,
      base: 0,
      capturedAt,
      clockOffset: 0,
      kind: 'report.create',
      body: {
        accountId: accountIds[at % accountIds.length],
        contactId: null,
        kind: 'visit',
        outcome: 'revisit',
        day,
        note: `Passage ${at} : attend un devis avant la fin du trimestre, à revoir au dépôt.`,
        fieldSet: '',
        values: {},
        seconds: {},
        durationSeconds: 40,
      },
    }
  })
}

/** Puts work where another tab would have kept it. */
function keep(
  page: Page,
  membershipId: string,
  operations: readonly { readonly capturedAt: string }[],
): Promise<void> {
  return page.evaluate(
    ([name, items]) =>
      new Promise<void>((done, fail) => {
        const opened = indexedDB.open(name)
        opened.onerror = () => fail(opened.error)
        opened.onsuccess = () => {
          const tx = opened.result.transaction('operations', 'readwrite')
          for (const operation of items)
            tx.objectStore('operations').add({
              operation,
              state: 'phone',
              savedAt: operation.capturedAt,
              answeredAt: null,
              answer: null,
            })
          tx.oncomplete = () => {
            opened.result.close()
            done()
          }
          tx.onabort = () => fail(tx.error)
        }
      }),
    [`fieldback-outbox-${membershipId}`, operations] as const,
  )
}
