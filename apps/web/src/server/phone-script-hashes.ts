import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'

const HASHES = z.array(z.string().regex(/^sha256-[A-Za-z0-9+/]+=*$/))

let read: readonly string[] | undefined

/** Hashes of the phone page's inline scripts, written after the build by `scripts/hash-phone-scripts.ts`. */
export function phoneScriptHashes(): readonly string[] {
  read ??= process.env.NODE_ENV === 'development' ? [] : readHashes()
  return read
}

const readHashes = () =>
  HASHES.parse(
    JSON.parse(
      readFileSync(join(process.cwd(), process.env.NEXT_DIST_DIR || '.next', 'phone-csp.json'), 'utf8'),
    ),
  )
