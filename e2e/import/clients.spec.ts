import type { Page } from '@playwright/test'
import { expect, test } from '../fixtures.ts'
import { fillReport, openCard, saveReport, unique } from '../report/phone-form.ts'
import { column, sendClients, showLines, title, tryOut } from './import-page.ts'
import {
  type Client,
  clientRows,
  downloadRows,
  makeClients,
  toCsv,
  utf8File,
  windowsFile,
} from './spreadsheet.ts'

const SECTOR = 'Pays Basque'
const LINES = 300
const REFUSED = 6
const DOUBTS = 2
const CREATED = LINES - REFUSED - DOUBTS

type Known = { name: string; postcode: string | null; city: string | null }

test('un tableur de 300 clients entre, se corrige, se renvoie, s’annule, et un commercial en visite un', async ({
  as,
}) => {
  test.setTimeout(240_000)
  const known = await knownAccounts(await as('local'))
  const clients = makeClients(LINES, SECTOR)
  spoil(clients, known)
  const file = windowsFile('clients du Pays basque.csv', toCsv(clientRows(clients)))
  const admin = await as('admin')

  // The columns are recognised, accents and all; what is needed is said when it goes.
  await sendClients(admin, file)
  await expect(admin.getByText('colonnes séparées par des points-virgules, accents de Windows')).toBeVisible()
  await expect(column(admin, 'Code client')).toHaveValue('ref')
  await expect(column(admin, 'Raison sociale')).toHaveValue('name')
  await expect(column(admin, 'Tél.')).toHaveValue('phone')
  await expect(column(admin, 'Secteur')).toHaveValue('territory')
  await expect(column(admin, 'Remarque')).toHaveValue('')
  await expect(admin.getByText('1 rue du Général-Leclerc', { exact: false })).toBeVisible()
  await column(admin, 'Raison sociale').selectOption('')
  await expect(admin.getByText('Il manque : nom.')).toBeVisible()
  await expect(admin.getByRole('button', { name: 'Essayer sans rien écrire' })).toBeDisabled()
  await column(admin, 'Raison sociale').selectOption('name')

  // The trial: every line has its fate, nothing is written.
  await tryOut(admin)
  await expect(title(admin)).toHaveText(`${CREATED} fiches à créer ou à changer`)
  const bad = await showLines(admin, 'À corriger')
  await expect(bad.getByRole('row', { name: /aucun territoire ne s’appelle « Pays Basqe »/ })).toHaveCount(2)
  await expect(bad.getByRole('row', { name: /n’a pas la forme d’une adresse e-mail/ })).toHaveCount(2)
  await expect(bad.getByRole('row', { name: /Nom : il manque une valeur/ })).toHaveCount(1)
  await expect(bad.getByRole('row', { name: /Déjà présent à la ligne 2/i })).toHaveCount(1)
  const doubts = await showLines(admin, 'Ressemblent à une autre')
  for (const { name } of known) await expect(doubts.getByText(name, { exact: false }).first()).toBeVisible()
  await expect(
    doubts.getByText(/^(Presque sûr|Probable|Possible), \d+\s%\s: .*nom proche au même endroit$/).first(),
  ).toBeVisible()
  // Which lines are shown is part of the address.
  await admin.reload()
  await expect(admin.getByRole('table', { name: 'Ressemblent à une autre, lignes du fichier' })).toBeVisible()

  // In, with the way back.
  await admin.getByRole('button', { name: `Importer ${CREATED} fiches` }).click()
  await expect(title(admin)).toHaveText(`${CREATED} fiches créées, aucune changée`, { timeout: 60_000 })
  const first = admin.url()
  await expect(admin.getByText(/^Jusqu’au \d+ .* vous pouvez annuler tout l’import/)).toBeVisible()

  // What did not come in, corrected and sent again.
  const rows = await downloadRows(admin, 'Télécharger ces lignes')
  expect(rows).toHaveLength(1 + REFUSED + DOUBTS)
  expect(rows[0]?.at(-1)).toBe('À corriger')
  const corrected = correct(rows)
  await sendClients(admin, utf8File('corrigé.csv', toCsv(corrected)))
  await tryOut(admin)
  await expect(title(admin)).toHaveText('5 fiches à créer ou à changer')
  await admin.getByRole('button', { name: 'Importer 5 fiches' }).click()
  await expect(title(admin)).toHaveText('5 fiches créées, aucune changée', { timeout: 60_000 })
  const second = admin.url()

  // The same file again has nothing to change.
  await sendClients(admin, file)
  await tryOut(admin)
  await expect(title(admin)).toHaveText('Rien à changer')
  await expect(admin.getByRole('group', { name: 'Lignes montrées' }).getByText(/^Déjà à jour/)).toContainText(
    String(CREATED),
  )
  await expect(admin.getByRole('button', { name: /^Importer/ })).toHaveCount(0)
  await admin.getByRole('button', { name: 'Retirer ce fichier' }).click()
  await expect(title(admin)).toHaveText('Faites entrer vos fichiers')

  // The corrected lines are taken back: theirs go, the others stay.
  await admin.goto(second)
  await admin.getByRole('button', { name: 'Annuler tout l’import' }).click()
  await expect(title(admin)).toHaveText('Import annulé, 5 fiches reprises', { timeout: 60_000 })

  // A rep of the sector finds an imported client on the phone and files a report there.
  const visited = clients.at(-1)?.name ?? ''
  const phone = await as('rep')
  await openCard(phone, visited)
  await fillReport(phone, { outcome: 'Commande', note: unique('Premier passage') })
  await saveReport(phone)
  await expect(phone.getByText('Accepté.')).toBeVisible()

  // The whole first file is taken back, but for the client who has been visited.
  await admin.goto(first)
  await admin.getByRole('button', { name: 'Annuler tout l’import' }).click()
  await expect(title(admin)).toHaveText(`Import annulé, ${CREATED - 1} fiches reprises`, { timeout: 60_000 })
  await expect(admin.getByRole('heading', { name: 'Une fiche reste comme elle est' })).toBeVisible()
  await expect(admin.getByRole('row').filter({ hasText: visited })).toContainText(
    'Quelque chose en dépend depuis',
  )
})

