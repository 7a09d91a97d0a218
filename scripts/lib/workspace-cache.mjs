import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the checkout's own cache folder, which git ignores: locks between starts from the same checkout. */
export function cacheFile(root, name) {
  const folder = join(root, '.cache')
  mkdirSync(folder, { recursive: true })
  return join(folder, name)
}
