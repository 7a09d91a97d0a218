import type { AccountRow, ContactRow } from '@fieldback/domain/sync/pull'

type Reachable = Pick<ContactRow, 'phone' | 'phoneRaw' | 'email' | 'emailRaw'>

/** The number to show and to dial: as normalised, else as typed. */
export const numberOf = (row: Reachable): string | null => row.phone ?? row.phoneRaw

/** The address to show and to write to: as normalised, else as typed. */
export const addressOf = (row: Reachable): string | null => row.email ?? row.emailRaw

/** A number as it is read aloud, to be corrected in a form: plain spaces, nothing kept from the page. */
export const typedNumber = (row: Reachable, format: (e164: string) => string): string =>
  format(numberOf(row) ?? '').replaceAll('\u00a0', ' ')

const digits = (number: string): string => number.replace(/[^\d+]/g, '')

export const telHref = (number: string): string => `tel:${digits(number)}`
export const smsHref = (number: string): string => `sms:${digits(number)}`
export const mailHref = (address: string): string =>
  `mailto:${encodeURIComponent(address).replace('%40', '@')}`

/** How to write to somebody: an e-mail where there is an address, else a text message; null when there is neither. */
export function writeHref(row: Reachable): string | null {
  const address = addressOf(row)
  if (address !== null) return mailHref(address)
  const number = numberOf(row)
  return number === null ? null : smsHref(number)
}

type Placed = Pick<AccountRow, 'name' | 'street' | 'postcode' | 'city' | 'latitude' | 'longitude'>

/** On one line, as a map reads it. */
export const addressLine = ({
  street,
  postcode,
  city,
}: Omit<Placed, 'name' | 'latitude' | 'longitude'>): string =>
  [street, [postcode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ')

/**
 * Opens the route in the phone's own map: `geo:` wherever the system offers a choice of maps, Apple's address on its
 * phones, which know no `geo:`. Null when nothing says where it is.
 */
export function routeHref(account: Placed, userAgent: string): string | null {
  const { latitude, longitude } = account
  const point = latitude !== null && longitude !== null ? `${latitude},${longitude}` : null
  const line = addressLine(account)
  if (point === null && !account.city) return null
  const goal = point ?? [account.name, line].filter(Boolean).join(', ')
  if (/iPhone|iPad|Macintosh/.test(userAgent))
    return `https://maps.apple.com/?daddr=${encodeURIComponent(goal)}`
  if (/Android/.test(userAgent)) {
    const label = point === null || account.name === '' ? goal : `${point}(${account.name})`
    return `geo:${point ?? '0,0'}?q=${encodeURIComponent(label)}`
  }
  return `https://www.openstreetmap.org/${point ? `directions?to=${encodeURIComponent(point)}` : `search?query=${encodeURIComponent(goal)}`}`
}

export const contactName = ({ firstName, lastName }: Pick<ContactRow, 'firstName' | 'lastName'>): string =>
  `${firstName} ${lastName}`.trim()

export const initialsOf = (name: string): string =>
  name
    .split(/[\s-]+/)
    .slice(0, 2)
    .map((part) => part.slice(0, 1).toUpperCase())
    .join('')
