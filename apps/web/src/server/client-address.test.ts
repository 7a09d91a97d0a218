import { describe, expect, it } from 'vitest'
import { clientAddress } from './client-address.ts'

describe('the address a request came from', () => {
  it("is the socket's, whatever the client wrote before it", () => {
    expect(clientAddress('203.0.113.9', 0)).toBe('203.0.113.9')
    expect(clientAddress('6.6.6.6, 7.7.7.7, 203.0.113.9', 0)).toBe('203.0.113.9')
  })
  it('is what the nearest proxy of ours saw, once theirs are skipped', () => {
    expect(clientAddress('6.6.6.6, 203.0.113.9, 10.0.0.1', 1)).toBe('203.0.113.9')
    expect(clientAddress('203.0.113.9, 10.0.0.2, 10.0.0.1', 2)).toBe('203.0.113.9')
  })
  it('is the furthest known when there are fewer than said, and one same word without any', () => {
    expect(clientAddress('10.0.0.1', 3)).toBe('10.0.0.1')
    expect(clientAddress(null, 0)).toBe('unknown')
    expect(clientAddress(' , ', 0)).toBe('unknown')
  })
})
