import { normaliseWebAddress } from '@fieldback/domain/field/web-address'
import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import { mailHref, routeHref, telHref } from '../account/reach.ts'
import type { PhoneState } from '../data/store.ts'
import { paths } from '../router.tsx'

/** What a tap on an answer does: calls, writes, opens a page, shows the way, or opens a card of this phone. */
export type AnswerLink = {
  readonly does: 'call' | 'write' | 'open' | 'route' | 'card'
  readonly href: string
}

/**
 * Where an answer leads; null for one that leads nowhere. A web address is judged again before it is opened: what one
 * person typed is never run by another. A reference opens only what this phone holds.
 */
export function answerLink(
  parts: AnswerParts,
  { accounts, contacts }: Pick<PhoneState['rows'], 'accounts' | 'contacts'>,
  userAgent: string,
): AnswerLink | null {
  switch (parts.kind) {
    case 'phone':
      return /\d.*\d.*\d/.test(parts.text) ? { does: 'call', href: telHref(parts.text) } : null
    case 'email':
      return parts.text.includes('@') ? { does: 'write', href: mailHref(parts.text) } : null
    case 'web': {
      const href = normaliseWebAddress(parts.text)
      return href === null ? null : { does: 'open', href }
    }
    case 'address': {
      const { street, postcode, city, country } = parts.address
      const town = [city, country].filter(Boolean).join(', ')
      const place = { name: '', street, postcode, city: town, latitude: null, longitude: null }
      const href = routeHref(place, userAgent)
      return href === null ? null : { does: 'route', href }
    }
    case 'position': {
      const { latitude, longitude } = parts.position
      const place = { name: '', street: null, postcode: null, city: null, latitude, longitude }
      const href = routeHref(place, userAgent)
      return href === null ? null : { does: 'route', href }
    }
    case 'reference': {
      if (!(parts.to === 'account' ? accounts : contacts).has(parts.id)) return null
      const href = parts.to === 'account' ? paths.account(parts.id) : paths.contact(parts.id)
      return { does: 'card', href }
    }
    default:
      return null
  }
}
