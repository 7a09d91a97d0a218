import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountLikeness, likelyDuplicates } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'
import { indexNear } from './near-names.ts'

it('no close name at the same place is missed, however few records are looked at', () => {
  const words = [
    'fromagerie',
    'harispe',
    'arispe',
    'fromages',
    'sarl',
    'lapitz',
    'lapits',
    'garat',
    'guarat',
    'ona',
    'maison',
    'maisons',
  ]
  const letter = fc.constantFrom(...'abcdefgh')
  const word = fc.oneof(
    fc.constantFrom(...words),
    fc
      .tuple(fc.constantFrom(...words), fc.nat(9), letter)
      .map(([text, at, c]) => text.slice(0, at) + c + text.slice(at + 1)),
  )
  const account = fc.record({
    id: fc.uuid(),
    name: fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' ')),
    postcode: fc.constantFrom('64250', '64100'),
    phone: fc.constant(null),
    email: fc.constant(null),
    city: fc.constant(null),
  })
  fc.assert(
    fc.property(account, fc.array(account, { maxLength: 20 }), (candidate, others) => {
      const near = indexNear(others, ({ name, postcode }) => ({
        key: nameKey(name),
        places: [nameKey(postcode)],
      }))
      const looked = [...near(nameKey(candidate.name), [nameKey(candidate.postcode)])]
      const likeness = accountLikeness(candidate)
      expect(likelyDuplicates(likeness, looked.map(accountLikeness))).toEqual(
        likelyDuplicates(likeness, others.map(accountLikeness)),
      )
    }),
  )
})