test('les lignes sans territoire attendent, jusqu’à ce qu’on dise où les ranger', async ({ as }) => {
  const admin = await as('admin')
  const rows = [
    ['Nom', 'Ville'],
    [unique('Épicerie Sanslieu'), 'Itxassou'],
  ]
  await sendClients(admin, utf8File('sans territoire.csv', toCsv(rows)))
  await tryOut(admin)
  await expect(title(admin)).toHaveText('Rien à importer pour l’instant')
  await expect(admin.getByText('Territoire : il manque une valeur')).toBeVisible()
  await admin.getByRole('button', { name: 'Revoir les colonnes' }).click()
  await admin.getByText('Les ranger quelque part').click()
  await admin.getByRole('searchbox', { name: 'Chercher un territoire' }).fill('pays bas')
  await admin.getByRole('button', { name: SECTOR, exact: true }).click()
  await expect(admin.getByText(`Ils iront dans ${SECTOR}`)).toBeVisible()
  // What was chosen outlives a reload.
  await admin.reload()
  await expect(admin.getByText(`Ils iront dans ${SECTOR}`)).toBeVisible()
  await tryOut(admin)
  await expect(title(admin)).toHaveText('Une fiche à créer ou à changer')
  await admin.getByRole('button', { name: 'Retirer ce fichier' }).click()
  await expect(admin.getByText('Fichier retiré. Rien n’a été importé.')).toBeVisible()
})

