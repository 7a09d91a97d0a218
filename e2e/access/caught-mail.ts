import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { ownServer } from '../own-server.ts'

const folder = join(ownServer?.dataDir ?? '', 'mail')

const caught = (): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.eml')) : []

/** The text of a message as its reader sees it: long lines and accents come encoded. */
const readable = (message: string): string =>
  message
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Does what mails somebody a link and answers the address that the mail, caught on this machine, carries. */
export async function linkMailedTo(address: string, act: () => Promise<unknown>): Promise<string> {
  const before = new Set(caught())
  await act()
  let link: string | undefined
  await expect
    .poll(() => {
      const texts = caught()
        .filter((name) => !before.has(name))
        .map((name) => readable(readFileSync(join(folder, name), 'utf8')))
      const mine = texts.find((text) => text.includes(`Delivered-To: ${address}`))
      link = mine?.match(/https?:\/\/\S+\/link\?token=[\w-]+/)?.[0]
      return link
    })
    .toBeDefined()
  return link ?? ''
}

/** Asks for a link from the sign-in page and answers the address that the mail carries. */
export const askForLink = (page: Page, address: string): Promise<string> =>
  linkMailedTo(address, async () => {
    await page.goto('/signin')
    await page.getByLabel('Adresse de travail').fill(address)
    await page.getByRole('button', { name: 'Recevoir le lien' }).click()
    await expect(page.getByRole('heading', { name: 'Regardez vos e-mails' })).toBeVisible()
  })

/** Opens the link of a mail and enters with it. */
export async function enterBy(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByRole('button', { name: 'Ouvrir Fieldback' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/link'))
}

/** Enters as somebody who has no password, through the mailbox. */
export async function enterByMail(page: Page, address: string): Promise<void> {
  await enterBy(page, await askForLink(page, address))
}
