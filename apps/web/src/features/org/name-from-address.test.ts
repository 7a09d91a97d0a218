import { expect, it } from 'vitest'
import { nameFromAddress } from './name-from-address.ts'

it('a name is proposed from the words of a work address', () => {
  expect(nameFromAddress('claire.aubert@delmas.fr')).toBe('Claire Aubert')
  expect(nameFromAddress('JEAN-PIERRE.MARTIN@delmas.fr')).toBe('Jean Pierre Martin')
})

it('an address that tells no name proposes none', () => {
  for (const email of ['contact@delmas.fr', 'c.aubert@delmas.fr', '', '@', 'agence.33@delmas.fr'])
    expect(nameFromAddress(email), email).toBeNull()
})
