import { expect, type Locator, type Page } from '@playwright/test'

/** A question of the form, by the words the rep reads. */
export const question = (page: Page, title: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** An answer, whether it is offered plain or proposed from the last visits: which depends on the account. */
export const chip = (page: Page, title: string, answer: string): Locator => {
  const plain = answer.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return question(page, title).getByRole('button', {
    name: new RegExp(`^${plain}( ?, (comme la dernière fois|as last time))?$`),
  })
}

/** What waits on the phone, in words, at the top right of every screen. */
export const outbox = (page: Page): Locator => page.locator('a[href="/m/outbox"]')

export const accepted = 'tout est accepté'

/** Ends once all of the day is on a phone that is new: until then it does not know its sectors, and finds but a part. */
export async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(
    page.getByText(/^(Vos comptes arrivent\.|Votre journée est prête, le reste arrive)/),
  ).toHaveCount(0)
}

/** A prospect of the test's own, noted from the list of accounts; ends on its card, accepted. */
export async function noteProspect(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Comptes' }).tap()
  await loaded(page)
  await page.getByRole('button', { name: 'Nouveau prospect' }).tap()
  await page.getByLabel('Nom', { exact: true }).first().fill(name)
  await page.getByRole('button', { name: 'Enregistrer' }).tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(outbox(page)).toHaveText(accepted)
}

/** Opens an account's card by searching its name; `at`: where the phone reaches the server, unless by its own address. */
export async function openCard(page: Page, name: string, at = ''): Promise<void> {
  await page.goto(`${at}/m/accounts`)
  await page.getByRole('searchbox', { name: 'Nom, ville, contact ou numéro' }).fill(name)
  // The rows stand still once the search has answered.
  await expect(page.getByText(/^\d+ comptes? trouvés?$/)).toBeVisible()
  await page.getByRole('link', { name }).tap()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** From a card: the shortest report, with a note to know it by; the rest is left for the test to say. */
export async function fillReport(page: Page, report: { outcome: string; note: string }): Promise<void> {
  await page.getByRole('link', { name: /^(Commencer|Reprendre) le compte rendu$/ }).tap()
  await chip(page, 'Comment ça s’est fini ?', report.outcome).tap()
  await reach(page, 'À retenir')
  await page.getByRole('textbox', { name: 'À retenir' }).fill(report.note)
  await reach(page, 'Enregistrer')
}

/** Goes on to the section where a question is, or to the last one, where the report is saved. */
export const reach = (page: Page, title: string): Promise<void> => leaf(page, title, 'Suite')

/** Goes back to the section where a question is. */
export const reachBack = (page: Page, title: string): Promise<void> => leaf(page, title, 'Retour')

async function leaf(page: Page, title: string, way: 'Suite' | 'Retour'): Promise<void> {
  const found = question(page, title).or(page.getByRole('button', { name: title, exact: true }))
  const turn = page.getByRole('button', { name: way, exact: true })
  const drawing = page.locator('main [aria-busy="true"]')
  for (;;) {
    // A section's last questions come a moment after its first.
    await expect(found.or(turn).first()).toBeVisible()
    await expect(drawing).toHaveCount(0)
    if (await found.isVisible()) return
    await turn.tap()
  }
}

export const tapSave = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Enregistrer', exact: true }).tap()

/** Ends once the report is kept on the phone: before that, what waits there is still told as it was. */
export async function saveReport(page: Page): Promise<void> {
  await tapSave(page)
  await expect(page.getByRole('heading', { level: 1, name: /^(Enregistré|Corrigé)$/ })).toBeVisible()
}

/** The visits listed on the card that carry a note. */
export const pastVisits = (page: Page, note: string): Locator =>
  page.getByRole('region', { name: 'Dernières visites' }).getByRole('listitem').filter({ hasText: note })

/** Unique to this run: tests share one organisation. */
export const unique = (words: string): string => `${words} ${Math.random().toString(36).slice(2, 8)}`
