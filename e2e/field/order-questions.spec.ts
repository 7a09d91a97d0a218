import type { Locator, Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'

test('l’ordre des questions se change au clavier et à la souris, se publie aussitôt et se reprend', async ({
  as,
}) => {
  const local = await as('local')
  await openOrder(local)
  const list = local
    .getByRole('list')
    .filter({ has: local.getByRole('button', { name: /^Déplacer « Énergie/ }) })
  await expect(list.getByRole('listitem')).toHaveCount(2)
  const before = await namesOf(list)
  const [first = '', second = ''] = before

  // Lifted, moved and put down by the keyboard, each step said.
  await list.getByRole('button', { name: `Déplacer « ${second} »` }).focus()
  await local.keyboard.press('Space')
  await expect(local.getByText(`« ${second} » est soulevée, rang 2 sur 2.`)).toBeAttached()
  // The first step is taken once the places are measured, a frame later: nobody presses sooner, a test does.
  await expect(async () => {
    await local.keyboard.press('ArrowUp')
    await expect(local.getByText(`« ${second} » irait au rang 1 sur 2.`)).toBeAttached({ timeout: 1_000 })
  }).toPass()
  await local.keyboard.press('Space')
  await expect(local.getByText('Le nouvel ordre est publié')).toBeVisible()
  await expect.poll(() => namesOf(list)).toEqual([second, first])
  await openOrder(local)
  await expect.poll(() => namesOf(list)).toEqual([second, first])

  // Pulled back by the pointer, then taken back by the message, and pulled again.
  await pull(local, list, second)
  await expect.poll(() => namesOf(list)).toEqual(before)
  await local.getByRole('button', { name: 'Annuler' }).click()
  await expect.poll(() => namesOf(list)).toEqual([second, first])
  await pull(local, list, second)
  await expect.poll(() => namesOf(list)).toEqual(before)
})

async function openOrder(local: Page): Promise<void> {
  await local.goto('/manage/fields')
  await local.getByRole('button', { name: 'Changer l’ordre' }).click()
  await expect(local.getByRole('heading', { name: /^L’ordre des questions/ })).toBeVisible()
}

const namesOf = (list: Locator): Promise<string[]> => list.getByRole('listitem').allInnerTexts()

/** Drags a question under the last one. */
async function pull(local: Page, list: Locator, name: string): Promise<void> {
  const handle = list.getByRole('button', { name: `Déplacer « ${name} »` })
  // Rows still glide to their places after a move; the pointer comes to one that stands.
  await handle.hover()
  const from = await handle.boundingBox()
  const to = await list.getByRole('listitem').last().boundingBox()
  if (!from || !to) throw new Error('The list is not shown.')
  await local.mouse.down()
  await local.mouse.move(from.x + from.width / 2, to.y + to.height, { steps: 8 })
  await local.mouse.up()
  await expect(local.getByText('Le nouvel ordre est publié')).toBeVisible()
}
