import { field } from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import { answersPatch, givenAnswers, linesPatch } from './answers-patch.ts'
import { comparablePhone } from './comparable-phone.ts'
import { distanceBetween } from './distance.ts'
import { mailHref, routeHref, telHref, writeHref } from './reach.ts'

const fields = [field('energie', { version: 3 }), field('annee', { version: 1 })]
const day = '2026-11-24'

describe('a corrected card', () => {
  it('sends only the answers that changed, with the version and the day they were said', () => {
    const before = { energie: { v: 2, x: 'gaz' }, annee: { v: 1, x: 2009 } }
    expect(answersPatch(fields, before, { typed: { energie: 'bois', annee: 2009 }, day })).toEqual({
      energie: { v: 3, x: 'bois', d: day },
    })
  })
  it('takes an emptied answer away, and does not take away what was never there', () => {
    const before = { energie: { v: 2, x: 'gaz' } }
    expect(answersPatch(fields, before, { typed: { energie: undefined, annee: '' }, day })).toEqual({
      energie: null,
    })
  })
  it('keeps "I do not know" as an answer', () => {
    expect(givenAnswers(fields, { energie: null, annee: undefined }, day)).toEqual({
      energie: { v: 3, x: null, d: day },
    })
  })
  it('sends only the lines that changed from what was shown; emptied is null', () => {
    const before = { name: 'Harispe', phone: '05 59 12 34 56', email: 'a@b.fr' }
    expect(linesPatch(before, { name: ' Harispe ', phone: '05 59 12 34 56', email: '' })).toEqual({
      email: null,
    })
  })
})

describe('how somebody is reached', () => {
  const nobody = { phone: null, phoneRaw: null, email: null, emailRaw: null }
  it('by e-mail first, by message else, and by what was typed until it is normalised', () => {
    expect(writeHref({ ...nobody, phone: '+33559123456', email: 'a@b.fr' })).toBe('mailto:a@b.fr')
    expect(writeHref({ ...nobody, phoneRaw: '05 59 12 34 56' })).toBe('sms:0559123456')
    expect(writeHref(nobody)).toBeNull()
  })
  it('an address cannot slip anything into a link', () => {
    expect(mailHref('a?cc=x@b.fr')).toBe('mailto:a%3Fcc%3Dx@b.fr')
    expect(telHref('05 59;phone-context=x')).toBe('tel:0559')
  })
  it('a route opens the phone’s own map, and needs at least a town', () => {
    const place = {
      name: 'Harispe',
      street: null,
      postcode: null,
      city: 'Itxassou',
      latitude: null,
      longitude: null,
    }
    expect(routeHref({ ...place, latitude: 43.3, longitude: -1.4 }, 'Android')).toBe(
      'geo:43.3,-1.4?q=43.3%2C-1.4(Harispe)',
    )
    expect(routeHref(place, 'iPhone')).toBe('https://maps.apple.com/?daddr=Harispe%2C%20Itxassou')
    expect(routeHref({ ...place, city: null }, 'Android')).toBeNull()
  })
  it('a typed number is compared as the server will keep it', () => {
    expect(comparablePhone('05 59 12 34 56')).toBe('+33559123456')
    expect(comparablePhone('+33 (0)5 59 12 34 56')).toBe('+33559123456')
    expect(comparablePhone('0034 943 123 456')).toBe('+34943123456')
    expect(comparablePhone('0559')).toBeNull()
  })
})

it('Bayonne to Biarritz is 6.8 kilometres', () => {
  const metres = distanceBetween(
    { latitude: 43.4929, longitude: -1.4748 },
    { latitude: 43.4832, longitude: -1.5586 },
  )
  expect(Math.round(metres / 100)).toBe(68)
})
