import { servers } from './own-server.ts'

/** Says how journeys are run to whoever starts Playwright by hand. */
export default function requireServer(): void {
  if (servers.length > 0 && process.env.E2E_BROWSER) return
  throw new Error('Journeys need a running server and a browser: use npm test -- browser [file].')
}
