import { nameKey } from '@fieldback/domain/account/normalise'
import { addDays, type Day, dayNumber } from '@fieldback/domain/agenda/day'
import type { Answers } from '@fieldback/domain/field/answer'
import { type Contact, contactsOf } from './contacts.ts'
import { answersTo, type Known, saidSince } from './define-fields.ts'
import type { Commune, France, Territory } from './france.ts'
import type { Making } from './making.ts'
import type { Team } from './people.ts'
import { accentOf } from './person-names.ts'
import type { Phone } from './phone-numbers.ts'
import { type Address, address, communesWithShops } from './places.ts'
import { PAYS_BASQUE, POSTS } from './posts.ts'
import type { Random } from './random.ts'
import { OVENS, type Shop, shopSign, TRADES, type Trade } from './trades.ts'
import { FOUNDED } from './working-days.ts'

export type Account = Address & {
  readonly id: string
  readonly home: Territory
  readonly department: string
  /** The rep who usually goes there; not kept anywhere, it only decides who writes the reports. */
  readonly usualRepId: string
  readonly kind: 'client' | 'prospect'
  readonly name: string
  readonly activity: string
  readonly phone: Phone | null
  readonly email: string | null
  readonly visitEveryDays: number
  readonly priority: number
  readonly priorityReason: string | null
  readonly createdDay: Day
  readonly values: Answers
  readonly contacts: readonly Contact[]
  readonly truth: Truth
}

/** What is true of the shop, told or not: it decides the answers and how visits end. */
export type Truth = {
  readonly trade: Trade
  readonly ovenYear: number | null
  readonly rival: string
  /** How well it goes between the shop and us, 0 on average. */
  readonly warmth: number
}

/** Days wanted between two visits, so that 5,000 accounts make about 17,000 visits a year. */
const RHYTHM: readonly (readonly [number, number])[] = [
  [60, 10],
  [90, 28],
  [120, 30],
  [180, 32],
]

/** Who is in place, by department: what a comparison of places will find. */
const RIVALS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  basque: [
    ['aucun', 28],
    ['panimat', 34],
    ['sofour', 12],
    ['frimat', 18],
    ['autre', 8],
  ],
  '64': [
    ['aucun', 20],
    ['panimat', 12],
    ['sofour', 18],
    ['frimat', 40],
    ['autre', 10],
  ],
  '33': [
    ['aucun', 22],
    ['panimat', 15],
    ['sofour', 42],
    ['frimat', 14],
    ['autre', 7],
  ],
  elsewhere: [
    ['aucun', 30],
    ['panimat', 20],
    ['sofour', 20],
    ['frimat', 20],
    ['autre', 10],
  ],
}

/** The accounts of a team, each with its usual rep. */
export function accountsOf(random: Random, team: Team, making: Making): Account[] {
  const places = placesOf(team, making.map)
  const names = new Set<string>()
  return Array.from({ length: team.post.accounts }, (_, index) => {
    const rep = team.reps[index % team.reps.length]
    if (!rep) throw new Error('A post without a rep has no account')
    return makeAccount(random, { team, repId: rep.membershipId, places, names }, making)
  })
}

const HELD = new Set(POSTS.map(({ sector }) => sector))

type Place = { readonly home: Territory; readonly sector: string; readonly communes: [Commune, number][] }

/** Where the accounts of a team are: its sub-sector, or the department's that no other team holds. */
function placesOf({ post, at }: Team, map: France): Place[] {
  if (post.sector !== null) {
    return [
      {
        home: at,
        sector: post.sector,
        communes: communesWithShops(post.sector, map.communesOf(post.sector)),
      },
    ]
  }
  return map
    .sectorsOf(post.department)
    .filter(({ code }) => !HELD.has(code))
    .slice(0, 4)
    .map((home) => ({
      home,
      sector: home.code,
      // A grouping may reach over the border of its department: the team stays on its side.
      communes: communesWithShops(
        home.code,
        map.communesOf(home.code).filter(({ department }) => department === post.department),
      ),
    }))
}

type Opening = {
  readonly team: Team
  readonly repId: string
  readonly places: readonly Place[]
  /** Names already taken in a town, so that no shop is there twice. */
  readonly names: Set<string>
}

