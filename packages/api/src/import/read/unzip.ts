import type { Readable } from 'node:stream'
import { IMPORT_MAX } from '@fieldback/domain/import/import'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { ImportFailed } from './import-failed.ts'
import type { OpenFile } from './table.ts'

/** A spreadsheet has some dozens of parts; a list without end is an attack. */
const PARTS_MAX = 2_000

export type Archive = {
  has(name: string): boolean
  /** Bytes the part says it has once inflated. */
  sizeOf(name: string): number
  /** The part inflated as it is read, counted: FILE_INFLATES as soon as it passes its bound, whatever it says of itself. */
  read(name: string, maxBytes?: number): AsyncGenerator<Uint8Array>
}

/** A zip archive, held compressed (its size is bounded) and never inflated whole. FILE_NOT_TABLE when it is damaged. */
export async function openArchive(open: OpenFile): Promise<Archive> {
  const zip = await zipOf(await wholeOf(open))
  const entries = await entriesOf(zip)
  return {
    has: (name) => entries.has(name),
    sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
    async *read(name, maxBytes = IMPORT_MAX.inflatedBytes) {
      const entry = entries.get(name)
      if (!entry?.canDecodeFileData()) throw new ImportFailed('FILE_NOT_TABLE')
      if (entry.uncompressedSize > maxBytes) throw new ImportFailed('FILE_INFLATES')
      const stream = await streamOf(zip, entry)
      let bytes = 0
      try {
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          bytes += chunk.byteLength
          if (bytes > maxBytes) throw new ImportFailed('FILE_INFLATES')
          yield chunk
        }
      } catch (error) {
        // A part that inflates beyond what it says, or whose bytes are damaged.
        throw error instanceof ImportFailed ? error : new ImportFailed('FILE_NOT_TABLE')
      } finally {
        stream.destroy()
      }
    },
  }
}

async function wholeOf(open: OpenFile): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await open()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const zipOf = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) =>
      error || !zip ? reject(new ImportFailed('FILE_NOT_TABLE')) : resolve(zip),
    )
  })

const entriesOf = (zip: ZipFile): Promise<Map<string, Entry>> =>
  new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>()
    const total = () => [...entries.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry)
      if (entries.size > PARTS_MAX) reject(new ImportFailed('FILE_INFLATES'))
      else zip.readEntry()
    })
    zip.on('end', () =>
      total() > IMPORT_MAX.inflatedBytes ? reject(new ImportFailed('FILE_INFLATES')) : resolve(entries),
    )
    zip.on('error', () => reject(new ImportFailed('FILE_NOT_TABLE')))
    zip.readEntry()
  })

const streamOf = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) =>
      error || !stream ? reject(new ImportFailed('FILE_NOT_TABLE')) : resolve(stream),
    )
  })
