import type { Check, Position, PostalAddress } from './value.ts'

export const ADDRESS_PARTS = ['street', 'postcode', 'city', 'country'] as const
export type AddressPart = (typeof ADDRESS_PARTS)[number]

/** The lengths of an account's own address. */
export const ADDRESS_MAX: Readonly<Record<AddressPart, number>> = {
  street: 200,
  postcode: 20,
  city: 120,
  country: 60,
}

type Keyed = Readonly<Record<string, unknown>>

const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hasOnly = (value: Keyed, keys: readonly string[]): boolean =>
  Object.keys(value).length === keys.length && keys.every((key) => key in value)

export const isAddress = (value: unknown): value is PostalAddress =>
  isKeyed(value) &&
  hasOnly(value, ADDRESS_PARTS) &&
  ADDRESS_PARTS.every((part) => typeof value[part] === 'string')

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= most

export const isPosition = (value: unknown): value is Position =>
  isKeyed(value) &&
  hasOnly(value, ['latitude', 'longitude', 'accuracy']) &&
  isWithin(value.latitude, 90) &&
  isWithin(value.longitude, 180) &&
  (value.accuracy === null || (isWithin(value.accuracy, EARTH) && value.accuracy >= 0))

/** Metres half round the earth: a phone that knows nothing says no more. */
const EARTH = 20_100_000

export const addressFault: Check = (_, value) => {
  if (!isAddress(value)) return 'ANSWER_TYPE'
  return ADDRESS_PARTS.some((part) => value[part].length > ADDRESS_MAX[part]) ? 'ANSWER_TOO_LONG' : null
}

export const positionFault: Check = (_, value) => (isPosition(value) ? null : 'ANSWER_TYPE')

/** On one line, as it is read and as a map takes it. */
export const addressOnOneLine = ({ street, postcode, city, country }: PostalAddress): string =>
  [street, `${postcode} ${city}`, country]
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ')
