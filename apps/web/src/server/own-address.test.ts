import { expect, it } from 'vitest'
import { ownAddress } from './own-address.ts'

it.each(['/manage', '/hq/field/1?from=2026-01&to=2026-11', '/m/accounts/x'])(
  'keeps an address of ours: %s',
  (address) => {
    expect(ownAddress(address)).toBe(address)
  },
)

it.each([
  'https://evil.test/x',
  '//evil.test/x',
  '/\\evil.test',
  '/\t/evil.test',
  'javascript:alert(1)',
  'manage',
  '',
  undefined,
  ['/manage'],
])('goes home rather than anywhere else: %s', (address) => {
  expect(ownAddress(address)).toBe('/')
})
