import { account, contact } from '@fieldback/domain/giveback/fixture'
import { expect, it } from 'vitest'
import { findContacts } from './find-contacts.ts'

const rows = {
  accounts: new Map([
    ['a', account('a', { name: 'Boulangerie Etchegoyen' })],
    ['b', account('b', { name: 'Chez Maïté' })],
  ]),
  contacts: new Map(
    [
      contact('1', 'a', { firstName: 'Peio', lastName: 'Lapitz' }),
      contact('2', 'b', { firstName: 'Maïté', lastName: 'Ona' }),
      contact('3', 'b', { firstName: 'Jean', lastName: 'Harispe' }),
    ].map((row) => [row.id, row]),
  ),
}
const ids = (typed: string) => findContacts(rows, typed).map(({ id }) => id)

it('finds people by the beginning of any of their names, accents apart', () => {
  expect(ids('lap')).toEqual(['1'])
  expect(ids('ona maite')).toEqual(['2'])
  expect(ids('apitz')).toEqual([])
})

it('finds people of an account by its name, after those who bear it', () => {
  expect(ids('maite')).toEqual(['2', '3'])
  expect(ids('etche pei')).toEqual(['1'])
})
