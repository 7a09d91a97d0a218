import { expect, it } from 'vitest'
import { departmentOf, surenessOf } from './likely-accounts.ts'

it('a department is known from a French postcode, overseas by three digits, and from nothing else', () => {
  expect(
    ['64250', '64 250', '01000', '20137', '97410', '1000', 'F-64250', '', null].map(departmentOf),
  ).toEqual(['64', '64', '01', '20', '974', null, null, null, null])
})

it('a score is said in three words', () => {
  expect([0.98, 0.85, 0.84, 0.6, 0.45].map(surenessOf)).toEqual(['high', 'high', 'middle', 'middle', 'low'])
})
