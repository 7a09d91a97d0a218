import type { Outcome } from '@fieldback/domain/report/report'
import type { Random } from './random.ts'
import type { Product } from './trades.ts'

const A: Readonly<Record<Product, string>> = {
  four: 'un four',
  vitrine: 'une vitrine',
  chambre_froide: 'une chambre froide',
  petrin: 'un pétrin',
  laverie: 'un lave-vaisselle',
}
const THE: Readonly<Record<Product, string>> = {
  four: 'le four',
  vitrine: 'la vitrine',
  chambre_froide: 'la chambre froide',
  petrin: 'le pétrin',
  laverie: 'la laverie',
}

/** {a} and {the} are the product most talked about. */
const ENDINGS: Readonly<Record<Outcome, readonly string[]>> = {
  order: [
    'Commande {a}, livraison avant la fin du mois prochain.',
    'Signé pour {a}. Pose un lundi, jour de fermeture.',
    'A pris {a} avec le contrat d’entretien.',
    'Commande {a} ; reprise de l’ancien matériel comprise.',
    'Bon signé pour {a}, acompte versé.',
    'Part sur {a}, modèle vu au dépôt.',
    'Commande passée, il voulait être livré avant la saison.',
  ],
  quote: [
    'Devis à envoyer pour {a}.',
    'Veut deux prix pour {a}, avec et sans reprise.',
    'Demande un devis pour {a}, à comparer avec le concurrent.',
    'Chiffrer {a} et la pose.',
    'Hésite entre deux modèles pour {the}, lui envoyer les fiches.',
    'Devis {of} à refaire avec un financement sur cinq ans.',
  ],
  revisit: [
    'Pas le temps aujourd’hui, repasser un matin avant dix heures.',
    'Reparler {of} après l’inventaire.',
    'Attend l’accord de la banque pour {the}.',
    'Son associé était absent, revenir quand ils seront deux.',
    'Intéressé par {a}, mais pas avant quelques mois.',
    'Travaux dans la rue, repasser le mois prochain.',
    'À revoir avec la personne qui décide.',
  ],
  none: [
    'Rien à faire pour le moment.',
    'Vient de s’équiper ailleurs.',
    'N’a pas le budget cette année.',
    'Content de son matériel, ne change rien.',
    'Vend peut-être, attendre.',
    'Pas réceptif, mauvaise saison.',
  ],
}

const OF: Readonly<Record<Product, string>> = {
  four: 'du four',
  vitrine: 'de la vitrine',
  chambre_froide: 'de la chambre froide',
  petrin: 'du pétrin',
  laverie: 'de la laverie',
}

const DETAILS = [
  'Le technicien doit passer voir le joint de porte.',
  'Très content de la dernière pose.',
  'La dernière facture n’est toujours pas réglée.',
  'Sa fille reprend la boutique l’an prochain.',
  'Ferme le mercredi maintenant.',
  'Le laboratoire fait trois mètres de large, vérifier les cotes.',
  'Se plaint du bruit du groupe froid.',
  'A perdu deux vendeuses.',
  'Prévoir le passage par la cour.',
  'Il a parlé du prix de l’électricité.',
  'Demande la documentation en papier.',
  'Préfère qu’on appelle après le service.',
  'Le stationnement est facile derrière l’église.',
  'Bon accueil, café offert.',
  'Penser à apporter les échantillons de plaques.',
  'Nouveau chef depuis un mois.',
]

const CALLS = ['Au téléphone. ', 'Rappelé ce matin. ', '']

/** Two short sentences as a rep leaves them, or none. */
export function noteOf(
  random: Random,
  said: { readonly outcome: Outcome; readonly products: readonly Product[]; readonly call: boolean },
): string | null {
  if (random.chance(0.24)) return null
  const product = said.products[0] ?? 'vitrine'
  const ending = random
    .pick(ENDINGS[said.outcome])
    .replace('{a}', A[product])
    .replace('{the}', THE[product])
    .replace('{of}', OF[product])
  const detail = random.chance(0.4) ? ` ${random.pick(DETAILS)}` : ''
  return `${said.call ? random.pick(CALLS) : ''}${ending}${detail}`
}

const REASONS: Readonly<Record<'quote' | 'revisit', readonly string[]>> = {
  quote: [
    'A-t-il lu le devis {of} ?',
    'Relancer le devis {of}',
    'Devis {of} : attend le prix de la pose',
    'Dire le délai de livraison {of}',
  ],
  revisit: [
    'Reparler {of} avec son associé',
    'Demande un rendez-vous le matin',
    'Réponse de la banque pour {the}',
    'Voulait revoir le modèle {of}',
    'Rappeler après l’inventaire',
  ],
}

/** Why somebody is to be called back. */
export const callbackReason = (random: Random, outcome: 'quote' | 'revisit', product: Product): string =>
  random.pick(REASONS[outcome]).replace('{of}', OF[product]).replace('{the}', THE[product])
