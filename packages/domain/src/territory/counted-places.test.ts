import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countedPlaces } from './counted-places.ts'

it('a place has its most frequent way of writing, whatever comes first', () => {
  const named = [
    ['brest', 'BREST'],
    ['quimper', 'Quimper'],
    ['brest', 'Brest'],
    ['brest', 'Brest'],
    ['', ''],
  ] as const
  const expected = [
    { key: 'brest', name: 'Brest', accounts: 3 },
    { key: 'quimper', name: 'Quimper', accounts: 1 },
  ]
  expect(countedPlaces(named)).toEqual(expected)
  expect(countedPlaces(named.toReversed())).toEqual(expected)
})

it('counts each account that has a place once', () => {
  const named = fc.array(fc.tuple(fc.constantFrom('', 'a', 'b', 'c'), fc.constantFrom('x', 'y')))
  fc.assert(
    fc.property(named, (list) => {
      const sum = countedPlaces(list).reduce((total, { accounts }) => total + accounts, 0)
      return sum === list.filter(([key]) => key !== '').length
    }),
  )
})
