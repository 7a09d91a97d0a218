import { addDays, type Day } from '@fieldback/domain/agenda/day'
import { type Account, accountsOf } from './accounts.ts'
import { callbacksOf } from './callbacks.ts'
import { converse } from './conversation.ts'
import { defineFields, type Forms, formsOf } from './define-fields.ts'
import { QUESTIONS } from './delmas-fields.ts'
import { DEMO_ACCOUNTS } from './demo-accounts.ts'
import { france } from './france.ts'
import type { Making } from './making.ts'
import type { Organisation } from './organisation.ts'
import { hire, type Member, type Staff, type Team } from './people.ts'
import { PhoneBook } from './phone-numbers.ts'
import { PAYS_BASQUE } from './posts.ts'
import { Random } from './random.ts'
import { fileReport, type Report } from './reports.ts'
import { meetingsOf, type Year } from './visits.ts'
import { FOUNDED, frenchInstant, workingDays } from './working-days.ts'

const REPORTS = 20_000

const subject = (name: string): Random => new Random(`delmas/${name}`)

/** Delmas Équipement, the demonstration organisation: the same on every run for the same day. */
export function delmas(today: Day): Organisation {
  const map = france(subject('territories'))
  const staff = hire(subject('people'), map)
  const definitions = defineFields(subject('fields'), QUESTIONS, ({ owner }) => map.at(...owner))
  const forms = formsOf(map.territories, definitions)
  const making: Making = {
    map,
    forms,
    phones: new PhoneBook(subject('phones')),
    today,
    instantOf: (day) => frenchInstant(day, 540),
  }
  const accounts = staff.teams.map((team) => accountsOf(subject(`accounts/${team.at.code}`), team, making))
  const reports = reportsOf(staff, accounts, making)
  const demoRepId = memberOf(staff, DEMO_ACCOUNTS.rep.email).membershipId
  return {
    id: subject('organisation').uuid(frenchInstant(FOUNDED, 480)),
    name: 'Delmas Équipement',
    slug: 'delmas',
    today,
    territories: map.territories,
    members: staff.members,
    definitions,
    publishers: publishersOf(staff),
    forms,
    accounts: accounts.flat().map((account) => ({ ...account, createdBy: account.usualRepId })),
    reports,
    callbacks: callbacksOf(subject('callbacks'), reports, { today, demoRepId }),
  }
}

/** Today is left to whoever opens the demonstration: the last report is of yesterday. */
const yearBefore = (today: Day): Year => {
  const [from, to] = [addDays(today, -365), addDays(today, -1)]
  return { from, to, workingDays: workingDays(from, to) }
}

type Round = { readonly rep: Member; readonly accounts: readonly Account[]; readonly team: Team }

function reportsOf(
  { teams }: Staff,
  accounts: readonly (readonly Account[])[],
  { forms, today }: Making,
): Report[] {
  const rounds = teams.flatMap((team, index): Round[] =>
    team.reps.map((rep) => ({
      rep,
      team,
      accounts: (accounts[index] ?? []).filter(({ usualRepId }) => usualRepId === rep.membershipId),
    })),
  )
  const total = rounds.reduce((sum, round) => sum + round.accounts.length, 0)
  const year = yearBefore(today)
  let before = 0
  const reports = rounds.flatMap((round, index) => {
    // Shares are rounded on the running total, so that they add up to it exactly.
    const upTo = (count: number): number => Math.round((REPORTS * count) / total)
    const quota = upTo(before + round.accounts.length) - upTo(before)
    before += round.accounts.length
    return reportsOfRound(subject(`reports/${index}`), { ...round, quota, year }, { forms, today })
  })
  return reports.sort((a, b) => (a.capturedAt < b.capturedAt ? -1 : a.capturedAt > b.capturedAt ? 1 : 0))
}

function reportsOfRound(
  random: Random,
  { rep, team, accounts, quota, year }: Round & { readonly quota: number; readonly year: Year },
  { forms, today }: { readonly forms: Forms; readonly today: Day },
): Report[] {
  const basqueTeam = team.post.sector === PAYS_BASQUE
  return meetingsOf(random, accounts, quota, year).map((meeting) => {
    const { contacts } = meeting.account
    const met = random.chance(0.72) ? contacts[0] : random.pick(contacts)
    const contact = random.chance(0.93) ? (met ?? null) : null
    const said = converse(random, { meeting, contact, today, basqueTeam })
    return fileReport(random, { meeting, contact, authorId: rep.membershipId, said, forms })
  })
}

function memberOf({ members }: Staff, email: string): Member {
  const member = members.find((candidate) => candidate.email === email)
  if (!member) throw new Error(`${email} was not hired`)
  return member
}

/** Who publishes the questions of a place: its manager, or headquarters for the nation. */
function publishersOf({ members }: Staff): Map<string, string> {
  const publishers = new Map(
    members
      .filter(({ role }) => role === 'manager' || role === 'headquarters')
      .map((member) => [member.at.id, member.membershipId]),
  )
  const local = memberOf({ members, teams: [] }, DEMO_ACCOUNTS.local.email)
  const basque = members.find(({ email }) => email === DEMO_ACCOUNTS.rep.email)
  if (basque) publishers.set(basque.at.id, local.membershipId)
  return publishers
}
