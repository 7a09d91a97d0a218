import type { AccountRow, ContactRow } from '../sync/pull.ts'
import { nameKey, personKey } from './normalise.ts'

/** What duplicates are judged on. `places`: keys of town, postcode or account; sharing one is being near. */
export type Likeness = {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly places: readonly string[]
}

export type DuplicateReason = 'phone' | 'email' | 'name_same_place' | 'close_name_same_place'

export type Duplicate = {
  readonly id: string
  /** 0 to 1: how sure, the strongest reasons first. */
  readonly score: number
  readonly reasons: readonly DuplicateReason[]
}

/** How sure each reason alone makes it; a shared switchboard keeps the phone below the e-mail. */
const WEIGHT: Readonly<Record<DuplicateReason, number>> = {
  email: 0.9,
  name_same_place: 0.85,
  phone: 0.8,
  close_name_same_place: 0.6,
}
const CLOSE = 0.6

/** Legal forms and small words say nothing of who it is. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  'sarl sas sasu sa eurl eirl ei sci snc scop gaec ets etablissements le la les l de du des d et a au aux'.split(
    ' ',
  ),
)

export const accountLikeness = (
  row: Pick<AccountRow, 'id' | 'name' | 'phone' | 'email' | 'postcode' | 'city'>,
): Likeness => ({
  id: row.id,
  name: row.name,
  phone: row.phone,
  email: row.email,
  places: [row.postcode, row.city].map((place) => nameKey(place ?? '')).filter((place) => place !== ''),
})

/** People are near when they belong to the same account. */
export const contactLikeness = (
  row: Pick<ContactRow, 'id' | 'firstName' | 'lastName' | 'phone' | 'email' | 'accountId'>,
): Likeness => ({
  id: row.id,
  name: personKey(row.firstName, row.lastName),
  phone: row.phone,
  email: row.email,
  places: [row.accountId],
})

/**
 * Records that may be the one being typed, surest first; ties by id. Phones and e-mails are compared normalised. A
 * close name elsewhere is no duplicate: every town has its Boulangerie du Centre.
 */
export function likelyDuplicates(candidate: Likeness, existing: readonly Likeness[]): Duplicate[] {
  const key = nameKey(candidate.name)
  const words = tokens(key)
  return existing
    .filter((other) => other.id !== candidate.id)
    .flatMap((other) => {
      const reasons = reasonsFor({ candidate, key, words }, other)
      if (reasons.length === 0) return []
      const doubt = reasons.reduce((left, reason) => left * (1 - WEIGHT[reason]), 1)
      return [{ id: other.id, score: Math.round((1 - doubt) * 1000) / 1000, reasons }]
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

type Sought = { readonly candidate: Likeness; readonly key: string; readonly words: readonly string[] }

function reasonsFor({ candidate, key, words }: Sought, other: Likeness): DuplicateReason[] {
  const reasons: DuplicateReason[] = []
  if (candidate.email !== null && candidate.email === other.email) reasons.push('email')
  const near = candidate.places.some((place) => other.places.includes(place))
  if (near && key !== '') {
    const otherKey = nameKey(other.name)
    if (otherKey === key) reasons.push('name_same_place')
    else if (similarity(words, tokens(otherKey)) >= CLOSE) reasons.push('close_name_same_place')
  }
  if (candidate.phone !== null && candidate.phone === other.phone) reasons.push('phone')
  return reasons.sort((a, b) => WEIGHT[b] - WEIGHT[a])
}

/** Whether two names, as keys, are the same or close: most of their words are the same but for one letter. */
export const namesClose = (a: string, b: string): boolean =>
  a === b || similarity(tokens(a), tokens(b)) >= CLOSE

/** Whether two names, as keys, have the same words in any order, each but for one letter; legal forms and small words apart. */
export const namesAlike = (a: string, b: string): boolean => a === b || similarity(tokens(a), tokens(b)) === 1

const tokens = (key: string): string[] =>
  [...new Set(key.split(' '))].filter((word) => word !== '' && !EMPTY_WORDS.has(word))

/** Dice coefficient over words, a word matching when one letter differs: 1 for the same words in any order. */
function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  const left = [...b]
  let shared = 0
  for (const word of a) {
    const at = left.findIndex((other) => word === other || oneLetterApart(word, other))
    if (at < 0) continue
    shared += 1
    left.splice(at, 1)
  }
  return (2 * shared) / (a.length + b.length)
}

/** One letter added, dropped or changed, in words of five letters or more. */
function oneLetterApart(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false
  let i = 0
  while (i < a.length && a[i] === b[i]) i += 1
  return a.length === b.length
    ? a.slice(i + 1) === b.slice(i + 1)
    : a.length > b.length
      ? a.slice(i + 1) === b.slice(i)
      : a.slice(i) === b.slice(i + 1)
}
