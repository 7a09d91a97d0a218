import type { Page } from '@playwright/test'
import { DESK, expect, PHONE, test } from '../fixtures.ts'
import { fillReport, noteProspect, saveReport, unique } from '../report/phone-form.ts'
import { expectFits } from './small-targets.ts'

const WIDTHS = [390, 360] as const

/** One title, a language, a name on everything that can be pressed, and nothing wider than the screen. */
async function check(page: Page, where: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 }), `${where}: one title`).toHaveCount(1)
  await expect(page.locator('html'), `${where}: language`).toHaveAttribute('lang', /^(fr|en)/)
  for (const role of ['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio'] as const)
    await expect(page.getByRole(role, { name: /^$/ }), `${where}: a ${role} without a name`).toHaveCount(0)
}

async function checkPhone(page: Page, where: string): Promise<void> {
  await check(page, where)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 844 })
    await expectFits(page, `${where} at ${width}`)
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 844 })
}

async function checkDesk(page: Page, where: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('main')).not.toBeEmpty()
  await check(page, where)
  await page.setViewportSize(PHONE)
  await expectFits(page, where, { among: 'thead button' })
  await page.setViewportSize(DESK)
}

test('le téléphone : chaque écran a un titre, des noms, des cibles de 44 px, et tient en largeur', async ({
  as,
}) => {
  const page = await as('rep')
  await expect(page.getByRole('article')).toBeVisible()
  await checkPhone(page, 'Aujourd’hui')
  await noteProspect(page, unique('Boulangerie au nom assez long pour passer à la ligne'))
  await checkPhone(page, 'fiche')
  const card = page.url()
  await page.getByRole('button', { name: 'Corriger' }).tap()
  await expect(page.getByLabel('Téléphone', { exact: true })).toBeVisible()
  await checkPhone(page, 'fiche, coordonnées')
  await page.goto(`${card}/contacts/new`)
  await expect(page.getByLabel('Prénom')).toBeVisible()
  await checkPhone(page, 'nouveau contact')
  await page.goto(`${card}/callback`)
  await expect(page.getByRole('textbox', { name: 'Pour quoi ?' })).toBeVisible()
  await checkPhone(page, 'à rappeler')
  await page.goto(`${card}/report`)
  await expect(page.getByRole('heading', { name: 'Comment ça s’est fini ?' })).toBeVisible()
  await checkPhone(page, 'formulaire')
  await page.goto(card)
  await fillReport(page, { outcome: 'Commande', note: unique('Noté') })
  await saveReport(page)
  await expect(page.getByText('Accepté.')).toBeVisible()
  await checkPhone(page, 'retour')
  await page.goto(card)
  await page.getByRole('region', { name: 'Dernières visites' }).getByRole('link').first().tap()
  await expect(page.getByRole('button', { name: 'Retirer' })).toBeVisible()
  await checkPhone(page, 'compte rendu')
  for (const [address, shown] of [
    ['/m/accounts', 'Comptes'],
    ['/m/accounts/new', 'Nouveau prospect'],
    ['/m/new', 'Chez qui ?'],
    ['/m/me', 'Pour moi'],
    ['/m/sectors', 'Mes sous-secteurs'],
    ['/m/round', 'Ma tournée'],
    ['/m/outbox', 'Boîte d’envoi'],
    ['/m/install', 'Installer Fieldback'],
  ] as const) {
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1, name: shown })).toBeVisible()
    await checkPhone(page, address)
  }
  await page.goto('/m/me')
  await page.getByRole('button', { name: /Votre compte/ }).tap()
  await expect(page.getByRole('button', { name: 'Se déconnecter' })).toBeVisible()
  await checkPhone(page, 'Pour moi, menu')
  await page.getByRole('link', { name: /Contacts qui parlent basque/ }).tap()
  await expect(page.getByRole('button', { name: /^Liste, / })).toBeVisible()
  await checkPhone(page, 'liste')
})

test('la porte tient sur un téléphone', async ({ browse }) => {
  const page = await browse({ phone: true })
  await page.goto('/signin')
  await checkPhone(page, 'porte')
  await page.getByRole('button', { name: 'Utiliser un mot de passe' }).tap()
  await expect(page.getByLabel('Mot de passe', { exact: true })).toBeVisible()
  await checkPhone(page, 'porte, mot de passe')
})

test('le poste : chaque page a un titre, une langue et des noms, et reste utilisable sur un téléphone', async ({
  as,
}) => {
  const seen: readonly (readonly ['local' | 'hq' | 'admin', readonly string[]])[] = [
    [
      'local',
      [
        '/manage',
        '/manage/fields',
        '/manage/fields/new',
        '/manage/fields/move',
        '/manage/fields/concepts',
        '/account',
        '/manage/accounts',
        '/manage/reports',
        '/manage/analytics',
        '/manage/waste',
        '/manage/coaching',
        '/manage/objectives?do=new',
      ],
    ],
    ['hq', ['/hq', '/hq/explorer', '/hq/waste']],
    [
      'admin',
      [
        '/admin',
        '/admin/territories',
        '/admin/organisation',
        '/admin/audit',
        '/admin/imports',
        '/admin/imports/new?kind=accounts',
      ],
    ],
  ]
  for (const [who, addresses] of seen) {
    const page = await as(who)
    for (const address of addresses) {
      await page.goto(address)
      await checkDesk(page, address)
    }
    if (who !== 'local') continue
    await page.goto('/manage/fields')
    await page.getByRole('link', { name: 'Préciser « Métier »' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Métier' })).toBeVisible()
    await checkDesk(page, 'préciser une question')
  }
})
