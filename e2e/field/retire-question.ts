import { expect, type Page } from '@playwright/test'

/** Other journeys are asked by the same organisation: what one has asked for itself ends with it. */
export async function retireQuestion(desk: Page, asked: string): Promise<void> {
  await desk.goto('/manage/fields')
  await desk
    .getByRole('row')
    .filter({ hasText: asked })
    .getByRole('link', { name: asked, exact: true })
    .click()
  await desk.getByRole('button', { name: 'Ne plus demander' }).click()
  await expect(desk.getByText('La question n’est plus posée. Ses réponses sont gardées.')).toBeVisible()
}
