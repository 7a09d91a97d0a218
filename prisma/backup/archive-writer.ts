import { createHash, randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { type FileHandle, link, mkdir, open, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import type { Entry } from './manifest.ts'
import { Refusal, writeRefusal } from './refusal.ts'

export type ArchiveWriter = {
  /** Entries written so far, by name. */
  readonly entries: Readonly<Record<string, Entry>>
  add(name: string, content: Buffer): Promise<void>
  /** Exactly `bytes` bytes; a shorter source is refused. */
  addStream(name: string, bytes: number, content: AsyncIterable<Buffer>): Promise<void>
  /** Ends the archive on disk, still under its temporary name, which it answers. */
  close(): Promise<string>
  /** Gives the archive its name, which must be free. */
  publish(): Promise<void>
  /** Removes what was written; for the way out of a failure. */
  discard(): Promise<void>
}

/**
 * Writes a .tar.gz beside its final place, under a name that nobody takes for a backup: it gets its own in `publish`,
 * whole and on disk, or never. Only its owner may read it.
 */
export async function openArchive(file: string, at: Date): Promise<ArchiveWriter> {
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`
  const handle = await openPartial(partial, file)
  const forget = (): void => rmSync(partial, { force: true })
  process.once('exit', forget)
  const tar = pack()
  const entries: Record<string, Entry> = {}
  const written = pipeline(
    tar as unknown as Readable,
    createGzip(),
    // On disk before it is closed.
    handle.createWriteStream({ flush: true }),
  )
  // The failure is told by whichever call meets it first.
  written.catch(() => {})
  const failure = written.then(() => new Promise<never>(() => {}))
  const guarded = async (work: Promise<unknown>): Promise<void> => {
    try {
      await Promise.race([work, failure])
    } catch (error) {
      // A stream that was torn down says less than the disk that refused.
      throw writeRefusal(await written.then(() => error).catch((cause: unknown) => cause ?? error), file)
    }
  }
  // Its callback has the same error, and an event that nobody hears ends the process.
  const told = (): void => {}
  const header = (name: string, size: number) => ({
    name,
    size,
    mode: 0o600,
    mtime: at,
    type: 'file' as const,
  })

  return {
    entries,
    async add(name, content) {
      await guarded(
        new Promise<void>((done, fail) => {
          const sink = tar.entry(header(name, content.length), content, (error) =>
            error ? fail(error) : done(),
          )
          sink.on('error', told)
        }),
      )
      entries[name] = { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') }
    },
    async addStream(name, bytes, content) {
      const hash = createHash('sha256')
      let rest = bytes
      let ended: (error?: Error | null) => void = () => {}
      const end = new Promise<void>((done, fail) => {
        ended = (error) => (error ? fail(error) : done())
      })
      end.catch(() => {})
      const sink = tar.entry(header(name, bytes), (error) => ended(error))
      sink.on('error', told)
      for await (const chunk of content) {
        const piece = chunk.subarray(0, rest)
        rest -= piece.length
        hash.update(piece)
        if (piece.length > 0 && !sink.write(piece))
          await guarded(new Promise<void>((done) => sink.once('drain', () => done())))
        if (rest === 0) break
      }
      if (rest > 0) throw new Refusal(`${name} was changed while it was read; run the backup again.`)
      sink.end(null)
      await guarded(end)
      entries[name] = { bytes, sha256: hash.digest('hex') }
    },
    async close() {
      tar.finalize()
      try {
        await written
      } catch (error) {
        throw writeRefusal(error, file)
      }
      return partial
    },
    async publish() {
      try {
        // A link, unlike a rename, never takes the place of another file.
        await link(partial, file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(file)
        throw writeRefusal(error, file)
      }
      await rm(partial)
      process.removeListener('exit', forget)
      await syncFolder(dirname(file))
    },
    async discard() {
      tar.destroy()
      await written.catch(() => {})
      await rm(partial, { force: true })
      process.removeListener('exit', forget)
    },
  }
}

export const exists = (file: string): Refusal =>
  new Refusal(`${file} is there already and is never overwritten; choose another name.`)

async function openPartial(partial: string, file: string): Promise<FileHandle> {
  try {
    return await open(partial, 'wx', 0o600)
  } catch (error) {
    throw writeRefusal(error, file)
  }
}

/** Makes a name durable: a folder is a file too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw writeRefusal(error, folder)
  }
}