test('un classeur Excel se lit comme un tableur : titres, nombres et textes de toute sorte', async ({
  as,
}) => {
  const admin = await as('admin', { at: '/admin/imports/new?kind=accounts' })
  await admin.getByLabel('Choisir le fichier').setInputFiles(`${import.meta.dirname}/clients.xlsx`)
  await expect(admin.getByText('2 ko')).toBeVisible()
  await admin.getByRole('button', { name: 'Envoyer et lire' }).click()
  await expect(title(admin)).toHaveText('Que devient chaque colonne ?')
  await expect(admin.getByText('4 lignes, feuille « Clients »')).toBeVisible()
  await expect(column(admin, 'Société')).toHaveValue('name')
  await expect(column(admin, 'Code postal')).toHaveValue('postcode')
  await tryOut(admin)
  const bad = await showLines(admin, 'À corriger')
  await expect(bad.getByRole('row', { name: /Nom : il manque une valeur/ })).toHaveCount(1)
  const good = await showLines(admin, 'À créer')
  await expect(good.getByRole('row', { name: /Crèmerie Larralde.*64250.*Itxassou/ })).toBeVisible()
  await admin.getByRole('button', { name: 'Retirer ce fichier' }).click()
  await expect(admin.getByText('Fichier retiré. Rien n’a été importé.')).toBeVisible()
})

test('un fichier qui ne se lirait pas est refusé avant d’être envoyé, et celui choisi reste', async ({
  as,
}) => {
  const admin = await as('admin')
  const sent: string[] = []
  admin.on('request', (request) => request.method() === 'POST' && sent.push(request.url()))
  await admin.goto('/admin/imports/new')
  const input = admin.getByLabel('Choisir le fichier')
  await input.setInputFiles({
    name: 'clients.xls',
    mimeType: 'application/vnd.ms-excel',
    buffer: Buffer.from('x'),
  })
  await expect(admin.getByText('C’est l’ancien format d’Excel.')).toBeVisible()
  await input.setInputFiles({ name: 'clients.pdf', mimeType: 'application/pdf', buffer: Buffer.from('x') })
  await expect(admin.getByText('Seuls les tableaux en CSV ou en XLSX se lisent ici.')).toBeVisible()
  await input.setInputFiles({ name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.from('') })
  await expect(admin.getByText('Ce fichier est vide.')).toBeVisible()
  expect(sent.filter((address) => address.includes('/api/import'))).toEqual([])

  // What it holds is asked for before it goes.
  await input.setInputFiles(utf8File('clients.csv', 'Nom\r\nA\r\n'))
  await expect(admin.getByRole('button', { name: 'Envoyer et lire' })).toBeDisabled()
  await admin.getByRole('button', { name: /^Comptes/ }).click()
  await expect(admin).toHaveURL(/kind=accounts/)
  await expect(admin.getByRole('button', { name: 'Envoyer et lire' })).toBeEnabled()
})

test('un fichier qui n’est pas un tableau est abandonné avec sa raison et la suite', async ({ as }) => {
  const admin = await as('admin', { at: '/admin/imports/new?kind=contacts' })
  await admin
    .getByLabel('Choisir le fichier')
    .setInputFiles(utf8File('contacts.csv', 'Nom;Prénom\r\n"Harispe;Maider\r\n'))
  await admin.getByRole('button', { name: 'Envoyer et lire' }).click()
  await expect(title(admin)).toHaveText('Ce fichier n’a pas été lu')
  await expect(admin.getByText('Un guillemet ouvert n’est jamais refermé.')).toBeVisible()
  await admin.getByRole('link', { name: 'Envoyer un autre fichier' }).click()
  await expect(admin.getByRole('button', { name: /^Contacts/ })).toHaveAttribute('aria-pressed', 'true')
})

test('in English, the same steps in English words, from a file with commas', async ({ as }) => {
  const admin = await as('admin', { locale: 'en-GB', at: '/admin/imports' })
  await expect(title(admin)).toHaveText('Bring your files in')
  await admin.getByRole('link', { name: 'Import a file' }).first().click()
  await expect(title(admin)).toHaveText('What does your file hold?')
  await admin.getByRole('button', { name: /^Accounts/ }).click()
  await admin.getByLabel('Choose the file').setInputFiles(
    utf8File(
      'customers.csv',
      toCsv(
        [
          ['Company', 'Town', 'Territory'],
          ['Nowhere Dairy', 'Nowhere', 'Atlantis'],
        ],
        ',',
      ),
    ),
  )
  await admin.getByRole('button', { name: 'Send and read' }).click()
  await expect(title(admin)).toHaveText('What does each column become?')
  await expect(admin.getByText('1 line, columns separated by commas, UTF-8')).toBeVisible()
  await admin.getByRole('button', { name: 'Try without writing' }).click()
  await expect(title(admin)).toHaveText('Nothing to import yet')
  await expect(admin.getByText('Territory: no territory is called “Atlantis”')).toBeVisible()
  await expect(admin).toHaveTitle('Nothing to import · customers.csv · Fieldback')
  const rows = await downloadTemplate(admin)
  expect(rows[0]).toContain('Postcode')
  await admin.goBack()
  await admin.getByRole('button', { name: 'Remove this file' }).click()
  await expect(admin.getByText('File removed. Nothing was imported.')).toBeVisible()
})

