import { describe, expect, it } from 'vitest'
import { isOfficialCode } from './official-code.ts'

describe('an official code', () => {
  it('is letters, figures, dots and dashes, in one word', () => {
    for (const code of ['64', '2A', '200067106', 'FR-BRE', 'É.1'])
      expect([code, isOfficialCode(code)]).toEqual([code, true])
    for (const code of ['', '64 A', '64/65', '😀', 'x'.repeat(21)])
      expect([code, isOfficialCode(code)]).toEqual([code, false])
  })
})
