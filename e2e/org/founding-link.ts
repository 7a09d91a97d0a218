import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { ownServer } from '../own-server.ts'

const SCRIPT = fileURLToPath(new URL('../../scripts/organisation.mjs', import.meta.url))

/** A link to found an organisation, printed by the operator's command beside the running server. */
export function foundingLink(): string {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, FIELDBACK_DATA: ownServer?.dataDir, NEXTAUTH_URL: ownServer?.url }
  const printed = execFileSync(process.execPath, [SCRIPT], { env, encoding: 'utf8' })
  const link = /https?:\/\/\S+\/found\?token=\S+/.exec(printed)?.[0]
  if (!link) throw new Error(`The operator's command printed no link: ${printed}`)
  return link
}

/** Fills the founding form in, in either language, and sends it. */
export async function found(
  page: Page,
  who: { name: string; email: string; password: string },
): Promise<void> {
  await page.getByLabel(/^(Nom de votre organisation|Name of your organisation)$/).fill(who.name)
  await page.getByLabel(/^(Votre nom|Your name)$/).fill('Claire Aubert')
  await page.getByLabel(/^(Votre adresse de travail|Your work address)$/).fill(who.email)
  await page.getByLabel(/^(Choisissez un mot de passe|Choose a password)$/).fill(who.password)
  await page.getByRole('button', { name: /^(Créer l’organisation|Create the organisation)$/ }).click()
}
