import type { ImportKind } from '@fieldback/domain/import/import'
import { OUTAGE } from '../../client/error-code.ts'

/** What sending a file was told: a code of `error` or of `import.failed`, or an outage. */
class SendError extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, unknown>>

  constructor(code: string, params: Readonly<Record<string, unknown>>) {
    super(code)
    this.name = 'SendError'
    this.code = code
    this.params = params
  }
}

export type Sending = {
  readonly kind: ImportKind
  readonly signal: AbortSignal
  /** Bytes gone. */
  readonly onProgress: (sent: number) => void
}

/** Sends a file as it is and answers the import made of it. By XMLHttpRequest: fetch does not tell how far a body has gone. */
export function sendFile(file: File, { kind, signal, onProgress }: Sending): Promise<string> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/import/file?${new URLSearchParams({ kind, name: file.name })}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => onProgress(loaded)
    request.onload = () => {
      const { importId, code, params } = request.response ?? {}
      if (request.status < 300 && typeof importId === 'string') done(importId)
      else if (typeof code === 'string') fail(new SendError(code, params ?? {}))
      else fail(new SendError(OUTAGE.code, {}))
    }
    request.onerror = () => fail(new SendError(OUTAGE.code, {}))
    request.onabort = () => fail(signal.reason)
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}
