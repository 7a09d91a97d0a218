const WORKER = '/phone-worker.js'
/** One's account and the sign-in page too, which say the way back here where there is no network. */
const SCOPE = '/'

/** Keeps this build on the phone, and says when a newer one is ready to take its place. Answers how to stop watching. */
export function watchBuild(onNewer: () => void): () => void {
  // In development no build is written.
  if (process.env.NODE_ENV !== 'production' || !('serviceWorker' in navigator)) return () => {}
  const control = new AbortController()
  const { signal } = control
  const watch = (registration: ServiceWorkerRegistration | undefined): void => {
    if (!registration || signal.aborted) return
    const look = (): void => {
      if (registration.waiting && registration.active) onNewer()
    }
    const follow = (): void => registration.installing?.addEventListener('statechange', look, { signal })
    look()
    follow()
    registration.addEventListener('updatefound', follow, { signal })
    // An installed application stays open for days.
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState === 'visible') registration.update().catch(() => {})
      },
      { signal },
    )
  }
  navigator.serviceWorker
    .register(WORKER, { scope: SCOPE, updateViaCache: 'none' })
    .then(() => navigator.serviceWorker.getRegistration(SCOPE))
    .then((registration) => {
      watch(registration)
      return dropEarlier(registration)
    })
    // Without it the phone works as long as it has the network; the next opening tries again.
    .catch(() => {})
  return () => control.abort()
}

/** Earlier builds were kept for /m alone. Dropped once this one would open without them. */
async function dropEarlier(kept: ServiceWorkerRegistration | undefined): Promise<void> {
  const here = await navigator.serviceWorker.getRegistration('/m')
  if (kept?.active && here?.scope !== kept.scope) await here?.unregister()
}

/** Lets the newest build take over, and opens this address with it. What is being filled in must be kept by then. */
export async function loadNewest(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration(SCOPE)
  await registration?.update().catch(() => {})
  if (registration?.installing) await installed(registration.installing)
  const newer = registration?.waiting
  if (!newer) return location.reload()
  // Other tabs keep their build: only the one where it was asked for is opened again.
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  newer.postMessage('take-over')
}

const installed = (worker: ServiceWorker): Promise<void> =>
  new Promise((done) => worker.addEventListener('statechange', () => done(), { once: true }))
