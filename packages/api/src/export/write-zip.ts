import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

export type ZipPart = { readonly name: string; readonly chunks: AsyncIterable<string> }

/** 1 January 1980, the first day an archive knows: two archives of the same are the same. */
const WRITTEN = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true }

/** An archive of texts, made as it is fetched and never held whole; what fails in a part fails in it. */
export async function* zipped(parts: readonly ZipPart[]): AsyncGenerator<Uint8Array> {
  const archive = new ZipFile()
  const opened: Readable[] = []
  const output = archive.outputStream as Readable
  const fail = (error: Error) => void output.destroy(error)
  archive.on('error', fail)
  for (const { name, chunks } of parts)
    archive.addReadStreamLazy(name, WRITTEN, (give) => {
      const part = Readable.from(chunks, { objectMode: false })
      opened.push(part)
      part.on('error', fail)
      give(null, part)
    })
  archive.end()
  try {
    yield* output as AsyncIterable<Buffer>
  } finally {
    for (const part of opened) part.destroy()
  }
}