function makeAccount(random: Random, { team, repId, places, names }: Opening, making: Making): Account {
  const place = random.pick(places)
  const commune = random.weighted(place.communes)
  const basque = place.sector === PAYS_BASQUE
  const accent = accentOf(team.post.department, basque)
  const trade = random.weighted(TRADES)
  const { name, activity } = newSign(names, commune.name, () =>
    shopSign(random, trade, { accent, city: commune.name }),
  )
  // Some shops of a wide post belong to the department as a whole: nobody has put them in a sub-sector.
  const home = team.post.sector === null && random.chance(0.3) ? team.at : place.home
  const kind = random.chance(0.13) ? 'prospect' : 'client'
  const createdDay = creationDay(random, kind, making.today)
  const truth: Truth = {
    trade,
    ovenYear: random.chance(OVENS[trade]) ? ovenYear(random, making.today) : null,
    rival: random.weighted(RIVALS[basque ? 'basque' : team.post.department] ?? RIVALS.elsewhere ?? []),
    warmth: random.bell() * 0.8 + (kind === 'client' ? 0.1 : -0.3),
  }
  const id = random.uuid(making.instantOf(createdDay))
  const values = answersTo(
    making.forms.asked(home, 'account'),
    knownOf(random, { kind, truth, today: making.today }),
    saidSince(id, createdDay, making.today),
  )
  const site = `${nameKey(name).replaceAll(' ', '-')}.example`
  return {
    ...address(random, commune, place.sector),
    id,
    home,
    department: commune.department,
    usualRepId: repId,
    kind,
    name,
    activity,
    phone: random.chance(0.93) ? making.phones.landline(commune.department) : null,
    email: random.chance(0.62) ? `contact@${site}` : null,
    visitEveryDays: random.weighted(RHYTHM),
    ...priorityOf(random, truth, making.today),
    createdDay,
    values,
    contacts: contactsOf(random, { accent, trade, site, home, createdDay }, making),
    truth,
  }
}

function newSign(names: Set<string>, city: string, draw: () => Shop): Shop {
  for (let tries = 0; ; tries++) {
    const sign = draw()
    // A town may have fewer names than shops: where it stands then tells them apart.
    const name = tries < 20 ? sign.name : `${sign.name} ${['Nord', 'Sud', 'Centre', 'Gare'][tries % 4]}`
    const key = `${nameKey(name)}/${city}`
    if (names.has(key)) continue
    names.add(key)
    return { ...sign, name }
  }
}

/** Most shops are old acquaintances; one in twelve came during the year. */
const creationDay = (random: Random, kind: 'client' | 'prospect', today: Day): Day =>
  random.chance(kind === 'prospect' ? 0.35 : 0.05)
    ? addDays(today, -random.int(45, 360))
    : addDays(FOUNDED, random.int(1, Math.max(1, dayNumber(today) - 380 - dayNumber(FOUNDED))))

function ovenYear(random: Random, today: Day): number {
  const age = Math.floor(random.chance(0.25) ? random.between(0, 6) : random.between(3, 28))
  return Math.min(2026, Math.max(1985, Number(today.slice(0, 4)) - age))
}

export const isOldOven = (year: number, today: Day): boolean => Number(today.slice(0, 4)) - year > 12

type Told = { readonly kind: 'client' | 'prospect'; readonly truth: Truth; readonly today: Day }

/** What the shop told so far, whoever asks it. */
function knownOf(random: Random, { kind, truth, today }: Told): Known {
  const told = (probability: number): boolean => random.chance(probability)
  const { trade, ovenYear: year } = truth
  const fairs = random
    .shuffled(['foire_jambon', 'fete_piment', 'halles_biarritz', 'marche_garazi', 'foire_hasparren'])
    .slice(
      0,
      random.weighted([
        [1, 6],
        [2, 3],
        [3, 1],
      ]),
    )
  return {
    metier: told(kind === 'client' ? 0.98 : 0.85) ? trade : undefined,
    fin_contrat: kind === 'client' && told(0.5) ? addDays(today, random.int(-120, 800)) : undefined,
    annee_four: year !== null && told(0.8) ? year : undefined,
    energie_four:
      year !== null && told(0.72)
        ? random.weighted([
            ['gaz', 34],
            ['electrique', 50],
            ['bois', trade === 'boulangerie' ? 20 : 8],
          ])
        : told(0.05)
          ? null
          : undefined,
    foires: told(0.5) ? (told(0.45) ? ['aucune'] : fairs) : undefined,
    saison: told(0.75)
      ? random.weighted(
          trade === 'hotel' || trade === 'auberge'
            ? [
                ['annee', 15],
                ['hiver', 30],
                ['ete', 10],
                ['hiver_ete', 45],
              ]
            : [
                ['annee', 70],
                ['hiver', 12],
                ['ete', 5],
                ['hiver_ete', 13],
              ],
        )
      : undefined,
  }
}

const PLAIN_REASONS = [
  'Nouveau gérant à rencontrer',
  'Réouverture après travaux',
  'A demandé un devis pour une deuxième boutique',
  'Rien commandé depuis deux ans',
  'Concurrent venu le mois dernier',
  'Recommandé par un confrère',
]

/** A manager's word on a few accounts, and why. */
function priorityOf(
  random: Random,
  { ovenYear: year }: Truth,
  today: Day,
): Pick<Account, 'priority' | 'priorityReason'> {
  if (!random.chance(0.07)) return { priority: 0, priorityReason: null }
  const priority = random.weighted([
    [1, 5],
    [2, 3],
    [3, 2],
  ])
  const old = year !== null && isOldOven(year, today) && random.chance(0.6)
  return { priority, priorityReason: old ? `Four de ${year}, à remplacer` : random.pick(PLAIN_REASONS) }
}
