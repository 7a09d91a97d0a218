import { createHash, randomUUID } from 'node:crypto'
import { openAsBlob } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FieldbackError } from '@fieldback/domain/errors'
import { isStorageKey, type StoragePort } from '@fieldback/domain/ports/storage'
import { type Signer, signRequest } from './sign-request.ts'

export type S3Options = Signer & {
  /** Of the service, such as https://s3.fr-par.scw.cloud; the bucket is the first part of the path. */
  readonly endpoint: string
  readonly bucket: string
  readonly now: () => Date
}

/** https://KEY:SECRET@s3.fr-par.scw.cloud/bucket?region=fr-par */
export function readS3Address(address: string): Omit<S3Options, 'now'> {
  const url = new URL(address)
  return {
    endpoint: url.origin,
    bucket: url.pathname.slice(1),
    region: url.searchParams.get('region') ?? 'us-east-1',
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
  }
}

const NOTHING = createHash('sha256').digest('hex')
const FULL = 507

/** Files in a bucket of a service that speaks S3. Nobody but us may read it: what a person may see is judged here. */
export function openS3Storage({ endpoint, bucket, now, ...signer }: S3Options): StoragePort {
  const call = (method: string, key: string, sent?: { body: Blob; sha256: string }): Promise<Response> => {
    const url = new URL(`/${bucket}/${checked(key)}`, endpoint)
    const headers = signRequest(signer, { method, url, sha256: sent?.sha256 ?? NOTHING, at: now() })
    return fetch(url, { method, headers, redirect: 'error', ...(sent ? { body: sent.body } : {}) })
  }
  return {
    async put(key, body, { maxBytes }) {
      checked(key)
      // The service asks how long and what it is before the first byte. It keeps a file whole, or not at all.
      const spool = join(tmpdir(), `fieldback-${randomUUID()}`)
      try {
        const { bytes, sha256 } = await writeWhole(spool, body, maxBytes)
        const response = await call('PUT', key, { body: await openAsBlob(spool), sha256 })
        if (response.status === FULL) throw new FieldbackError('STORAGE_FULL')
        await expectStatus(response, [200])
        return { bytes }
      } finally {
        await rm(spool, { force: true })
      }
    },
    async get(key) {
      const response = await call('GET', key)
      if (response.status === 200 && response.body) return response.body
      await expectStatus(response, [404])
      return null
    },
    async delete(key) {
      await expectStatus(await call('DELETE', key), [200, 204, 404])
    },
    async exists(key) {
      const response = await call('HEAD', key)
      await expectStatus(response, [200, 404])
      return response.status === 200
    },
  }
}

function checked(key: string): string {
  if (!isStorageKey(key)) throw new Error('not a key of ours')
  return key
}

/** What the service says besides is nobody's: an outage is told as one. */
async function expectStatus(response: Response, expected: readonly number[]): Promise<void> {
  await response.body?.cancel()
  if (!expected.includes(response.status)) throw new Error(`the file service answered ${response.status}`)
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number) {
  const file = await open(path, 'wx', 0o600)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of body) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw new FieldbackError('TOO_LARGE', { maxBytes })
      hash.update(chunk)
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}
