import { expect, it } from 'vitest'
import { nameKey } from '../account/normalise.ts'
import { accountFinder, type ContactAccount } from './find-account.ts'

const account = (id: string, name: string, postcode: string | null, city: string | null): ContactAccount => ({
  id,
  ref: id,
  name,
  postcode,
  city,
  territoryId: 't',
})
const accounts = [
  account('A', 'Boulangerie du Port', '64500', 'Ciboure'),
  account('B', 'Boulangerie du Port', '64700', 'Hendaye'),
  account('C', 'SARL Garage Iriarte', '64500', 'Ciboure'),
  account('D', 'Chez Maite', null, null),
  account('E', 'Cave Oteiza', '64120', 'Ostabat'),
]
const find = accountFinder(accounts)
const found = (
  name: string,
  postcode: string | null = null,
  city: string | null = null,
  ref: string | null = null,
) => {
  const answer = find({ accountRef: ref, account: name, accountKey: nameKey(name), postcode, city })
  return 'account' in answer
    ? answer.account.id
    : `${answer.fault.code} ${answer.fault.params.names ?? ''}`.trim()
}

it('a number alone decides', () => {
  expect([found('Autre chose', '75001', null, 'A'), found('Cave Oteiza', null, null, 'Z')]).toEqual([
    'A',
    'ACCOUNT_UNKNOWN',
  ])
})
it('a name that one account bears is enough, with its place where that is told', () => {
  expect(found('CAVE OTEIZA')).toBe('E')
  expect(found('Cave Oteiza', '64120')).toBe('E')
  expect(found('Cave Oteiza', '64129', 'OSTABAT')).toBe('E')
  expect(found('Chez Maite', '64000', 'Pau')).toBe('D')
})
it('a name that several bear is decided by the place, and told with all of them when it is not', () => {
  expect(found('Boulangerie du Port', '64700')).toBe('B')
  expect(found('Boulangerie du Port', null, 'ciboure')).toBe('A')
  expect(found('Boulangerie du Port')).toBe(
    'ACCOUNT_AMBIGUOUS Boulangerie du Port, Ciboure (A) ; Boulangerie du Port, Hendaye (B)',
  )
})
it('an account elsewhere or only close is told and never taken', () => {
  expect(found('Cave Oteiza', '64000', 'Pau')).toBe('ACCOUNT_LIKELY Cave Oteiza, Ostabat (E)')
  expect(found('Garage Iriarte', '64500')).toBe('ACCOUNT_LIKELY SARL Garage Iriarte, Ciboure (C)')
  expect(found('Garage Iriarte')).toBe('ACCOUNT_LIKELY SARL Garage Iriarte, Ciboure (C)')
  expect(found('Garage Iriarte', '75001')).toBe('ACCOUNT_UNKNOWN')
  expect(found('Tout autre')).toBe('ACCOUNT_UNKNOWN')
})
