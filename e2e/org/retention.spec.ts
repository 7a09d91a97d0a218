import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

const section = (page: Page) => page.getByRole('region', { name: 'Conservation des comptes rendus' })

async function callOff(page: Page): Promise<void> {
  await page.goto('/admin/organisation')
  const button = section(page).getByRole('button', { name: 'Annuler l’effacement' })
  await expect(section(page).getByLabel('Garder les comptes rendus')).toBeVisible()
  if (await button.isVisible()) await button.click()
  await expect(button).toBeHidden()
}

test('un effacement se voit avant d’être annoncé, s’annonce une semaine à l’avance, et s’annule', async ({
  as,
}) => {
  const admin = await as('admin', { at: '/admin/organisation' })
  const rule = section(admin)
  try {
    const choice = rule.getByLabel('Garder les comptes rendus')
    await expect(choice).toHaveValue('for-ever')
    const announce = rule.getByRole('button', { name: 'Annoncer l’effacement' })
    await expect(announce).toBeHidden()
    await choice.selectOption('3 ans')
    await expect(
      rule.getByText(/Premier effacement le .* rien n’est effacé et vous pouvez annuler/),
    ).toBeVisible()
    // Looking changes nothing.
    await admin.reload()
    await expect(choice).toHaveValue('for-ever')

    await choice.selectOption('3 ans')
    await announce.click()
    await expect(admin.getByText('Effacement annoncé. Il commence dans 7 jours.')).toBeVisible()
    await admin.reload()
    await expect(rule.getByText(/garder les comptes rendus 3 ans, à partir du/)).toBeVisible()
    await expect(choice).toHaveValue('3')
    // What keeps as much as now takes the announcement back, and is no erasure.
    await choice.selectOption('Sans limite')
    await expect(rule.getByRole('button', { name: 'Enregistrer' })).toBeEnabled()
    await expect(announce).toBeHidden()

    await rule.getByRole('button', { name: 'Annuler l’effacement' }).click()
    await expect(admin.getByText('Effacement annulé. Rien n’a été effacé.')).toBeVisible()
    await expect(choice).toHaveValue('for-ever')
    await admin.goto('/admin/audit?kind=retention')
    await expect(
      admin.getByText(/a demandé de garder les comptes rendus 3 ans, à partir du/).first(),
    ).toBeVisible()
    await expect(admin.getByText('a annulé l’effacement annoncé').first()).toBeVisible()
  } finally {
    await callOff(admin)
  }
})

test('la durée de conservation est l’affaire de qui administre', async ({ as }) => {
  const hq = await as('hq', { at: '/admin/organisation' })
  await expect(hq.getByRole('region', { name: 'Conservation des comptes rendus' })).toBeHidden()
})
