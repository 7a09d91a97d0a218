import { FieldbackError } from '@fieldback/domain/errors'
import { expect, it } from 'vitest'
import { describe, isAnswer } from './quiet-console.ts'

it('an error is told by its name and place, without a word of its message', () => {
  class MailboxError extends Error {
    override name = 'MailboxError'
  }
  const told = JSON.stringify(
    describe(new MailboxError('550 no mailbox maialen@example.test\n at secret@example.test')),
  )
  expect(told).toContain('MailboxError')
  expect(told).toContain('quiet-console.test.ts')
  expect(told).not.toContain('example.test')
})

it('what is no error has no words either', () => {
  expect(describe('maialen@example.test')).toEqual({ error: 'unknown' })
})

it('a refusal with its code is an answer, other errors are not', () => {
  const refusal = new FieldbackError('UNAUTHENTICATED')
  expect(isAnswer(refusal)).toBe(true)
  expect(isAnswer(new Error('x', { cause: refusal }))).toBe(true)
  expect(isAnswer(new Error('x'))).toBe(false)
  expect(isAnswer('x')).toBe(false)
})
