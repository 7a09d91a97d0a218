import { account, contact } from '@fieldback/domain/giveback/fixture'
import { describe, expect, it } from 'vitest'
import { byDistance, byLastVisit, findable, searchAccounts } from './search-accounts.ts'

const accounts = [
  account('1', { name: 'Fromagerie Harispe', city: 'Itxassou', lastVisitDay: '2026-11-01', ref: 'C-0041' }),
  account('2', { name: 'Boulangerie Harriague', city: 'Espelette', lastVisitDay: '2026-11-20' }),
  account('3', {
    name: 'Hôtel des Halles',
    city: 'Saint-Jean-Pied-de-Port',
    lastVisitDay: null,
    ref: 'C-0042',
  }),
  account('4', { name: 'Traiteur Durruty', city: 'Harcelaines', lastVisitDay: '2026-10-01', ref: '640' }),
  account('5', { name: 'Auberge 640', city: 'Ascain', lastVisitDay: '2026-11-21' }),
]
const list = findable(accounts, [contact('Etxeberria', '4', { firstName: 'Maïder' })])
const found = (typed: string) => searchAccounts(list, typed, byLastVisit).map(({ id }) => id)

describe('an account is found', () => {
  it('by two letters of a word of its name, last visited first, then by its town', () => {
    expect(found('ha')).toEqual(['2', '1', '3', '4'])
  })
  it('not by one letter, which would be everybody', () => {
    expect(found('h')).toEqual([])
    expect(found(' ')).toEqual([])
  })
  it('first when its name begins with what was typed', () => {
    expect(found('hotel')).toEqual(['3'])
    expect(found('HÔTEL  DES')).toEqual(['3'])
  })
  it('by its people, whatever accents are typed', () => {
    expect(found('maider')).toEqual(['4'])
    expect(found('etxe')).toEqual(['4'])
  })
  it('by words of name and town together, in any order', () => {
    expect(found('espelette boul')).toEqual(['2'])
    expect(found('pied')).toEqual(['3'])
  })
  it('by its client number, typed as it is written or in one word, whole or its beginning', () => {
    for (const typed of ['C-0042', 'c 0042', 'c0042', '0042']) expect(found(typed)).toEqual(['3'])
    expect(found('c-00')).toEqual(['1', '3'])
    expect(found('halles 0042')).toEqual(['3'])
  })
  it('first when what was typed is its whole number', () => {
    expect(found('640')).toEqual(['4', '5'])
    expect(found('64')).toEqual(['5', '4'])
  })
  it('inside a word only from three letters on', () => {
    expect(found('ru')).toEqual([])
    expect(found('rut')).toEqual(['4'])
  })
})

describe('the order of accounts', () => {
  it('never visited comes last', () => {
    expect([...accounts].sort(byLastVisit).map(({ id }) => id)).toEqual(['5', '2', '1', '4', '3'])
  })
  it('nearest first, those nobody placed last and by name', () => {
    const here = { latitude: 43.34, longitude: -1.45 }
    const placed = [
      account('far', { latitude: 43.48, longitude: -1.55 }),
      account('nowhere2', { name: 'Z' }),
      account('nowhere1', { name: 'A' }),
      account('near', { latitude: 43.341, longitude: -1.45 }),
    ]
    expect(placed.sort(byDistance(here)).map(({ id }) => id)).toEqual(['near', 'far', 'nowhere1', 'nowhere2'])
  })
})
