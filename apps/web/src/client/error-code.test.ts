import { afterEach, describe, expect, it, vi } from 'vitest'
import { CallError } from './call.ts'
import { isEnded, isTriedAgain, toldError } from './error-code.ts'

const answered = (code: string, params: object = {}) => ({ data: { fieldback: { code, params } } })

describe('what a failed call was told', () => {
  it('is the code and params of the server', () => {
    expect(toldError(answered('TOO_MANY_ATTEMPTS', { seconds: 60 }))).toEqual({
      code: 'TOO_MANY_ATTEMPTS',
      params: { seconds: 60 },
    })
    expect(toldError(new CallError({ code: 'FORBIDDEN', params: {} })).code).toBe('FORBIDDEN')
  })
  it('is an outage, never a denial, without an answer of ours', () => {
    for (const error of [
      new TypeError('Failed to fetch'),
      null,
      undefined,
      'x',
      {},
      answered('SOMETHING_ELSE'),
      { data: null },
    ])
      expect(toldError(error)).toEqual({ code: 'UNAVAILABLE', params: {} })
  })
  it('only an outage is worth asking again', () => {
    expect(isEnded(answered('FORBIDDEN'))).toBe(true)
    expect(isEnded(answered('UNAVAILABLE'))).toBe(false)
    expect(isEnded(new TypeError('Failed to fetch'))).toBe(false)
  })
})

describe('a failed read', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is tried again twice after an outage; never after a refusal, nor without a network', () => {
    vi.stubGlobal('navigator', { onLine: true })
    const outage = new TypeError('Failed to fetch')
    expect([0, 1, 2].map((failures) => isTriedAgain(failures, outage))).toEqual([true, true, false])
    expect(isTriedAgain(0, answered('FORBIDDEN'))).toBe(false)
    vi.stubGlobal('navigator', { onLine: false })
    expect(isTriedAgain(0, outage)).toBe(false)
  })
})
