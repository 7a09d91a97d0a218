import { describe, expect, it } from 'vitest'
import { placeWithin, shortName } from './words.ts'

const region = (code: string | null, name: string, rank: 0 | 1 | 2 | 3 = 1) => ({
  id: '',
  name,
  rank,
  code,
  closed: false,
})

describe('a place in a French sentence', () => {
  it('takes the preposition of its name', () => {
    expect(placeWithin(region('75', 'Nouvelle-Aquitaine'), 'fr')).toBe('en Nouvelle-Aquitaine')
    expect(placeWithin(region('44', 'Grand Est'), 'fr')).toBe('dans le Grand Est')
    expect(placeWithin(region('32', 'Hauts-de-France'), 'fr')).toBe('dans les Hauts-de-France')
    expect(placeWithin(region('04', 'La Réunion'), 'fr')).toBe('à La Réunion')
    expect(placeWithin(region('FR', 'France', 0), 'fr')).toBe('en France')
  })
  it('is left to the bare name where there is no rule: a department, an organisation of another making', () => {
    expect(placeWithin(region('40', 'Landes', 2), 'fr')).toBeNull()
    expect(placeWithin(region(null, 'Atelier Mercier', 0), 'fr')).toBeNull()
    expect(placeWithin(region('40', 'Landes', 2), 'en')).toBe('in Landes')
  })
})

describe('a name at the end of a line', () => {
  it('is whole when it is short, else begins with an initial, else is cut', () => {
    expect(shortName('Bretagne')).toBe('Bretagne')
    expect(shortName('Nouvelle-Aquitaine')).toBe('N.-Aquitaine')
    expect(shortName("Provence-Alpes-Côte d'Azur")).toBe('P.-Alpes-Côte…')
  })
})
