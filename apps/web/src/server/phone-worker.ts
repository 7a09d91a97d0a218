import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let read: string | undefined

/** The phone's service worker, written after the build by `scripts/write-phone-worker.ts`. */
export function phoneWorker(): string {
  read ??= readFileSync(join(process.cwd(), process.env.NEXT_DIST_DIR || '.next', 'phone-worker.js'), 'utf8')
  return read
}
