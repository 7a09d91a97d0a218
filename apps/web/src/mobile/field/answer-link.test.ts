import type { AnswerParts } from '@fieldback/domain/giveback/answer-parts'
import { account, contact } from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import { answerLink } from './answer-link.ts'

const rows = {
  accounts: new Map([['a1', account('a1')]]),
  contacts: new Map([['c1', contact('c1', 'a1')]]),
}
const href = (parts: AnswerParts, userAgent = '') => answerLink(parts, rows, userAgent)?.href ?? null

describe('a tap on an answer', () => {
  it('calls a number, writes to an address, as typed when they have no normal form', () => {
    expect(href({ kind: 'phone', text: '+33612345678' })).toBe('tel:+33612345678')
    expect(href({ kind: 'phone', text: '06 12 34 (bureau)' })).toBe('tel:061234')
    expect(href({ kind: 'phone', text: 'voir avec Maider' })).toBeNull()
    expect(href({ kind: 'email', text: 'maider@exemple.fr' })).toBe('mailto:maider@exemple.fr')
    expect(href({ kind: 'email', text: 'pas encore' })).toBeNull()
  })
  it('opens the web and nothing else', () => {
    expect(href({ kind: 'web', text: 'exemple.fr/carte' })).toBe('https://exemple.fr/carte')
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'https://exemple.fr@mechant.fr', 'rien'])
      expect([text, href({ kind: 'web', text })]).toEqual([text, null])
  })
  it('shows the way to an address with a town, and to a position', () => {
    const address = { street: '3 rue Longue', postcode: '64100', city: 'Bayonne', country: '' }
    expect(href({ kind: 'address', address }, 'Android')).toBe(
      'geo:0,0?q=3%20rue%20Longue%2C%2064100%20Bayonne',
    )
    expect(href({ kind: 'address', address: { ...address, city: '' } })).toBeNull()
    const position = { latitude: 43.3, longitude: -1.4, accuracy: 12 }
    expect(href({ kind: 'position', position }, 'Android')).toBe('geo:43.3,-1.4?q=43.3%2C-1.4')
  })
  it('opens the card of an account or a contact of this phone, never of another', () => {
    expect(href({ kind: 'reference', to: 'account', id: 'a1' })).toBe('/m/accounts/a1')
    expect(href({ kind: 'reference', to: 'contact', id: 'c1' })).toBe('/m/contacts/c1')
    expect(href({ kind: 'reference', to: 'account', id: 'c1' })).toBeNull()
  })
})
