import { nameKey } from '@fieldback/domain/account/normalise'
import type { AccountRow, ContactRow } from '@fieldback/domain/sync/pull'
import { distanceBetween, type Point, pointOf } from './distance.ts'
import { contactName } from './reach.ts'

const keys = new Map<string, string>()

/** Keys are made once per text: five thousand names cost a breath, and most stay the same from one change to the next. */
function keyOf(text: string): string {
  const known = keys.get(text)
  if (known !== undefined) return known
  const key = nameKey(text)
  keys.set(text, key)
  return key
}

/** What an account is found by, each part beginning with a space so that a word's beginning is ` word`. */
export type Findable = {
  readonly account: AccountRow
  readonly name: string
  readonly city: string
  readonly people: string
  /** The client number as one word: it is typed with or without its dashes. */
  readonly number: string
}

const joined = (key: string): string => key.replaceAll(' ', '')

export function findable(accounts: Iterable<AccountRow>, contacts: Iterable<ContactRow>): Findable[] {
  const people = new Map<string, string>()
  for (const contact of contacts) {
    people.set(contact.accountId, `${people.get(contact.accountId) ?? ''} ${keyOf(contactName(contact))}`)
  }
  return Array.from(accounts, (account) => {
    const number = keyOf(account.ref ?? '')
    return {
      account,
      name: ` ${keyOf(account.name)}`,
      city: ` ${keyOf(account.city ?? '')}`,
      people: `${people.get(account.id) ?? ''} ${number} ${joined(number)}`,
      number: joined(number),
    }
  })
}

/** Letters from which a search says something. */
export const LETTERS_MIN = 2

/** Inside a word only from three letters on: two would find everybody. */
const INSIDE_MIN = 3

/**
 * Accounts whose name, town, people or client number hold every word typed, in any order; names that begin with it and
 * the number itself first, then names, towns, the rest; `order` settles what is left. Fewer than two letters find nothing.
 */
export function searchAccounts(
  list: readonly Findable[],
  typed: string,
  order: (a: AccountRow, b: AccountRow) => number,
): AccountRow[] {
  const key = nameKey(typed)
  if (key.length < LETTERS_MIN) return []
  const words = key.split(' ')
  const place = (one: Findable): number => {
    if (one.name.startsWith(` ${key}`) || one.number === joined(key)) return 0
    if (words.every((word) => holds(one.name, word))) return 1
    if (words.every((word) => holds(`${one.name}${one.city}`, word))) return 2
    return words.every((word) => holds(`${one.name}${one.city}${one.people}`, word)) ? 3 : 9
  }
  return list
    .map((one) => ({ account: one.account, at: place(one) }))
    .filter(({ at }) => at < 9)
    .sort((a, b) => a.at - b.at || order(a.account, b.account))
    .map(({ account }) => account)
}

const holds = (key: string, word: string): boolean =>
  key.includes(` ${word}`) || (word.length >= INSIDE_MIN && key.includes(word))

const byName = (a: AccountRow, b: AccountRow): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1

/** Last visited first, never visited last. */
export const byLastVisit = (a: AccountRow, b: AccountRow): number => {
  const [x, y] = [a.lastVisitDay ?? '', b.lastVisitDay ?? '']
  return x === y ? byName(a, b) : x > y ? -1 : 1
}

/** Nearest first; what nobody placed on a map comes last. */
export const byDistance =
  (here: Point) =>
  (a: AccountRow, b: AccountRow): number =>
    metresTo(here, a) - metresTo(here, b) || byName(a, b)

export const metresTo = (here: Point, account: AccountRow): number => {
  const point = pointOf(account)
  // Finite, so that two of them can be told apart by name.
  return point ? distanceBetween(here, point) : 1e9
}
