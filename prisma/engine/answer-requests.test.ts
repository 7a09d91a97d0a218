import { Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { answerRequests } from './answer-requests.ts'
import { EngineFailure } from './engine-failure.ts'

async function sent(lines: string[], answer: (method: string, params: unknown) => Promise<unknown>) {
  const messages: Record<string, unknown>[] = []
  await answerRequests(Readable.from([lines.join('\n')]), answer, (message) => messages.push(message))
  return messages
}

it('a request waits for the answer to the one before', async () => {
  let running = 0
  let most = 0
  const messages = await sent(['{"id":1,"method":"a"}', '{"id":2,"method":"b"}'], async (method) => {
    most = Math.max(most, ++running)
    await Promise.resolve()
    running--
    return method
  })
  expect(messages).toEqual([
    { id: 1, result: 'a' },
    { id: 2, result: 'b' },
  ])
  expect(most).toBe(1)
})

it('a request without a result is still answered', async () => {
  expect(await sent(['{"id":1,"method":"reset"}'], async () => undefined)).toEqual([{ id: 1, result: {} }])
})

it('receipts and empty lines are passed over, and what is not JSON is refused', async () => {
  const messages = await sent(
    ['', '{"id":9,"result":{}}', 'nonsense', '{"id":1,"method":"a"}'],
    async () => 'ok',
  )
  expect(messages).toEqual([
    { id: null, error: { code: -32700, message: 'The request is not JSON.' } },
    { id: 1, result: 'ok' },
  ])
})

it('a failure carries the code and the sentence where the CLI looks for them', async () => {
  const [message] = await sent(['{"id":1,"method":"a"}'], async () => {
    throw new EngineFailure({ code: 'P1001', message: 'Out of reach.' })
  })
  expect(message).toEqual({
    id: 1,
    error: {
      code: 4466,
      message: 'Out of reach.',
      data: { is_panic: false, message: 'Out of reach.', error_code: 'P1001' },
    },
  })
})
