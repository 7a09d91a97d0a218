import { expect, type Page } from '@playwright/test'
import { openInTree } from './sector-page.ts'

/** Calls a procedure as who is signed in. */
export async function call<Answer>(page: Page, path: string, input: object): Promise<Answer> {
  const answer = await page.request.post(`/api/trpc/${path}`, {
    headers: { origin: new URL(page.url()).origin },
    data: input,
  })
  expect(answer.ok(), await answer.text()).toBe(true)
  return (await answer.json()).result.data
}

/** Asks a question in a sub-sector, of accounts, with answers to choose from. */
export async function ask(
  page: Page,
  place: string,
  question: string,
  answers: readonly string[],
): Promise<string> {
  await openInTree(page, place)
  const territoryId = new URL(page.url()).pathname.split('/').at(-1)
  const { fieldId } = await call<{ fieldId: string }>(page, 'field.publish', {
    territoryId,
    entity: 'account',
    fieldId: null,
    baseVersion: null,
    spec: {
      label: { fr: question },
      why: { fr: 'Pour préparer la visite' },
      type: 'single_choice',
      options: answers.map((fr, at) => ({ id: `${place.slice(0, 1).toLowerCase()}${at}`, label: { fr } })),
      required: false,
      reportable: true,
      position: 0,
      shared: false,
      givebacks: [{ kind: 'badge' }],
    },
  })
  return fieldId
}
