import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from '@playwright/test'
import { addressOf, test as base, expect, openSession, PASSWORD, PHONE, watch } from '../fixtures.ts'
import { type Line, openLine } from './line.ts'

/** A phone with a store of its own, that can be switched off and on again, and that keeps the application. */
export type OwnPhone = {
  readonly line: Line
  /** Opens an address in a new page; the browser too, when it is off. */
  open(path: string): Promise<Page>
  /** Ends the browser as the system does, without a word to its pages. */
  kill(): Promise<void>
  switchOff(): Promise<void>
  signIn(): Promise<void>
}

export const test = base.extend<{ phone: OwnPhone }>({
  phone: async ({ playwright, baseURL, locale, colorScheme }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'fieldback-phone-'))
    const line = await openLine(baseURL ?? '')
    const troubles: string[] = []
    let context: BrowserContext | null = null
    const switchOn = async (): Promise<BrowserContext> => {
      context ??= await playwright.chromium.launchPersistentContext(folder, {
        ...(baseURL ? { baseURL } : {}),
        ...(locale ? { locale } : {}),
        ...(colorScheme ? { colorScheme } : {}),
        timezoneId: 'Europe/Paris',
        viewport: PHONE,
        hasTouch: true,
        serviceWorkers: 'allow',
      })
      return context
    }
    const switchOff = async (): Promise<void> => {
      await context?.close()
      context = null
    }
    await use({
      line,
      async open(path) {
        const page = await (await switchOn()).newPage()
        watch(page, troubles)
        await page.goto(`${line.url}${path}`)
        return page
      },
      async kill() {
        if (!context) return
        const closed = new Promise((done) => context?.once('close', done))
        const session = await context.newCDPSession(await context.newPage())
        await session.send('Browser.crash').catch(() => {})
        await closed
        context = null
      },
      switchOff,
      async signIn() {
        // Cookies are a host's, whatever the port: the door is the server's own.
        await openSession(await switchOn(), addressOf('rep'), PASSWORD)
      },
    })
    await line.cut()
    await switchOff()
    rmSync(folder, { recursive: true, force: true })
    expect(troubles).toEqual([])
  },
})

/** Waits until the application is on the phone whole: some seconds after Today is shown. */
export async function kept(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
}
