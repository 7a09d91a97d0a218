import type { AppRouter } from '@fieldback/api/root'
import { createTRPCClient, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { afterEach, describe, expect, it } from 'vitest'
import { toldError } from './error-code.ts'
import { answerAll, inSession, isAsked, watchAsked, whenSignedIn } from './session-end.ts'

afterEach(() => answerAll(true))

/** A server that answers each call with the next code; null is what was asked for. */
function server(...codes: (string | null)[]) {
  const sent: unknown[] = []
  const end: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        sent.push(op.input)
        const code = codes.shift()
        if (code) {
          const shape = { message: code, code: -32000, data: { fieldback: { code, params: {} } } }
          observer.error(TRPCClientError.from({ error: shape } as never))
        } else {
          observer.next({ result: { type: 'data', data: 'done' } })
          observer.complete()
        }
      })
  const client = createTRPCClient<AppRouter>({ links: [whenSignedIn, end] })
  return {
    sent,
    rename: (name: string) => client.org.rename.mutate({ name }) as Promise<unknown>,
    read: () => client.org.get.query() as Promise<unknown>,
  }
}

const asked = () =>
  new Promise<void>((resolve) => {
    if (isAsked()) return resolve()
    const stop = watchAsked(() => {
      stop()
      resolve()
    })
  })

describe('a session that ends while a page stands open', () => {
  it('holds what was being saved, and sends it once the person has signed in again', async () => {
    const { sent, rename } = server('UNAUTHENTICATED', null)
    const saved = rename('Delmas')
    await asked()
    expect(sent).toEqual([{ name: 'Delmas' }])
    answerAll(true)
    expect(await saved).toBe('done')
    expect(sent).toEqual([{ name: 'Delmas' }, { name: 'Delmas' }])
    expect(isAsked()).toBe(false)
  })

  it('is told as such to who leaves it for later', async () => {
    const { sent, rename } = server('UNAUTHENTICATED')
    const code = rename('Delmas').catch((error) => toldError(error).code)
    await asked()
    answerAll(false)
    expect(await code).toBe('UNAUTHENTICATED')
    expect(sent).toHaveLength(1)
  })

  it('once put off, is asked about again by what the person does, not by what a page reads by itself', async () => {
    const { rename, read } = server('UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED', null)
    const first = read().catch((error) => toldError(error).code)
    await asked()
    answerAll(false)
    expect(await first).toBe('UNAUTHENTICATED')
    expect(await read().catch((error) => toldError(error).code)).toBe('UNAUTHENTICATED')
    expect(isAsked()).toBe(false)
    const saved = rename('Delmas')
    await asked()
    answerAll(true)
    expect(await saved).toBe('done')
  })

  it('is asked again when the new one has ended too', async () => {
    const { rename } = server('UNAUTHENTICATED', 'UNAUTHENTICATED', null)
    const saved = rename('Delmas')
    await asked()
    answerAll(true)
    await asked()
    answerAll(true)
    expect(await saved).toBe('done')
  })

  it('is nobody’s business for any other refusal', async () => {
    const { rename } = server('FORBIDDEN')
    expect(await rename('Delmas').catch((error) => toldError(error).code)).toBe('FORBIDDEN')
    expect(isAsked()).toBe(false)
  })

  it('is the same for what does not go through the procedures', async () => {
    const ended = Object.assign(new Error('ended'), { code: 'UNAUTHENTICATED' })
    const answers = [Promise.reject(ended), Promise.resolve('done')]
    const saved = inSession(async () => answers.shift())
    await asked()
    answerAll(true)
    expect(await saved).toBe('done')
  })
})
