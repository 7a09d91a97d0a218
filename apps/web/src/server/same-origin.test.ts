import { describe, expect, it } from 'vitest'
import { isFromOurPages } from './same-origin.ts'

const SITE = 'https://fieldback.example.com'
const asked = (method: string, headers: Record<string, string>) =>
  isFromOurPages({ method, headers: new Headers({ host: 'fieldback.example.com', ...headers }) }, SITE)

describe('what may change something', () => {
  it('reading is never refused', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect(asked(method, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' })).toBe(true)
  })
  it('a page of ours may write', () => {
    expect(asked('POST', { 'sec-fetch-site': 'same-origin' })).toBe(true)
    expect(asked('POST', { origin: SITE })).toBe(true)
  })
  it('another site, a neighbouring one or an address typed in may not', () => {
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(asked('POST', { 'sec-fetch-site': site, origin: SITE })).toBe(false)
    expect(asked('DELETE', { origin: 'https://evil.test' })).toBe(false)
    expect(asked('POST', { origin: 'https://fieldback.example.com.evil.test' })).toBe(false)
  })
  it('neither header, or an origin that is none, may not', () => {
    expect(asked('POST', {})).toBe(false)
    expect(asked('POST', { origin: 'null' })).toBe(false)
  })
  it('a machine reached by another of its names counts as itself', () => {
    const headers = new Headers({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' })
    expect(isFromOurPages({ method: 'POST', headers }, 'http://localhost:3000')).toBe(true)
  })
})
