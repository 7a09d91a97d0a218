import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { FieldbackError } from '@fieldback/domain/errors'
import { isStorageKey, type StoragePort } from '@fieldback/domain/ports/storage'

/** Files under one folder of this machine, or of a disk that all servers share. */
export function openDiskStorage(folder: string): StoragePort {
  const placeOf = (key: string): string => {
    if (!isStorageKey(key)) throw new Error('not a key of ours')
    return join(folder, `${key}.file`)
  }
  return {
    async put(key, body, { maxBytes }) {
      const place = placeOf(key)
      const unfinished = `${place}.${randomUUID()}.part`
      try {
        await mkdir(dirname(place), { recursive: true })
        const bytes = await writeWhole(unfinished, body, maxBytes)
        await rename(unfinished, place)
        await syncFolder(dirname(place))
        return { bytes }
      } catch (error) {
        await rm(unfinished, { force: true }).catch(() => {})
        throw isFull(error) ? new FieldbackError('STORAGE_FULL') : error
      }
    },
    async get(key) {
      const stream = createReadStream(placeOf(key), { highWaterMark: 256 * 1024 })
      return new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream as AsyncIterable<Uint8Array>))
        stream.once('error', (error) => (codeOf(error) === 'ENOENT' ? resolve(null) : reject(error)))
      })
    },
    delete: (key) => rm(placeOf(key), { force: true }),
    exists: (key) =>
      access(placeOf(key)).then(
        () => true,
        () => false,
      ),
  }
}

async function writeWhole(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    let bytes = 0
    for await (const chunk of body) {
      bytes += chunk.byteLength
      if (bytes > maxBytes) throw new FieldbackError('TOO_LARGE', { maxBytes })
      await writeAll(file, chunk)
    }
    // A file that was named before its bytes were on the disk could be empty after a power cut.
    await file.sync()
    return bytes
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let from = 0; from < chunk.byteLength; )
    from += (await file.write(chunk, from, chunk.byteLength - from)).bytesWritten
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(String(codeOf(error)))
