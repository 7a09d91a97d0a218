import { addDays, type Day } from '@fieldback/domain/agenda/day'
import type { Answers } from '@fieldback/domain/field/answer'
import { answersTo, type Known, saidSince } from './define-fields.ts'
import type { Territory } from './france.ts'
import type { Making } from './making.ts'
import { mailbox } from './people.ts'
import { type Accent, type PersonName, personName } from './person-names.ts'
import type { Phone } from './phone-numbers.ts'
import type { Random } from './random.ts'
import { JOBS, type Trade } from './trades.ts'

export type Contact = {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly jobTitle: string
  readonly phone: Phone | null
  readonly email: string | null
  readonly optedOutDay: Day | null
  readonly createdDay: Day
  readonly values: Answers
  /** What the person speaks, told or not. */
  readonly basque: Basque
}

export type Basque = 'oui' | 'un_peu' | 'non'

type Employer = {
  readonly accent: Accent
  readonly trade: Trade
  /** Where the shop has its mail. */
  readonly site: string
  readonly home: Territory
  readonly createdDay: Day
}

type Hiring = Pick<Making, 'forms' | 'phones' | 'instantOf' | 'today'>

/** One to three people of a shop, the first being who is usually met. */
export function contactsOf(random: Random, employer: Employer, making: Hiring): Contact[] {
  const count = random.weighted([
    [1, 46],
    [2, 37],
    [3, 17],
  ])
  const names = new Map<string, PersonName>()
  while (names.size < count) {
    const name = personName(random, employer.accent)
    names.set(mailbox(name.firstName, name.lastName), name)
  }
  return [...names].map(([box, name]) => makeContact(random, { ...employer, box, name }, making))
}

function makeContact(
  random: Random,
  { accent, trade, site, home, createdDay, box, name }: Employer & { box: string; name: PersonName },
  { forms, phones, instantOf, today }: Hiring,
): Contact {
  const local = name.local ? 2 : 0.6
  const basque: Basque =
    accent === 'basque'
      ? random.weighted([
          ['oui', 36 * local],
          ['un_peu', 22 * local],
          ['non', 42],
        ])
      : 'non'
  const known: Known = {
    parle_basque: random.chance(0.62) ? basque : random.chance(0.04) ? null : undefined,
    parle_breton: random.chance(0.6) ? random.chance(name.local ? 0.34 : 0.08) : undefined,
  }
  const id = random.uuid(instantOf(createdDay))
  return {
    id,
    firstName: name.firstName,
    lastName: name.lastName,
    jobTitle: random.pick(JOBS[trade][name.gender]),
    phone: random.chance(0.8) ? phones.mobile() : null,
    email: random.chance(0.7) ? `${box}@${site}` : null,
    optedOutDay: random.chance(0.06) ? addDays(today, -random.int(20, 40)) : null,
    createdDay,
    values: answersTo(forms.asked(home, 'contact'), known, saidSince(id, createdDay, today)),
    basque,
  }
}
