import { expect, it } from 'vitest'
import { HANDOVER_DAYS, handover, mayHandOver, sealedKey } from './handover.ts'
import { BATCH_MAX } from './operation.ts'

const DAY = 86_400_000
const NOW = new Date('2026-11-20T10:00:00Z')

it('a withdrawn phone may hand over for thirty days, and not on the thirty-first', () => {
  const since = (days: number) => new Date(NOW.getTime() - days * DAY)
  expect(mayHandOver(null, NOW)).toBe(true)
  expect(mayHandOver(since(HANDOVER_DAYS - 1), NOW)).toBe(true)
  expect(mayHandOver(since(HANDOVER_DAYS), NOW)).toBe(false)
})

it('what is handed over is a bounded list of records, whatever they say', () => {
  const body = { protocol: 1, operations: [{ kind: 'anything', body: { sealed: 'abc' } }], drafts: [] }
  expect(handover.parse(body)).toEqual({ ...body, sealedKey: null, photos: [] })
  for (const operations of [['text'], [null], [[1]], Array.from({ length: BATCH_MAX + 1 }, () => ({}))])
    expect(handover.safeParse({ ...body, operations }).success).toBe(false)
  expect(sealedKey.safeParse('a+b/=').success).toBe(false)
})
