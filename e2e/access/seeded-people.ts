import { expect, type Page } from '@playwright/test'

export type Person = { readonly name: string; readonly address: string; readonly place: string }

/** First and last name of one word each: their address follows from it. */
const PLAIN = /^[\p{L}]+ [\p{L}]+$/u

const addressOfPerson = (name: string): string =>
  `${name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replace(' ', '.')}@demo.fieldback.test`

/**
 * A rep of the demonstration who is not the printed one, read on the page of a territory that a manager has open. None
 * has a password: enter by mail. `at` chooses by the name of the place.
 */
export async function findRep(page: Page, at: (place: string) => boolean): Promise<Person> {
  const table = page.getByRole('table', { name: 'Personnes affectées à ce territoire et dessous' })
  await expect(table.getByRole('row').nth(1)).toBeVisible()
  const more = page.getByRole('button', { name: /autres? personnes?$/ })
  if (await more.isVisible()) {
    await more.click()
    await expect(more).toBeHidden()
  }
  const rows = await table.getByRole('row').all()
  for (const row of rows) {
    const [name = '', role = '', place = ''] = await row
      .getByRole('cell')
      .or(row.getByRole('rowheader'))
      .allInnerTexts()
    const plain = name.trim()
    if (role.trim() !== 'Commercial' || !PLAIN.test(plain) || !at(place.trim())) continue
    return { name: plain, address: addressOfPerson(plain), place: place.trim() }
  }
  throw new Error('No rep of the demonstration works there under a plain name.')
}
