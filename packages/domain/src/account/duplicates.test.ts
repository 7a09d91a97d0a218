import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountLikeness, contactLikeness, type Likeness, likelyDuplicates } from './duplicates.ts'

const account = (over: Partial<Parameters<typeof accountLikeness>[0]>): Likeness =>
  accountLikeness({ id: 'x', name: 'Autre', phone: null, email: null, postcode: null, city: null, ...over })
const typed = account({ id: 'new', name: 'Fromagerie Harispe', postcode: '64250', city: 'Itxassou' })
const reasons = (existing: Likeness[], candidate = typed) =>
  likelyDuplicates(candidate, existing).map(({ id, reasons }) => [id, ...reasons])

describe('likely duplicates', () => {
  it('the same name in the same town or postcode, whatever the case and accents', () => {
    expect(reasons([account({ id: 'a', name: 'FROMAGERIE HARISPE', city: 'ITXASSOU' })])).toEqual([
      ['a', 'name_same_place'],
    ])
    expect(reasons([account({ id: 'a', name: 'fromagerie harispe', postcode: '64250' })])).toEqual([
      ['a', 'name_same_place'],
    ])
  })
  it('the same name in another town is no duplicate', () => {
    expect(
      reasons([account({ id: 'a', name: 'Fromagerie Harispe', city: 'Bayonne', postcode: '64100' })]),
    ).toEqual([])
  })
  it('a close name in the same town: other order, legal form, one letter', () => {
    const near = { city: 'Itxassou' }
    expect(reasons([account({ id: 'a', name: 'SARL Harispe Fromagerie', ...near })])).toEqual([
      ['a', 'close_name_same_place'],
    ])
    expect(reasons([account({ id: 'a', name: 'Fromagerie Arispe', ...near })])).toEqual([
      ['a', 'close_name_same_place'],
    ])
    expect(reasons([account({ id: 'a', name: 'Fromagerie Harispe et fils', ...near })])).toEqual([
      ['a', 'close_name_same_place'],
    ])
  })
  it('one word in two is not close', () => {
    expect(reasons([account({ id: 'a', name: 'Fromagerie Etchegaray', city: 'Itxassou' })])).toEqual([])
    expect(reasons([account({ id: 'a', name: 'Boulangerie Etchegaray', city: 'Itxassou' })])).toEqual([])
  })
  it('names made of small words alone are close to nothing', () => {
    const candidate = account({ id: 'new', name: 'SARL', city: 'Itxassou' })
    expect(reasons([account({ id: 'a', name: 'SAS', city: 'Itxassou' })], candidate)).toEqual([])
  })
  it('the same phone or e-mail, even under another name elsewhere; no phone is not the same phone', () => {
    const candidate = { ...typed, phone: '+33559000001', email: 'm@x.fr' }
    expect(
      reasons(
        [
          account({ id: 'a', phone: '+33559000001' }),
          account({ id: 'b', email: 'm@x.fr' }),
          account({ id: 'c' }),
        ],
        candidate,
      ),
    ).toEqual([
      ['b', 'email'],
      ['a', 'phone'],
    ])
  })
  it('more reasons make it surer, and the surest comes first', () => {
    const candidate = { ...typed, phone: '+33559000001' }
    const found = likelyDuplicates(candidate, [
      account({ id: 'a', phone: '+33559000001' }),
      account({ id: 'b', phone: '+33559000001', name: 'Fromagerie Harispe', city: 'Itxassou' }),
    ])
    expect(found).toEqual([
      { id: 'b', score: 0.97, reasons: ['name_same_place', 'phone'] },
      { id: 'a', score: 0.8, reasons: ['phone'] },
    ])
  })
  it('people are near in their account alone', () => {
    const person = (id: string, accountId: string) =>
      contactLikeness({ id, accountId, firstName: 'Maider', lastName: 'Harispe', phone: null, email: null })
    expect(reasons([person('a', 'one'), person('b', 'two')], person('new', 'one'))).toEqual([
      ['a', 'name_same_place'],
    ])
  })
  it('a record is never its own duplicate, and the order of records does not count', () => {
    const likeness = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      name: fc.constantFrom('Fromagerie Harispe', 'Harispe', 'Fromagerie', 'Boulangerie'),
      phone: fc.constantFrom(null, '+331'),
      email: fc.constantFrom(null, 'a@b.fr'),
      places: fc.constantFrom([], ['itxassou']),
    })
    fc.assert(
      fc.property(likeness, fc.uniqueArray(likeness, { selector: ({ id }) => id }), (candidate, existing) => {
        const found = likelyDuplicates(candidate, existing)
        expect(found.map(({ id }) => id)).not.toContain(candidate.id)
        expect(likelyDuplicates(candidate, [...existing].reverse())).toEqual(found)
      }),
    )
  })
})
