import { expect, type Locator, type Page } from '@playwright/test'

/** Begins a scenario over a branch found by its name; ends on its page, with both trees. */
export async function beginScenario(page: Page, name: string, branch: string | null = null): Promise<void> {
  await page.goto('/manage/scenarios?do=new')
  await page.getByLabel('Nom', { exact: true }).fill(name)
  if (branch !== null) {
    await page.getByRole('searchbox', { name: 'Chercher un territoire' }).fill(branch)
    await page
      .getByRole('button', { name: new RegExp(branch) })
      .first()
      .click()
    await expect(page.getByText(new RegExp(`^Branche concernée\\s: ${branch}$`))).toBeVisible()
  }
  await page.getByRole('button', { name: 'Commencer' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Projet' })).toBeVisible()
}

/** The row of a territory in the project. */
export const projectRow = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: 'Projet' }).getByRole('listitem').filter({ hasText: name })

/** Opens one gesture of a territory of the project; answers its dialog. */
export async function openGesture(page: Page, place: string, gesture: string): Promise<Locator> {
  await page.getByRole('button', { name: `Gestes sur ${place}`, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: gesture, exact: true }).click()
  return dialog
}

export const addGesture = (dialog: Locator): Promise<void> =>
  dialog.getByRole('button', { name: 'Ajouter au projet' }).click()

/** Splits a sub-sector: its first town goes to a new one. */
export async function splitByTown(page: Page, place: string, name: string): Promise<void> {
  const dialog = await openGesture(page, place, 'Couper en deux')
  await dialog.getByLabel('Nom du nouveau territoire').fill(name)
  await dialog.getByRole('checkbox').first().check()
  await expect(dialog.getByText(/comptes? choisis?/)).toBeVisible()
  await addGesture(dialog)
  await expect(dialog).toHaveCount(0)
  await expect(projectRow(page, name)).toContainText('nouveau')
}