test('qui n’administre pas ne voit pas les imports, et les appeler est refusé', async ({ as }) => {
  for (const who of ['local', 'hq'] as const) {
    const page = await as(who)
    await expect(page.getByRole('navigation', { name: 'Espaces' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Imports', exact: true })).toHaveCount(0)
    await page.goto('/admin/imports')
    await expect(page).not.toHaveURL(/\/admin/)
    const listed = await page.request.get(`/api/trpc/import.list?input=${encodeURIComponent('{}')}`)
    expect(listed.status()).toBe(403)
    const status = await page.evaluate(async () => {
      const answer = await fetch('/api/import/file?kind=accounts&name=a.csv', {
        method: 'POST',
        body: 'Nom\nA\n',
      })
      return { status: answer.status, code: (await answer.json()).code }
    })
    expect(status).toEqual({ status: 403, code: 'FORBIDDEN' })
  }
})

/** Two accounts of the sector with a town, as their manager sees them. */
async function knownAccounts(manager: Page): Promise<Known[]> {
  await manager.getByRole('treeitem', { name: SECTOR }).click()
  await expect(manager.getByRole('heading', { level: 1, name: SECTOR })).toBeVisible()
  const territoryId = manager.url().split('/').at(-1)?.split('?')[0]
  const input = { territoryId, home: false, search: '', kind: null, limit: 50 }
  const answer = await manager.request.get(
    `/api/trpc/account.list?input=${encodeURIComponent(JSON.stringify(input))}`,
  )
  const accounts: Known[] = (await answer.json()).result.data.accounts
  const [one, ...others] = accounts.filter(
    ({ postcode, city, name }) => postcode && city && !/^SARL/.test(name),
  )
  const two = others.find(({ postcode }) => postcode !== one?.postcode)
  if (!one || !two) throw new Error('The sector of the demonstration has no two accounts with a town.')
  return [one, two]
}

/** Makes lines that cannot come in, and lines that look like accounts there already. */
function spoil(clients: Client[], known: readonly Known[]): void {
  const at = (index: number): Client => {
    const client = clients[index]
    if (!client) throw new Error(`There is no client ${index}.`)
    return client
  }
  at(10).sector = 'Pays Basqe'
  at(20).sector = 'Pays Basqe'
  at(30).email = 'contact(at)epicerie'
  at(40).email = 'aucun'
  at(50).name = ''
  at(60).code = at(0).code
  known.forEach(({ name, postcode, city }, index) => {
    Object.assign(at(70 + index), { name: `SARL ${name}`, postcode: postcode ?? '', town: city ?? '' })
  })
}

/** As a person does in a spreadsheet: the reasons stay in their column; what looks like another is left out. */
function correct(rows: readonly (readonly string[])[]): string[][] {
  const [titles = [], ...lines] = rows
  const fixed = lines
    .filter((cells) => !cells[1]?.startsWith('SARL') && !/Déjà présent/i.test(cells.at(-1) ?? ''))
    .map((cells) =>
      cells.map((cell, at) => {
        if (at === 1 && cell === '') return unique('Épicerie Retrouvée')
        if (at === 6 && !cell.includes('@')) return `${cells[0]?.toLowerCase()}@corrige.example`
        return cell.replace('Basqe', 'Basque')
      }),
    )
  return [[...titles], ...fixed]
}

async function downloadTemplate(page: Page): Promise<string[][]> {
  await page.goto('/admin/imports/new')
  return downloadRows(page, 'Template to fill in, Accounts', ',')
}
