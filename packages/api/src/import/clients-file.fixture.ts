const WORDS = 'Fromagerie,Boulangerie,Épicerie,Cave,Boucherie,Hôtel,Auberge,Ferme,Domaine,Maison'.split(',')
const NAMES =
  'Harispe,Etchegaray,Lapitz,Ithurralde,Bidegain,Mendiboure,Oyharçabal,Sallaberry,Duhalde,Garat,Uhart'.split(
    ',',
  )

/** A spreadsheet of clients as a company keeps one: `count` lines, every one its own. */
export function* clientsFile(count: number): Generator<string> {
  yield 'Code client;Raison sociale;Activité;Adresse;CP;Ville;Téléphone;E-mail;Secteur;Fréquence de visite\n'
  for (let i = 0; i < count; i++) {
    const name = `${WORDS[i % 10]} ${NAMES[(i * 7) % 11]} ${i}`
    const postcode = String(1_000 + ((i * 37) % 94_000)).padStart(5, '0')
    const phone = `05 59 ${String(i)
      .padStart(6, '0')
      .replace(/(..)(..)(..)/, '$1 $2 $3')}`
    yield `C${i};${name};Commerce;${(i % 90) + 1} rue du Marché;${postcode};Ville ${i % 4_000};${phone};client${i}@exemple.fr;${i % 2 ? 'basque' : 'bearn'};45\n`
  }
}
