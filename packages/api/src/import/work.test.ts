import { expect, it } from 'vitest'
import { BATCH_MS, BatchSize, BatchTooLarge, LINES_AT_LEAST } from './work.ts'

const late = () => Object.assign(new Error('expired'), { code: 'P2028' })
const fresh = { attempts: 1 }

it('a batch that lasts too long is cut by halves down to fifty lines, then it is an error', () => {
  const size = new BatchSize(1_000, fresh)
  const seen: number[] = []
  const tooLate = () => {
    for (;;) {
      seen.push(size.lines)
      size.halve(late())
    }
  }
  expect(tooLate).toThrow('expired')
  expect(seen).toEqual([1_000, 500, 250, 125, 63, LINES_AT_LEAST])
})
it('what took too long is not tried again at that size; what hung on too much is', () => {
  const size = new BatchSize(1_000, fresh)
  size.halve(late())
  size.halve(new BatchTooLarge())
  expect(size.lines).toBe(250)
  size.done(10)
  size.done(10)
  expect(size.lines).toBe(500)
})
it('one that did not get on before begins small and grows back; lines that hang together are never cut', () => {
  const again = new BatchSize(1_000, { attempts: 2 })
  expect(again.lines).toBe(LINES_AT_LEAST)
  for (let i = 0; i < 5; i++) again.done(10)
  expect(again.lines).toBe(1_000)
  const together = new BatchSize(9_000, { attempts: 2 }, 9_000)
  expect(together.lines).toBe(9_000)
  expect(() => together.halve(late())).toThrow('expired')
})
it('a batch that took long makes the next one smaller, so that none lasts two seconds for long', () => {
  const size = new BatchSize(1_000, fresh)
  size.done(BATCH_MS)
  expect(size.lines).toBe(1_000)
  size.done(BATCH_MS * 4)
  expect(size.lines).toBe(250)
  size.done(BATCH_MS * 1.1)
  expect(size.lines).toBe(125)
  size.done(BATCH_MS * 0.8)
  expect(size.lines).toBe(156)
  size.done(BATCH_MS / 100)
  expect(size.lines).toBe(312)
  size.done(BATCH_MS * 100)
  expect(size.lines).toBe(LINES_AT_LEAST)
  const together = new BatchSize(9_000, fresh, 9_000)
  together.done(BATCH_MS * 100)
  expect(together.lines).toBe(9_000)
})
it('another error is not mended by fewer lines, and one line is never cut', () => {
  const size = new BatchSize(1_000, fresh)
  expect(() => size.halve(new Error('other'))).toThrow('other')
  while (size.lines > 1) size.halve(new BatchTooLarge())
  expect(() => size.halve(new BatchTooLarge())).toThrow(BatchTooLarge)
  size.done(10)
  expect(size.lines).toBe(2)
})
