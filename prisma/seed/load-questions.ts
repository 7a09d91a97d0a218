import type { FieldEntity, FieldSpec, FieldType } from '@fieldback/domain/field/field-spec'
import type { Rank } from '@fieldback/domain/territory/rank'

/** An answer as text and how often it is given; null: left empty, "": "I do not know". */
type Weighted = readonly (readonly [answer: string | null, weight: number])[]

/** A question asked in every branch of a rank, by each territory of that rank for itself. */
export type LoadQuestion = {
  readonly key: string
  readonly rank: Rank
  readonly entity: FieldEntity
  /** The typed column: questions of one home have different ones, disjoint branches share them. */
  readonly slot: string
  readonly spec: Partial<FieldSpec> & Pick<FieldSpec, 'label' | 'why' | 'type'>
  /** Seconds that one answer takes. */
  readonly seconds: number
  readonly answers: Weighted
  /** Of reports that end in an order, where it differs. */
  readonly whenOrdered?: Weighted
}

type Texts = readonly [fr: string, en: string]
const said = ([fr, en]: Texts) => ({ fr, en })
const asked = (type: FieldType, label: Texts, why: Texts, more: Partial<FieldSpec> = {}) => ({
  label: said(label),
  why: said(why),
  type,
  ...more,
})
const options = (...labels: readonly (readonly [id: string, fr: string, en: string])[]) => ({
  options: labels.map(([id, fr, en]) => ({ id, label: { fr, en } })),
})
const yesNo = (yes: number, no: number, unknown: number, empty: number): Weighted => [
  ['true', yes],
  ['false', no],
  ['', unknown],
  [null, empty],
]
const numbers = (weights: Readonly<Record<string, number>>, empty: number): Weighted => [
  ...Object.entries(weights),
  [null, empty],
]

/** Ends of the quarters around a year, as a contract has them. */
const quarters = (year: number): string[] =>
  [year - 1, year, year + 1].flatMap((of) => [`${of}-03-31`, `${of}-06-30`, `${of}-09-30`, `${of}-12-31`])

