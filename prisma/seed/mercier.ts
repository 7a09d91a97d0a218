import { addDays, type Day } from '@fieldback/domain/agenda/day'
import type { Outcome } from '@fieldback/domain/report/report'
import { contactsOf } from './contacts.ts'
import { answersTo, defineFields, type Forms, formsOf } from './define-fields.ts'
import type { Question } from './delmas-fields.ts'
import { DEMO_ACCOUNTS } from './demo-accounts.ts'
import { type Territory, territory } from './france.ts'
import type { KeptAccount, Organisation } from './organisation.ts'
import { joined, type Member } from './people.ts'
import { lastName } from './person-names.ts'
import { PhoneBook } from './phone-numbers.ts'
import { Random } from './random.ts'
import { fileReport, type Report } from './reports.ts'
import { FOUNDED, frenchInstant, workingDays } from './working-days.ts'

const ACCOUNTS = 40
const REPORTS = 150

const subject = (name: string): Random => new Random(`mercier/${name}`)

const QUESTIONS: readonly Question[] = [
  {
    key: 'torrefacteur',
    owner: [0, 'FR'],
    entity: 'report',
    spec: {
      label: { fr: 'Torréfacteur actuel', en: 'Present roaster' },
      why: {
        fr: 'Pour savoir quel café il sert avant d’entrer.',
        en: 'To know which coffee he serves before going in.',
      },
      type: 'single_choice',
      options: [
        { id: 'artisan', label: { fr: 'Artisan', en: 'Craft roaster' } },
        { id: 'industriel', label: { fr: 'Industriel', en: 'Industrial' } },
        { id: 'maison', label: { fr: 'Torréfie sur place', en: 'Roasts in house' } },
      ],
      reportable: true,
      givebacks: [{ kind: 'badge' }],
    },
  },
  {
    key: 'groupes',
    owner: [0, 'FR'],
    entity: 'account',
    spec: {
      label: { fr: 'Groupes de la machine', en: 'Groups of the machine' },
      why: { fr: 'Pour venir avec les bons joints.', en: 'To come with the right gaskets.' },
      type: 'integer',
      min: 1,
      max: 4,
      reportable: true,
      givebacks: [{ kind: 'badge' }],
    },
  },
]

const TOWNS: readonly (readonly [
  sector: 0 | 1,
  name: string,
  postcode: string,
  at: readonly [number, number],
])[] = [
  [0, 'Toulouse', '31000', [43.604, 1.444]],
  [0, 'Blagnac', '31700', [43.636, 1.39]],
  [0, 'Colomiers', '31770', [43.611, 1.334]],
  [1, 'Saint-Gaudens', '31800', [43.108, 0.723]],
  [1, 'Montréjeau', '31210', [43.085, 0.568]],
  [1, 'Aspet', '31160', [43.016, 0.801]],
]

type Place = { readonly territories: readonly Territory[]; readonly sectors: readonly [Territory, Territory] }

function placesOf(): Place {
  const random = subject('territories')
  const country = territory(random, null, { rank: 0, name: 'France', code: 'FR' })
  const region = territory(random, country, { rank: 1, name: 'Occitanie', code: '76' })
  const department = territory(random, region, { rank: 2, name: 'Haute-Garonne', code: '31' })
  const toulouse = territory(random, department, { rank: 3, name: 'Toulouse', code: '243100518' })
  const comminges = territory(random, department, { rank: 3, name: 'Comminges', code: '200072643' })
  return { territories: [country, region, department, toulouse, comminges], sectors: [toulouse, comminges] }
}

/**
 * Atelier Mercier repairs coffee machines: three people, so that isolation can be seen. Its manager also manages a
 * region of the first organisation, as the same person.
 */
