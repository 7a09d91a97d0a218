import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** No build is kept in development: a browser that holds one from this address is rid of it. */
const LEAVING = `self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.registration.unregister()))
`

let read: string | undefined

/** The phone's service worker, written after the build by `scripts/write-phone-worker.ts`. */
export function phoneWorker(): string {
  read ??= process.env.NODE_ENV === 'development' ? LEAVING : readWorker()
  return read
}

const readWorker = () =>
  readFileSync(join(process.cwd(), process.env.NEXT_DIST_DIR || '.next', 'phone-worker.js'), 'utf8')
