import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bounded, readJsonBody } from './read-json-body.ts'

const MAX = 1024 * 1024
const request = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost/api/sync/push', { method: 'POST', body, headers })
const gzipped = (text: string) => request(gzipSync(text), { 'content-encoding': 'gzip' })
const refused = (asked: Request) => readJsonBody(asked, MAX).catch((error) => error.code)

describe('the body of a request', () => {
  it('is read plain or inflated', async () => {
    expect(await readJsonBody(request('{"a":"é"}'), MAX)).toEqual({ a: 'é' })
    expect(await readJsonBody(gzipped('{"a":"é"}'), MAX)).toEqual({ a: 'é' })
  })
  it('is cut short when it inflates beyond the limit, however small it came', async () => {
    const bomb = gzipSync(`"${'a'.repeat(50 * MAX)}"`)
    expect(bomb.byteLength).toBeLessThan(100_000)
    expect(await refused(request(bomb, { 'content-encoding': 'gzip' }))).toBe('TOO_LARGE')
    expect(await refused(request(`"${'a'.repeat(MAX)}"`))).toBe('TOO_LARGE')
  })
  it('may fill the limit', async () => {
    expect(await readJsonBody(gzipped(`"${'a'.repeat(MAX - 2)}"`), MAX)).toHaveLength(MAX - 2)
  })
  it('is refused when it is not what it says', async () => {
    expect(await refused(request('{"a":1}', { 'content-encoding': 'gzip' }))).toBe('INVALID_INPUT')
    expect(await refused(request('{"a":', {}))).toBe('INVALID_INPUT')
    expect(await refused(request('{}', { 'content-encoding': 'br' }))).toBe('INVALID_INPUT')
    expect(await refused(request(new Uint8Array([34, 255, 34])))).toBe('INVALID_INPUT')
    expect(await refused(new Request('http://localhost/', { method: 'POST' }))).toBe('INVALID_INPUT')
  })
  it('is refused when it breaks off', async () => {
    const whole = gzipSync(`"${'abc'.repeat(1000)}"`)
    expect(await refused(request(whole.subarray(0, whole.length - 12), { 'content-encoding': 'gzip' }))).toBe(
      'INVALID_INPUT',
    )
  })
})

describe('a request handed on', () => {
  it('has its body whole, up to a bound', async () => {
    const asked = await bounded(request('é'.repeat(MAX / 2)), MAX)
    expect([asked.method, asked.url]).toEqual(['POST', 'http://localhost/api/sync/push'])
    expect(await asked.text()).toBe('é'.repeat(MAX / 2))
    await expect(bounded(request('a'.repeat(MAX + 1)), MAX)).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })
})
