import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { createSector, openInTree } from '../territory/sector-page.ts'

test('un retour qui n’arriverait à personne est refusé avec sa raison, par l’écran et par le serveur', async ({
  as,
}) => {
  const desk = await as('local')
  // A sector that has just been made has no account: nobody would be asked there, so nothing could come back.
  const sector = unique('Secteur sans compte')
  await createSector(desk, sector)
  await openInTree(desk, sector)
  const territoryId = new URL(desk.url()).pathname.split('/').at(-1) ?? ''

  await desk.getByRole('link', { name: 'Ajouter un champ' }).first().click()
  const asked = unique('Question pour personne')
  await desk.getByLabel('Ce que vous demandez').fill(asked)
  await desk.getByLabel('Réponse', { exact: true }).selectOption('oui ou non')
  await desk.getByLabel('Pourquoi vous le demandez').fill('Pour voir.')
  await desk.getByRole('button', { name: 'Pastille' }).click()
  const reason = 'Aucun compte rendu ici depuis 60 jours : personne ne répondrait.'
  await expect(
    desk.getByRole('status').filter({ hasText: 'Ce retour n’arriverait à personne.' }),
  ).toContainText(reason)
  await expect(desk.getByRole('button', { name: 'Publier' })).toBeDisabled()

  const refused = await publish(desk, territoryId, {
    label: asked,
    type: 'yes_no',
    givebacks: [{ kind: 'badge' }],
  })
  expect(refused).toMatchObject({
    status: 400,
    code: 'GIVEBACK_NOT_WORKING',
    params: { reason: 'GIVEBACK_NO_REPORT' },
  })
  const untold = await publish(desk, territoryId, { label: asked, type: 'yes_no', givebacks: [] })
  expect(untold).toMatchObject({ code: 'GIVEBACK_MISSING' })
  const uncounted = await publish(desk, territoryId, {
    label: asked,
    type: 'short_text',
    givebacks: [{ kind: 'comparison' }],
  })
  expect(uncounted).toMatchObject({ code: 'GIVEBACK_NOT_WORKING', params: { reason: 'GIVEBACK_TYPE' } })

  await desk.goto(`/manage/fields?at=${territoryId}`)
  await expect(desk.getByText('Humeur du client')).toBeVisible()
  await expect(desk.getByText(asked)).toHaveCount(0)
})

test('un commercial qui appelle la publication lui-même est refusé', async ({ as }) => {
  const phone = await as('rep')
  const refused = await publish(phone, '00000000-0000-4000-8000-000000000000', {
    label: 'À ma façon',
    type: 'yes_no',
    givebacks: [{ kind: 'badge' }],
  })
  expect(refused).toMatchObject({ status: 403, code: 'FORBIDDEN' })
})

type Question = { readonly label: string; readonly type: string; readonly givebacks: readonly object[] }
type Told = { readonly status: number; readonly code: string | null; readonly params: unknown }

/** Calls the procedure from the page, as somebody would who does without the button. */
const publish = (page: Page, territoryId: string, { label, type, givebacks }: Question): Promise<Told> =>
  page.evaluate(
    async (input) => {
      const answer = await fetch('/api/trpc/field.publish', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      })
      const told = (await answer.json())?.error?.data?.fieldback
      return { status: answer.status, code: told?.code ?? null, params: told?.params }
    },
    {
      territoryId,
      entity: 'report',
      fieldId: null,
      baseVersion: null,
      spec: {
        label: { fr: label },
        why: { fr: 'Pour voir.' },
        type,
        options: [],
        required: false,
        reportable: type !== 'short_text',
        position: 0,
        shared: false,
        givebacks,
      },
    },
  )
