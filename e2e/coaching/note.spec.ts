import { expect, test } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'

const HOSTILE = '<img src=x onerror="window.ran = 1"> שלום, bravo pour hier'

test('un mot écrit à un commercial est lu sans réseau, et sa réponse revient au responsable', async ({
  as,
}) => {
  const words = unique(HOSTILE)
  const local = await as('local', { at: '/manage/coaching' })
  await expect(local.getByRole('heading', { level: 1 })).toContainText('Ce que le terrain apprend à')
  const notes = local.getByRole('region', { name: 'Un mot pour aider' })
  await notes.getByRole('button', { name: 'Envoyer' }).click()
  await expect(notes.getByText('Choisissez à qui, et écrivez votre mot.')).toBeVisible()
  await notes.getByLabel('À qui').selectOption({ label: 'Maialen Iribarne' })
  await notes.getByLabel('Votre mot').fill('x'.repeat(10_000))
  await notes.getByRole('button', { name: 'Envoyer' }).click()
  await expect(notes.getByText(/^2.000 caractères au plus/)).toBeVisible()
  await notes.getByLabel('Votre mot').fill(words)
  await notes.getByRole('button', { name: 'Envoyer' }).click()
  await expect(local.getByText('Maialen Iribarne lira votre mot à son prochain échange.')).toBeVisible()
  const sent = notes.getByRole('article').filter({ hasText: words })
  await expect(sent).toContainText('pas encore lu')

  const rep = await as('rep', { at: '/m/me' })
  const told = rep.getByRole('region', { name: 'Ce qu’on vous écrit' })
  const note = told.getByRole('article').filter({ hasText: words })
  await expect(note).toBeVisible()
  await rep.context().setOffline(true)
  await note.getByRole('button', { name: 'Répondre' }).tap()
  await note.getByLabel(/^Votre réponse à/).fill('Merci, je le revois mardi')
  await note.getByRole('button', { name: 'Envoyer' }).tap()
  await expect(note).toContainText('Vous, sur ce téléphone, en attendant le réseau :')
  await note.getByRole('button', { name: 'C’est fait' }).tap()
  await expect(note.getByText('Fait', { exact: true })).toBeVisible()
  await rep.context().setOffline(false)
  await rep.evaluate(() => dispatchEvent(new Event('online')))
  await expect(note).not.toContainText('en attendant le réseau')
  await expect(note).toContainText('Merci, je le revois mardi')

  await local.reload()
  await expect(sent).toContainText('Merci, je le revois mardi')
  await expect(sent.getByText('fait', { exact: true })).toBeVisible()

  await sent.getByRole('button', { name: /^Modifier le mot/ }).click()
  const better = unique('Bravo, et pense au devis')
  await notes.getByRole('article').getByLabel('Votre mot').fill(better)
  await notes.getByRole('button', { name: 'Enregistrer' }).click()
  const changed = notes.getByRole('article').filter({ hasText: better })
  await expect(changed).toContainText(`Avant :`)
  await changed.getByRole('button', { name: /^Reprendre le mot/ }).click()
  await expect(changed).toContainText('repris le')

  await rep.evaluate(() => dispatchEvent(new Event('online')))
  await rep.reload()
  const last = told.getByRole('article').filter({ hasText: better })
  await expect(last).toContainText('Modifié par son auteur. Avant :')
  await expect(last).toContainText('Son auteur l’a repris le')
  for (const page of [rep, local])
    expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined()
})

test('un compte rendu et un compte mènent au mot que l’on écrit ; le siège lit la page sans les mots', async ({
  as,
}) => {
  const local = await as('local', { at: '/manage/reports' })
  await local.getByRole('table').getByRole('link').first().click()
  await local.getByRole('link', { name: /^Écrire un mot à/ }).click()
  const notes = local.getByRole('region', { name: 'Un mot pour aider' })
  await expect(notes.getByLabel('À propos de').locator('option:checked')).toHaveText(
    'un compte rendu que vous lisiez',
  )
  const words = unique('Belle visite')
  await notes.getByLabel('Votre mot').fill(words)
  await notes.getByRole('button', { name: 'Envoyer' }).click()
  const sent = notes.getByRole('article').filter({ hasText: words })
  await expect(sent).toContainText('à propos d’un compte rendu')
  await sent.getByRole('link', { name: 'Relire le compte rendu' }).click()
  await expect(local).toHaveURL(/\/manage\/reports\//)

  await local.goto('/manage/coaching')
  const learned = local.getByRole('region', { name: 'Ce qu’on a appris, ce qui a changé' })
  await learned.getByRole('button', { name: 'Voir les comptes : Rappels faits' }).click()
  const account = learned.getByRole('row').nth(1)
  const name = (await account.getByRole('link').innerText()).split(',')[0] ?? ''
  await account.getByRole('button', { name: /^Écrire un mot à propos de/ }).click()
  await expect(notes.getByLabel('Votre mot')).toBeFocused()
  await expect(notes.getByLabel('À propos de').locator('option:checked')).toHaveText(`le compte ${name}`)

  const hq = await as('hq', { at: '/manage/coaching' })
  await expect(hq.getByRole('region', { name: 'Ce que disent les comptes rendus' })).toBeVisible()
  await expect(hq.getByRole('region', { name: 'Un mot pour aider' })).toHaveCount(0)
})
