import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FieldbackError } from '@fieldback/domain/errors'
import { afterEach, expect, it, vi } from 'vitest'
import { openDiskStorage } from './disk.ts'
import { storageContract } from './storage-contract.ts'

const folders: string[] = []
const folder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'fieldback-files-'))
  folders.push(path)
  return path
}
const filesIn = async (path: string) =>
  (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())

storageContract('a disk', async () => {
  const path = await folder()
  return {
    port: openDiskStorage(join(path, 'files')),
    held: async () => (await filesIn(path)).length,
    stop: () => rm(path, { recursive: true }),
  }
})

afterEach(() => {
  vi.restoreAllMocks()
})

async function* sent(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

it('a disk without room says STORAGE_FULL, and nothing is left of the file', async () => {
  const path = await folder()
  // /dev/full answers ENOSPC to every write: the file handle of the system itself says so.
  const { open } = await import('node:fs/promises')
  const full = await open('/dev/full', 'w')
  const handle = Object.getPrototypeOf(full) as { write: typeof full.write }
  const write = handle.write
  vi.spyOn(handle, 'write').mockImplementation(((...args: unknown[]) =>
    (write as (...given: unknown[]) => unknown).apply(full, args)) as typeof full.write)
  const put = openDiskStorage(path).put('a/1', sent('x'), { maxBytes: 100 })
  await expect(put).rejects.toEqual(new FieldbackError('STORAGE_FULL'))
  vi.restoreAllMocks()
  await full.close()
  expect(await filesIn(path)).toEqual([])
})

it('files are for this user alone', async () => {
  const path = await folder()
  await openDiskStorage(path).put('a/1', sent('x'), { maxBytes: 100 })
  expect((await stat(join(path, 'a', '1.file'))).mode & 0o077).toBe(0)
})
