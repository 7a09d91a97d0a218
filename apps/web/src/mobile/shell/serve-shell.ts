/** What the phone needs to open, as one build made it. */
export type ShellBuild = {
  /** Changes with any of the files. */
  readonly key: string
  /** SHA-256 of the page, in hexadecimal. */
  readonly pageHash: string
  readonly files: readonly string[]
  /** The page that says there is no network and leads to the phone, by language; the first where no other fits. */
  readonly away: readonly (readonly [locale: string, page: string])[]
}

/**
 * The whole service worker of the phone: opens every address of /m with the build it keeps, says the way there where one's
 * other pages find no network, and touches nothing else.
 * The build writes this function out as it stands: it uses only what is inside it.
 */
export function serveShell(worker: ServiceWorkerGlobalScope, build: ShellBuild): void {
  const PAGE = '/m'
  const PREFIX = 'fieldback-shell-'
  /** The server's own that people reach from the phone. */
  const OUTSIDE = new Set(['/', '/account', '/signin'])
  const name = PREFIX + build.key
  const files = new Set(build.files)

  // "/manage" begins so too.
  const isPhone = (path: string): boolean => path === PAGE || path.startsWith(`${PAGE}/`)

  async function keep(): Promise<void> {
    const cache = await worker.caches.open(name)
    await cache.addAll(build.files)
    const page = await worker.fetch(PAGE, { cache: 'no-store', credentials: 'omit' })
    const hash = await worker.crypto.subtle.digest('SHA-256', await page.clone().arrayBuffer())
    const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    // Servers of two builds answered, or something that is not our page did: kept together they would not open.
    if (!page.ok || hex !== build.pageHash) throw new Error('The page of /m is of another build.')
    await cache.put(PAGE, page)
  }

  async function openPhonePages(): Promise<number> {
    const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
    return pages.filter(({ url }) => isPhone(new URL(url).pathname)).length
  }

  /** A page that is open may still ask for a screen of the build it came from. */
  async function dropOthers(): Promise<void> {
    if ((await openPhonePages()) > 0) return
    const names = await worker.caches.keys()
    const others = names.filter((other) => other.startsWith(PREFIX) && other !== name)
    await Promise.all(others.map((other) => worker.caches.delete(other)))
  }

  async function openPage(request: Request): Promise<Response> {
    const cache = await worker.caches.open(name)
    return (await cache.match(PAGE, { ignoreVary: true })) ?? worker.fetch(request)
  }

  async function openOutside(request: Request): Promise<Response> {
    try {
      return await worker.fetch(request)
    } catch {
      const { language } = worker.navigator
      const [, page = ''] = build.away.find(([locale]) => language.startsWith(locale)) ?? build.away[0] ?? []
      return new Response(page, {
        status: 503,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        },
      })
    }
  }

  // Names carry the hash of the content: whichever build holds one, it is the same file.
  const fromAnyBuild = async (request: Request): Promise<Response> =>
    (await worker.caches.match(request, { ignoreVary: true })) ?? worker.fetch(request)

  worker.addEventListener('install', (event) => event.waitUntil(keep()))

  worker.addEventListener('activate', (event) =>
    event.waitUntil(dropOthers().then(() => worker.clients.claim())),
  )

  // Only a tap says so: otherwise a new build waits until no page of the old one is open.
  worker.addEventListener('message', ({ data }) => {
    if (data === 'take-over') void worker.skipWaiting()
  })

  worker.addEventListener('fetch', (event) => {
    const { request } = event
    const { origin, pathname, search } = new URL(request.url)
    if (request.method !== 'GET' || origin !== worker.location.origin) return
    if (request.mode === 'navigate') {
      if (OUTSIDE.has(pathname)) event.respondWith(openOutside(request))
      if (!isPhone(pathname)) return
      event.respondWith(openPage(request))
      event.waitUntil(dropOthers())
    } else if (pathname.startsWith('/_next/static/') || files.has(pathname + search)) {
      event.respondWith(fromAnyBuild(request))
    }
  })
}
