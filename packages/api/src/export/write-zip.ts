import { Buffer } from 'node:buffer'
import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipPart = { readonly name: string; readonly chunks: AsyncIterable<string> }

type Written = {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** Deflated; its sums follow it, since it is made as it is written; its name is UTF-8. */
const HOW = { version: 20, flags: 0x0808, method: 8 }
/** 1 January 1980, the first day an archive knows: two archives of the same are the same. */
const DAY = 0x0021
/** From here on sizes need another format. */
const SIZE_MOST = 0xffff_fffe

/** An archive of texts, made as it is fetched and never held whole. Source: PKWARE, APPNOTE 6.3.10, 4.3. */
export async function* zipped(parts: readonly ZipPart[]): AsyncGenerator<Uint8Array> {
  const written: Written[] = []
  let at = 0
  for (const { name, chunks } of parts) {
    const bytes = Buffer.from(name)
    const sums = { at, crc: 0, packed: 0, size: 0 }
    const head = localHead(bytes)
    yield head
    for await (const chunk of deflated(chunks, sums)) yield chunk
    if (sums.size > SIZE_MOST || at > SIZE_MOST) throw new RangeError('an archive of over four gigabytes')
    const one = { ...sums, name: bytes }
    yield sumsAfter(one)
    at += head.length + sums.packed + 16
    written.push(one)
  }
  const index = Buffer.concat(written.map(indexHead))
  yield Buffer.concat([index, indexEnd(written.length, { at, size: index.length })])
}

async function* deflated(
  chunks: AsyncIterable<string>,
  sums: { crc: number; packed: number; size: number },
): AsyncGenerator<Uint8Array> {
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const bytes = Buffer.from(chunk)
      sums.crc = crc32(bytes, sums.crc)
      sums.size += bytes.length
      yield bytes
    }
  }
  const packer = createDeflateRaw()
  // A failure of either ends both; whoever reads is told by the packer.
  pipeline(Readable.from(counted(), { objectMode: false }), packer, () => {})
  for await (const packed of packer as AsyncIterable<Buffer>) {
    sums.packed += packed.length
    yield packed
  }
}

function localHead(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(HOW.version, 4)
  head.writeUInt16LE(HOW.flags, 6)
  head.writeUInt16LE(HOW.method, 8)
  head.writeUInt16LE(DAY, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function sumsAfter({ crc, packed, size }: Written): Buffer {
  const sums = Buffer.alloc(16)
  sums.writeUInt32LE(0x08074b50, 0)
  sums.writeUInt32LE(crc, 4)
  sums.writeUInt32LE(packed, 8)
  sums.writeUInt32LE(size, 12)
  return sums
}

function indexHead({ name, at, crc, packed, size }: Written): Buffer {
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x02014b50, 0)
  head.writeUInt16LE(HOW.version, 4)
  head.writeUInt16LE(HOW.version, 6)
  head.writeUInt16LE(HOW.flags, 8)
  head.writeUInt16LE(HOW.method, 10)
  head.writeUInt16LE(DAY, 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(packed, 20)
  head.writeUInt32LE(size, 24)
  head.writeUInt16LE(name.length, 28)
  head.writeUInt32LE(at, 42)
  return Buffer.concat([head, name])
}

function indexEnd(count: number, { at, size }: { readonly at: number; readonly size: number }): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(at, 16)
  return end
}
