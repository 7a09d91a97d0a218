import type { Page } from '@playwright/test'
import { enterByMail } from '../access/caught-mail.ts'
import { expectFits } from '../accessibility/small-targets.ts'
import { expect, test, tryPassword } from '../fixtures.ts'
import { unique } from '../report/phone-form.ts'
import { found, foundingLink } from './founding-link.ts'

const SECRET = 'cerise tambour nuage lampe'
const address = (who: string) => `${who}.${Date.now().toString(36)}@first-run.fieldback.test`

/** One title, nothing wider than the screen, 44 px to touch. */
async function fitsPhone(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForLoadState('networkidle')
  await expect(page.getByRole('heading', { level: 1 }), address).toHaveCount(1)
  await expectFits(page, address)
}

test('un lien de l’opérateur mène jusqu’aux premières questions, étape par étape', async ({ browse }) => {
  const link = foundingLink()
  const name = unique('Maison Delmas')
  const email = address('claire')
  const page = await browse()
  await page.goto(link)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Votre organisation commence ici' })).toBeVisible()
  await found(page, { name, email, password: SECRET })

  // Levels: one gets the organisation's own name.
  await expect(page).toHaveURL(/\/admin\/setup/)
  await expect(page.getByRole('heading', { name: 'Comment s’appellent vos niveaux ?' })).toBeVisible()
  // The set-up is none of the places: none is lit.
  const lit = page.getByRole('navigation', { name: 'Espaces' }).locator('[aria-current]')
  await expect(page.getByRole('link', { name: 'Personnes', exact: true })).toBeVisible()
  await expect(lit).toHaveCount(0)
  const local = page.getByLabel(/niveau 3/i).first()
  await local.fill('Agence')
  await page.getByRole('button', { name: 'Garder et continuer' }).click()

  // Territories: one region of the country, with its departments, counted before they are added.
  await expect(page).toHaveURL(/step=territories/)
  await expect(page.getByText(`Aucun territoire sous ${name} pour l’instant.`)).toBeVisible()
  let counted = () => {}
  const counting = new Promise<void>((done) => {
    counted = done
  })
  await page.route('**/api/trpc/*org.division*', (route) => counting.then(() => route.continue()))
  await page.getByRole('button', { name: /Le découpage français/ }).click()
  await expect(page.getByRole('button', { name: 'Comptage des territoires…' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'Ajouter 0 territoires' })).toHaveCount(0)
  counted()
  await expect(page.getByRole('button', { name: 'Ajouter 119 territoires' })).toBeEnabled()
  await page.getByText('Certaines', { exact: true }).click()
  await page.getByRole('button', { name: 'Bretagne', exact: true }).click()
  await expect(page.getByText('Votre territoire national s’appellera France.')).toBeVisible()
  await page.getByRole('button', { name: 'Ajouter 5 territoires' }).click()
  await expect(page.getByText('5 territoires sous France.')).toBeVisible()
  await page.getByRole('button', { name: /Le découpage français/ }).click()
  await page.getByText('Certaines', { exact: true }).click()
  await page.getByRole('button', { name: 'Bretagne', exact: true }).click()
  await expect(page.getByText('Tout y est déjà : rien à ajouter.')).toBeVisible()

  // Questions wait for somebody to answer them.
  await page.getByRole('link', { name: /Premiers champs/ }).click()
  await expect(page.getByText('Il manque quelqu’un pour répondre.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Publier', exact: true })).toBeDisabled()
  await page.getByRole('button', { name: 'Inviter', exact: true }).click()

  // People: two lines filled, one left empty; the name is proposed from the address.
  const first = page.getByRole('group', { name: 'Personne 1' })
  await first.getByLabel('Adresse de travail').fill(address('maya.etcheverry'))
  await first.getByLabel('Nom').fill('Maya Etcheverry')
  await first.getByLabel('Territoire').selectOption({ label: '\u2003\u2003Finistère' })
  const second = page.getByRole('group', { name: 'Personne 2' })
  await second.getByLabel('Adresse de travail').fill('pas une adresse')
  await second.getByLabel('Nom').fill('Yann Le Goff')
  await page.getByRole('button', { name: 'Inviter 2 personnes' }).click()
  await expect(page.getByText('Cette adresse n’est pas complète.')).toBeVisible()
  await second.getByLabel('Adresse de travail').fill(address('yann.legoff'))
  await page.getByRole('button', { name: 'Inviter 2 personnes' }).click()
  await expect(page.getByText('Il manque le territoire où cette personne travaille.')).toBeVisible()
  await second.getByLabel('Territoire').selectOption({ label: '\u2003Bretagne' })
  await page.getByRole('button', { name: 'Inviter 2 personnes' }).click()
  await expect(page.getByText('2 invitations sont parties.')).toBeVisible()
  await expect(page.getByText('3 personnes peuvent entrer, vous compris.')).toBeVisible()

  // First questions: judged on what is expected, one left out, one under other words.
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page.getByText(/Rien n’est encore mesuré\..* 2 personnes sur le terrain/)).toBeVisible()
  await page.getByRole('checkbox', { name: /Combien de produits/ }).uncheck()
  await page.getByRole('button', { name: /Renommer « Avez-vous vu/ }).click()
  await page.getByLabel('En français').fill('Le gérant était-il là ?')
  await page.getByLabel('En anglais').fill('Was the manager there?')
  await page.getByRole('button', { name: 'Publier 7 questions' }).click()
  await expect(page.getByText('7 questions sont posées dans toute l’organisation.')).toBeVisible()
  await expect(page.getByText('Le gérant était-il là ?')).toBeVisible()

  // What next; the people page no longer reminds of the set-up.
  await page.getByRole('button', { name: 'Continuer' }).click()
  await expect(page.getByRole('heading', { name: 'Votre organisation est prête à partir' })).toBeVisible()
  await page.getByRole('link', { name: /^Inviter les autres/ }).click()
  await expect(page).toHaveURL(/\/admin$/)
  await expect(page.getByText('La mise en place n’est pas finie.')).toHaveCount(0)
  await expect(lit).toHaveText('Personnes')

  const again = await browse()
  await again.goto(link)
  await expect(again.getByRole('heading', { name: 'Ce lien a déjà servi' })).toBeVisible()
  await again.getByRole('link', { name: 'Se connecter' }).click()
  await tryPassword(again, email, SECRET)
  await expect(again).toHaveURL(/\/admin/)
})

