import { expect, type Page } from '@playwright/test'

type File = { name: string; mimeType: string; buffer: Buffer }

/** Chooses what the file holds and the file, and sends it; ends where its columns are shown. */
export async function sendClients(page: Page, file: File): Promise<void> {
  await page.goto('/admin/imports?kind=accounts')
  await expect(page.getByRole('button', { name: /^Comptes/ })).toHaveAttribute('aria-pressed', 'true')
  await page.getByLabel('Choisir le fichier').setInputFiles(file)
  await expect(page.getByText(file.name)).toBeVisible()
  await page.getByRole('button', { name: 'Envoyer et lire' }).click()
  await expect(title(page)).toHaveText('Que devient chaque colonne ?')
}

export const title = (page: Page) => page.getByRole('heading', { level: 1 })

/** What a column of the file becomes. */
export const column = (page: Page, name: string) =>
  page.getByRole('combobox', { name: `La colonne ${name} devient` })

export async function tryOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Essayer sans rien écrire' }).click()
  await expect(page.getByText('Étape 2 sur 3 : l’essai')).toBeVisible()
  await expect(title(page)).not.toHaveText('On essaie, sans rien écrire', { timeout: 30_000 })
}

/** Shows the lines of one outcome: "À corriger". */
export async function showLines(page: Page, outcome: string) {
  await page
    .getByRole('group', { name: 'Lignes montrées' })
    .getByRole('button', { name: new RegExp(`^${outcome}`) })
    .click()
  return page.getByRole('table', { name: `${outcome}, lignes du fichier` })
}
