import fc from 'fast-check'
import { expect, it } from 'vitest'
import { accountLikeness, likelyDuplicates } from '../account/duplicates.ts'
import { nameKey } from '../account/normalise.ts'
import { indexNear, NEAR_MAX } from './near-names.ts'

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

it('a word that more than the limit bear at a place tells nobody apart; a rarer one still does', () => {
  const bakeries = Array.from({ length: NEAR_MAX * 5 }, (_, i) => `boulangerie n${i}`)
  const near = indexNear([...bakeries, 'boulangerie lapitz'], (key) => ({ key, places: ['64000'] }))
  expect([...near('boulangerie lapits', ['64000'])]).toEqual(['boulangerie lapitz'])
  expect([...near('boulangerie garat', ['64000'])]).toEqual([])
  expect([...near('boulangerie lapitz', ['75001'])]).toEqual([])
})
it('no name is compared with more than the limit, the bearers of its rarest words first', () => {
  const many = (word: string, n: number) => Array.from({ length: n }, (_, i) => `${word} n${i}`)
  const records = [...many('aaa', NEAR_MAX), ...many('bbb', NEAR_MAX), ...many('ccc', 3)]
  const near = indexNear(records, (key) => ({ key, places: ['64000'] }))('aaa bbb ccc', ['64000'])
  expect(near.size).toBe(NEAR_MAX)
  expect([...near].slice(0, 3)).toEqual(many('ccc', 3))
})
