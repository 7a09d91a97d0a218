import { type Accent, lastName } from './person-names.ts'
import type { Random } from './random.ts'

/** Ids of the options of the question "Métier". */
export type Trade = 'boulangerie' | 'fromagerie' | 'traiteur' | 'auberge' | 'hotel' | 'autre'

export type Product = 'four' | 'vitrine' | 'chambre_froide' | 'petrin' | 'laverie'

export const TRADES: readonly (readonly [Trade, number])[] = [
  ['boulangerie', 42],
  ['traiteur', 15],
  ['hotel', 14],
  ['fromagerie', 12],
  ['auberge', 12],
  ['autre', 5],
]

/** How often each product comes up in a conversation with the trade. */
export const WANTS: Readonly<Record<Trade, Readonly<Record<Product, number>>>> = {
  boulangerie: { four: 0.38, vitrine: 0.33, chambre_froide: 0.22, petrin: 0.3, laverie: 0.05 },
  fromagerie: { four: 0.04, vitrine: 0.5, chambre_froide: 0.5, petrin: 0.01, laverie: 0.15 },
  traiteur: { four: 0.3, vitrine: 0.3, chambre_froide: 0.4, petrin: 0.04, laverie: 0.25 },
  auberge: { four: 0.3, vitrine: 0.12, chambre_froide: 0.38, petrin: 0.05, laverie: 0.35 },
  hotel: { four: 0.24, vitrine: 0.14, chambre_froide: 0.36, petrin: 0.03, laverie: 0.45 },
  autre: { four: 0.22, vitrine: 0.4, chambre_froide: 0.25, petrin: 0.1, laverie: 0.15 },
}

/** Who bakes has an oven. */
export const OVENS: Readonly<Record<Trade, number>> = {
  boulangerie: 1,
  traiteur: 0.85,
  auberge: 0.8,
  hotel: 0.75,
  autre: 0.5,
  fromagerie: 0.08,
}

export const JOBS: Readonly<Record<Trade, Readonly<Record<'f' | 'm', readonly string[]>>>> = {
  boulangerie: {
    f: ['Gérante', 'Vendeuse responsable', 'Cheffe boulangère', 'Comptable'],
    m: ['Gérant', 'Artisan boulanger', 'Chef pâtissier', 'Chef boulanger'],
  },
  fromagerie: {
    f: ['Gérante', 'Fromagère', 'Responsable de boutique'],
    m: ['Gérant', 'Fromager', 'Affineur'],
  },
  traiteur: {
    f: ['Gérante', 'Cheffe de cuisine', 'Assistante'],
    m: ['Gérant', 'Chef de cuisine', 'Charcutier'],
  },
  auberge: { f: ['Patronne', 'Cheffe', 'Gérante'], m: ['Patron', 'Chef', 'Second de cuisine'] },
  hotel: {
    f: ['Directrice', 'Gouvernante', "Cheffe d'exploitation", 'Responsable achats'],
    m: ['Directeur', 'Chef de cuisine', 'Responsable technique', 'Responsable achats'],
  },
  autre: { f: ['Gérante', 'Responsable'], m: ['Gérant', 'Responsable'] },
}

const BREAD = [
  'Le Fournil',
  'Au Bon Levain',
  'La Mie dorée',
  'Le Pétrin',
  'Aux Délices',
  'La Gerbe de blé',
  "L'Épi",
]
const CHEESE = ['La Cave à fromages', 'Le Chalet', 'La Crèmerie', 'Au Bon Berger']
const INN = [
  'du Vieux Pont',
  'de la Place',
  'du Moulin',
  'des Platanes',
  'du Lavoir',
  'de la Fontaine',
  'du Relais',
  'du Pressoir',
]
const HOTEL = [
  'du Commerce',
  'de la Poste',
  'de la Gare',
  'du Centre',
  'des Voyageurs',
  'du Parc',
  'Bellevue',
  'des Halles',
  'du Midi',
]
const SHOPS = ['Épicerie fine', 'Salon de thé', 'Biscuiterie', 'Chocolaterie']

/** "de" before a name: d'Anglet, du Havre, des Sables. */
const ofName = (name: string): string =>
  name.startsWith('Le ') && name.length > 8
    ? `du ${name.slice(3)}`
    : name.startsWith('Les ')
      ? `des ${name.slice(4)}`
      : /^[AEÉÈIOUY]/.test(name)
        ? `d'${name}`
        : `de ${name}`

export type Shop = { readonly name: string; readonly activity: string }

type Sign = readonly [weight: number, activity: string, name: () => string]

/** The name on the shop and what it does, as its trade and place would have it. */
export function shopSign(
  random: Random,
  trade: Trade,
  at: { readonly accent: Accent; readonly city: string },
): Shop {
  const owner = (): string => lastName(random, at.accent).name
  const signs: Readonly<Record<Trade, readonly Sign[]>> = {
    boulangerie: [
      [5, 'Boulangerie-pâtisserie', () => `Boulangerie ${owner()}`],
      [2, 'Boulangerie', () => `Boulangerie ${owner()}`],
      [3, 'Boulangerie-pâtisserie', () => `Maison ${owner()}`],
      [1.5, 'Pâtisserie-chocolaterie', () => `Pâtisserie ${owner()}`],
      [1.5, 'Boulangerie bio', () => `${random.pick(BREAD)} ${ofName(owner())}`],
      [0.5, 'Boulangerie', () => `Boulangerie ${ofName(at.city)}`],
    ],
    fromagerie: [
      [5, 'Fromagerie', () => `Fromagerie ${owner()}`],
      [2, 'Crèmerie-fromagerie', () => `Crèmerie ${owner()}`],
      [2, 'Fromagerie fermière', () => `Ferme ${owner()}`],
      [1, 'Fromagerie', () => random.pick(CHEESE)],
    ],
    traiteur: [
      [4, 'Traiteur', () => `${owner()} Traiteur`],
      [3, 'Charcuterie-traiteur', () => `Charcuterie ${owner()}`],
      [2, 'Boucherie-traiteur', () => `Boucherie ${owner()}`],
      [1, 'Traiteur', () => `Traiteur ${owner()} et fils`],
    ],
    auberge: [
      [5, 'Auberge', () => `Auberge ${random.pick(INN)}`],
      [3, 'Auberge', () => `Auberge ${owner()}`],
      [1, 'Ferme-auberge', () => `Ferme-auberge ${owner()}`],
      [1, 'Restaurant', () => `Chez ${owner()}`],
    ],
    hotel: [
      [6, 'Hôtel', () => `Hôtel ${random.pick(HOTEL)}`],
      [2, 'Hôtel', () => `Hôtel ${owner()}`],
      [2, 'Hôtel-restaurant', () => `Hôtel-restaurant ${random.pick(HOTEL)}`],
    ],
    autre: SHOPS.map((shop): Sign => [1, shop, () => `${shop} ${owner()}`]),
  }
  const [activity, name] = random.weighted(
    signs[trade].map(([weight, does, write]) => [[does, write] as const, weight] as const),
  )
  return { name: name(), activity }
}
