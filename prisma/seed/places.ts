import type { Commune } from './france.ts'
import { PAYS_BASQUE } from './posts.ts'
import type { Random } from './random.ts'

export type Address = {
  readonly street: string
  readonly postcode: string | null
  readonly city: string
  readonly latitude: number
  readonly longitude: number
}

/**
 * The division of France has no coordinates. Communes of Pays Basque, where proximity is shown, have their own;
 * elsewhere a shop lies round the centre of its sub-sector, or of its department.
 */
const BASQUE_COMMUNES: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  Bayonne: [43.493, -1.475],
  Anglet: [43.485, -1.518],
  Biarritz: [43.481, -1.555],
  'Saint-Jean-de-Luz': [43.389, -1.66],
  Hendaye: [43.359, -1.771],
  Urrugne: [43.363, -1.699],
  Ciboure: [43.382, -1.668],
  'Cambo-les-Bains': [43.358, -1.4],
  Hasparren: [43.384, -1.305],
  Espelette: [43.341, -1.447],
  Ustaritz: [43.399, -1.456],
  'Saint-Jean-Pied-de-Port': [43.163, -1.237],
  'Mauléon-Licharre': [43.222, -0.886],
  'Saint-Palais': [43.328, -1.033],
  Bidart: [43.437, -1.588],
  Boucau: [43.525, -1.487],
  'Saint-Pée-sur-Nivelle': [43.356, -1.549],
  Sare: [43.313, -1.58],
  Ascain: [43.345, -1.621],
  Ainhoa: [43.307, -1.499],
  Itxassou: [43.33, -1.407],
  'Saint-Étienne-de-Baïgorry': [43.176, -1.347],
  Bidache: [43.483, -1.141],
  'La Bastide-Clairence': [43.431, -1.256],
  Mouguerre: [43.466, -1.419],
  Guéthary: [43.424, -1.605],
  'Tardets-Sorholus': [43.119, -0.86],
  Bardos: [43.476, -1.203],
  Urt: [43.495, -1.285],
  Briscous: [43.459, -1.334],
  Villefranque: [43.437, -1.452],
  Arcangues: [43.437, -1.519],
  Ahetze: [43.406, -1.573],
  Arbonne: [43.432, -1.552],
}

/** Centres of sub-sectors and departments that have accounts, and how far round them shops lie, in degrees. */
const CENTRES: Readonly<Record<string, readonly [latitude: number, longitude: number, spread: number]>> = {
  '200067254': [43.31, -0.36, 0.06],
  '200039204': [43.45, -0.68, 0.09],
  '200067262': [43.16, -0.62, 0.08],
  '64': [43.35, -0.4, 0.14],
  '243300316': [44.84, -0.6, 0.08],
  '243300563': [44.62, -1.08, 0.06],
  '33': [44.78, -0.3, 0.2],
  '244000865': [43.66, -1.29, 0.09],
  '244000675': [43.71, -1.04, 0.07],
  '241700434': [46.16, -1.08, 0.06],
  '241700640': [45.65, -0.9, 0.09],
  '200040392': [45.19, 0.74, 0.12],
  '242900314': [48.42, -4.48, 0.06],
  '200068120': [48.0, -4.08, 0.09],
  '200067932': [47.67, -2.74, 0.09],
  '200042174': [47.79, -3.35, 0.07],
  '243500139': [48.11, -1.67, 0.1],
  '243100518': [43.61, 1.43, 0.08],
  '200068641': [43.45, 1.31, 0.07],
  '243400017': [43.62, 3.87, 0.06],
  '241100593': [43.18, 2.95, 0.09],
  '200046977': [45.75, 4.86, 0.08],
  '200069110': [45.58, 5.93, 0.07],
  '247300254': [45.6, 6.85, 0.06],
  '73': [45.5, 6.4, 0.15],
  '200040715': [45.17, 5.73, 0.06],
  '200066793': [45.9, 6.12, 0.08],
  '200054781': [48.86, 2.35, 0.11],
  '200059889': [48.98, 1.95, 0.09],
  '200056232': [48.71, 2.2, 0.05],
  '200054807': [43.45, 5.4, 0.12],
  '200030195': [43.74, 7.24, 0.05],
  '248300543': [43.14, 5.98, 0.04],
  '248400251': [43.96, 4.84, 0.06],
  '242010056': [41.96, 8.75, 0.04],
  '2A': [41.85, 9.05, 0.12],
  '242000354': [42.69, 9.43, 0.015],
  '246700488': [48.58, 7.73, 0.07],
  '200066009': [47.75, 7.33, 0.06],
  '200065597': [49.18, -0.37, 0.07],
  '200023414': [49.44, 1.07, 0.08],
  '200093201': [50.64, 3.06, 0.09],
  '244400404': [47.22, -1.55, 0.08],
  '244500468': [47.9, 1.91, 0.06],
}

const STREETS = [
  'Grande Rue',
  'rue de la République',
  'place de la Mairie',
  'rue du Marché',
  "rue de l'Église",
  'avenue de la Gare',
  'rue Victor-Hugo',
  'place des Halles',
  'rue des Écoles',
  'route de la Plaine',
  'rue du Moulin',
  'boulevard Gambetta',
  'rue Jean-Jaurès',
  'rue Pasteur',
  'chemin des Vignes',
  'avenue du Général-de-Gaulle',
]

const rounded = (value: number): number => Math.round(value * 100_000) / 100_000

/** Where shops of a sub-sector may be: real communes, larger ones more often. */
export const communesWithShops = (sector: string, communes: readonly Commune[]): [Commune, number][] =>
  communes
    .filter(
      ({ name, postcodes }) => postcodes.length > 0 && (sector !== PAYS_BASQUE || name in BASQUE_COMMUNES),
    )
    .map((commune) => [commune, Math.sqrt(commune.population)])

export function address(random: Random, commune: Commune, sector: string): Address {
  const known = sector === PAYS_BASQUE ? BASQUE_COMMUNES[commune.name] : undefined
  const centre = CENTRES[sector] ?? CENTRES[commune.department]
  const at = known ? ([...known, 0.006] as const) : centre
  if (!at) throw new Error(`No centre is known for ${sector} nor for department ${commune.department}`)
  const [latitude, longitude, spread] = at
  return {
    street: `${random.int(1, 140)} ${random.pick(STREETS)}`,
    postcode: random.pick(commune.postcodes),
    city: commune.name,
    latitude: rounded(latitude + random.between(-spread, spread)),
    longitude: rounded(longitude + random.between(-spread, spread)),
  }
}