test('in English, on a phone: everything by hand, left and come back to', async ({ browse }) => {
  const page = await browse({ locale: 'en-GB', phone: true })
  const name = `<b>${unique('Delmas Foods')}</b>`
  await page.goto(foundingLink())
  let arrive = () => {}
  const arrived = new Promise<void>((done) => {
    arrive = done
  })
  await page.route('**/api/trpc/*org.get*', (route) => arrived.then(() => route.continue()))
  await found(page, { name, email: address('jane'), password: SECRET })
  await expect(page.getByRole('heading', { name: 'What do you call your levels?' })).toBeVisible()
  // Nothing to tap that the names, still to come, would push away from under the finger.
  await expect(page.getByRole('button', { name: 'Later' })).toHaveCount(0)
  arrive()
  await page.getByRole('button', { name: 'Later' }).click()

  // A name is text, whatever it holds.
  await expect(page.getByText(`No territory under ${name} yet.`)).toBeVisible()
  await page.getByRole('button', { name: /^By hand/ }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText("The territory's name is missing.")).toBeVisible()
  await page.getByLabel('Name of the territory').fill('South-West')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Just added' }).getByText('South-West')).toBeVisible()
  await page.getByLabel('Name of the territory').fill('south west')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText(/neighbour/i)).toBeVisible()
  await page.getByLabel('Name of the territory').fill('Bordeaux')
  await page.getByLabel('Under').selectOption({ label: '\u2003South-West' })
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText(`2 territories under ${name}.`)).toBeVisible()

  // Left, then come back to where it stands: the people page says what is open.
  await page.goto('/admin')
  await expect(page.getByText('The set-up is not finished.')).toBeVisible()
  await page.getByRole('link', { name: 'Go on' }).click()
  await expect(page.getByRole('heading', { name: 'Who starts with you?' })).toBeVisible()
  const first = page.getByRole('group', { name: 'Person 1' })
  await first.getByLabel('Work address').fill(address('john.smith'))
  await first.getByLabel('Name', { exact: true }).fill('John Smith')
  await first.getByLabel('Territory').selectOption({ label: '\u2003\u2003Bordeaux' })
  await page.getByRole('button', { name: 'Invite 1 person' }).click()
  await expect(page.getByText('1 invitation has left.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Publish 8 questions' }).click()
  await expect(page.getByText('8 questions are asked in the whole organisation.')).toBeVisible()

  for (const step of [
    'levels',
    'territories',
    'territories&way=hand',
    'territories&way=country',
    'people',
    'fields',
    'end',
  ])
    await fitsPhone(page, `/admin/setup?step=${step}`)
  await fitsPhone(page, foundingLink())
})

test('ce qui manque ou ne va pas est dit à côté, et rien n’est perdu', async ({ browse }) => {
  const page = await browse()
  await page.goto(foundingLink())
  await page.getByRole('button', { name: 'Créer l’organisation' }).click()
  await expect(page.getByText('Il manque le nom de l’organisation.')).toBeVisible()
  await expect(page.getByText('Il manque votre nom.')).toBeVisible()
  await expect(page.getByText(/^Il manque votre adresse/)).toBeVisible()
  const email = address('claire')
  await found(page, { name: 'x'.repeat(300), email, password: 'motdepasse123' })
  await expect(page.getByText('C’est trop long : 80 caractères au plus.')).toBeVisible()
  await expect(page.getByText('C’est l’un des premiers que l’on essaierait.')).toBeVisible()
  await expect(page.getByLabel('Votre adresse de travail')).toHaveValue(email)

  await page.goto('/found?token=un-lien-fabrique')
  await expect(page.getByRole('heading', { name: 'Ce lien n’est pas complet' })).toBeVisible()
})

test('une adresse connue garde son mot de passe et trouve sa nouvelle organisation', async ({ browse }) => {
  const email = address('claire')
  const [one, two] = [unique('Première'), unique('Seconde')]
  const page = await browse()
  await page.goto(foundingLink())
  await found(page, { name: one, email, password: SECRET })
  await expect(page).toHaveURL(/\/admin\/setup/)

  const other = await browse()
  await other.goto(foundingLink())
  await found(other, { name: two, email, password: 'un tout autre secret à moi' })
  await expect(other.getByText('Le mot de passe que vous avez déjà reste le bon.')).toBeVisible()
  await other.goto('/admin')
  await expect(other).toHaveURL(/\/signin/)
  await tryPassword(other, email, 'un tout autre secret à moi')
  await expect(other.getByText(/Adresse ou mot de passe inconnus/)).toBeVisible()
  await other.goto('/signin')
  await tryPassword(other, email, SECRET)
  await expect(other).not.toHaveURL(/\/signin/)

  // A link to his mailbox shows that the address is his: both are there.
  const mailed = await browse()
  await enterByMail(mailed, email)
  await expect(mailed.getByText(one)).toBeVisible()
  await expect(mailed.getByText(two)).toBeVisible()
})
