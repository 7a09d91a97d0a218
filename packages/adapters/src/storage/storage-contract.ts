import { FieldbackError } from '@fieldback/domain/errors'
import type { StoragePort } from '@fieldback/domain/ports/storage'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** An implementation on trial, with a way to see everything it holds. */
export type StorageOnTrial = {
  readonly port: StoragePort
  /** How many files there are, finished or not. */
  held(): Promise<number>
  stop(): Promise<void>
}

const MAX = { maxBytes: 1024 * 1024 }
const bytes = (text: string) => new TextEncoder().encode(text)

async function* sent(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield bytes('the beginning')
  throw new Error('the sender went away')
}

/** What the domain relies on, wherever files are kept. */
export function storageContract(name: string, start: () => Promise<StorageOnTrial>): void {
  describe(`files on ${name}`, () => {
    let trial: StorageOnTrial
    beforeAll(async () => {
      trial = await start()
    })
    afterAll(() => trial.stop())
    const read = async (key: string): Promise<string | null> => {
      const body = await trial.port.get(key)
      if (body === null) return null
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk)
      return Buffer.concat(chunks).toString('utf8')
    }

    it('come back as they were sent, however they were cut', async () => {
      const whole = bytes('Été, œuf, 5 €\n')
      const answer = await trial.port.put('a/1', sent(whole.slice(0, 1), whole.slice(1)), MAX)
      expect(answer).toEqual({ bytes: whole.byteLength })
      expect(await read('a/1')).toBe('Été, œuf, 5 €\n')
      expect(await trial.port.exists('a/1')).toBe(true)
    })
    it('may be empty', async () => {
      expect(await trial.port.put('a/empty', sent(), MAX)).toEqual({ bytes: 0 })
      expect(await read('a/empty')).toBe('')
    })
    it('take the place of the one before under the same key', async () => {
      await trial.port.put('a/2', sent(bytes('first')), MAX)
      await trial.port.put('a/2', sent(bytes('2')), MAX)
      expect(await read('a/2')).toBe('2')
    })
    it('are gone once deleted, and deleting what is not there is no fault', async () => {
      await trial.port.put('a/3', sent(bytes('x')), MAX)
      await trial.port.delete('a/3')
      await trial.port.delete('a/3')
      expect([await read('a/3'), await trial.port.exists('a/3')]).toEqual([null, false])
    })
    it('of which the end never came leave nothing behind, not even in place of a whole one', async () => {
      await trial.port.put('a/4', sent(bytes('whole')), MAX)
      const before = await trial.held()
      await expect(trial.port.put('a/4', broken(), MAX)).rejects.toThrow('the sender went away')
      await expect(trial.port.put('a/5', broken(), MAX)).rejects.toThrow('the sender went away')
      expect(await read('a/4')).toBe('whole')
      expect(await trial.held()).toBe(before)
    })
    it('larger than allowed are refused as they pass the bound, and nothing is left', async () => {
      const before = await trial.held()
      const put = trial.port.put('a/6', sent(bytes('four'), bytes('five')), { maxBytes: 7 })
      await expect(put).rejects.toEqual(new FieldbackError('TOO_LARGE', { maxBytes: 7 }))
      expect(await trial.held()).toBe(before)
    })
    it('have keys of ours: what could leave the folder is refused', async () => {
      for (const key of ['../a', '/etc/passwd', 'a/../b', 'A', '', 'a//b', 'a.b', 'a\0b'])
        await expect(trial.port.put(key, sent(bytes('x')), MAX), key).rejects.toThrow('not a key of ours')
    })
  })
}
