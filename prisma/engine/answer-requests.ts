import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { EngineFailure } from './engine-failure.ts'

export type Send = (message: Record<string, unknown>) => void
export type Answer = (method: string, params: unknown) => Promise<unknown>

type Message = { id?: number; method?: string; params?: unknown }

/** The code that the native engine gives to every failure; its data says what happened. */
const engineErrorCode = 4466
const unreadable = -32700

/**
 * JSON-RPC over lines: answers the requests of `input` one after the other, until it ends.
 * Lines without a method are the CLI's receipts of our `print` requests.
 */
export async function answerRequests(input: Readable, answer: Answer, send: Send): Promise<void> {
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    const message = readMessage(line)
    if (!message) send({ id: null, error: { code: unreadable, message: 'The request is not JSON.' } })
    else if (message.method !== undefined)
      send({ id: message.id ?? null, ...(await outcome(() => answer(message.method ?? '', message.params))) })
  }
}

function readMessage(line: string): Message | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function outcome(run: () => Promise<unknown>) {
  try {
    // The CLI waits for ever for an answer that has no result.
    return { result: (await run()) ?? {} }
  } catch (error) {
    const { code, message, isPanic } = error instanceof EngineFailure ? error : unexpected(error)
    return {
      error: {
        code: engineErrorCode,
        // What the CLI shows of a panic; of an error it shows the data's message.
        message,
        data: { is_panic: isPanic, message, ...(code && { error_code: code }) },
      },
    }
  }
}

function unexpected(error: unknown): EngineFailure {
  return new EngineFailure({ message: error instanceof Error ? error.message : String(error) })
}
