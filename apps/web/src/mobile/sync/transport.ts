import type { Operation, OperationAnswer } from '@fieldback/domain/sync/operation'
import type { PullPage } from '@fieldback/domain/sync/pull'

/** The server answered with a code of ours: a session that ended, another person, a protocol it no longer speaks. */
export class Refused extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

const PROTOCOL = 1
/** A bar of network may need long, but not for ever: the next try starts over. */
const PATIENCE = 60_000

export async function post<T>(path: string, body: unknown, zipped: boolean): Promise<T> {
  const text = JSON.stringify(body)
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(zipped ? { 'content-encoding': 'gzip' } : {}) },
    body: zipped ? await gzip(text) : text,
    signal: AbortSignal.timeout(PATIENCE),
    // A session that ended must be told, not followed to a sign-in page.
    redirect: 'error',
  })
  if (response.ok) return (await response.json()) as T
  const told: unknown = await response.json().catch(() => null)
  const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'UNAVAILABLE'
  throw new Refused(response.status, code)
}

const gzip = (text: string): Promise<ArrayBuffer> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()

export type PushResult = { readonly answers: readonly OperationAnswer[]; readonly serverTime: string }

export type PushFrom = {
  readonly membershipId: string
  /** Of the data that the phone was filled from: the server takes nothing once it is another. */
  readonly epoch: string | null
  readonly operations: readonly Operation[]
}

export const pushOperations = (from: PushFrom): Promise<PushResult> =>
  post('/api/sync/push', { protocol: PROTOCOL, ...from }, true)

export type PullFrom = {
  readonly membershipId: string | null
  readonly cursor: string | null
  readonly frameTag: string | null
  readonly packAsOf: string | null
  readonly contestsTag?: string | null
  readonly opinionsTag?: string | null
  readonly keepsLists?: boolean
}

export const pullPage = (from: PullFrom): Promise<PullPage> =>
  post('/api/sync/pull', { protocol: PROTOCOL, ...from }, false)