/** Twelve reportable questions at every home, six of them national, three regional, three local; and two of the card. */
export const loadQuestions = (year: number): readonly LoadQuestion[] => [
  {
    key: 'humeur',
    rank: 0,
    entity: 'report',
    slot: 't01',
    seconds: 2,
    spec: asked(
      'single_choice',
      ['Humeur du client', 'How the client felt'],
      ['Pour sentir un client qui s’éloigne.', 'To sense a client drifting away.'],
      options(
        ['tres_bonne', 'Très bonne', 'Very good'],
        ['bonne', 'Bonne', 'Good'],
        ['moyenne', 'Moyenne', 'So-so'],
        ['mauvaise', 'Mauvaise', 'Bad'],
      ),
    ),
    answers: [
      ['tres_bonne', 5],
      ['bonne', 12],
      ['moyenne', 8],
      ['mauvaise', 5],
      [null, 2],
    ],
    whenOrdered: [
      ['tres_bonne', 14],
      ['bonne', 13],
      ['moyenne', 3],
      ['mauvaise', 1],
      [null, 1],
    ],
  },
  {
    key: 'decideur',
    rank: 0,
    entity: 'report',
    slot: 't02',
    seconds: 1,
    spec: asked(
      'yes_no',
      ['Le décideur était là', 'The decision maker was there'],
      ['Pour savoir s’il faut revenir.', 'To know whether to come back.'],
    ),
    answers: yesNo(13, 15, 2, 2),
    whenOrdered: yesNo(26, 4, 1, 1),
  },
  {
    key: 'besoin',
    rank: 0,
    entity: 'report',
    slot: 't03',
    seconds: 3,
    spec: asked(
      'single_choice',
      ['Besoin exprimé', 'What is needed'],
      ['Pour retrouver le besoin avant la prochaine visite.', 'To find the need before the next visit.'],
      options(
        ['renouveler', 'Renouveler', 'Renew'],
        ['agrandir', 'Agrandir', 'Extend'],
        ['remplacer', 'Remplacer', 'Replace'],
        ['aucun', 'Aucun', 'None'],
      ),
    ),
    answers: [
      ['renouveler', 8],
      ['agrandir', 5],
      ['remplacer', 7],
      ['aucun', 9],
      ['', 2],
      [null, 1],
    ],
    whenOrdered: [
      ['renouveler', 14],
      ['agrandir', 9],
      ['remplacer', 7],
      ['aucun', 1],
      [null, 1],
    ],
  },
  {
    key: 'budget',
    rank: 0,
    entity: 'report',
    slot: 'n01',
    seconds: 4,
    spec: asked(
      'integer',
      ['Budget évoqué', 'Budget mentioned'],
      ['Pour comparer avec le secteur.', 'To compare with the sector.'],
      { unit: 'k€', min: 0, max: 60 },
    ),
    answers: numbers({ '0': 3, '2': 4, '5': 7, '8': 4, '12': 4, '20': 3, '35': 2 }, 5),
    whenOrdered: numbers({ '5': 3, '8': 5, '12': 8, '20': 7, '35': 5, '60': 2 }, 2),
  },
  {
    key: 'prix_concurrent',
    rank: 0,
    entity: 'report',
    slot: 't04',
    seconds: 1,
    spec: asked(
      'yes_no',
      ['Un prix concurrent a été cité', 'A competitor’s price was quoted'],
      ['Pour connaître les prix qui circulent.', 'To know the prices around.'],
    ),
    answers: yesNo(11, 18, 1, 2),
    whenOrdered: yesNo(7, 22, 1, 2),
  },
  {
    key: 'echeance',
    rank: 0,
    entity: 'report',
    slot: 'd01',
    seconds: 4,
    spec: asked(
      'date',
      ['Échéance du projet', 'When the project is due'],
      ['Pour vous le rappeler à temps.', 'To remind you in time.'],
    ),
    answers: [...quarters(year).map((day) => [day, 2] as const), ['', 3], [null, 5]],
  },
  {
    key: 'concurrent',
    rank: 1,
    entity: 'report',
    slot: 't05',
    seconds: 2,
    spec: asked(
      'single_choice',
      ['Concurrent en place', 'Competitor in place'],
      ['Pour savoir qui est déjà chez votre client.', 'To know who is already at your client’s.'],
      options(
        ['aucun', 'Aucun', 'None'],
        ['panimat', 'Panimat', 'Panimat'],
        ['sofour', 'Sofour', 'Sofour'],
        ['frimat', 'Frimat', 'Frimat'],
        ['autre', 'Autre', 'Other'],
      ),
    ),
    answers: [
      ['aucun', 7],
      ['panimat', 8],
      ['sofour', 6],
      ['frimat', 4],
      ['autre', 4],
      ['', 2],
      [null, 1],
    ],
    whenOrdered: [
      ['aucun', 15],
      ['panimat', 5],
      ['sofour', 4],
      ['frimat', 4],
      ['autre', 2],
      ['', 1],
      [null, 1],
    ],
  },
  {
    key: 'stock_jours',
    rank: 1,
    entity: 'report',
    slot: 'n02',
    seconds: 4,
    spec: asked(
      'integer',
      ['Jours de stock restants', 'Days of stock left'],
      ['Pour passer avant la rupture.', 'To come before it runs out.'],
      { unit: 'j', min: 0, max: 30 },
    ),
    answers: numbers({ '1': 3, '3': 5, '7': 8, '12': 6, '18': 3, '30': 2 }, 5),
    whenOrdered: numbers({ '0': 4, '1': 7, '3': 9, '7': 6, '12': 3 }, 3),
  },
  {
    key: 'animation',
    rank: 1,
    entity: 'report',
    slot: 't06',
    seconds: 1,
    spec: asked(
      'yes_no',
      ['Animation prévue', 'A promotion is planned'],
      ['Pour préparer les animations de la région.', 'To prepare the region’s promotions.'],
    ),
    answers: yesNo(7, 21, 2, 2),
    whenOrdered: yesNo(13, 16, 1, 2),
  },
  {
    key: 'fournisseur_local',
    rank: 2,
    entity: 'report',
    slot: 't07',
    seconds: 1,
    spec: asked(
      'yes_no',
      ['Travaille avec un fournisseur d’ici', 'Works with a local supplier'],
      ['Pour parler le langage de la maison.', 'To speak the language of the house.'],
    ),
    answers: yesNo(14, 14, 2, 2),
  },
  {
    key: 'frequentation',
    rank: 2,
    entity: 'report',
    slot: 't08',
    seconds: 2,
    spec: asked(
      'single_choice',
      ['Fréquentation', 'How busy it was'],
      ['Pour comparer avec le département.', 'To compare with the department.'],
      options(['calme', 'Calme', 'Quiet'], ['normale', 'Normale', 'Usual'], ['forte', 'Forte', 'Busy']),
    ),
    answers: [
      ['calme', 9],
      ['normale', 14],
      ['forte', 7],
      [null, 2],
    ],
    whenOrdered: [
      ['calme', 4],
      ['normale', 13],
      ['forte', 14],
      [null, 1],
    ],
  },
  {
    key: 'lineaire',
    rank: 2,
    entity: 'report',
    slot: 'n03',
    seconds: 3,
    spec: asked(
      'integer',
      ['Linéaire de vitrine', 'Display length'],
      ['Pour dire ce que vendent des vitrines de même taille.', 'To tell what displays of that size sell.'],
      { unit: 'm', min: 1, max: 12 },
    ),
    answers: numbers({ '1': 4, '2': 8, '3': 7, '4': 5, '6': 3, '8': 1 }, 4),
  },
  {
    key: 'metier',
    rank: 0,
    entity: 'account',
    slot: 't01',
    seconds: 2,
    spec: asked(
      'single_choice',
      ['Métier', 'Trade'],
      ['Pour comparer vos boulangers à des boulangers.', 'To compare your bakers with bakers.'],
      options(
        ['boulangerie', 'Boulangerie', 'Bakery'],
        ['fromagerie', 'Fromagerie', 'Cheese shop'],
        ['traiteur', 'Traiteur', 'Caterer'],
        ['hotel', 'Hôtel', 'Hotel'],
      ),
    ),
    answers: [
      ['boulangerie', 13],
      ['fromagerie', 5],
      ['traiteur', 6],
      ['hotel', 5],
      [null, 3],
    ],
  },
  {
    key: 'prefere_ecrit',
    rank: 0,
    entity: 'contact',
    slot: 't01',
    seconds: 1,
    spec: asked(
      'yes_no',
      ['Préfère un message', 'Prefers a message'],
      ['Pour joindre chacun comme il aime.', 'To reach each the way he likes.'],
    ),
    answers: yesNo(12, 9, 2, 9),
  },
]

/** An answer is drawn by five bits. */
export const DRAWS = 32

/** The answers of a question laid out over the draws, each as often as its weight says, never fewer than once. */
export function drawn(answers: Weighted): (string | null)[] {
  const total = answers.reduce((sum, [, weight]) => sum + weight, 0)
  let reached = 0
  return answers.flatMap(([answer, weight]) => {
    const from = Math.round((reached / total) * DRAWS)
    reached += weight
    return Array.from({ length: Math.round((reached / total) * DRAWS) - from }, () => answer)
  })
}
