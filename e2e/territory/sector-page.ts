import { expect, type Locator, type Page } from '@playwright/test'

export const DEPARTMENT = 'Pyrénées-Atlantiques'

/** From the page of the department, which its manager has open. */
export async function createSector(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: DEPARTMENT })).toBeVisible()
  await page.getByRole('button', { name: 'Nouveau sous-secteur' }).click()
  await page.getByLabel(`Nouveau sous-secteur, ${DEPARTMENT}`).fill(name)
  await page.getByRole('button', { name: 'Créer' }).click()
  await expect(page.getByText(`${name} ajouté sous ${DEPARTMENT}`)).toBeVisible()
}

/** Opens a territory through the tree, by its name; ends with the whole tree shown again. */
export async function openInTree(page: Page, name: string): Promise<void> {
  const filter = page.getByRole('searchbox', { name: 'Filtrer l’arbre' })
  const matches = page.getByRole('navigation', { name: 'Territoires', exact: true }).getByRole('status')
  // The page that one arrives on may give way to that of a territory, with another filter. The rows stand still once it has answered.
  await expect(async () => {
    await filter.fill(name)
    await expect(matches).toBeVisible({ timeout: 3_000 })
  }).toPass()
  await page.getByRole('treeitem', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await filter.fill('')
  await expect(matches).toHaveCount(0)
}

/** One of the gestures that a territory's page keeps in its menu. */
export async function change(page: Page, gesture: string): Promise<void> {
  await page.getByRole('button', { name: 'Modifier', exact: true }).click()
  await page.getByRole('button', { name: gesture, exact: true }).click()
}

/** Closes the territory of the page, on which nothing stands. */
export async function closePlace(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await change(page, 'Fermer')
  await page.getByRole('button', { name: `Fermer ${name}`, exact: true }).click()
}

/** Chooses the one line of a list that carries these words, among others. */
export async function choose(list: Locator, words: string): Promise<void> {
  const option = list.getByRole('option').filter({ hasText: words })
  await expect(option).toHaveCount(1)
  await list.selectOption((await option.getAttribute('value')) ?? '')
}

/** On a sector's page: somebody, the manager himself unless said otherwise, works there from today. */
export async function assignRep(desk: Page, sector: string, who = 'Claire Barneix'): Promise<void> {
  await desk.getByRole('button', { name: 'Affecter quelqu’un' }).click()
  await choose(desk.getByLabel('Qui', { exact: true }), who)
  await desk.getByLabel('Rôle').selectOption('Commercial')
  await desk.getByRole('button', { name: 'Affecter', exact: true }).click()
  await expect(desk.getByText(`${sector} : ${who} y travaille dès maintenant`)).toBeVisible()
}

/** Ends what is held on the sector shown as of yesterday: the screen ends it this evening, and it closes tomorrow. */
export async function endAssignments(desk: Page): Promise<void> {
  const ended = await desk.evaluate(async () => {
    const territoryId = location.pathname.split('/').at(-1)
    const input = encodeURIComponent(JSON.stringify({ territoryId }))
    const listed = await (await fetch(`/api/trpc/assignment.list?input=${input}`)).json()
    const answers = []
    for (const { id, validFrom } of listed.result.data.assignments) {
      const lastDay = new Date(Date.parse(validFrom) - 86_400_000).toISOString().slice(0, 10)
      const answer = await fetch('/api/trpc/assignment.end', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ assignmentId: id, lastDay }),
      })
      answers.push(answer.status)
    }
    return answers
  })
  expect(ended).toEqual([200])
}
