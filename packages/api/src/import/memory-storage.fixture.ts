import { FieldbackError } from '@fieldback/domain/errors'
import { isStorageKey, type StoragePort } from '@fieldback/domain/ports/storage'

/** Files in memory, for tests of procedures. */
export function memoryStorage(): StoragePort {
  const files = new Map<string, Uint8Array>()
  return {
    async put(key, body, { maxBytes }) {
      if (!isStorageKey(key)) throw new Error('not a key of ours')
      const chunks: Uint8Array[] = []
      let bytes = 0
      for await (const chunk of body) {
        bytes += chunk.byteLength
        if (bytes > maxBytes) throw new FieldbackError('TOO_LARGE', { maxBytes })
        chunks.push(chunk)
      }
      files.set(key, Buffer.concat(chunks))
      return { bytes }
    },
    async get(key) {
      const file = files.get(key)
      return file ? inPieces(file) : null
    },
    async delete(key) {
      files.delete(key)
    },
    async exists(key) {
      return files.has(key)
    },
  }
}

async function* inPieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.byteLength; from += 65_536) yield file.subarray(from, from + 65_536)
}
