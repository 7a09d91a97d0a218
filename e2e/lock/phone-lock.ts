import { expect, type Page } from '@playwright/test'

const LOCKED = 'Fieldback est verrouillé'

/** Waits until this phone has what it needs on the day it is withdrawn: some seconds after Today is shown. */
export async function prepared(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(async () =>
          (await indexedDB.databases()).some(({ name }) => name?.startsWith('fieldback-lock-')),
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
}

/** Puts the phone under a code; it is locked then. */
export async function setCode(page: Page, code: string): Promise<void> {
  await page.goto('/m/me')
  await page.getByRole('button', { name: /Votre compte$/ }).tap()
  await page.getByRole('button', { name: 'Mettre un code' }).tap()
  await chooseCode(page, code)
  await expect(page.getByRole('heading', { level: 1, name: LOCKED })).toBeVisible()
}

export async function chooseCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Nouveau code').fill(code)
  await page.getByLabel('Encore une fois').fill(code)
  await page.getByRole('button', { name: 'Garder ce code' }).tap()
}

export async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code', { exact: true }).fill(code)
  await page.getByRole('button', { name: 'Ouvrir', exact: true }).tap()
}

/** Every text and byte that the browser keeps of this site, as one text. */
export const stored = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const parts: string[] = [JSON.stringify(localStorage)]
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((kept, failed) => {
        request.onsuccess = () => kept(request.result)
        request.onerror = () => failed(request.error)
      })
    const told = (_: string, value: unknown) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? new TextDecoder('latin1').decode(value as ArrayBuffer)
        : value
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name))
      for (const store of db.objectStoreNames)
        parts.push(JSON.stringify(await done(db.transaction(store).objectStore(store).getAll()), told))
      db.close()
    }
    return parts.join('\n')
  })
