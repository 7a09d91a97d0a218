import { createHmac } from 'node:crypto'
import type { LockRule } from '@fieldback/db/identity/identity.repo'

const QUARTER = 15 * 60

/** Per address of a person: five attempts in a quarter of an hour, then a quarter of an hour. */
export const PASSWORD_RULE: LockRule = { max: 5, windowSeconds: QUARTER, lockSeconds: QUARTER }
/** Per network address: a whole office may stand behind one, so more, and failures only. */
export const NETWORK_RULE: LockRule = { max: 30, windowSeconds: QUARTER, lockSeconds: QUARTER }
/** Links to one mailbox: enough for one that is slow, too few to flood it. */
export const LINK_RULE: LockRule = { max: 5, windowSeconds: QUARTER, lockSeconds: QUARTER }

const DAY = 24 * 60 * 60
/** Links that an organisation mails to one of its members. */
export const MEMBER_MAIL_RULE: LockRule = { max: 5, windowSeconds: DAY, lockSeconds: DAY }
/** Links that an organisation mails in all: files of thousands of people leave in a day, mail to strangers has an end. */
export const ORGANISATION_MAIL_RULE: LockRule = { max: 5_000, windowSeconds: DAY, lockSeconds: DAY }

export type AttemptKind = 'password' | 'link' | 'network'

/** What a counter is kept under: a keyed hash, so that the table tells neither who tried nor from where. */
export const attemptSubject = (secret: string, kind: AttemptKind, value: string): string =>
  `${kind}:${createHmac('sha256', secret).update(`${kind}:${value}`).digest('base64url')}`

export const normaliseEmail = (typed: string): string => typed.trim().toLowerCase()

/** One subscriber: an IPv4 address, or the first half of an IPv6 one, whose second half its owner chooses. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!address.includes(':')) return address
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
