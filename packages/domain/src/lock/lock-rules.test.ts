import fc from 'fast-check'
import { expect, it } from 'vitest'
import { codeFault, waitAfter } from './lock-rules.ts'

it.each([
  ['48213', 'short'],
  ['000000', 'plain'],
  ['123456', 'plain'],
  ['987654', 'plain'],
  ['482137', null],
  ['112233', null],
  ['un mot de passe', null],
] as const)('a code of %s is %s', (code, fault) => expect(codeFault(code)).toBe(fault))

it('each wrong code makes the next wait at least as long, up to an hour', () => {
  expect([0, 4, 5, 6, 7].map(waitAfter)).toEqual([0, 0, 30_000, 60_000, 120_000])
  fc.assert(
    fc.property(fc.nat(), (wrong) => {
      expect(waitAfter(wrong + 1)).toBeGreaterThanOrEqual(waitAfter(wrong))
      expect(waitAfter(wrong)).toBeLessThanOrEqual(3_600_000)
    }),
  )
})
