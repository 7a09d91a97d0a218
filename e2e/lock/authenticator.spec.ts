import type { CDPSession, Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { noteProspect, unique } from '../report/phone-form.ts'
import { setCode, stored, typeCode } from './phone-lock.ts'

const CODE = '482137'
const BY_PHONE = 'Ouvrir avec le visage ou l’empreinte'

/** Gives the phone an authenticator that knows its person, and makes secrets. */
async function addAuthenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { cdp, authenticatorId }
}

/** To the settings of a locked phone. */
async function openSettings(page: Page): Promise<void> {
  await page.goto('/m/me')
  await typeCode(page, CODE)
  await page.getByRole('button', { name: /Votre compte$/ }).tap()
}

test('le visage ou l’empreinte ouvre le téléphone sans réseau ; annulé ou retiré des réglages, le code ouvre et c’est dit', async ({
  as,
}) => {
  const name = unique('Bergerie Empreinte')
  const page = await as('rep', { at: '/m' })
  const { cdp, authenticatorId } = await addAuthenticator(page)
  await noteProspect(page, name)
  const card = new URL(page.url()).pathname
  await setCode(page, CODE)
  await expect(page.getByRole('button', { name: BY_PHONE })).toHaveCount(0)
  await openSettings(page)
  const add = page.getByRole('button', { name: 'Ouvrir aussi avec le visage ou l’empreinte' })
  await add.tap()
  await page.getByLabel('Code d’aujourd’hui').fill('111222')
  await add.tap()
  await expect(page.getByText('Ce n’est pas ce code.')).toBeVisible()
  await page.getByLabel('Code d’aujourd’hui').fill(CODE)
  await add.tap()
  await expect(page.getByText('Il s’ouvre aussi avec le visage ou l’empreinte')).toBeVisible()
  expect(await stored(page)).not.toContain(name)

  await page.route('**/api/**', (route) => route.abort('internetdisconnected'))
  const open = page.getByRole('button', { name: BY_PHONE })
  await page.goto(card)
  await open.tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

  // Not recognised; then by another that does not have the key, as after it was removed in the settings.
  for (const miss of [
    () => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
    () =>
      cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId }).then(() => addAuthenticator(page)),
  ]) {
    await page.goto(card)
    await miss()
    await open.tap()
    await expect(page.getByText('Votre code ouvre toujours.')).toBeVisible()
    await typeCode(page, CODE)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  await openSettings(page)
  await page.getByRole('button', { name: 'Ne plus ouvrir avec le visage ou l’empreinte' }).tap()
  await expect(page.getByText('Il s’ouvre aussi avec le visage ou l’empreinte')).toHaveCount(0)
  await page.getByRole('button', { name: 'Verrouiller maintenant' }).tap()
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  await expect(open).toHaveCount(0)
})
