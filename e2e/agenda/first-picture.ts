import { expect, type Page } from '@playwright/test'
import { loaded } from '../report/phone-form.ts'

/** Waits until this phone knows what its next opening begins with: some seconds after Today is shown. */
const foreseen = (phone: Page): Promise<void> =>
  expect
    .poll(
      () =>
        phone.evaluate(async () => {
          const names = (await indexedDB.databases()).flatMap(({ name }) =>
            name?.startsWith('fieldback-blocks-') ? name : [],
          )
          const found = await Promise.all(
            names.map(
              (name) =>
                new Promise<boolean>((resolve) => {
                  const opening = indexedDB.open(name)
                  opening.onsuccess = () => {
                    const db = opening.result
                    const asking = db.transaction('meta').objectStore('meta').get('days')
                    asking.onsuccess = () => {
                      db.close()
                      resolve(asking.result !== undefined)
                    }
                  }
                }),
            ),
          )
          return found.includes(true)
        }),
      { timeout: 30_000 },
    )
    .toBe(true)

/** Opens Today again and says what its very first picture held, once all the rest has been read. */
export async function reopenToday(phone: Page): Promise<{ first: string; now: string; moved: number }> {
  await foreseen(phone)
  await phone.addInitScript(() => {
    const kept = window as unknown as { firstPicture?: string; moved: number }
    kept.moved = 0
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries() as (PerformanceEntry & { value: number })[])
        kept.moved += shift.value
    }).observe({ type: 'layout-shift', buffered: true })
    new MutationObserver(() => {
      const visits = document.querySelector<HTMLElement>('[aria-labelledby="visits"]')
      if (visits?.querySelector('article')) kept.firstPicture ??= visits.innerText
    }).observe(document, { childList: true, subtree: true })
  })
  await phone.reload()
  await loaded(phone)
  // Said of all rows alone.
  await expect(phone.getByText(/^Ce qui vous revient aujourd.hui$/)).toBeVisible()
  return phone.evaluate(() => {
    const { firstPicture = '', moved } = window as unknown as { firstPicture?: string; moved: number }
    const now = document.querySelector<HTMLElement>('[aria-labelledby="visits"]')?.innerText ?? ''
    return { first: firstPicture, now, moved }
  })
}
