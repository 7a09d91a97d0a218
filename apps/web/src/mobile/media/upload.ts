import { chunkBounds, type MediaHead, type MediaState } from '@fieldback/domain/media/media'
import { Refused } from '../sync/transport.ts'

const PATIENCE = 60_000

type Sent = Pick<MediaHead, 'membershipId' | 'reportId' | 'fieldId'> & {
  readonly id: string
  readonly sha256: string
  readonly bytes: ArrayBuffer
  /** Bytes that the server has. */
  readonly onProgress: (sent: number) => void
}

/** Sends a photo from where the server stands, chunk by chunk. Answers when it was kept, by the server's clock. */
export async function upload({ id, bytes, onProgress, ...head }: Sent): Promise<string> {
  const address = `/api/media/${id}`
  let state = await call(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...head, bytes: bytes.byteLength }),
  })
  while (!state.kept) {
    const { from, to } = chunkBounds(bytes.byteLength, state.received)
    onProgress(from)
    const body = bytes.slice(from, to)
    const next = await call(`${address}?chunk=${state.received}&sha256=${await sha256(body)}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    })
    // Never the same chunk for ever.
    if (!next.kept && next.received === state.received) throw new Refused(409, 'MEDIA_BROKEN')
    state = next
  }
  return state.at
}

async function call(address: string, init: RequestInit): Promise<MediaState> {
  const response = await fetch(address, { ...init, signal: AbortSignal.timeout(PATIENCE), redirect: 'error' })
  if (response.ok) return (await response.json()) as MediaState
  const told: unknown = await response.json().catch(() => null)
  const code = typeof told === 'object' && told !== null && 'code' in told ? String(told.code) : 'UNAVAILABLE'
  throw new Refused(response.status, code)
}

/** In lower-case hexadecimal. */
export async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