export function mercier(today: Day, managerPersonId: string): Organisation {
  const places = placesOf()
  const people = subject('people')
  const [country, region] = places.territories
  if (!country || !region) throw new Error('The second organisation has no territory')
  const [toulouse] = places.sectors
  const { other, regional } = DEMO_ACCOUNTS
  const rep = joined(people, { name: other.name, email: other.email, role: 'rep', at: toulouse })
  const owner = joined(people, {
    name: 'Odile Mercier',
    email: 'odile.mercier@other.fieldback.test',
    role: 'headquarters',
    at: country,
  })
  const manager = joined(people, {
    personId: managerPersonId,
    name: regional.name,
    email: regional.email,
    role: 'manager',
    at: region,
    // After the first organisation, so that it stays the first she is offered.
    since: addDays(FOUNDED, 182),
  })
  const definitions = defineFields(subject('fields'), QUESTIONS, () => country)
  const forms = formsOf(places.territories, definitions)
  const accounts = cafes({ places, forms, today, createdBy: rep.membershipId })
  return {
    id: subject('organisation').uuid(frenchInstant(FOUNDED, 480)),
    name: 'Atelier Mercier',
    slug: 'mercier',
    today,
    territories: places.territories,
    members: [rep, manager, owner],
    definitions,
    publishers: new Map([[country.id, owner.membershipId]]),
    forms,
    accounts,
    reports: reportsOf({ accounts, rep, manager, forms, today }),
    callbacks: [],
  }
}

type Opening = {
  readonly places: Place
  readonly forms: Forms
  readonly today: Day
  readonly createdBy: string
}

function cafes({ places, forms, today, createdBy }: Opening): KeptAccount[] {
  const random = subject('accounts')
  const phones = new PhoneBook(subject('phones'))
  const instantOf = (day: Day): string => frenchInstant(day, 540)
  const names = new Set<string>()
  return Array.from({ length: ACCOUNTS }, () => {
    const [sector, city, postcode, [latitude, longitude]] = random.pick(TOWNS)
    let name = ''
    while (name === '' || names.has(name))
      name = `${random.pick(['Café', 'Bar', 'Brasserie', 'Salon'])} ${lastName(random, 'midi').name}`
    names.add(name)
    const home = places.sectors[sector]
    const createdDay = addDays(FOUNDED, random.int(1, 300))
    const site = `${name
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]+/g, '-')}.example`
    const groups = random.chance(0.7) ? random.int(1, 4) : undefined
    return {
      id: random.uuid(instantOf(createdDay)),
      home,
      kind: random.chance(0.2) ? 'prospect' : 'client',
      name,
      activity: 'Café',
      street: `${random.int(1, 80)} place du Marché`,
      postcode,
      city,
      latitude: latitude + random.int(-50, 50) / 10_000,
      longitude: longitude + random.int(-50, 50) / 10_000,
      phone: phones.landline('31'),
      email: random.chance(0.6) ? `bonjour@${site}` : null,
      visitEveryDays: random.pick([60, 90, 120]),
      priority: 0,
      priorityReason: null,
      createdDay,
      createdBy,
      values: answersTo(forms.asked(home, 'account'), { groupes: groups }),
      contacts: contactsOf(
        random,
        { accent: 'midi', trade: 'autre', site, home, createdDay },
        { forms, phones, instantOf, today },
      ),
    }
  })
}

const NOTES = [
  'Détartrage fait.',
  'Changer les joints au printemps.',
  'Moulin à régler.',
  'Veut essayer notre café.',
  null,
]

type Filing = {
  readonly accounts: readonly KeptAccount[]
  /** Those two visit: the rep Toulouse, the manager what lies beyond. */
  readonly rep: Member
  readonly manager: Member
  readonly forms: Forms
  readonly today: Day
}

function reportsOf({ accounts, rep, manager, forms, today }: Filing): Report[] {
  const random = subject('reports')
  const days = workingDays(addDays(today, -365), addDays(today, -1))
  const reports = Array.from({ length: REPORTS }, () => {
    const account = random.pick(accounts)
    const outcome = random.weighted<Outcome>([
      ['order', 25],
      ['quote', 25],
      ['revisit', 30],
      ['none', 20],
    ])
    return fileReport(random, {
      meeting: {
        account,
        kind: random.chance(0.8) ? 'visit' : 'call',
        day: random.pick(days),
        minute: random.int(540, 1080),
      },
      contact: account.contacts[0] ?? null,
      authorId: (account.home === rep.at ? rep : manager).membershipId,
      said: {
        outcome,
        products: [],
        known: {
          torrefacteur: random.chance(0.85) ? random.pick(['artisan', 'industriel', 'maison']) : undefined,
        },
      },
      forms,
      note: random.pick(NOTES),
    })
  })
  return reports.sort((a, b) => (a.capturedAt < b.capturedAt ? -1 : 1))
}
