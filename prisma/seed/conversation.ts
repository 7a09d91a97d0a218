import type { Day } from '@fieldback/domain/agenda/day'
import type { Outcome } from '@fieldback/domain/report/report'
import { type Account, isOldOven } from './accounts.ts'
import type { Contact } from './contacts.ts'
import type { Known } from './define-fields.ts'
import type { Random } from './random.ts'
import { type Product, WANTS } from './trades.ts'
import type { Meeting } from './visits.ts'

/** What was said at a meeting and how it ended. */
export type Conversation = {
  readonly products: readonly Product[]
  readonly outcome: Outcome
  readonly known: Known
}

export type Setting = {
  readonly meeting: Meeting
  readonly contact: Contact | null
  readonly today: Day
  /** Whether the rep belongs to the team of Pays Basque. */
  readonly basqueTeam: boolean
}

/**
 * What there is to find in the demonstration organisation, on the scale of a logistic model: an oven older than twelve
 * years when ovens are discussed, a contact who speaks Basque met by the team of the place, and good humour bring
 * orders; Frimat in place keeps them away.
 */
const EFFECTS = {
  base: -1.75,
  oldOven: 1.7,
  frimat: -1.4,
  basque: 1.15,
  someBasque: 0.4,
  humour: 0.85,
  client: 0.3,
  call: -0.7,
} as const

export function converse(random: Random, setting: Setting): Conversation {
  const { account } = setting.meeting
  const humour = account.truth.warmth * 0.7 + random.bell() * 0.75
  const products = productsOf(random, account, setting.today)
  const outcome = outcomeOf(random, { ...setting, products, humour })
  return {
    products,
    outcome,
    known: {
      humeur: random.chance(0.9) ? humourWord(humour) : undefined,
      produits: products.length > 0 && random.chance(0.95) ? products : undefined,
      concurrent: rivalSeen(random, account.truth.rival),
      projet_12_mois: random.chance(0.22) ? random.pick(PLANS) : undefined,
    },
  }
}

const humourWord = (humour: number): string =>
  humour > 0.95 ? 'tres_bonne' : humour > -0.15 ? 'bonne' : humour > -1.1 ? 'moyenne' : 'mauvaise'

function productsOf(random: Random, { truth }: Account, today: Day): Product[] {
  const wants = WANTS[truth.trade]
  const ageing = truth.ovenYear !== null && isOldOven(truth.ovenYear, today)
  const oven = truth.ovenYear === null ? wants.four * 0.2 : wants.four + (ageing ? 0.18 : -0.04)
  const chosen = (Object.keys(wants) as Product[]).filter((product) =>
    random.chance(product === 'four' ? oven : wants[product]),
  )
  if (chosen.length > 0 || random.chance(0.4)) return chosen
  return [truth.trade === 'fromagerie' ? 'vitrine' : 'chambre_froide']
}

/** Reps see who is in place nearly always rightly; sometimes they do not look, or cannot tell. */
function rivalSeen(random: Random, rival: string): string | null | undefined {
  if (random.chance(0.12)) return undefined
  if (random.chance(0.03)) return null
  return random.chance(0.05) ? random.pick(['aucun', 'panimat', 'sofour', 'frimat', 'autre']) : rival
}

type Ending = Setting & { readonly products: readonly Product[]; readonly humour: number }

function outcomeOf(
  random: Random,
  { meeting, contact, today, basqueTeam, products, humour }: Ending,
): Outcome {
  const { truth, kind } = meeting.account
  let score = EFFECTS.base + EFFECTS.humour * humour
  if (products.includes('four') && truth.ovenYear !== null && isOldOven(truth.ovenYear, today))
    score += EFFECTS.oldOven
  if (truth.rival === 'frimat') score += EFFECTS.frimat
  if (basqueTeam && contact?.basque === 'oui') score += EFFECTS.basque
  if (basqueTeam && contact?.basque === 'un_peu') score += EFFECTS.someBasque
  if (kind === 'client') score += EFFECTS.client
  if (meeting.kind === 'call') score += EFFECTS.call
  if (random.chance(1 / (1 + Math.exp(-score)))) return 'order'
  return random.weighted<Outcome>([
    ['quote', 30 + 6 * products.length + 8 * humour],
    ['revisit', 38],
    ['none', Math.max(6, 24 - 12 * humour)],
  ])
}

const PLANS = [
  'Refaire le fournil au printemps',
  'Deuxième boutique',
  'Agrandir le laboratoire',
  'Remplacer la vitrine réfrigérée',
  'Passer le four à l’électrique',
  'Céder l’affaire à son fils',
  'Ouvrir un coin salon de thé',
  'Livrer les cantines du canton',
  'Changer la chambre froide avant l’été',
  'Embaucher un apprenti',
  'Refaire la devanture',
  'Se mettre au pain bio',
  'Rien avant la fin du crédit',
  'Ouvrir le dimanche',
  'Prendre un local plus grand',
]
