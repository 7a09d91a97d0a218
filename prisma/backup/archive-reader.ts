import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import {
  type Entry,
  HEADER,
  MANIFEST,
  type Manifest,
  notOurs,
  parseHeader,
  parseManifest,
} from './manifest.ts'
import { Refusal } from './refusal.ts'

export type Part = { readonly name: string; readonly content: AsyncIterable<Buffer> }

/** No list of contents is larger; a file that says so is not read into memory. */
const MANIFEST_MOST = 256 * 1024 * 1024

/** The files of an archive in their order; each must be read to its end before the next. Refuses what is no archive. */
export async function* readParts(file: string): AsyncGenerator<Part> {
  const tar = extract()
  const fed = pipeline(createReadStream(file), createGunzip(), tar as unknown as Writable)
  fed.catch(() => {})
  // A stream that was torn down says less than the one that failed first.
  const refused = async (error: unknown): Promise<unknown> =>
    readRefusal(await fed.then(() => error).catch((cause: unknown) => cause ?? error), file)
  async function* readPart(entry: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    try {
      yield* entry
    } catch (error) {
      throw await refused(error)
    }
  }
  try {
    for await (const entry of tar)
      yield { name: entry.header.name, content: readPart(entry as unknown as AsyncIterable<Buffer>) }
    await fed
  } catch (error) {
    throw error instanceof Refusal ? error : await refused(error)
  } finally {
    tar.destroy()
  }
}

/** Reads a backup from end to end against its own checksums. Answers its manifest, or refuses in one sentence. */
export async function verifyBackup(file: string): Promise<Manifest> {
  const seen = new Map<string, Entry>()
  let first = true
  let manifest: Manifest | null = null
  for await (const { name, content } of readParts(file)) {
    if (first && name !== HEADER) throw notOurs(file)
    if (name === HEADER) parseHeader(await textOf(content, file), file)
    else if (name === MANIFEST) manifest = parseManifest(await textOf(content, file), file)
    else seen.set(name, await measure(content))
    first = false
  }
  if (first) throw notOurs(file)
  if (!manifest) throw cutOff(file)
  for (const [name, entry] of Object.entries(manifest.entries)) {
    const found = seen.get(name)
    if (found?.sha256 !== entry.sha256 || found.bytes !== entry.bytes) throw damaged(file, name)
    seen.delete(name)
  }
  for (const name of seen.keys()) throw damaged(file, name)
  return manifest
}

async function measure(content: AsyncIterable<Buffer>): Promise<Entry> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}

async function textOf(content: AsyncIterable<Buffer>, file: string): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of content) {
    bytes += chunk.length
    if (bytes > MANIFEST_MOST) throw damaged(file, MANIFEST)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const cutOff = (file: string): Refusal =>
  new Refusal(`${file} is not whole: it was cut off. Take another copy of it.`)

export const damaged = (file: string, name: string): Refusal =>
  new Refusal(`${file} is damaged at ${name}. Take another copy of it, or an earlier backup.`)

function readRefusal(error: unknown, file: string): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return new Refusal(`There is no file ${file}.`)
  if (code === 'EISDIR') return new Refusal(`${file} is a folder; name the backup file in it.`)
  if (code === 'EACCES') return new Refusal(`This user may not read ${file}.`)
  if (code === 'Z_BUF_ERROR' || /Unexpected end of data/i.test(error.message)) return cutOff(file)
  // A gzip file begins with two bytes of its own: without them it is something else, whatever its name.
  if (code === 'Z_DATA_ERROR' && /incorrect header check/.test(error.message)) return notOurs(file)
  if (code === 'Z_DATA_ERROR')
    return new Refusal(`${file} is damaged. Take another copy of it, or an earlier backup.`)
  if (/tar header/i.test(error.message)) return notOurs(file)
  return error
}
