import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Loads the database driver that the prisma package depends on: the launcher has no dependencies of its own. */
export function loadPg(root) {
  return prismaRequire(root)('pg')
}

export function prismaRequire(root) {
  return createRequire(join(root, 'prisma', 'package.json'))
}
