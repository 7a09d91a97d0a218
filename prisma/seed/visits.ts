import { addDays, type Day } from '@fieldback/domain/agenda/day'
import type { ReportKind } from '@fieldback/domain/report/report'
import type { Account } from './accounts.ts'
import type { Random } from './random.ts'

/** Somebody seen or called, before anything is said of it. */
export type Meeting = {
  readonly account: Account
  readonly kind: ReportKind
  readonly day: Day
  /** Minutes after midnight. */
  readonly minute: number
}

export type Year = {
  /** First and last days of the period. */
  readonly from: Day
  readonly to: Day
  readonly workingDays: readonly Day[]
}

type Wish = { readonly account: Account; readonly kind: ReportKind; readonly day: Day }

/** Least and most reports of a day that has any. */
const DAY_MIN = 4
const DAY_MAX = 8
/** Share of visits when there are more wishes than reports; the others are calls. */
const VISITS = 0.88

/** A rep's meetings over the year, `quota` of them, on days of four to eight. */
export function meetingsOf(
  random: Random,
  accounts: readonly Account[],
  quota: number,
  year: Year,
): Meeting[] {
  const visits = trimmed(
    random,
    accounts.flatMap((account) => visitsWanted(random, account, year)),
    Math.floor(quota * VISITS),
  )
  const calls = Array.from({ length: quota - visits.length }, (): Wish => callWanted(random, accounts, year))
  const wishes = [...visits, ...calls].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))
  const days = dayGroups(random, wishes)
  const dates = datesOf(
    days.map((group) => group[Math.floor(group.length / 2)]?.day ?? year.to),
    workedBy(random, year),
  )
  return days.flatMap((group, index) => {
    const day = dates[index] ?? year.to
    const pace = 500 / group.length
    return group.map(({ account, kind }, place) => ({
      account,
      kind,
      day,
      minute: Math.floor(510 + place * pace + random.between(0, pace * 0.7)),
    }))
  })
}

/** First day a shop may be seen: a month after it became known. */
const openFrom = (account: Account, { from }: Year): Day => {
  const known = addDays(account.createdDay, 30)
  return known > from ? known : from
}

/** Visits at about the rhythm wanted; some shops are left aside, which is what makes a visit due. */
function visitsWanted(random: Random, account: Account, year: Year): Wish[] {
  const rhythm = account.visitEveryDays
  const start = openFrom(account, year)
  const stop = random.chance(0.07) ? addDays(year.to, -random.int(rhythm, 330)) : year.to
  const wishes: Wish[] = []
  let day = addDays(start, Math.floor(random.between(0, account.createdDay > year.from ? 30 : rhythm)))
  while (day <= stop) {
    wishes.push({ account, kind: 'visit', day })
    day = addDays(day, Math.ceil(rhythm * random.between(0.7, 1.08)))
  }
  return wishes
}

function callWanted(random: Random, accounts: readonly Account[], year: Year): Wish {
  for (;;) {
    const account = random.pick(accounts)
    const day = random.pick(year.workingDays)
    if (day >= openFrom(account, year)) return { account, kind: 'call', day }
  }
}

/** Drops visits beyond a number, never the latest of a shop: how due it is stays as it was meant. */
function trimmed(random: Random, visits: readonly Wish[], most: number): Wish[] {
  const latest = new Map(visits.map((wish) => [wish.account.id, wish]))
  const spare = new Set(
    random
      .shuffled(visits.filter((wish) => latest.get(wish.account.id) !== wish))
      .slice(0, Math.max(0, visits.length - most)),
  )
  return visits.filter((wish) => !spare.has(wish))
}

/** Meetings in the order wanted, cut into days; whoever was met that day already waits for the next. */
function dayGroups(random: Random, wishes: readonly Wish[]): Wish[][] {
  const groups: Wish[][] = []
  let waiting = [...wishes]
  while (waiting.length > 0) {
    const size = random.int(DAY_MIN, DAY_MAX)
    const group: Wish[] = []
    const met = new Set<Account>()
    let passed = 0
    for (; passed < waiting.length && group.length < size; passed++) {
      const wish = waiting[passed]
      if (!wish || met.has(wish.account)) continue
      met.add(wish.account)
      group.push(wish)
    }
    const taken = new Set(group)
    waiting = [...waiting.slice(0, passed).filter((wish) => !taken.has(wish)), ...waiting.slice(passed)]
    groups.push(group)
  }
  return groups
}

/** The days somebody works: five weeks of leave, three of them in July or August. */
function workedBy(random: Random, year: Year): Day[] {
  const summer = addDays(`${year.to.slice(0, 4)}-07-06`, random.int(0, 5) * 7)
  const lastSummer = addDays(`${Number(year.to.slice(0, 4)) - 1}-07-06`, random.int(0, 5) * 7)
  const leaves: readonly (readonly [Day, number])[] = [
    [summer, 21],
    [lastSummer, 21],
    [`${Number(year.to.slice(0, 4)) - 1}-12-24`, 9],
    [`${year.to.slice(0, 4)}-12-24`, 9],
    [addDays(year.from, random.int(60, 160)), 7],
  ]
  return year.workingDays.filter(
    (day) => !leaves.some(([from, length]) => day >= from && day < addDays(from, length)),
  )
}

/** A date for each day wanted, in order: the last worked day before it, or the next that is free. */
function datesOf(wanted: readonly Day[], worked: readonly Day[]): Day[] {
  const last = worked.length - 1
  const places: number[] = []
  for (const day of wanted) {
    const before = worked.findLastIndex((candidate) => candidate <= day)
    places.push(Math.max(before, (places.at(-1) ?? -1) + 1, 0))
  }
  // What was pushed past the end is pulled back, a day each.
  for (let i = places.length - 1, latest = last; i >= 0; i--, latest--)
    places[i] = Math.min(places[i] ?? 0, latest)
  return places.map((place) => worked[place] ?? worked[last] ?? '')
}
