import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { damaged, readParts } from './archive-reader.ts'
import { writeRefusal } from './refusal.ts'

const PREFIX = 'files/'

export type Staged = {
  readonly folder: string
  readonly waiting: string
  readonly names: readonly string[]
  /** Files that the backup does not know go; called once the database is committed. */
  finish(): Promise<void>
  /** The way out of a failure: what was there stays. */
  discard(): Promise<void>
}

/** Unpacks the kept files of a backup beside their folder, on the same disk: a full one is met before anything changes. */
export async function stageFiles(file: string, folder: string): Promise<Staged> {
  const waiting = `${folder}.restoring`
  await rm(waiting, { recursive: true, force: true })
  const names: string[] = []
  const discard = (): Promise<void> => rm(waiting, { recursive: true, force: true })
  try {
    for await (const { name, content } of readParts(file)) {
      if (!name.startsWith(PREFIX)) {
        for await (const _ of content);
        continue
      }
      const path = name.slice(PREFIX.length)
      if (!staysInside(path)) throw damaged(file, name)
      await mkdir(dirname(join(waiting, path)), { recursive: true, mode: 0o700 })
      await pipeline(content, createWriteStream(join(waiting, path), { mode: 0o600, flush: true }))
      names.push(path)
    }
  } catch (error) {
    await discard()
    throw writeRefusal(error, folder)
  }
  return {
    folder,
    waiting,
    names,
    discard,
    async finish() {
      const known = new Set(names)
      for (const path of await listFiles(folder))
        if (!known.has(path)) await rm(join(folder, path), { force: true })
      await discard()
    },
  }
}

/**
 * Puts the files beside those that are there. Names are given once and never again, so a file of the same name is the
 * same file and stays; until `finish`, both the earlier database and the restored one find theirs.
 */
export async function placeFiles({ folder, waiting, names }: Staged): Promise<void> {
  for (const path of names) {
    const [from, to] = [join(waiting, path), join(folder, path)]
    if ((await stat(to).catch(() => null)) && (await hashOf(from)) === (await hashOf(to))) continue
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    await rename(from, to)
  }
}

const staysInside = (path: string): boolean =>
  path !== '' && !path.startsWith('/') && !normalize(path).startsWith('..') && !path.includes('\0')

async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
